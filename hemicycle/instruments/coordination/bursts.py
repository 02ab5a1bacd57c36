"""Endorsements that arrive together, more closely than the call's own pattern explains.

A window starts at an arrival and lasts one of `WIDTHS`. Two questions are asked of it, each with an exact tail, and both must be
answered: whether so many would come in it if the group's arrivals were any of the call's (hypergeometric: a deadline, at which
everybody's come, explains itself); and whether so many of one day's would come at that time of day (binomial, after the hours at
which the other arrivals of the call come: people who are asked on one day explain themselves). Both are conditional on the first
arrival of the window, so that the sum over all windows bounds the chance of any false question in a call by `CHANCE`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import chain
from math import comb

from .question import BURST, Question

CHANCE = 0.01
LEAST = 4  # arrivals; fewer are no burst
WIDTHS = tuple(timedelta(minutes=minutes) for minutes in (10, 30, 60, 120))
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Window:
    chance: float
    width: timedelta
    start: datetime
    count: int


def bursts(arrivals: Mapping[str, Sequence[datetime]]) -> list[Question]:
    """Windows in which more of a group's endorsements arrive than its call explains, the least explained first.

    A group is a file, or an organisation; its arrivals carry a time zone. With one group there is nothing to compare with, and
    nothing is asked. The evidence says how many came of how many, within how many minutes (the span of those arrivals), how many of
    other groups came in the same window, and how many any group got at most in as long a time otherwise.
    """
    arrivals = {name: [time.astimezone(UTC) for time in times] for name, times in arrivals.items()}
    every = sorted(chain.from_iterable(arrivals.values()))
    groups = {name: sorted(times) for name, times in sorted(arrivals.items()) if len(times) >= LEAST}
    tests = sum(len(times) for times in groups.values()) * len(WIDTHS)
    found = []
    for name, times in groups.items():
        others = _without(every, times)
        clock = sorted(_of_day(time) for time in others)
        windows = (
            _window(times, every, clock, start, width, tests)
            for start in range(len(times))
            for width in WIDTHS
        )
        for window in _apart(one for one in windows if one is not None):
            found.append((window.chance, name, window.start, _told(name, window, arrivals, times, others)))
    return [question for *_, question in sorted(found, key=lambda one: one[:3])]


def _window(
    times: Sequence[datetime],
    every: Sequence[datetime],
    clock: Sequence[timedelta],
    start: int,
    width: timedelta,
    tests: int,
) -> _Window | None:
    """One window with its chance, where that is small enough; both tails count what follows the first arrival."""
    first = times[start]
    count = bisect_right(times, first + width) - start
    if count < LEAST:
        return None
    in_window = bisect_right(every, first + width) - bisect_left(every, first)
    of_call = hypergeometric_tail(len(every) - 1, in_window - 1, len(times) - 1, count - 1)
    of_day = bisect_left(times, first + DAY) - start
    by_clock = binomial_tail(of_day - 1, _share(clock, first, width), count - 1)
    chance = min(1.0, float(max(of_call, by_clock) * tests))
    return _Window(chance, width, first, count) if chance <= CHANCE else None


def hypergeometric_tail(population: int, marked: int, drawn: int, least: int) -> Fraction:
    """The chance that of `drawn` from a population, so many of it marked, at least `least` are marked; exact."""
    most = min(marked, drawn)
    ways = sum(
        comb(marked, hit) * comb(population - marked, drawn - hit) for hit in range(max(least, 0), most + 1)
    )
    return Fraction(ways, comb(population, drawn))


def binomial_tail(tries: int, chance: Fraction, least: int) -> Fraction:
    """The chance of at least `least` of `tries`, each with `chance`; exact."""
    return sum(
        (comb(tries, hit) * chance**hit * (1 - chance) ** (tries - hit) for hit in range(least, tries + 1)),
        Fraction(0),
    )


def _share(clock: Sequence[timedelta], first: datetime, width: timedelta) -> Fraction:
    """The share of the other arrivals that come at this time of day; one more is spread evenly over the day."""
    begins = _of_day(first)
    ends = begins + width
    count = bisect_right(clock, ends) - bisect_left(clock, begins)
    if ends >= DAY:
        count += bisect_right(clock, ends - DAY)
    return (count + Fraction(width // timedelta(seconds=1), 86_400)) / (len(clock) + 1)


def _of_day(time: datetime) -> timedelta:
    return timedelta(hours=time.hour, minutes=time.minute, seconds=time.second, microseconds=time.microsecond)


def _without(every: Sequence[datetime], times: Sequence[datetime]) -> list[datetime]:
    """All arrivals less one for each of `times`; both in order."""
    left = []
    place = 0
    for time in every:
        if place < len(times) and times[place] == time:
            place += 1
        else:
            left.append(time)
    return left


def _apart(windows: Iterable[_Window]) -> list[_Window]:
    """The least explained windows, then the shortest, of which none overlaps another."""
    kept: list[_Window] = []
    for one in sorted(windows, key=lambda window: (window.chance, window.width, window.start)):
        if all(
            one.start > other.start + other.width or other.start > one.start + one.width for other in kept
        ):
            kept.append(one)
    return kept


def _told(
    name: str,
    window: _Window,
    arrivals: Mapping[str, Sequence[datetime]],
    times: Sequence[datetime],
    others: Sequence[datetime],
) -> Question:
    end = window.start + window.width
    last = times[bisect_right(times, end) - 1]
    busiest = max(
        _busiest([time for time in of if group != name or not window.start <= time <= end], window.width)
        for group, of in arrivals.items()
    )
    evidence = {
        "count": window.count,
        "of": len(times),
        "from": window.start.isoformat(),
        "to": last.isoformat(),
        "minutes": -(-(last - window.start) // timedelta(minutes=1)),
        "others_then": bisect_right(others, end) - bisect_left(others, window.start),
        "window_minutes": window.width // timedelta(minutes=1),
        "busiest_otherwise": busiest,
        "chance": window.chance,
    }
    return Question(BURST, (name,), evidence, BURST)


def _busiest(times: Sequence[datetime], width: timedelta) -> int:
    ordered = sorted(times)
    return max((bisect_right(ordered, time + width) - place for place, time in enumerate(ordered)), default=0)
