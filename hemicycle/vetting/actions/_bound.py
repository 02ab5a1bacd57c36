"""The room's gates, and the small checks that several acts share."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from hemicycle.assembly import calendar
from hemicycle.record import clock
from hemicycle.record.acts import gate
from hemicycle.rules import terms
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..procedure import ASSESSORSHIP, EXAMINATION, LETTER, NOTE, OBJECTION, POINT, READING
from ..procedure.coordination import COMPARISON, QUESTION
from ..procedure.screening import HIT, RUN, SOURCE, VERSION
from ..procedure.service import SERVICE
from ..procedure.training import TRAINING

on_examination = gate(EXAMINATION, queries.offices)
on_reading = gate(READING, queries.offices)
on_point = gate(POINT, queries.offices)
on_objection = gate(OBJECTION, queries.offices)
on_letter = gate(LETTER, queries.offices)
on_assessorship = gate(ASSESSORSHIP, queries.offices)
on_note = gate(NOTE, queries.offices)
on_service = gate(SERVICE, queries.offices)
on_source = gate(SOURCE, queries.offices)
on_version = gate(VERSION, queries.offices)
on_run = gate(RUN, queries.offices)
on_hit = gate(HIT, queries.offices)
on_comparison = gate(COMPARISON, queries.offices)
on_question = gate(QUESTION, queries.offices)
on_training = gate(TRAINING, queries.offices)


def unmet(message: str, act: str, **params: object) -> Unmet:
    """A refusal with one finding; `act` is the article key without the room."""
    return Unmet(Finding(message, params, f"vetting.{act}"))


def in_days(days: int, start: datetime | None = None) -> datetime:
    """Midnight after the last of so many days, at the seat of the assembly (a deadline never cuts a day)."""
    return terms.deadline(timezone.localtime(start or clock.now()), days=days)


def in_days_of_work(days: int) -> datetime:
    """As `in_days`, but the last day is a working day at the seat: a weekend or holiday moves to the next one."""
    last = clock.today() + timedelta(days=days)
    return in_days(days + (calendar.due_after(last, 0).on - last).days)


def said(text: str, act: str) -> str:
    """A text that must say something."""
    text = text.strip()
    if not text:
        raise unmet(N_("Reasons are missing. Every decision here is given with its reasons."), act)
    return text
