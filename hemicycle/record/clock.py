"""What time it is. Every question of time in the house asks `now()`; only a demonstration may set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The instant, aware, in UTC or whatever zone the demonstration set."""
    return _told.get() or timezone.now()


def today() -> date:
    """The day at the seat of the assembly."""
    return timezone.localtime(now()).date()


@contextmanager
def set_to(instant: datetime) -> Iterator[None]:
    """Let time stand at `instant`. Only in demonstration mode and in tests: elsewhere time is not for setting."""
    if not (settings.DEMONSTRATION or getattr(settings, "TESTING", False)):
        raise RuntimeError("Only a demonstration may set the clock.")
    token = _told.set(instant)
    try:
        yield
    finally:
        _told.reset(token)
