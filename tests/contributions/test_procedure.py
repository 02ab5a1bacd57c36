"""The tables of money: who may what, and what is public."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from hemicycle.contributions.procedure import CONTRIBUTION, SPENDING
from hemicycle.rules import charter as charters
from hemicycle.rules.procedure import Office, Publicity
from hemicycle.web import signing

CHARTERS = sorted((Path(__file__).parents[2] / "charters").glob("*/*.toml"))


def test_money_goes_out_by_two_rows_and_the_second_is_signed() -> None:
    second = SPENDING.by_act["confirm_spending"]
    assert second.two_person_of == "ask_spending" and second.signed and second.grave
    assert set(second.offices) == {Office.TREASURER, Office.SECRETARY_GENERAL}


def test_no_other_row_of_the_room_leads_to_paid() -> None:
    # What was paid already may be left as it is, when somebody asked to book it back.
    assert [s.act for s in SPENDING.steps if "paid" in s.targets] == ["confirm_spending", "drop_return"]
    assert [s.sources for s in SPENDING.steps if "return_asked" in s.targets] == [["paid"]]


def test_what_moves_money_is_public_and_nothing_else_is() -> None:
    rows = [*CONTRIBUTION.steps, *SPENDING.steps]
    assert {s.act for s in rows if s.publicity is Publicity.PUBLIC} == {
        "receive",
        "confirm_spending",
        "confirm_reversal",
        "confirm_return",
    }


@pytest.mark.parametrize("path", CHARTERS, ids=lambda path: path.parent.name)
def test_who_handles_contributions_may_not_assess_in_every_charter(path: Path) -> None:
    """Procedure 4.3: the charter says so, and the people's room asks it in both directions at each grant."""
    law = charters.load(path)
    treasurer = law.office("treasurer")
    for office in ("assessor", "reviewer"):
        assert office in treasurer.incompatible_with and "treasurer" in law.office(office).incompatible_with


@pytest.mark.parametrize("path", CHARTERS, ids=lambda path: path.parent.name)
def test_no_earmark_has_the_key_of_the_general_fund(path: Path) -> None:
    text = path.read_text()
    spoiled = text.replace('[[earmarks]]\nkey = "travel"', '[[earmarks]]\nkey = "general"', 1)
    assert spoiled != text
    with pytest.raises(charters.CharterError, match="taken by the software"):
        charters.parse(spoiled, name="spoiled")


def test_a_currency_has_two_decimals() -> None:
    text = CHARTERS[0].read_text()
    spoiled = text.replace('currency = { value = "EUR"', 'currency = { value = "JPY"', 1)
    with pytest.raises(charters.CharterError, match=r"contributions\.currency"):
        charters.parse(spoiled, name="spoiled")


def test_an_amount_is_signed_in_one_spelling() -> None:
    """What is signed is the amount, not how it was typed."""
    spellings = {signing._canonical({"amount": Decimal(text)}) for text in ("1250", "1250.0", "1250.00")}
    assert spellings == {b'{"amount":"1250"}'}
