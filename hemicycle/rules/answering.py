"""The clock of a question: a period in working days of the seat that can stop and be extended, the same in both directions.

A day counts when it is a working day and the clock runs as the day ends, at midnight of the seat; the day on which the period
begins never counts. So a stop of some hours within one day costs nobody a day, and nobody loses a part of one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from .terms import Skipped, is_working_day, not_worked


@dataclass(frozen=True)
class Stop:
    """The clock stands from one instant until another, or still stands (`ends` is None)."""

    begins: datetime
    ends: datetime | None = None


@dataclass(frozen=True)
class Period:
    """`days`: working days of the charter for this kind of question; `extensions`: working days added since. Instants know
    their zone; `zone` is that of the seat. Stops stand in order and do not meet. Raises `ValueError` for anything else."""

    begins: datetime
    days: int
    zone: tzinfo
    stops: tuple[Stop, ...] = ()
    extensions: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.days < 1 or any(days < 1 for days in self.extensions):
            raise ValueError("a period and its extensions have one working day or more")
        instants = [self.begins]
        for stop in self.stops:
            instants += [stop.begins] if stop.ends is None else [stop.begins, stop.ends]
        if any(at.tzinfo is None for at in instants):
            raise ValueError("an instant without its zone")
        if any(stop.ends is None for stop in self.stops[:-1]):
            raise ValueError("a stop begins while the clock stands")
        # Two instants of one zone are compared by their wall clocks, which is wrong when the clocks are changed.
        universal = [at.astimezone(UTC) for at in instants]
        if any(one > other for one, other in pairwise(universal)):
            raise ValueError("stops stand in order, after the beginning, and do not meet")


@dataclass(frozen=True)
class Reckoned:
    """The arithmetic of a period: the days that count, those passed over, in order, and `left`, how many are still to count
    while the clock stands. `due` is the instant at which the period is over: midnight of the seat after the last day."""

    counted: tuple[date, ...]
    passed: tuple[Skipped, ...]
    left: int
    due: datetime | None

    @property
    def last_day(self) -> date | None:
        return self.counted[-1] if self.due is not None else None


def reckon(period: Period, holidays: Collection[date] = ()) -> Reckoned:
    """Count day by day. While the clock stands, nothing is due."""
    left = period.days + sum(period.extensions)
    counted, passed = list[date](), list[Skipped]()
    day = period.begins.astimezone(period.zone).date()
    while left:
        day += timedelta(days=1)
        stop = _stop_at(period, _midnight_after(day, period.zone))
        if stop is not None and stop.ends is None:
            return Reckoned(tuple(counted), tuple(passed), left, None)
        if not is_working_day(day, holidays):
            passed.append(not_worked(day))
        elif stop is not None:
            passed.append(Skipped(day, "stopped"))
        else:
            counted.append(day)
            left -= 1
    return Reckoned(tuple(counted), tuple(passed), 0, _midnight_after(day, period.zone))


def overdue_level(period: Period, steps: Sequence[int], at: datetime, holidays: Collection[date] = ()) -> int:
    """How many of the charter's `steps` are over at an instant. A step is a number of working days after the last day, 0 or
    more; the levels rise with them, the last to the chair. 0: not overdue, or the clock stands."""
    if list(steps) != sorted(set(steps)) or any(step < 0 for step in steps):
        raise ValueError("steps are numbers of working days from 0, each greater than the one before")
    level = 0
    for step in steps:
        due = reckon(replace(period, days=period.days + step), holidays).due
        level += due is not None and due.astimezone(UTC) <= at.astimezone(UTC)
    return level


def _midnight_after(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)


def _stop_at(period: Period, midnight: datetime) -> Stop | None:
    """The stop in which the clock stands as a day ends."""
    end = midnight.astimezone(UTC)
    for stop in period.stops:
        if stop.begins.astimezone(UTC) < end and (stop.ends is None or end <= stop.ends.astimezone(UTC)):
            return stop
    return None
