"""Service and money over time: which days of a dated fact may lie in the time of a bar. Days are counted, never judged (3.6).

A date is known to the day, the month or the year; an end may be open or unknown. So a fact has several *readings*: a
first day and a last day that its dates allow, the first not after the last, neither after today. All arithmetic is on
whole days and closed over all readings; nothing is estimated.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .charter.charter import Charter
from .charter.entries import Bar

_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True)
class Known:
    """A date as far as it is known: it is one of the days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a date ends before it begins")


@dataclass(frozen=True)
class Span:
    """A dated fact of one ``kind``: from some day of ``began`` to some day of ``ended``, both included.

    ``ended`` is None where the end is not known, or where the fact ``goes_on`` to the day of the question.
    """

    kind: str
    began: Known
    ended: Known | None = None
    goes_on: bool = False

    def __post_init__(self) -> None:
        if self.goes_on and self.ended is not None:
            raise ValueError("what goes on has no end")
        if self.ended is not None and self.ended.last < self.began.first:
            raise ValueError("a fact ends before it begins")


@dataclass(frozen=True)
class Limb:
    """A bar as dates test it: the kinds that it covers, from ``since`` (included) on, and the kinds that are set aside
    whatever the bar, each with the article that says so."""

    key: str
    since: date
    kinds: frozenset[str]
    set_aside: Mapping[str, str]


@dataclass(frozen=True)
class Reach:
    """The days that a fact may take: under some reading ``first`` to ``last``; under every reading ``sure``, if any."""

    first: date
    last: date
    sure: tuple[date, date] | None


@dataclass(frozen=True)
class Overlap:
    """How many days of a fact lie in the time of a limb: at least ``certain``, at most ``possible``, whatever its dates
    mean; ``first`` and ``last`` are the outermost of them.

    Of a kind that is set aside by an ``article`` no day counts: its days are told, the counts are 0. Never a verdict.
    """

    limb: str
    certain: int
    possible: int
    first: date | None = None
    last: date | None = None
    article: str = ""


def known(written: str) -> Known:
    """The date that ``2014``, ``2014-03`` or ``2014-03-18`` writes; ``ValueError`` for anything else."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise ValueError(f"not a year, a month or a day: {written!r}")
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None:
        raise ValueError(written)
    if day is not None and month is not None:
        return Known(date(year, month, day), date(year, month, day))
    if month is None:
        return Known(date(year, 1, 1), date(year, 12, 31))
    return Known(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def limb_of(bar: Bar, charter: Charter) -> Limb:
    """What a bar covers: the kinds that the charter puts under it, and what was declared under the bar itself, whose
    kind is then the key of the bar."""
    kinds = {kind.key for kind in charter.service_kinds if bar.key in kind.bars}
    set_aside = {kind.key: kind.article for kind in charter.excluded_kinds}
    return Limb(bar.key, bar.since, frozenset({*kinds, bar.key}), set_aside)


def reach(span: Span, today: date) -> Reach | None:
    """The days that a fact may take up to ``today``; None where no reading of its dates is before tomorrow."""
    begins = _bounds(span, today)
    if begins is None:
        return None
    (earliest, latest), (soonest, furthest) = begins
    # Every reading holds the days between the latest first day and the soonest last day that it can have.
    begun, over = min(latest, furthest), max(soonest, earliest)
    return Reach(earliest, furthest, (begun, over) if begun <= over else None)


def overlap(span: Span, limb: Limb, today: date) -> Overlap:
    """How the days of a fact meet a limb, up to ``today``."""
    article = limb.set_aside.get(span.kind, "")
    bounds = _bounds(span, today)
    if bounds is None or not (article or span.kind in limb.kinds):
        return Overlap(limb.key, 0, 0)
    (earliest, latest), (soonest, furthest) = bounds
    first, last = max(earliest, limb.since), furthest
    if first > last:
        return Overlap(limb.key, 0, 0)
    if article:
        return Overlap(limb.key, 0, 0, first, last, article)
    return Overlap(
        limb.key, _fewest(earliest, latest, soonest, limb.since), _days(first, last), first, last, article
    )


def _bounds(span: Span, today: date) -> tuple[tuple[date, date], tuple[date, date]] | None:
    """((earliest, latest) first day, (soonest, furthest) last day) of the readings up to ``today``, or None.

    A first day may come after the soonest last day: then the two are not read together.
    """
    earliest, latest = span.began.first, min(span.began.last, today)
    if span.goes_on:
        soonest, furthest = today, today
    elif span.ended is None:
        soonest, furthest = earliest, today
    else:
        soonest, furthest = span.ended.first, min(span.ended.last, today)
    if earliest > latest or soonest > furthest or earliest > furthest:
        return None
    return (earliest, latest), (soonest, furthest)


def _fewest(earliest: date, latest: date, soonest: date, since: date) -> int:
    """The fewest days from ``since`` on that a reading has."""
    if latest <= soonest:  # the latest first day and the soonest last day can be read together
        return _days(max(latest, since), soonest)
    # They cannot: the shortest reading is a single day, the earliest of which is the later of these two.
    return 0 if max(earliest, soonest) < since else 1


def _days(first: date, last: date) -> int:
    return max(0, (last - first).days + 1)
