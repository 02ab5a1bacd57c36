"""What each act on a suspension case does; `tick` is the clock's round."""

from __future__ import annotations

from hemicycle.record import clock
from hemicycle.record.due import take_each

from .. import queries, retention
from ..models import Case
from ..procedure import CaseState
from .deciding import (
    decline_to_suspend,
    dismiss,
    find_no_case,
    find_prima_facie,
    lapse,
    review,
    suspend,
    uphold,
)
from .erasing import erase_case
from .hearing import allege, begin_reply, extend_reply, notify, reply, translate, withdraw
from .opening import open_file
from .urgent import confirm_urgent, lapse_urgent, refuse_urgent, suspend_urgently, urgent_lapses

C = CaseState
BATCH = 200  # files of cases that go in one round of the clock


def tick() -> int:
    """Write down what time has ended. Returns how many acts were taken."""
    now = clock.now()
    over = Case.objects.filter(state__in=[C.SUSPENDED, C.UNDER_REVIEW], review_by__lte=now)
    urgent = Case.objects.filter(urgent_until__lte=now, suspended_at__isnull=True, decided_at__isnull=True)
    unwritten = urgent.exclude(reference__in=urgent_lapses().values("matter"))
    begun = take_each(begin_reply, queries.untold())
    done = begun + take_each(lapse, over) + take_each(lapse_urgent, unwritten)
    gone = [due.reference for due in retention.plan(now)[:BATCH]]
    return done + take_each(
        erase_case, Case.objects.filter(reference__in=gone).select_related("mandate__candidacy")
    )


__all__ = [
    "allege",
    "begin_reply",
    "confirm_urgent",
    "decline_to_suspend",
    "dismiss",
    "erase_case",
    "extend_reply",
    "find_no_case",
    "find_prima_facie",
    "lapse",
    "lapse_urgent",
    "notify",
    "open_file",
    "refuse_urgent",
    "reply",
    "review",
    "suspend",
    "suspend_urgently",
    "tick",
    "translate",
    "uphold",
    "withdraw",
]
