"""Enrolment codes for the cast, as two clerks make them; the two clerks of the cast have theirs from the founder."""

from __future__ import annotations

from typing import Any

from hemicycle.people import actions, phrases
from hemicycle.people.models import Enrolment
from hemicycle.record.actors import FOUNDER
from tests.cast import Cast


def issue(cast: Cast, enrolment: Enrolment, **newcomer: Any) -> str:
    """Make both halves, Anna the first and Bruno the second; returns the whole code."""
    first, second = phrases.half(), phrases.half()
    actions.ask_enrolment(enrolment, cast.actor("anna"), half=first, **newcomer)
    actions.issue_enrolment(enrolment, cast.actor("bruno"), half=second)
    return f"{first}-{second}"


def code_for(cast: Cast, key: str) -> str:
    enrolment = Enrolment(person=cast.persons[key])
    if key not in ("anna", "bruno"):
        return issue(cast, enrolment)
    code = phrases.code()
    actions.found_enrolment(enrolment, FOUNDER, code=code)
    return code
