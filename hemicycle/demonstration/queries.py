"""Questions about the demonstration itself."""

from __future__ import annotations

from hemicycle.assembly.models import Session
from hemicycle.record import clock


def is_aged() -> bool:
    """Whether the session of the story is over: none runs now for which a composition was announced. One query."""
    today = clock.today()
    running = Session.objects.filter(
        opens_on__lte=today, closes_on__gte=today, lists__announced_at__isnull=False
    )
    return not running.exists()
