"""Declarations and dated overlaps: what is missing, never what a person is worth."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hemicycle.rules.charter import load
from hemicycle.rules.eligibility import Answer, Declaration, Overlap, Overlaps, Period, complete, overlaps

PACE = load(Path(__file__).parents[2] / "charters" / "pace-2025" / "1.0.toml")
BAR = next(bar for bar in PACE.bars if bar.key == "government_service")
KINDS = [kind.key for kind in PACE.excluded_kinds]
WHOLE = Declaration(
    {criterion.key: Answer("My words", date(2012, 5, 6), 1) for criterion in PACE.criteria},
    {bar.key: False for bar in PACE.bars},
)
days = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))


def test_only_the_part_after_the_bar_begins_is_shown() -> None:
    period = Period("government_service", "ministry", date(2011, 3, 1), date(2016, 9, 1))
    found = overlaps([period], BAR, KINDS)
    assert found == Overlaps((Overlap(period, BAR.key, date(2015, 1, 1), date(2016, 9, 1)),), ())


def test_service_that_ended_with_2014_does_not_overlap() -> None:
    period = Period("government_service", "ministry", date(2011, 3, 1), date(2015, 1, 1))
    assert overlaps([period], BAR, KINDS) == Overlaps((), ())


def test_an_excluded_kind_is_set_aside_and_still_seen() -> None:
    pension = Period("government_service", "pension", date(2016, 1, 1), None)
    found = overlaps([pension], BAR, KINDS)
    assert found.dated == () and [each.period for each in found.set_aside] == [pension]


def test_a_period_on_another_limb_is_not_this_bars_matter() -> None:
    assert overlaps([Period("state_money", "wage", date(2016, 1, 1), None)], BAR, KINDS) == Overlaps((), ())


@given(st.lists(st.tuples(days, days, st.sampled_from(["ministry", "pension"])), max_size=6))
def test_every_overlap_is_a_part_of_its_period_and_of_the_bar(
    rows: list[tuple[date | None, date | None, str]],
) -> None:
    periods = [Period(BAR.key, kind, start, end) for start, end, kind in rows]
    found = overlaps(periods, BAR, KINDS)
    for each in (*found.dated, *found.set_aside):
        assert each.from_ >= BAR.since and (each.period.from_ is None or each.from_ >= each.period.from_)
        assert each.until == each.period.until and (each.until is None or each.from_ < each.until)
    assert all(each.period.kind not in KINDS for each in found.dated)
    assert list(found.dated) == sorted(found.dated, key=lambda each: (each.from_, each.until or date.max))


def test_no_answer_of_this_module_holds_a_verdict_or_a_score() -> None:
    assert {each.name for each in fields(Overlap)} == {"period", "bar", "from_", "until"}


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
