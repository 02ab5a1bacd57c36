"""Money: no cent comes from nowhere, and no sequence of acts makes a fund negative."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.rules import accounts
from hemicycle.rules.accounts import Line
from hemicycle.rules.findings import Unmet

FUNDS = ("general", "travel", "interpretation")
ACTS = st.lists(
    st.tuples(st.sampled_from(["receive", "spend"]), st.sampled_from(FUNDS), st.integers(1, 100_000)),
    max_size=40,
)


def played(acts: list[tuple[str, str, int]]) -> tuple[list[Line], dict[str, int]]:
    """The lines of a sequence of acts, each as the room does it, and by another way what each fund holds."""
    lines: list[Line] = []
    held = dict.fromkeys(FUNDS, 0)
    for act, fund, units in acts:
        if act == "receive":
            lines += accounts.of_receipt(fund, units)
            held[fund] += units
            continue
        try:
            accounts.check_left(accounts.balances(lines), fund, units, "contributions.confirm_spending")
        except Unmet:
            assert units > held[fund]
            continue
        lines += accounts.of_payment(fund, units)
        held[fund] -= units
    return lines, held


@given(ACTS)
def test_no_sequence_of_acts_makes_a_fund_negative_or_loses_a_cent(acts: list[tuple[str, str, int]]) -> None:
    lines, held = played(acts)
    balance = accounts.balances(lines)
    assert sum(balance.values()) == 0
    for fund in FUNDS:
        assert accounts.left(balance, fund) == held[fund] >= 0
    assert balance.get(accounts.BANK, 0) == sum(held.values())
    assert set(accounts.funds(balance)) <= set(FUNDS)


@given(st.sampled_from(FUNDS), st.integers(1, 10**12))
def test_every_booking_adds_up_to_zero(fund: str, units: int) -> None:
    for booked in (accounts.of_receipt(fund, units), accounts.of_payment(fund, units)):
        assert sum(line.amount for line in booked) == 0 and all(line.amount for line in booked)


@given(ACTS, st.integers(1, 100_000))
def test_what_was_given_for_one_purpose_pays_no_other(acts: list[tuple[str, str, int]], units: int) -> None:
    lines, _ = played(acts)
    before = accounts.balances(lines)
    after = accounts.balances([*lines, *accounts.of_receipt("travel", units)])
    for fund in ("general", "interpretation"):
        assert accounts.left(before, fund) == accounts.left(after, fund)


@given(st.integers(1, accounts.AT_MOST - 1))
def test_an_amount_of_two_decimals_is_read_to_the_cent(units: int) -> None:
    assert accounts.minor_units(Decimal(units).scaleb(-2), "x") == units
    assert Decimal(accounts.written(units)).scaleb(2) == units


@pytest.mark.parametrize("bad", ["0", "-1", "0.001", "10.005", "NaN", "Infinity", "1e30", "100000000000"])
def test_no_other_amount_is_taken(bad: str) -> None:
    with pytest.raises(Unmet) as refusal:
        accounts.minor_units(Decimal(bad), "contributions.pledge")
    assert refusal.value.findings[0].article == "contributions.pledge"


def test_a_refusal_says_what_is_left_and_what_is_asked_for() -> None:
    balance = accounts.balances(accounts.of_receipt("travel", 12_345))
    accounts.check_left(balance, "travel", 12_345, "x")
    with pytest.raises(Unmet, match=r"123\.45 is left, and 123\.46 is asked for"):
        accounts.check_left(balance, "travel", 12_346, "x")
    with pytest.raises(Unmet, match=r"0\.00 is left"):
        accounts.check_left(balance, "general", 1, "x")


def test_a_booking_of_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="zero"):
        accounts.of_receipt("general", 0)


def test_the_general_fund_stands_first() -> None:
    lines = [*accounts.of_receipt("archive", 1), *accounts.of_receipt("general", 1)]
    assert accounts.funds(accounts.balances(lines)) == ["general", "archive"]
