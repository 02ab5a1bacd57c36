"""Terms and deadlines: half-open intervals, so that what ends at an instant is over at that instant (6.0)."""

from __future__ import annotations

from datetime import datetime


def in_force(from_: datetime, until: datetime | None, at: datetime) -> bool:
    """Whether `at` lies in [from_, until); without `until` the interval has no end."""
    return from_ <= at and (until is None or at < until)
