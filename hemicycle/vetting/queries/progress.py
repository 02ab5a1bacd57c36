"""How far the files of each call are, for the clerk: numbers of files and of readings, nothing of what they hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count

from hemicycle.candidacy.models import Call
from hemicycle.record import clock
from hemicycle.record.actors import Actor

from ..procedure import UNREAD
from .access import visible_readings, visible_to


@dataclass
class Progress:
    """One call: its files by state of the examination, and its readings that are overdue."""

    call: Call
    files: Counter[str] = field(default_factory=Counter)
    overdue: int = 0


def progress(actor: Actor) -> list[Progress]:
    """Every call with files that the actor may see, latest first. Three questions."""
    calls = Call.objects.exclude(state="drafted").select_related("session").order_by("-opens_at", "-pk")
    found = {call.pk: Progress(call) for call in calls}
    files = visible_to(actor).order_by().values_list("candidacy__call", "state").annotate(n=Count("pk"))
    for call, state, count in files:
        found[call].files[state] += count
    late = visible_readings(actor).filter(state__in=UNREAD, due_at__lte=clock.now()).order_by()
    for call in late.values_list("examination__candidacy__call", "pk"):
        found[call[0]].overdue += 1
    return [row for row in found.values() if row.files]
