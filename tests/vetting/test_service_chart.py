"""The picture of posts and money: nothing meets that should stand apart, nothing leaves the drawing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hemicycle.rules.service import Reach
from hemicycle.vetting import chart

TODAY = date(2026, 11, 23)


@st.composite
def bars(draw: st.DrawFn) -> chart.Bar:
    first = draw(st.dates(date(1930, 1, 1), TODAY))
    last = draw(st.dates(first, TODAY))
    inner = sorted([draw(st.dates(first, last)), draw(st.dates(first, last))])
    sure = (inner[0], inner[1]) if draw(st.booleans()) else None
    label = draw(st.text("ЩщWi ·", max_size=120))
    return chart.Bar(label, label, Reach(first, last, sure), "other", "found", "service-1")


sinces = st.lists(
    st.builds(chart.Since, st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.just("A: from a day")), max_size=4
)


@given(st.lists(bars(), max_size=12), sinces)
def test_every_bar_lies_within_the_drawing_and_what_is_sure_within_what_is_possible(
    rows: list[chart.Bar], since: list[chart.Since]
) -> None:
    made = chart.picture(rows, since, TODAY)
    for row in made.rows:
        left, width = float(row.possible.x), float(row.possible.width)
        assert left > 0 and left + width < made.width and width >= chart.THIN
        if row.sure is not None:
            assert float(row.sure.x) >= left - 0.1
            assert float(row.sure.x) + float(row.sure.width) <= left + width + chart.THIN
    assert all(0 <= float(band.x) <= made.width for band in made.bands)
    assert len(made.bands) == sum(each.day <= TODAY for each in since)


@given(st.lists(bars(), min_size=2, max_size=12), sinces)
def test_no_two_labels_meet(rows: list[chart.Bar], since: list[chart.Since]) -> None:
    made = chart.picture(rows, since, TODAY)
    years = [float(year.x) for year in made.years]
    assert all(b - a >= chart.APART - 1 for a, b in pairwise(years))
    lines = [float(band.baseline) for band in made.bands]
    assert all(b - a >= 20 for a, b in pairwise(lines))
    assert all(line < float(made.years_baseline) - 12 for line in lines)
    for above, below in pairwise(made.rows):
        assert float(above.since_end) < float(below.baseline) - 14
    for row in made.rows:
        assert float(row.baseline) + 4 <= float(row.since_top) < float(row.bar_top)
        assert len(row.label) <= chart.LETTERS


def test_a_day_is_as_wide_as_another_and_ends_where_the_next_begins() -> None:
    def bar(first: date, last: date) -> chart.Bar:
        return chart.Bar("", "", Reach(first, last, None), "other", "found", "")

    year = timedelta(days=365)
    made = chart.picture(
        [bar(TODAY - 2 * year, TODAY - year), bar(TODAY - year + timedelta(1), TODAY)], [], TODAY
    )
    one, two = (row.possible for row in made.rows)
    assert abs(float(one.x) + float(one.width) - float(two.x)) < 0.2


def test_an_empty_file_has_a_line_of_years_and_no_row() -> None:
    made = chart.picture([], [chart.Since(date(2015, 1, 1), "A")], TODAY)
    assert made.rows == () and made.years
