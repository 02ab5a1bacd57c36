"""Until when comments on drafts, and objections to a list as a whole, are kept (article 11.4): as long as the files of those
who were not chosen."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from hemicycle.record import law, retention
from hemicycle.record.retention import Due

from .models import List


def comments_due(list_: List) -> Due | None:
    """When the comments on a list, and objections to it as a whole, go: the charter's days after the round was announced, or
    else after the close of its session; later, if one was written later. They speak of people of whom most are not chosen."""
    said = [
        *list_.comments.values_list("written_at", flat=True),
        *list_.objections.filter(candidacy__isnull=True).values_list("made_at", flat=True),
    ]
    if not said:
        return None
    told = List.objects.filter(call=list_.call_id, announced_at__isnull=False).order_by("announced_at")
    announced = told.values_list("announced_at", flat=True).first()
    since = max(announced or list_.session.closes_at, *said)
    return retention.after(since, law.in_force().retention.not_chosen_days, "comment", list_.reference)


@law.held()
def plan(until: datetime) -> list[Due]:
    """The lists whose comments and objections go by an instant, the earliest first."""
    said = Q(comments__isnull=False) | Q(objections__isnull=False, objections__candidacy__isnull=True)
    lists = List.objects.filter(said).select_related("session").distinct()
    return retention.by(until, [comments_due(list_) for list_ in lists])
