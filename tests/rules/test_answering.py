"""The clock of a question against ten worked examples and against a simulation that knows nothing of the rule."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.rules.answering import Period, Stop, days_late, overdue_level, reckon

STRASBOURG = ZoneInfo("Europe/Paris")
CASES = tomllib.loads((Path(__file__).parent / "cases" / "answering.toml").read_text())["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_worked_example(case: dict[str, Any]) -> None:
    stops = tuple(Stop(stop["begins"], stop["ends"]) for stop in case.get("stops", ()))
    period = Period(case["begins"], case["days"], STRASBOURG, stops, tuple(case.get("extensions", ())))
    found = reckon(period, case.get("holidays", ()))
    assert found.due == case["due"]
    assert found.due.utcoffset() == case["due"].utcoffset(), "midnight of the seat, in its time of that day"
    assert [f"{passed.day} {passed.why}" for passed in found.passed] == case["passed"]


def test_there_are_ten() -> None:
    assert len(CASES) == 10


# --- against a simulation --------------------------------------------------------------------------------------------

ZONES = ["Europe/Paris", "Asia/Tokyo", "America/New_York", "Pacific/Apia"]
BEGIN = datetime(2027, 1, 1, tzinfo=UTC)
instants = st.integers(0, 400 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    times = sorted(draw(st.lists(instants, min_size=1, max_size=7)))
    begins, rest = times[0], times[1:]
    stops = [Stop(*rest[place : place + 2]) for place in range(0, len(rest) - 1, 2)]
    extensions = tuple(draw(st.lists(st.integers(1, 15), max_size=3)))
    return Period(begins, draw(st.integers(1, 40)), zone, tuple(stops), extensions)


holidays = st.sets(st.dates(date(2027, 1, 1), date(2028, 6, 1)), max_size=40)


def simulated(period: Period, off: set[date], days: int) -> datetime:
    """Walk through universal time by quarters of an hour and look at the clock on the seat's wall: where the date changes, a
    day has ended, and what its last minute was like decides."""
    at = period.begins.astimezone(UTC).replace(minute=0)
    today = first = period.begins.astimezone(period.zone).date()
    left = days
    while True:
        at += timedelta(minutes=15)
        ended, today = today, at.astimezone(period.zone).date()
        if today <= ended or ended == first:
            continue
        minute = at - timedelta(minutes=1)
        runs = not any(stop.begins <= minute < stop.ends for stop in period.stops)
        if runs and ended.strftime("%a") not in ("Sat", "Sun") and ended not in off:
            left -= 1
            if left == 0:
                return at


@settings(deadline=None)
@given(period=periods(), off=holidays)
def test_it_agrees_with_a_simulation_on_the_clock_of_the_wall(period: Period, off: set[date]) -> None:
    found = reckon(period, off)
    assert found.due == simulated(period, off, period.days + sum(period.extensions))
    assert len(found.counted) == period.days + sum(period.extensions)


@given(period=periods(), off=holidays, more=st.integers(1, 10))
def test_an_extension_or_a_holiday_never_makes_it_shorter(period: Period, off: set[date], more: int) -> None:
    plain = reckon(period, off)
    longer = reckon(
        Period(period.begins, period.days, period.zone, period.stops, (*period.extensions, more)), off
    )
    fewer = reckon(period)
    assert fewer.due <= plain.due < longer.due


@given(
    period=periods(),
    off=holidays,
    at=instants,
    steps=st.lists(st.integers(0, 20), max_size=4, unique=True).map(sorted),
)
def test_the_level_is_the_number_of_steps_that_are_over(
    period: Period, off: set[date], at: datetime, steps: Sequence[int]
) -> None:
    days = period.days + sum(period.extensions)
    ends = [simulated(period, off, days + step) for step in steps]
    assert overdue_level(period, steps, at, off) == sum(end <= at for end in ends)


@pytest.mark.parametrize(
    ("came", "days"),
    [
        ("2027-02-26T23:59:59+01:00", 0),  # Friday, the last day
        ("2027-02-27T00:00:00+01:00", 1),  # on the Saturday, as on the Monday
        ("2027-03-01T12:00:00+01:00", 1),
        ("2027-03-03T12:00:00+01:00", 2),  # Tuesday is a holiday
        ("2027-03-16T23:30:00+01:00", 11),
        ("2027-03-16T23:30:00+00:00", 12),  # at the seat it is the Wednesday
    ],
)
def test_how_late_an_answer_is_in_working_days_that_have_begun(came: str, days: int) -> None:
    due = datetime(2027, 2, 27, tzinfo=STRASBOURG)
    assert days_late(due, datetime.fromisoformat(came), STRASBOURG, {date(2027, 3, 2)}) == days


NOON = datetime(2027, 2, 9, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"days": 0}, "one working day or more"),
        ({"extensions": (0,)}, "one working day or more"),
        ({"begins": datetime(2027, 2, 9)}, "without its zone"),
        ({"stops": (Stop(NOON - HOUR, NOON + HOUR),)}, "in order"),
        ({"stops": (Stop(NOON + HOUR, NOON),)}, "in order"),
        ({"stops": (Stop(NOON, NOON + 2 * HOUR), Stop(NOON + HOUR, NOON + 3 * HOUR))}, "do not meet"),
    ],
)
def test_what_is_no_period_is_refused(wrong: dict[str, Any], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        Period(**{"begins": NOON, "days": 3, "zone": STRASBOURG, **wrong})


@pytest.mark.parametrize("steps", [[-1], [5, 0], [0, 0]])
def test_steps_rise_from_nought(steps: list[int]) -> None:
    with pytest.raises(ValueError, match="each greater than the one before"):
        overdue_level(Period(NOON, 3, STRASBOURG), steps, NOON)
