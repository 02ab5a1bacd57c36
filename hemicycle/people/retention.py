"""Until when the grounds of offices and of recoveries are kept (article 11.4). Who held what, and when, stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from hemicycle.record import law, retention
from hemicycle.record.models import Entry
from hemicycle.record.retention import Due

from .models import Holding, Recovery
from .procedure import HoldingState, RecoveryState

HELD_NO_MORE = (HoldingState.ENDED, HoldingState.REFUSED)
DECIDED = (RecoveryState.COMPLETED, RecoveryState.REFUSED)


def due(matter: Holding | Recovery, reached: Mapping[tuple[str, str], datetime] | None = None) -> Due | None:
    """When a ground goes: the charter's days after the office ended, or the recovery was decided.

    `reached`: when a matter came to a state, where the caller has asked for all (`_reached`).
    """
    over = HELD_NO_MORE if isinstance(matter, Holding) else DECIDED
    if matter.state not in over or not matter.ground:
        return None
    ended = matter.held_until if isinstance(matter, Holding) and matter.state == HoldingState.ENDED else None
    reached = _reached([matter]) if reached is None else reached
    since = ended or reached.get((matter.reference, matter.state)) or matter.created_at
    rule = law.in_force().retention.grounds_days
    return retention.after(
        since, rule, "office" if isinstance(matter, Holding) else "recovery", matter.reference
    )


def _reached(matters: Iterable[Holding | Recovery]) -> dict[tuple[str, str], datetime]:
    """When each of these matters first came to each of its states."""
    entries = Entry.objects.filter(room="people", matter__in=[matter.reference for matter in matters])
    rows = entries.order_by("-number").values_list("matter", "after", "at")
    return {(matter, state): at for matter, state, at in rows}


@law.held()
def plan(until: datetime) -> list[Due]:
    """The grounds that go by an instant, the earliest first."""
    holdings = Holding.objects.filter(state__in=HELD_NO_MORE).exclude(ground="")
    recoveries = Recovery.objects.filter(state__in=DECIDED).exclude(ground="")
    matters: list[Holding | Recovery] = [*holdings, *recoveries]
    reached = _reached(matters)
    return retention.by(until, [due(matter, reached) for matter in matters])
