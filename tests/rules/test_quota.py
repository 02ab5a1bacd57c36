"""The reserve of seats, by worked cases and by properties."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.rules.charter import load
from hemicycle.rules.quota import ROUNDINGS, judge, judge_by, reserved_seats

CASES = tomllib.loads((Path(__file__).parent / "cases" / "reserve.toml").read_text(encoding="utf-8"))["case"]
PACE = Path(__file__).parents[2] / "charters" / "pace-2025" / "1.0.toml"

shares = st.fractions(min_value=0, max_value=1, max_denominator=50)


@pytest.mark.parametrize("case", CASES, ids=[case["words"] for case in CASES])
def test_worked_case(case: dict[str, Any]) -> None:
    result = judge(
        total=case["total"],
        filled=case["filled"],
        reserved=case["reserved"],
        share=Fraction(case["share"]),
        rounding=case["rounding"],
        base=case["base"],
        ended=case.get("ended", False),
    )
    assert (result.required, result.short_by, str(result.summary)) == (
        case["required"],
        case["short_by"],
        case["says"],
    )
    assert result.met == (case["short_by"] == 0)


@given(total=st.integers(0, 400), share=shares)
def test_rounding_up_is_the_least_number_that_is_at_least_the_share(total: int, share: Fraction) -> None:
    up, down = reserved_seats(total, share, "up"), reserved_seats(total, share, "down")
    assert up >= total * share > up - 1 or (up == 0 and share * total == 0)
    assert down <= total * share < down + 1
    assert down <= reserved_seats(total, share, "nearest") <= up <= total


@given(
    data=st.data(),
    share=shares,
    rounding=st.sampled_from(ROUNDINGS),
    base=st.sampled_from(("seats", "filled")),
)
def test_a_list_is_met_exactly_when_nothing_is_missing(
    data: st.DataObject, share: Fraction, rounding: str, base: str
) -> None:
    total = data.draw(st.integers(0, 60))
    filled = data.draw(st.integers(0, total))
    reserved = data.draw(st.integers(0, filled))
    result = judge(total=total, filled=filled, reserved=reserved, share=share, rounding=rounding, base=base)
    assert result.met == (reserved >= result.required)
    assert result.short_by == max(0, result.required - reserved)
    assert result.base == (total if base == "seats" else filled)
    if reserved < filled:
        more = judge(
            total=total, filled=filled, reserved=reserved + 1, share=share, rounding=rounding, base=base
        )
        assert more.short_by == max(0, result.short_by - 1)


def test_the_arithmetic_names_share_seats_and_rounding() -> None:
    result = judge_by(load(PACE).reserve, total=15, filled=14, reserved=4)
    assert [str(line) for line in result.arithmetic] == [
        "1/3 of 15 seats, rounded up: 5",
        "1 of 15 seats vacant",
        "4 of 15 reserved, 5 required: short by 1",
    ]


@pytest.mark.parametrize(
    "figures",
    [
        {"total": 15, "filled": 16, "reserved": 5},
        {"total": 15, "filled": 15, "reserved": -1},
        {"total": 15, "filled": 4, "reserved": 5},
    ],
)
def test_figures_that_cannot_be_are_refused(figures: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        judge(share=Fraction(1, 3), **figures)


def test_an_unknown_rounding_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown rounding"):
        reserved_seats(15, Fraction(1, 3), "bankers")
