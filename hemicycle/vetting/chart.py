"""Geometry of the picture of posts and money over time: plain numbers for the template that draws it. No Django.

One row an entry, its label above its bar, so that no two labels meet. A bar is drawn twice: pale over every day that it may
take, solid over the days that it takes whatever its dates mean. The time of each bar of the charter is a band from its
first day to today, with a line of its own in the head. Lengths are units of the viewBox; y grows downwards, as in SVG.
The table beside it says the same.

What is drawn is written out as text: a page of three hundred entries is made at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hemicycle.rules.service import Reach

WIDTH = 760
EDGE = 26  # room at both sides for half the name of a year
LINE = 22  # of text
ROW = 50
LETTERS = 80  # of a label that surely fit the width, in Latin and in Cyrillic
STEPS = (1, 2, 5, 10, 20, 50, 100)
APART = 52  # names of years stand no closer than this
THIN = 3  # the least width of a bar


@dataclass(frozen=True)
class Bar:
    """What is drawn of one entry; `look` is `covered` by a bar of the charter, `set-aside`, or `other`; `mark` says who
    entered it: `declared` or `found`. `title` is the whole text."""

    label: str
    title: str
    reach: Reach
    look: str
    mark: str
    anchor: str


@dataclass(frozen=True)
class Since:
    """The first day of one or more bars of the charter, and the words for it."""

    day: date
    label: str


@dataclass(frozen=True)
class Box:
    x: str
    width: str


@dataclass(frozen=True)
class Row:
    """One entry as it is drawn; `sure` is missing where no day is sure. The line of a band crosses the bar alone, from
    `since_top` to `since_end`, and never the label."""

    bar: Bar
    possible: Box
    sure: Box | None
    mark_top: str
    mark_middle: str
    baseline: str
    bar_top: str
    since_top: str
    since_end: str

    @property
    def label(self) -> str:
        text = self.bar.label
        return text if len(text) <= LETTERS else f"{text[: LETTERS - 1].rstrip()}…"


@dataclass(frozen=True)
class Band:
    """The time of bars of the charter: its line at `x`, its words in the head beside the line, where there is room."""

    label: str
    x: str
    width: str
    text_x: str
    anchor: str
    baseline: str
    line_top: str
    line_end: str


@dataclass(frozen=True)
class Year:
    year: str
    x: str


@dataclass(frozen=True)
class Picture:
    height: str
    head: str
    rows_height: str
    years_baseline: str
    years: tuple[Year, ...]
    bands: tuple[Band, ...]
    rows: tuple[Row, ...]
    width: int = WIDTH


def picture(bars: Sequence[Bar], sinces: Sequence[Since], today: date) -> Picture:
    """Lay out the bars in the order given; the years from the earliest day of all to the year of `today`."""
    earliest = min([bar.reach.first for bar in bars] + [since.day for since in sinces] + [today])
    line = _Line(date(earliest.year, 1, 1), date(today.year, 12, 31))
    head, height = LINE * (len(sinces) + 1) + 8, ROW * len(bars) + 6
    shown = [since for since in sinces if since.day <= today]
    return Picture(
        height=_n(head + height),
        head=_n(head),
        rows_height=_n(height),
        years_baseline=_n(head - 8),
        years=line.years(),
        bands=tuple(_band(since, number, line, today) for number, since in enumerate(shown)),
        rows=tuple(_row(bar, head + number * ROW, line) for number, bar in enumerate(bars)),
    )


class _Line:
    """The line of time, from the first day of a year to the last of another."""

    def __init__(self, start: date, end: date) -> None:
        self.start, self.end = start, end
        self.scale = (WIDTH - 2 * EDGE) / ((end - start).days + 1)

    def at(self, day: date) -> float:
        """Where a day begins."""
        return EDGE + (day - self.start).days * self.scale

    def box(self, first: date, last: date) -> Box:
        left = self.at(first)
        return Box(_n(left), _n(max(self.at(last) + self.scale - left, THIN)))

    def years(self) -> tuple[Year, ...]:
        """The years that are named: each, or every second, fifth, tenth ..., so that their names stand apart."""
        step = next((step for step in STEPS if step * 365 * self.scale >= APART), STEPS[-1])
        first = self.start.year + -self.start.year % step
        named = range(first, self.end.year + 1, step)
        return tuple(Year(str(year), _n(self.at(date(year, 1, 1)))) for year in named)


def _band(since: Since, number: int, line: _Line, today: date) -> Band:
    box, at, baseline = line.box(since.day, today), line.at(since.day), LINE * (number + 1) - 5
    anchor = "end" if at > WIDTH / 2 else "start"
    return Band(
        since.label, box.x, box.width, _n(at - 6 if anchor == "end" else at + 6), anchor, _n(baseline),
        _n(baseline - 14), _n(baseline + 4),
    )  # fmt: skip


def _row(bar: Bar, top: float, line: _Line) -> Row:
    sure = line.box(*bar.reach.sure) if bar.reach.sure else None
    return Row(
        bar, line.box(bar.reach.first, bar.reach.last), sure, mark_top=_n(top + 7), mark_middle=_n(top + 12),
        baseline=_n(top + 17), bar_top=_n(top + 26), since_top=_n(top + 22), since_end=_n(top + 45),
    )  # fmt: skip


def _n(length: float) -> str:
    """As SVG writes it in every language: Django would write 12,5 on a French page."""
    return f"{length:.1f}"
