"""When a mail may go to somebody: at once, once a day or once a week, and never in the quiet hours (procedure 1.5).

Hours are those of a clock on a wall in the person's time zone, so that they stay right when the clocks are changed. Every
moment is given, never read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

DAY = timedelta(days=1)
STEP = timedelta(hours=1)  # no zone changes its clocks twice in an hour
NOT_PLACES = ("Etc/", "posix/", "right/", "SystemV/")


class Rhythm(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class Wish:
    """When somebody wants to be written to. `hour` and `weekday` (0 is Monday) count for digests only; `quiet` is from
    when until when nothing goes, over midnight where it ends before it begins. ``ValueError`` if it would never end."""

    zone: str
    rhythm: Rhythm = Rhythm.AT_ONCE
    hour: int = 8
    weekday: int = 0
    quiet: tuple[time, time] | None = None

    def __post_init__(self) -> None:
        if self.quiet is not None and self.quiet[0] == self.quiet[1]:
            raise ValueError("quiet hours that begin when they end never end")


@cache
def zones() -> tuple[str, ...]:
    """The names of the time zones of places, and UTC, in the order of the alphabet. They are files: read once."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith(NOT_PLACES))
    return (*sorted(places), "UTC")


def goes_at(wish: Wish, after: datetime) -> datetime:
    """The first instant, not before `after`, at which a mail may go. Both aware; the answer is in UTC."""
    zone, start = ZoneInfo(wish.zone), after.astimezone(UTC)
    if wish.rhythm is not Rhythm.AT_ONCE:
        start = _digest(wish, zone, start)
    if wish.quiet is None or not is_quiet(wish, start):
        return start
    ends = _ends(wish.quiet[1], zone, start)
    return min(at for at in ends if at >= start and not is_quiet(wish, at))


def is_quiet(wish: Wish, at: datetime) -> bool:
    if wish.quiet is None:
        return False
    begins, ends = wish.quiet
    shown = at.astimezone(ZoneInfo(wish.zone)).time()
    return begins <= shown < ends if begins < ends else shown >= begins or shown < ends


def _digest(wish: Wish, zone: ZoneInfo, after: datetime) -> datetime:
    """The next instant of a digest. An hour that the clocks leap over is struck as they leap; one that they show twice
    counts once, the first time."""
    first = after.astimezone(zone).date() - DAY
    for day in (first + n * DAY for n in range(11)):  # a week, and a day that a zone may have left out
        at = _instant(day, time(wish.hour), zone)
        if at >= after and (wish.rhythm is Rhythm.DAILY or day.weekday() == wish.weekday):
            return at
    raise AssertionError("every week has seven days")


def _ends(end: time, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """Every instant from `after` on, for two days, at which quiet hours can end: the clock shows the hour, the first or
    the second time, or is changed."""
    first = after.astimezone(zone).date()
    for day in (first, first + DAY, first + 2 * DAY):
        yield from (_instant(day, end, zone, fold) for fold in (0, 1))
    for hours in range(48):
        at = after + hours * STEP
        if _offset(at, zone) != _offset(at + STEP, zone):
            yield _change(at, at + STEP, zone)


def _instant(day: date, shown: time, zone: ZoneInfo, fold: int = 0) -> datetime:
    return datetime.combine(day, shown.replace(fold=fold), zone).astimezone(UTC)


def _offset(at: datetime, zone: ZoneInfo) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the clocks are changed between two others, to the second."""
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if _offset(middle, zone) == _offset(before, zone):
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
