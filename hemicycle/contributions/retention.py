"""Until when bank references, payees and documents are kept. The bookings stay: they name nobody."""

from __future__ import annotations

from datetime import datetime

from hemicycle.record import law, retention
from hemicycle.record.retention import Due

from .models import CAME_IN, Contribution, Spending


def contribution_due(contribution: Contribution) -> Due | None:
    """When the bank reference of a contribution goes: the charter's days for accounts after the money came in, or was
    booked back."""
    if contribution.erased_at is not None or contribution.received_on is None:
        return None
    since = contribution.reversed_at or retention.day_start(contribution.received_on)
    rule = law.in_force().retention.accounts_days
    return retention.after(since, rule, "bank_reference", contribution.reference)


def spending_due(spending: Spending) -> Due | None:
    """When payee and document of a spending go: as many days after it was booked back, paid or dismissed, or else asked for."""
    if spending.erased_at is not None:
        return None
    rule = law.in_force().retention.accounts_days
    return retention.after(
        spending.reversed_at or spending.decided_at or spending.created_at, rule, "payee", spending.reference
    )


def due_of(matter: Contribution | Spending) -> Due | None:
    """When the sealed words on a contribution or a spending go; None when they are gone, or there are none."""
    return contribution_due(matter) if isinstance(matter, Contribution) else spending_due(matter)


@law.held()
def plan(until: datetime) -> list[Due]:
    """What of this room goes by an instant, the earliest first."""
    came_in = Contribution.objects.filter(erased_at=None, state__in=CAME_IN)
    kept = Spending.objects.filter(erased_at=None)
    return retention.by(until, [*map(contribution_due, came_in), *map(spending_due, kept)])
