"""Whether the clock runs: each round says so, at most once a minute. What must happen by itself hangs on it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache

from . import clock

PLACE = "record.heartbeat"
SILENT = timedelta(hours=1)


def beat() -> None:
    """A round of the clock was finished."""
    last = cache.get(PLACE)
    if last is None or clock.now() - last >= timedelta(minutes=1):
        cache.set(PLACE, clock.now(), None)


def last() -> datetime | None:
    """When the clock finished a round last, to the minute."""
    found: datetime | None = cache.get(PLACE)
    return found


def is_alive() -> bool:
    """Whether the clock finished a round within the last hour."""
    found = last()
    return found is not None and clock.now() - found < SILENT
