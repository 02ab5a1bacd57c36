"""Declarations: what is missing, never what a person is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hemicycle.rules.charter import load
from hemicycle.rules.eligibility import Answer, Declaration, complete

PACE = load(Path(__file__).parents[2] / "charters" / "pace-2025" / "1.0.toml")
WHOLE = Declaration(
    {criterion.key: Answer("My words", date(2012, 5, 6), 1) for criterion in PACE.criteria},
    {bar.key: False for bar in PACE.bars},
)


def test_a_whole_declaration_lacks_nothing() -> None:
    assert complete(WHOLE, PACE) == ()


def test_an_empty_declaration_names_every_criterion_and_every_bar() -> None:
    found = complete(Declaration(), PACE)
    assert {each.params["key"] for each in found} == {c.key for c in PACE.criteria} | {
        b.key for b in PACE.bars
    }
    assert all(each.article == "candidacy.submit" for each in found)


def test_a_missing_date_statement_or_piece_of_evidence_is_named_alone() -> None:
    for change, message in (
        ({"statement": "  "}, "A statement is missing: %(rule)s"),
        ({"since": None}, "It is not said since when: %(rule)s"),
        ({"evidence": 0}, "Evidence is missing: %(rule)s"),
        ({"since": date(2030, 1, 1)}, "The date has not come yet: %(rule)s"),
    ):
        answers = dict(WHOLE.criteria)
        answers["public_opposition"] = replace(answers["public_opposition"], **change)  # type: ignore[arg-type]
        found = complete(Declaration(answers, WHOLE.bars), PACE, on=date(2027, 1, 1))
        assert [(each.message, each.params["key"]) for each in found] == [(message, "public_opposition")]


def test_an_unanswered_bar_is_missing_and_a_confessed_one_is_not() -> None:
    unanswered = Declaration(WHOLE.criteria, {**WHOLE.bars, "state_money": None})
    assert [each.params["key"] for each in complete(unanswered, PACE)] == ["state_money"]
    confessed = Declaration(WHOLE.criteria, {**WHOLE.bars, "state_money": True})
    assert complete(confessed, PACE) == ()


def test_exile_asks_for_no_document() -> None:
    answers = {**WHOLE.criteria, "exile": Answer("I left", date(2022, 3, 1), 0)}
    assert complete(Declaration(answers, WHOLE.bars), PACE) == ()
