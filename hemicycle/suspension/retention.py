"""Until when the file of a case is kept (article 11.4)."""

from __future__ import annotations

from datetime import datetime

from hemicycle.record import clock, law, retention
from hemicycle.record.retention import Due

from .models import Case
from .procedure import OVER


def due(case: Case, at: datetime | None = None) -> Due | None:
    """When the file of a case goes, as it stands at an instant; null while it runs, and once it is gone. A hold on the
    participant's own file holds this one too."""
    at = at or clock.now()
    if case.erased_at is not None or case.standing(at) not in OVER:
        return None
    if any(other.standing(at) not in OVER for other in case.mandate.cases.all() if other.pk != case.pk):
        return None  # what is decided on one case may rest on another
    file, ends = case.mandate.candidacy, [case.created_at]
    ends += [day for day in (case.decided_at, case.review_by, case.urgent_until) if day is not None]
    rule = law.by_reference(case.charter).retention.suspension_days
    return retention.after(max(ends), rule, "suspension", case.reference, file.hold_until if file else None)


@law.held()
def plan(until: datetime) -> list[Due]:
    """The cases that go by an instant, the earliest first."""
    rows = Case.objects.filter(erased_at=None).select_related("mandate__candidacy")
    return retention.by(until, [due(case, until) for case in rows.prefetch_related("mandate__cases")])
