"""The calendar of the seat: which days nobody works, and the end of a period in working days, with its arithmetic.

Whoever tells a deadline asks here once, in the act that tells it, and keeps the answer: a holiday entered or taken back
later moves nothing that was told. The explanation is asked with the instant of that act, and names the days as they
stood then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hemicycle.record import clock
from hemicycle.rules import terms
from hemicycle.web.templatetags.house import day as written

from .models import Holiday


def holidays(at: datetime | None = None) -> QuerySet[Holiday]:
    """The holidays as they were entered at an instant; now, without one."""
    at = at or clock.now()
    return Holiday.objects.filter(Q(taken_back_at__isnull=True) | Q(taken_back_at__gt=at), entered_at__lte=at)


def due_after(start: date, working_days: int, at: datetime | None = None) -> terms.DueDay:
    """`terms.due_after` with the holidays of the seat as they were entered at an instant; now, without one."""
    return terms.due_after(start, working_days, set(holidays(at).values_list("day", flat=True)))


def passed_over(skipped: Sequence[terms.Skipped], at: datetime | None = None) -> str:
    """The days that a period passed over, in words: weekends by number, holidays by date and name. Empty without any."""
    if not skipped:
        return ""
    days = [found.day for found in skipped if found.why == "holiday"]
    weekend = sum(found.why == "weekend" for found in skipped)
    named = [f"{written(row.day)} ({row.shown_name})" for row in holidays(at).filter(day__in=days)]
    parts = [_("Saturdays and Sundays: %(count)s") % {"count": weekend}] if weekend else []
    return _("Passed over: %(days)s.") % {"days": "; ".join([*parts, *named])}
