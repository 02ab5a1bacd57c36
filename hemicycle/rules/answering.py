"""The clock of a question: a period in working days of the seat that can stop and be extended, the same in both directions.

A day counts when it is a working day and the clock runs as the day ends, at midnight of the seat; the day on which the period
begins never counts. So a stop of some hours within one day costs nobody a day, and nobody loses a part of one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from .terms import Skipped, due_after, is_working_day, not_worked, working_days_between


@dataclass(frozen=True)
class Stop:
    """The clock stands from one instant until another."""

    begins: datetime
    ends: datetime


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
            instants += [stop.begins, stop.ends]
        if any(at.tzinfo is None for at in instants):
            raise ValueError("an instant without its zone")
        # Two instants of one zone are compared by their wall clocks, which is wrong when the clocks are changed.
        universal = [at.astimezone(UTC) for at in instants]
        if any(one > other for one, other in pairwise(universal)):
            raise ValueError("stops stand in order, after the beginning, and do not meet")


@dataclass(frozen=True)
class Reckoned:
    """The arithmetic of a period: the days that count, and those passed over, in order. `due` is the instant at which the
    period is over: midnight of the seat after the last day."""

    counted: tuple[date, ...]
    passed: tuple[Skipped, ...]
    due: datetime

    @property
    def last_day(self) -> date:
        return self.counted[-1]


def reckon(period: Period, holidays: Collection[date] = ()) -> Reckoned:
    """Count day by day."""
    left = period.days + sum(period.extensions)
    counted, passed = list[date](), list[Skipped]()
    day = period.begins.astimezone(period.zone).date()
    while left:
        day += timedelta(days=1)
        if not is_working_day(day, holidays):
            passed.append(not_worked(day))
        elif _stands_at(period, _midnight_after(day, period.zone)):
            passed.append(Skipped(day, "stopped"))
        else:
            counted.append(day)
            left -= 1
    return Reckoned(tuple(counted), tuple(passed), _midnight_after(day, period.zone))


def overdue_level(period: Period, steps: Sequence[int], at: datetime, holidays: Collection[date] = ()) -> int:
    """How many of the charter's `steps` are over at an instant. A step is a number of working days after the last day, 0 or
    more; the levels rise with them, the last to the chair. 0: not overdue."""
    if list(steps) != sorted(set(steps)) or any(step < 0 for step in steps):
        raise ValueError("steps are numbers of working days from 0, each greater than the one before")
    level = 0
    for step in steps:
        due = reckon(replace(period, days=period.days + step), holidays).due
        level += due.astimezone(UTC) <= at.astimezone(UTC)
    return level


def days_late(due: datetime, at: datetime, zone: tzinfo, holidays: Collection[date] = ()) -> int:
    """How many working days have begun since a period was over; what comes on a day without work comes on the next one.
    0: in time."""
    if at.astimezone(UTC) < due.astimezone(UTC):
        return 0
    came = due_after(at.astimezone(zone).date(), 0, holidays).on
    return working_days_between(due.astimezone(zone).date(), came + timedelta(days=1), holidays)


def _midnight_after(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)


def _stands_at(period: Period, midnight: datetime) -> bool:
    """Whether the clock stands as a day ends."""
    end = midnight.astimezone(UTC)
    return any(stop.begins.astimezone(UTC) < end <= stop.ends.astimezone(UTC) for stop in period.stops)
