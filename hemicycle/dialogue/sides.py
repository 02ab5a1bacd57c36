"""The two sides of the dialogue: who sits on the platform now, who sits in the assembly, who chairs which committee."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from hemicycle.assembly import queries as assembly
from hemicycle.assembly.models import Body, Capacity
from hemicycle.mandates import queries as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office

from .models import Question, Side


def mandate_of(actor: Actor) -> Mandate | None:
    """The participation of somebody who sits now and is not suspended."""
    return next((row for row in mandates.sitting() if row.person_id == actor.person), None)


def is_participant(actor: Actor) -> bool:
    return actor.person is not None and mandate_of(actor) is not None


def is_delegate(actor: Actor) -> bool:
    """Whether the person is a member of the Assembly (the office of delegate, held now)."""
    return actor.holds(Office.DELEGATE)


def committees() -> Sequence[Body]:
    """The committees that stand, in the order in which they were formed."""
    return list(Body.objects.filter(kind="committee").exclude(state="dissolved"))


def chairs(actor: Actor, committee: Body | None) -> bool:
    """Whether the person chairs the committee now."""
    if actor.person is None or committee is None:
        return False
    seats = assembly.seats_at(clock.now()).filter(body=committee, capacity=Capacity.COMMITTEE_CHAIR)
    return seats.filter(person_id=actor.person).exists()


def chaired_by(actor: Actor) -> Sequence[Body]:
    """The committees that the person chairs now."""
    if actor.person is None:
        return []
    seats = assembly.seats_at(clock.now()).filter(
        Q(capacity=Capacity.COMMITTEE_CHAIR), person_id=actor.person
    )
    return list(Body.objects.filter(kind="committee", pk__in=seats.values("body_id")))


def members_of(committee: Body) -> Sequence[Person]:
    """Those who sit in a committee now, the chair among them, each once."""
    seats = assembly.seats_at(clock.now()).filter(body=committee, person__isnull=False)
    return list(Person.objects.filter(pk__in=seats.values("person_id")))


def delegates() -> Sequence[Person]:
    """The members of the Assembly who have an account here."""
    return list(people.holders(Office.DELEGATE))


def holds_seat(person: Person | None) -> bool:
    """Whether somebody is a member of the Assembly now."""
    return person is not None and people.holders(Office.DELEGATE).filter(pk=person.pk).exists()


def sits(mandate: Mandate) -> bool:
    """Whether somebody sits on the platform now under this participation, not suspended."""
    return any(row.pk == mandate.pk for row in mandates.sitting())


def participants() -> Sequence[Mandate]:
    """Those who sit on the platform now, by seat."""
    return mandates.sitting()


def side_of_addressee(question: Question) -> list[tuple[Person, Mandate | None]]:
    """Everybody who may write an answer: the participants, those who sit in the committee, or the Assembly's members."""
    if question.to_side in (Side.PARTICIPANT, Side.PARTICIPANTS):
        return [(row.person, row) for row in participants()]
    found = members_of(question.to_committee) if question.to_committee else delegates()
    return [(person, None) for person in found]
