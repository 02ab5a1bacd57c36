"""Dated posts and money for tests, made by the real acts."""

from __future__ import annotations

from typing import Any

from hemicycle.candidacy.models import Candidacy
from hemicycle.people import queries as people
from hemicycle.vetting import actions
from hemicycle.vetting.models import Examination, Reading, ServiceEntry

from .making import actor_of, readings

POST = {
    "kind": "government_post",
    "what": "Adviser in a department.",
    "payer": "An invented ministry",
    "began": "2013",
    "ended": "2015",
    "language": "en",
}


def declared(candidacy: Candidacy, **changes: Any) -> ServiceEntry:
    entry = ServiceEntry(candidacy=candidacy)
    actions.declare_service(entry, people.actor(candidacy.person), **{**POST, **changes})
    return entry


def found(reading: Reading, **changes: Any) -> ServiceEntry:
    entry = ServiceEntry(candidacy=reading.examination.candidacy)
    given = {**POST, "payer": "An invented agency", "source": "An invented register.", **changes}
    actions.find_service(entry, actor_of(reading), **given)
    return entry


def both_sides(examination: Examination) -> tuple[ServiceEntry, ServiceEntry]:
    """An entry of the candidate that the first reader disputes, and one of that reader that the candidate disputes."""
    candidacy, reading = examination.candidacy, readings(examination)[0]
    own, theirs = declared(candidacy), found(reading)
    actions.dispute_declared(own, actor_of(reading), text="It ended later.", language="en")
    actions.dispute_service(theirs, people.actor(candidacy.person), text="A namesake.", language="en")
    return own, theirs
