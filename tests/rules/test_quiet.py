"""When a mail may go, held against a walk through the minutes that knows nothing of how it is reckoned."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hemicycle.rules import quiet
from hemicycle.rules.quiet import Rhythm, Wish, goes_at

MINUTE = timedelta(minutes=1)
# A leap at one and at two in the night, at midnight, of half an hour, to the west, and none at all.
ZONES = [
    "Europe/Paris", "Europe/Lisbon", "America/New_York", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe",
    "Asia/Tbilisi", "Asia/Kathmandu", "UTC",
]  # fmt: skip
# Around days on which clocks are changed somewhere, and any other day.
DAYS = [
    datetime(2027, 3, 27, tzinfo=UTC), datetime(2027, 10, 30, tzinfo=UTC), datetime(2027, 3, 13, tzinfo=UTC),
    datetime(2027, 11, 6, tzinfo=UTC), datetime(2027, 4, 3, tzinfo=UTC), datetime(2027, 9, 4, tzinfo=UTC),
    datetime(2027, 10, 2, tzinfo=UTC), datetime(2027, 4, 29, tzinfo=UTC), datetime(2027, 7, 7, tzinfo=UTC),
]  # fmt: skip

times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
pairs = st.one_of(st.none(), st.tuples(times, times).filter(lambda pair: pair[0] != pair[1]))
wishes = st.builds(
    Wish, st.sampled_from(ZONES), st.sampled_from(Rhythm), st.integers(0, 23), st.integers(0, 6), pairs
)
instants = st.builds(
    lambda day, minutes: day + minutes * MINUTE, st.sampled_from(DAYS), st.integers(0, 3 * 24 * 60)
)


def walk(wish: Wish, after: datetime) -> datetime:
    """Minute by minute: the first that is a digest's, if one is wished for, and from there the first that is not quiet."""
    zone, at = ZoneInfo(wish.zone), after
    while wish.rhythm is not Rhythm.AT_ONCE and not strikes(wish, zone, at):
        at += MINUTE
    while wish.quiet is not None and within(wish.quiet, at.astimezone(zone)):
        at += MINUTE
    return at


def strikes(wish: Wish, zone: ZoneInfo, at: datetime) -> bool:
    """Whether the clock on the wall comes to the hour in this minute, or leaps over it."""
    shown, before = at.astimezone(zone), (at - MINUTE).astimezone(zone)
    hour = shown.replace(hour=wish.hour, minute=0, second=0, fold=0, tzinfo=None)
    came = before.replace(tzinfo=None, fold=0) < hour <= shown.replace(tzinfo=None, fold=0)
    return came and not shown.fold and (wish.rhythm is Rhythm.DAILY or hour.weekday() == wish.weekday)


def within(hours: tuple[time, time], shown: datetime) -> bool:
    begins, ends = ((each.hour * 60 + each.minute) for each in hours)
    now = shown.hour * 60 + shown.minute
    return (now - begins) % 1440 < (ends - begins) % 1440


@settings(max_examples=150, deadline=None)
@given(wishes, instants)
# The night in which the clocks leap over the end of the quiet hours, and that in which they show it twice.
@example(Wish("Europe/Paris", quiet=(time(23), time(2, 30))), datetime(2027, 3, 28, 0, 30, tzinfo=UTC))
@example(Wish("Europe/Paris", quiet=(time(23), time(2, 30))), datetime(2027, 10, 31, 1, 10, tzinfo=UTC))
@example(
    Wish("Europe/Paris", Rhythm.DAILY, hour=2, quiet=(time(2), time(2, 15))),
    datetime(2027, 3, 28, tzinfo=UTC),
)
@example(Wish("Europe/Paris", Rhythm.DAILY, hour=2), datetime(2027, 10, 31, 0, 30, tzinfo=UTC))
def test_it_is_the_first_minute_that_a_walk_finds(wish: Wish, after: datetime) -> None:
    assert goes_at(wish, after) == walk(wish, after)


@settings(max_examples=200, deadline=None)
@given(wishes, instants)
def test_what_may_go_now_goes_now_and_nothing_goes_back_in_time(wish: Wish, after: datetime) -> None:
    at = goes_at(wish, after)
    assert at >= after and not quiet.is_quiet(wish, at)
    assert goes_at(Wish(wish.zone, quiet=wish.quiet), at) == at


@pytest.mark.parametrize(
    ("day", "utc"), [("2027-01-15", "06:00"), ("2027-07-15", "05:00")], ids=["winter", "summer"]
)
def test_the_hour_stays_that_of_the_wall_in_summer(day: str, utc: str) -> None:
    night = datetime.fromisoformat(f"{day}T02:00+00:00")
    wish = Wish("Europe/Paris", quiet=(time(22), time(7)))
    assert goes_at(wish, night) == datetime.fromisoformat(f"{day}T{utc}+00:00")


def test_quiet_hours_that_never_end_are_refused() -> None:
    with pytest.raises(ValueError, match="never end"):
        Wish("UTC", quiet=(time(7), time(7)))


def test_the_zones_are_places_and_each_can_be_read() -> None:
    assert {"Asia/Tbilisi", "Europe/Vilnius", "UTC"} <= set(quiet.zones())
    assert not [name for name in quiet.zones() if name.startswith(("posix/", "right/", "Etc/"))]
    assert all(ZoneInfo(name) for name in quiet.zones())
