"""Any sequence of departures, suspensions and successions keeps the reserve, or says which seats stand vacant."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.composition import actions as composition
from hemicycle.composition import queries as lists
from hemicycle.composition.models import List
from hemicycle.mandates import actions, queries
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.record import acts, clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet

from ..composition.making import Round
from .making import at_seat, seated

# Departures and successions come more often than the rest, and the reserved seats (1 to 5) more often than others.
WHAT = st.sampled_from(["leave", "leave", "fill", "fill", "fill", "suspend", "restore", "step_back"])
STEP = st.tuples(WHAT, st.one_of(st.integers(1, 2), st.integers(1, 5), st.integers(1, 15)))


def take(found: Round, list_: List, what: str, number: int) -> None:
    """One thing that may happen; what is not possible at that moment is refused by the act or left out."""
    seat = queries.seats_at()[number - 1]
    if what == "fill":
        before = Entry.objects.count()
        try:
            actions.fill_vacancy(Mandate(list=list_, seat_number=number), found.by("anna"))
        except Unmet:
            assert Entry.objects.count() == before
    elif what == "step_back":
        row = list_.successors.order_by("pk")[number % list_.successors.count()]
        acceptance = lists.acceptance_of(row.candidacy, found.session, reserved=row.for_reserve)
        sits = Mandate.objects.filter(candidacy=row.candidacy).exists()
        if acceptance is not None and not sits:
            composition.withdraw_acceptance(acceptance, people.actor(row.candidacy.person))
    elif seat.mandate is not None and seat.is_occupied:
        mandate = at_seat(list_, number)
        if what == "leave":
            actions.renounce(mandate, people.actor(mandate.person))
        elif what == "suspend":
            until = clock.now() + timedelta(days=60)
            actions.suspend(mandate, found.by("greta"), case="SUSP-1", until=until)
        elif mandate.case:
            actions.restore(mandate, found.by("farid"), case="SUSP-1")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=6, max_size=16))
def test_the_reserve_is_kept_or_its_seats_stand_vacant(found: Round, steps: list[tuple[str, int]]) -> None:
    list_ = List.objects.filter(announced_at__isnull=False).first() or seated(found, general=3, reserve=1)
    token = acts._within.set(1)
    try:
        with transaction.atomic():
            for what, number in steps:
                take(found, list_, what, number)
                seats = queries.seats_at()
                result = queries.judge(list_, seats)
                vacant = sum(seat.reserved and not seat.is_occupied for seat in seats)
                assert result.met or result.short_by <= vacant, (what, number)
                sitting = [seat.mandate.person_id for seat in seats if seat.mandate and seat.is_occupied]
                assert len(sitting) == len(set(sitting)), "nobody sits twice"
                assert len(queries.sitting()) <= len(queries.in_force()) <= 15
                state = queries.reserve_state(list_, seats)
                assert state.active <= state.occupied == result.present
            transaction.set_rollback(True)
    finally:
        acts._within.reset(token)
