"""Dated facts and the time of a bar: days that overlap, under every reading of the dates and under some."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hemicycle.rules import charter as charters
from hemicycle.rules.service import Known, Limb, Span, known, limb_of, overlap, reach

CHARTERS = Path(__file__).parents[2] / "charters"
PACE = charters.load(CHARTERS / "pace-2025" / "1.0.toml")
BARS = {bar.key: bar for bar in PACE.bars}
SINCE, TODAY = date(2015, 1, 1), date(2015, 2, 10)
LIMB = Limb("post", SINCE, frozenset({"post"}), {"pension": "2.4"})
DAY = timedelta(days=1)


def days(low: int = -30, high: int = 60) -> st.SearchStrategy[date]:
    return st.integers(low, high).map(lambda n: SINCE + n * DAY)


@st.composite
def dates(draw: st.DrawFn) -> Known:
    first = draw(days())
    return Known(first, first + draw(st.integers(0, 12)) * DAY)


@st.composite
def spans(draw: st.DrawFn, kind: str = "post") -> Span:
    began = draw(dates())
    end = draw(st.sampled_from(["dated", "unknown", "goes on"]))
    if end == "goes on":
        return Span(kind, began, goes_on=True)
    if end == "unknown":
        return Span(kind, began)
    ended = draw(dates())
    assume(ended.last >= began.first)
    return Span(kind, began, ended)


def readings(span: Span, today: date) -> list[tuple[date, date]]:
    """Every first and last day that the dates allow, one by one."""
    ends = (
        [today]
        if span.goes_on
        else days_of(span.ended)
        if span.ended is not None
        else days_of(Known(span.began.first, max(span.began.first, today)))
    )
    return [(a, b) for a in days_of(span.began) for b in ends if a <= b <= today]


def days_of(found: Known) -> list[date]:
    return [found.first + n * DAY for n in range((found.last - found.first).days + 1)]


@given(spans(), days(0, 40))
def test_the_counts_are_those_of_all_readings_one_by_one(span: Span, today: date) -> None:
    counts, met = [], set()
    for first, last in readings(span, today):
        inside = [day for day in days_of(Known(first, last)) if day >= SINCE]
        counts.append(len(inside))
        met.update(inside)
    found = overlap(span, LIMB, today)
    assert found.certain == min(counts, default=0)
    assert found.possible == max(counts, default=0)
    assert (found.first, found.last) == ((min(met), max(met)) if met else (None, None))


@given(spans(), days(0, 40))
def test_the_days_of_a_fact_are_those_of_all_readings_one_by_one(span: Span, today: date) -> None:
    every = readings(span, today)
    found = reach(span, today)
    if not every:
        assert found is None
        return
    assert found is not None
    assert (found.first, found.last) == (min(a for a, _ in every), max(b for _, b in every))
    always = (max(a for a, _ in every), min(b for _, b in every))
    assert found.sure == (always if always[0] <= always[1] else None)


@given(spans(), days(0, 40))
def test_what_is_certain_is_possible(span: Span, today: date) -> None:
    found = overlap(span, LIMB, today)
    assert 0 <= found.certain <= found.possible
    assert (found.first is None) == (found.possible == 0)


@given(spans("pension"), days(0, 40))
def test_a_kind_that_is_set_aside_never_counts_and_names_its_article(span: Span, today: date) -> None:
    found = overlap(span, LIMB, today)
    assert (found.certain, found.possible) == (0, 0)
    assert found.article == ("2.4" if found.first else "")


@given(spans("other"), days(0, 40))
def test_a_kind_that_no_bar_covers_never_counts(span: Span, today: date) -> None:
    assert overlap(span, LIMB, today).possible == 0


@given(st.data(), spans(), days(0, 40))
def test_a_narrower_date_never_adds_a_possible_day_nor_takes_a_certain_one(
    data: st.DataObject, span: Span, today: date
) -> None:
    def narrower(wide: Known) -> Known:
        first = data.draw(st.sampled_from(days_of(wide)))
        return Known(first, data.draw(st.sampled_from(days_of(Known(first, wide.last)))))

    began = narrower(span.began)
    ended = narrower(span.ended) if span.ended is not None else None
    assume(ended is None or ended.last >= began.first)
    narrow = Span(span.kind, began, ended, span.goes_on)
    assume(readings(narrow, today))
    before, after = overlap(span, LIMB, today), overlap(narrow, LIMB, today)
    assert after.possible <= before.possible
    assert after.certain >= before.certain


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2014-03-18", date(2014, 3, 18), date(2014, 3, 18)),
    ],
)
def test_a_date_is_written_to_the_year_the_month_or_the_day(written: str, first: date, last: date) -> None:
    assert known(written) == Known(first, last)


@pytest.mark.parametrize(
    "written", ["", "14", "2014-13", "2014-02-30", "18.03.2014", "2014-3", "0000", "２０１４", "2014-03-18 "]
)
def test_nothing_else_is_a_date(written: str) -> None:
    with pytest.raises(ValueError):
        known(written)


def test_a_post_to_2015_or_so_overlaps_by_one_day_to_a_year() -> None:
    span = Span("government_post", known("2013"), known("2015"))
    found = overlap(span, limb_of(BARS["government_service"], PACE), date(2027, 1, 1))
    assert (found.certain, found.possible) == (1, 365)
    assert (found.first, found.last) == (SINCE, date(2015, 12, 31))
    assert overlap(span, limb_of(BARS["state_money"], PACE), date(2027, 1, 1)).possible == 0


def test_what_goes_on_is_counted_to_today() -> None:
    found = overlap(Span("post", known("2014-12"), goes_on=True), LIMB, TODAY)
    assert (found.certain, found.possible) == (41, 41)


def test_an_end_that_nobody_knows_leaves_every_day_from_the_first_to_today() -> None:
    found = overlap(Span("post", known("2015-02-03")), LIMB, TODAY)
    assert (found.certain, found.possible) == (1, 8)


@pytest.mark.parametrize("kind", [kind.key for kind in PACE.excluded_kinds])
@pytest.mark.parametrize("bar", BARS)
def test_every_excluded_kind_of_the_charter_is_set_aside_by_every_bar(bar: str, kind: str) -> None:
    found = overlap(Span(kind, known("2016")), limb_of(BARS[bar], PACE), date(2027, 1, 1))
    assert (found.certain, found.possible, found.article) == (0, 0, "2.4")


def test_a_fact_declared_under_a_bar_is_covered_by_it_and_by_no_other() -> None:
    span = Span("state_money", known("2016"))
    met = [key for key, bar in BARS.items() if overlap(span, limb_of(bar, PACE), date(2027, 1, 1)).possible]
    assert met == ["state_money"]


@pytest.mark.parametrize("path", sorted(CHARTERS.glob("*/*.toml")), ids=lambda path: path.parent.name)
def test_each_bar_of_each_charter_covers_a_kind(path: Path) -> None:
    law = charters.load(path)
    covered = {bar for kind in law.service_kinds for bar in kind.bars}
    assert covered == {bar.key for bar in law.bars}


def test_dates_the_wrong_way_round_make_no_fact() -> None:
    with pytest.raises(ValueError):
        Span("post", known("2015"), known("2014"))
    with pytest.raises(ValueError):
        Span("post", known("2015"), known("2016"), goes_on=True)
    with pytest.raises(ValueError):
        Known(TODAY, SINCE)
