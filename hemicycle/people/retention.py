"""Until when the grounds of offices and of recoveries are kept (article 11.4). Who held what, and when, stays."""

from __future__ import annotations

from datetime import datetime

from hemicycle.record import law, retention
from hemicycle.record.models import Entry
from hemicycle.record.retention import Due

from .models import Holding, Recovery
from .procedure import HoldingState, RecoveryState

HELD_NO_MORE = (HoldingState.ENDED, HoldingState.REFUSED)
DECIDED = (RecoveryState.COMPLETED, RecoveryState.REFUSED)


def due(matter: Holding | Recovery) -> Due | None:
    """When a ground goes: the charter's days after the office ended, or the recovery was decided."""
    over = HELD_NO_MORE if isinstance(matter, Holding) else DECIDED
    if matter.state not in over or not matter.ground:
        return None
    ended = matter.held_until if isinstance(matter, Holding) and matter.state == HoldingState.ENDED else None
    last = Entry.objects.filter(room="people", matter=matter.reference, after=matter.state)
    since = ended or last.values_list("at", flat=True).first() or matter.created_at
    rule = law.in_force().retention.grounds_days
    return retention.after(
        since, rule, "office" if isinstance(matter, Holding) else "recovery", matter.reference
    )


def plan(until: datetime) -> list[Due]:
    """The grounds that go by an instant, the earliest first."""
    holdings = Holding.objects.filter(state__in=HELD_NO_MORE).exclude(ground="")
    recoveries = Recovery.objects.filter(state__in=DECIDED).exclude(ground="")
    return retention.by(until, [*map(due, holdings), *map(due, recoveries)])
