"""Until when the answers are kept: sealed, shuffled and without any link to a person. The result stays."""

from __future__ import annotations

from datetime import datetime

from hemicycle.record import law, retention
from hemicycle.record.retention import Due

from . import queries
from .models import Consultation


def due_of(consultation: Consultation) -> Due | None:
    """The charter's days after the publication, or the withdrawal; None while it runs, and once they are gone."""
    since = consultation.published_at or consultation.withdrawn_at
    if since is None or consultation.erased_at is not None:
        return None
    rule = queries.charter_of(consultation).consultations.erase_days
    return retention.after(since, rule, "answers", consultation.reference)


@law.held()
def plan(until: datetime) -> list[Due]:
    """What of this room goes by an instant, the earliest first."""
    rows = Consultation.objects.filter(erased_at=None, state__in=["published", "withdrawn"]).defer(
        *queries.HEAVY
    )
    return retention.by(until, [due_of(row) for row in rows])
