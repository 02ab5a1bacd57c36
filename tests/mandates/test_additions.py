"""A vacancy is filled by whoever was added late, in the turn that the Bureau gave, without breaking the reserve (6.1)."""

from __future__ import annotations

from datetime import timedelta

from hemicycle.composition.models import List
from hemicycle.mandates import actions, queries
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet

from ..composition import making
from ..composition.adding import added, is_late
from ..composition.making import Round
from ..composition.refusing import refused
from .making import at_seat, seated


def leave(list_: List, number: int) -> None:
    mandate = at_seat(list_, number)
    actions.renounce(mandate, people.actor(mandate.person))


def fill(found: Round, list_: List, number: int) -> str:
    mandate = Mandate(list=list_, seat_number=number)
    actions.fill_vacancy(mandate, found.by("anna"))
    return mandate.person.name.split()[0]


def test_who_was_added_takes_a_seat_after_everybody_before_in_the_order(found: Round) -> None:
    list_ = seated(found, general=1, reserve=1)
    first = list_.successors.get(for_reserve=False).candidacy.person.name.split()[0]
    with clock.set_to(clock.now() + timedelta(days=1)):
        late = found.of("Yana")
        is_late(late)
        making.accepted(found, late)
        leave(list_, 6)
        leave(list_, 7)
        leave(list_, 8)
        assert fill(found, list_, 6) == first
        refused(Unmet, actions.fill_vacancy, Mandate(list=list_, seat_number=7), found.by("anna"))
        added(found, list_)
        assert fill(found, list_, 7) == "Yana"
        refused(Unmet, actions.fill_vacancy, Mandate(list=list_, seat_number=8), found.by("anna"))
        assert queries.judge(list_, queries.seats_at()).met


def test_a_reserved_seat_goes_to_who_was_added_for_the_reserve_and_to_no_other(found: Round) -> None:
    list_ = seated(found, general=0, reserve=0)
    with clock.set_to(clock.now() + timedelta(days=1)):
        for name, reserved in (("Yana", False), ("Galina", True)):
            is_late(found.of(name))
            making.accepted(found, found.of(name), reserved=reserved)
        added(found, list_, "Yana")
        leave(list_, 1)
        refused(Unmet, actions.fill_vacancy, Mandate(list=list_, seat_number=1), found.by("anna"))
        added(found, list_, "Galina", for_reserve=True)
        assert fill(found, list_, 1) == "Galina"
        assert at_seat(list_, 1).reserved
        assert queries.judge(list_, queries.seats_at()).met
