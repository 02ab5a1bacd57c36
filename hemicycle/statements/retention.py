"""Until when the texts of a statement or an initiative that came to nothing are kept (article 14.6 of the first charter)."""

from __future__ import annotations

from datetime import datetime

from hemicycle.record import clock, law, retention
from hemicycle.record.retention import Due

from .models import Initiative, Statement
from .procedure import InitiativeState, StatementState

ENDED = (StatementState.LAPSED, StatementState.WITHDRAWN, InitiativeState.WITHDRAWN)


def due(matter: Statement | Initiative, at: datetime | None = None) -> Due | None:
    """When the texts go; null while the matter runs, once it is published, and once they are gone."""
    at = at or clock.now()
    if matter.erased_at is not None or matter.standing(at) not in ENDED:
        return None
    ended = matter.ended_at or getattr(matter, "consent_until", None) or at
    reference = matter.charter if isinstance(matter, Statement) else law.in_force().reference
    rule = law.by_reference(reference).statements.erase_days
    return retention.after(ended, rule, "statement", matter.reference)


@law.held()
def plan(until: datetime) -> list[Due]:
    """What goes by an instant, the earliest first."""
    rows: list[Statement | Initiative] = [
        *Statement.objects.filter(erased_at=None),
        *Initiative.objects.filter(erased_at=None),
    ]
    return retention.by(until, [due(row, until) for row in rows])
