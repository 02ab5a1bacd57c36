"""A statement is never published below its threshold: any history of consents, withdrawals, suspensions, returns and ends,
held against a recount that knows nothing of the house."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import Refused
from hemicycle.statements import actions
from hemicycle.statements.models import Statement
from hemicycle.statements.procedure import StatementState

from .. import seating
from ..cast import Cast
from .making import Hall, final, hall

PEOPLE = 6  # two thirds are four
SEAT = st.integers(0, PEOPLE - 1)
WHAT = (
    "consent",
    "consent",
    "consent",
    "withdraw",
    "suspend",
    "restore",
    "end",
    "publish",
    "publish",
    "wait",
)
STEP = st.tuples(st.sampled_from(WHAT), SEAT)
HISTORY = st.lists(STEP, min_size=4, max_size=22)


class Recount:
    """The rule in plain sets: of the seats that are occupied, two thirds; of those who sit, who consented."""

    def __init__(self) -> None:
        self.consents: set[int] = set()
        self.suspended: set[int] = set()
        self.ended: set[int] = set()

    def sits(self, seat: int) -> bool:
        return seat not in self.suspended and seat not in self.ended

    def is_enough(self) -> bool:
        occupied = PEOPLE - len(self.ended)
        counted = sum(self.sits(seat) for seat in self.consents)
        return occupied > 0 and counted >= max(1, ceil(2 * occupied / 3))


@pytest.fixture
def there(cast: Cast) -> Hall:
    return hall(cast, PEOPLE)


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=HISTORY, in_favour=st.sets(SEAT))
def test_no_history_publishes_below_the_threshold(
    there: Hall, history: list[tuple[str, int]], in_favour: set[int]
) -> None:
    Mandate.objects.update(
        state="sitting", suspended_at=None, suspended_until=None, case="", ended_at=None, ended_ground=""
    )
    Statement.objects.filter(state=StatementState.FINAL).update(
        consent_until=clock.now() + timedelta(days=14)
    )
    told, row = Recount(), final(there)
    history = [*(("consent", seat) for seat in sorted(in_favour)), *history]
    for what, seat in history:
        row.refresh_from_db()
        if row.state != StatementState.FINAL:
            break
        step(there, row, told, what, seat)


def step(there: Hall, row: Statement, told: Recount, what: str, seat: int) -> None:
    mandate = there.seats[seat]
    if what == "consent":
        took = taken(actions.consent, row, there.actor(seat), digest=row.digest)
        assert took == (told.sits(seat) and seat not in told.consents)
        told.consents |= {seat} if took else set()
    elif what == "withdraw":
        took = taken(actions.withdraw_consent, row, there.actor(seat))
        assert took == (told.sits(seat) and seat in told.consents)
        told.consents -= {seat} if took else set()
    elif what == "suspend" and told.sits(seat):
        seating.suspend(mandate)
        told.suspended.add(seat)
    elif what == "restore" and seat in told.suspended - told.ended:
        Mandate.objects.filter(pk=mandate.pk).update(
            state="sitting", suspended_at=None, suspended_until=None, case=""
        )
        told.suspended.discard(seat)
    elif what == "end" and seat not in told.ended:
        Mandate.objects.filter(pk=mandate.pk).update(
            state="ended", ended_at=clock.now(), ended_ground="renounced"
        )
        told.ended.add(seat)
    elif what == "publish":
        took = taken(actions.publish, row, there.actor(0))
        assert took == (told.sits(0) and told.is_enough())


def taken(act: object, *given: object, **params: object) -> bool:
    try:
        act(*given, **params)  # type: ignore[operator]
    except (Refused, Unmet):
        return False
    return True
