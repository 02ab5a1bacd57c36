"""What is kept until when. Each room says it for its own kinds in `retention.py`: the clock erases exactly what the same
question names for now, and the dry run asks it for a day to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from hemicycle.rules.charter import Rule


@dataclass(frozen=True, order=True)
class Due:
    """One thing that goes. `kind` is a code, `article` where the charter says so; `held_until`: a legal hold that put it
    off, and `at` is never before its end."""

    at: datetime
    kind: str
    reference: str
    article: str
    held_until: datetime | None = None


def after(
    since: datetime, rule: Rule[int], kind: str, reference: str, held_until: datetime | None = None
) -> Due:
    """What goes so many days after an instant as the rule says, unless a hold keeps it longer."""
    at = since + timedelta(days=rule.value)
    return Due(max(at, held_until or at), kind, reference, rule.article, held_until)


def day_start(day: date) -> datetime:
    """The first instant of a day at the seat of the assembly."""
    return timezone.make_aware(datetime.combine(day, time.min))


def by(until: datetime, dues: list[Due | None]) -> list[Due]:
    """Those that are due by an instant, the earliest first."""
    return sorted(due for due in dues if due is not None and due.at <= until)
