"""Questions about persons and offices."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office

from .models import Holding, Person
from .procedure import HoldingState


def held_at(at: datetime) -> QuerySet[Holding]:
    """Holdings in force at an instant, whatever the clock's command has or has not written."""
    return Holding.objects.filter(
        Q(held_until__isnull=True) | Q(held_until__gt=at), state=HoldingState.HELD, held_from__lte=at
    )


def actor(person: Person, at: datetime | None = None) -> Actor:
    """The person as an actor: the offices held now (or at an instant)."""
    offices = held_at(at or clock.now()).filter(person=person).values_list("office", flat=True)
    return Actor(person.reference, person.pk, frozenset({*offices, Office.ANYONE}), frozenset(person.reads))


def holders(office: str, at: datetime | None = None) -> QuerySet[Person]:
    """Who holds an office now."""
    return Person.objects.filter(pk__in=held_at(at or clock.now()).filter(office=office).values("person_id"))


def person_of(actor: Actor) -> Person:
    """The row of an actor who is a person."""
    return Person.objects.get(pk=actor.person)


def offices(actor: Actor, matter: object) -> frozenset[str]:
    """Offices in this room's matters: those held for a time; nothing is given by the matter."""
    return actor.offices
