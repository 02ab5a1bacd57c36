"""Geometry of the picture of posts and money over time: plain numbers for the template that draws it. No Django.

One row an entry, its label above its bar, so that no two labels meet. A bar is drawn twice: pale over every day that it may
take, solid over the days that it takes whatever its dates mean. The time of each bar of the charter is a band from its
first day to today, with a line of its own in the head. Lengths are units of the viewBox; y grows downwards, as in SVG.
The table beside it says the same.
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
LETTERS = 78  # of a label that surely fit the width, in Latin and in Cyrillic
STEPS = (1, 2, 5, 10, 20, 50, 100)
APART = 52  # names of years stand no closer than this
THIN = 3  # the least width of a bar


@dataclass(frozen=True)
class Bar:
    """What is drawn of one entry; `look` is `covered` by a bar of the charter, set `aside`, or `other`; `mark` says who
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
    x: float
    width: float


@dataclass(frozen=True)
class Row:
    """One entry as it is drawn: `top` of its row; `sure` is missing where no day is sure."""

    bar: Bar
    top: float
    possible: Box
    sure: Box | None

    @property
    def label(self) -> str:
        text = self.bar.label
        return text if len(text) <= LETTERS else f"{text[: LETTERS - 1].rstrip()}…"

    @property
    def baseline(self) -> float:
        return self.top + 17

    @property
    def bar_top(self) -> float:
        return self.top + 26

    @property
    def mark_top(self) -> float:
        return self.top + 7

    @property
    def mark_middle(self) -> float:
        return self.top + 12


@dataclass(frozen=True)
class Band:
    """The time of bars of the charter: its line at `x`, its words in the head, beside the line where there is room."""

    since: Since
    x: float
    width: float
    baseline: float

    @property
    def anchor(self) -> str:
        return "end" if self.x > WIDTH / 2 else "start"

    @property
    def line_top(self) -> float:
        return self.baseline - 14

    @property
    def text_x(self) -> float:
        return self.x - 6 if self.anchor == "end" else self.x + 6


@dataclass(frozen=True)
class Year:
    year: int
    x: float


@dataclass(frozen=True)
class Picture:
    height: float
    head: float
    years: tuple[Year, ...]
    bands: tuple[Band, ...]
    rows: tuple[Row, ...]
    width: int = WIDTH

    @property
    def years_baseline(self) -> float:
        return self.head - 8

    @property
    def rows_height(self) -> float:
        return self.height - self.head


def picture(bars: Sequence[Bar], sinces: Sequence[Since], today: date) -> Picture:
    """Lay out the bars in the order given; the years from the earliest day of all to the year of `today`."""
    earliest = min([bar.reach.first for bar in bars] + [since.day for since in sinces] + [today])
    start, end = date(earliest.year, 1, 1), date(today.year, 12, 31)
    scale = (WIDTH - 2 * EDGE) / ((end - start).days + 1)

    def at(day: date) -> float:
        return EDGE + (day - start).days * scale

    def box(first: date, last: date) -> Box:
        left = at(first)
        return Box(left, max(at(last) + scale - left, THIN))

    head = LINE * (len(sinces) + 1) + 8
    shown = [since for since in sinces if since.day <= today]
    bands = tuple(
        Band(since, at(since.day), box(since.day, today).width, LINE * (number + 1) - 5)
        for number, since in enumerate(shown)
    )
    rows = tuple(
        Row(
            bar,
            head + number * ROW,
            box(bar.reach.first, bar.reach.last),
            box(*bar.reach.sure) if bar.reach.sure else None,
        )
        for number, bar in enumerate(bars)
    )
    return Picture(head + ROW * len(bars) + 6, head, _years(start, end, scale), bands, rows)


def _years(start: date, end: date, scale: float) -> tuple[Year, ...]:
    """The years that are named: each, or every second, fifth, tenth ..., so that their names stand apart."""
    step = next((step for step in STEPS if step * 365 * scale >= APART), STEPS[-1])
    first = start.year + -start.year % step
    named = range(first, end.year + 1, step)
    return tuple(Year(year, EDGE + (date(year, 1, 1) - start).days * scale) for year in named)
