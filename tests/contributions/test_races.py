"""Two confirmations at one instant never pay more than there is."""

from __future__ import annotations

import pytest

from hemicycle.contributions import actions, queries
from hemicycle.contributions.models import Contribution, Posting, Spending
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules import accounts
from hemicycle.rules.findings import Unmet
from tests import cast as casting
from tests.conftest import NOON, at_once

from .making import asked, received, treasurer

pytestmark = pytest.mark.usefixtures("own_database")


def test_of_spendings_confirmed_at_once_only_as_many_are_paid_as_there_is_money_for() -> None:
    with clock.set_to(NOON):
        cast = casting.found()
        received(cast, "250.00")
        rows = [asked(cast, "100.00") for _ in range(6)]
        one, two = treasurer(cast, "tove"), treasurer(cast, "ugo")

    def confirm(number: int) -> Entry:
        row = Spending.objects.get(pk=rows[number].pk)
        return actions.confirm_spending(row, (one, two)[number % 2])

    results = at_once(*(lambda n=n: confirm(n) for n in range(len(rows))))  # type: ignore[misc]
    assert sum(isinstance(r, Entry) for r in results) == 2, results
    assert sum(isinstance(r, Unmet) for r in results) == 4, results
    balance = queries.trial_balance("EUR")
    assert balance == {"bank": 5_000, "received:general": -25_000, "spent:general": 20_000}
    assert Posting.objects.count() == 6


def test_two_who_confirm_the_same_spending_at_once_pay_it_once() -> None:
    with clock.set_to(NOON):
        cast = casting.found()
        received(cast, "250.00")
        row = asked(cast, "100.00")
        people = [treasurer(cast, "tove"), treasurer(cast, "ugo"), cast.actor("jonas")]
    results = at_once(
        *(lambda by=by: actions.confirm_spending(Spending.objects.get(pk=row.pk), by) for by in people)  # type: ignore[misc]
    )
    assert sum(isinstance(r, Entry) for r in results) == 1, results
    assert Posting.objects.filter(matter=row.reference).count() == 2


def test_money_of_one_purpose_that_comes_in_at_once_is_all_booked() -> None:
    with clock.set_to(NOON):
        cast = casting.found()
        treasurer(cast)
    results = at_once(*(lambda: received(cast, "10.00", "travel") for _ in range(4)))
    assert not [r for r in results if isinstance(r, Exception)], results
    assert queries.trial_balance("EUR") == {"bank": 4_000, "received:travel": -4_000}


def test_money_is_not_spent_and_booked_back_at_once() -> None:
    with clock.set_to(NOON):
        cast = casting.found()
        row, spending = received(cast, "100.00"), asked(cast, "60.00")
        actions.ask_reversal(row, cast.actor("anna"), reasons="Typed twice.")
        one, two = treasurer(cast, "tove"), treasurer(cast, "ugo")
    results = at_once(
        lambda: actions.confirm_reversal(Contribution.objects.get(pk=row.pk), one),
        lambda: actions.confirm_spending(Spending.objects.get(pk=spending.pk), two),
    )
    assert sorted(type(r).__name__ for r in results) == ["Entry", "Unmet"], results
    assert accounts.left(queries.trial_balance("EUR"), "general") in (0, 4_000)


def test_two_who_confirm_the_same_reversal_at_once_book_it_back_once() -> None:
    with clock.set_to(NOON):
        cast = casting.found()
        row = received(cast, "100.00")
        actions.ask_reversal(row, cast.actor("anna"), reasons="Typed twice.")
        people = [treasurer(cast, "tove"), treasurer(cast, "ugo"), cast.actor("jonas")]
    results = at_once(
        *(lambda by=by: actions.confirm_reversal(Contribution.objects.get(pk=row.pk), by) for by in people)  # type: ignore[misc]
    )
    assert sum(isinstance(r, Entry) for r in results) == 1, results
    assert queries.trial_balance("EUR") == {"bank": 0, "received:general": 0}
