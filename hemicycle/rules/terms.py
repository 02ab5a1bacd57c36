"""Time in the law: half-open intervals, deadlines, working days, months. Every moment is given, never read.

What ends by a date is over at that instant for every question asked (procedure 6.0).
"""

from __future__ import annotations

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar

Moment = TypeVar("Moment", date, datetime)


def in_force(from_: Moment | None, until: Moment | None, at: Moment) -> bool:
    """Whether ``at`` lies in ``[from_, until)``. ``None`` at the start: not begun; at the end: no end set."""
    return from_ is not None and from_ <= at and (until is None or at < until)


def overlap(
    one: tuple[date | None, date | None], other: tuple[date | None, date | None]
) -> tuple[date | None, date | None] | None:
    """What two half-open periods share, or ``None``. ``None`` inside a period means open on that side."""
    starts = [start for start in (one[0], other[0]) if start is not None]
    ends = [end for end in (one[1], other[1]) if end is not None]
    start, end = max(starts, default=None), min(ends, default=None)
    return None if start is not None and end is not None and start >= end else (start, end)


def deadline(start: datetime, *, days: int = 0, hours: int = 0) -> datetime:
    """The instant at which a period that begins at ``start`` is over.

    Hours run by the clock. Days end with the last of them: the answer is midnight after it in ``start``'s own
    zone, so nobody loses a part of a day. One of the two is given; ``ValueError`` otherwise, or if negative.
    """
    if (days > 0) == (hours > 0) or days < 0 or hours < 0:
        raise ValueError("a deadline is given in days or in hours, and is more than 0")
    if hours:
        return start + timedelta(hours=hours)
    after = start.date() + timedelta(days=days + 1)
    return datetime(after.year, after.month, after.day, tzinfo=start.tzinfo)


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() < 5 and day not in holidays


@dataclass(frozen=True)
class Skipped:
    """A day that a period in working days does not count, and why: `stopped` by the clock of a question alone."""

    day: date
    why: Literal["weekend", "holiday", "stopped"]


def not_worked(day: date) -> Skipped:
    """Why a day is no working day: a holiday on a Saturday or Sunday is a weekend."""
    return Skipped(day, "holiday" if day.weekday() < 5 else "weekend")


@dataclass(frozen=True)
class DueDay:
    """The last day of a period in working days, with its arithmetic: the days passed over on the way, in order."""

    on: date
    skipped: tuple[Skipped, ...] = ()


def due_after(start: date, working_days: int, holidays: Collection[date] = ()) -> DueDay:
    """The last day of a period of so many working days, of which the first is the one after `start`.

    0 gives `start` itself, or the next working day where it is none: what ends on a day without work ends on the next
    one. `ValueError` if negative.
    """
    if working_days < 0:
        raise ValueError("a period has 0 working days or more")
    day, left = (start, 1) if working_days == 0 else (start + timedelta(days=1), working_days)
    skipped: list[Skipped] = []
    while True:
        if is_working_day(day, holidays):
            left -= 1
            if left == 0:
                return DueDay(day, tuple(skipped))
        else:
            skipped.append(not_worked(day))
        day += timedelta(days=1)


def working_days_between(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """How many working days lie in ``[start, end)``; 0 when ``end`` is not after ``start``."""
    return sum(
        is_working_day(start + timedelta(days=number), holidays)
        for number in range(max(0, (end - start).days))
    )


def months_before(day: Moment, months: int) -> Moment:
    """The same day ``months`` earlier; the last day of that month where it has no such day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def months_after(day: Moment, months: int) -> Moment:
    """The same day ``months`` later; the last day of that month where it has no such day."""
    return months_before(day, -months)


def latest_reply_date(call_closed: date, days_after_close: int) -> date:
    """From this day a list may be proposed; replies still running then do not hold it."""
    return call_closed + timedelta(days=days_after_close)
