"""Seats that are taken, for the tests of mandates."""

from __future__ import annotations

from datetime import date

from hemicycle.composition.models import List
from hemicycle.mandates import actions, queries
from hemicycle.mandates.models import Ending, Mandate
from hemicycle.mandates.procedure import MandateState
from hemicycle.people import queries as people

from ..composition import making
from ..composition.making import Round
from ..laying import laid

M = MandateState


LAST_DAY = date(2028, 1, 23)


@laid
def seated(found: Round, *, general: int = 2, reserve: int = 2) -> List:
    """A composition in force with a succession list."""
    list_ = making.composed(found)
    making.succeed(
        found, list_, general=found.others[10 : 10 + general], reserve=found.declared[5 : 5 + reserve]
    )
    making.announced(found, making.approved(found, making.released(found, list_)))
    actions.begin_all(list_, found.by("anna"))
    return list_


def at_seat(list_: List, number: int) -> Mandate:
    return Mandate.objects.filter(list=list_, seat_number=number).latest("begun_at", "pk")


def states() -> list[str]:
    return [seat.state for seat in queries.seats_at()]


def renounce(mandate: Mandate) -> None:
    actions.renounce(mandate, people.actor(mandate.person))


def die(found: Round, mandate: Mandate) -> None:
    """One clerk says it, another confirms it."""
    ending = Ending(mandate=mandate)
    actions.ask_end(ending, found.by("anna"), ground="death")
    actions.confirm_end(ending, found.by("bruno"))
    mandate.refresh_from_db()


def fill(found: Round, list_: List, number: int) -> Mandate:
    mandate = Mandate(list=list_, seat_number=number)
    actions.fill_vacancy(mandate, found.by("anna"))
    return mandate
