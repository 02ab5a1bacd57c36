"""Who asked and who is asked, as everybody may read it: a participant by the public name or by none (1.7)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hemicycle.mandates import queries as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.people.models import Person

from .models import Author, Question, Side


def of_participant(mandate: Mandate) -> str:
    return mandates.public_name(mandate) or _("a participant whose name is withheld")


def of_person(person: Person | None, mandate: Mandate | None) -> str:
    """A participant by the public name; a member of the Assembly by name."""
    if mandate is not None:
        return of_participant(mandate)
    return (person.shown_name if person is not None else "") or _("a member of the Assembly")


def asker(question: Question) -> str:
    if question.asker_committee is not None:
        return question.asker_committee.shown_name
    return of_person(question.asker, question.asker_mandate)


def addressee(question: Question) -> str:
    if question.to_side == Side.PARTICIPANTS:
        return _("the participants as a body")
    if question.to_committee is not None:
        return question.to_committee.shown_name
    return of_person(question.to_person, question.to_mandate)


def author(row: Author) -> str:
    return of_person(row.person, row.mandate)


def title(question: Question) -> str:
    """What pages call a question; its text is nobody's title."""
    return _("Question to: %(name)s") % {"name": addressee(question)}
