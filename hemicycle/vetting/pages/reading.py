"""The page of a reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from hemicycle.assembly import calendar
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.web.desk import Due, Fact, matter_url

from .. import queries
from ..models import Reading
from ..procedure import ExaminationState, ReadingState
from .parts import head, reader
from .service import find_url, service_context

#: While these last, a reader may enter what the file shows.
FINDS = (
    ExaminationState.ASSIGNING,
    ExaminationState.READING,
    ExaminationState.AGREEING,
    ExaminationState.REPLYING,
    ExaminationState.READ_AGAIN,
)


def reading_facts(reading: Reading, actor: Actor) -> Sequence[Fact]:
    facts = [*head(reading.examination.candidacy), Fact(_("Place"), reader(reading.ordinal))]
    if reading.assessor_id != actor.person:
        facts.append(Fact(_("Assessor"), reading.assessor.shown_name))
    numbers = reading.explanation
    if numbers:
        facts.append(Fact(_("Why this assessor"), why_this(numbers)))
    return facts


def why_this(numbers: Mapping[str, int]) -> str:
    """The numbers behind one assignment, in words."""
    named = {
        "possible": _("assessors who could read the file: %(n)s"), "language": _("do not read all its languages: %(n)s"),
        "interest": _("have an interest: %(n)s"), "has_read": _("had it before: %(n)s"),
        "candidate": _("are candidates: %(n)s"), "competing": _("belong to an organisation with a slate: %(n)s"),
        "endorser": _("belong to an endorsing body: %(n)s"), "statement": _("speak for an invited body: %(n)s"),
        "alleged": _("raised a point against the person: %(n)s"),
        "treasurer": _("handle contributions: %(n)s"), "undescribed": _("capacity not stated: %(n)s"),
        "load_before": _("readings held by this one before: %(n)s"),
    }  # fmt: skip
    return "; ".join(named[key] % {"n": n} for key, n in numbers.items() if key in named)


def reading_due(reading: Reading) -> Due | None:
    if reading.standing(clock.now()) in (ReadingState.GIVEN, ReadingState.RELEASED, ReadingState.CLOSED):
        return None
    periods = queries.charter_of(reading.examination).periods
    why = _("%(days)s days from the assignment; a last day that is no working day moves to the next one.") % {
        "days": periods.reading_days.value
    }
    last = timezone.localtime(reading.assigned_at).date() + timedelta(days=periods.reading_days.value)
    moved = calendar.due_after(last, 0, reading.assigned_at).skipped
    why = " ".join(filter(None, [why, calendar.passed_over(moved, reading.assigned_at)]))
    if reading.is_review and not reading.examination.new_readings.filter(round=reading.round).exists():
        why = _("%(days)s days from the request for review, to the end of the last day.") % {
            "days": periods.review_days.value
        }
    return Due(_("Give the reading before"), reading.due_at, why)


def reading_context(reading: Reading, actor: Actor) -> Mapping[str, Any]:
    """For the reader: the file beside the form, once it is open."""
    if reading.pk is None or reading.assessor_id != actor.person:
        return {}
    context: dict[str, Any] = {
        "is_reader": True,
        "head": head(reading.examination.candidacy),
        "examination_url": matter_url(reading.examination),
    }
    if reading.declared_at is None:
        context["examination_url"] = ""
    if reading.opened_at is not None:
        context["handovers"] = queries.handovers_for(reading)
        context["file_url"] = reverse("vetting-file", args=[reading.reference])
        # Shown by the page of the reading alone; the form has the same facts under each bar.
        context["service"] = SimpleLazyObject(
            lambda: service_context(reading.examination.candidacy, actor)["service"]
        )
        is_of_round = reading.round == reading.examination.round
        if is_of_round and reading.examination.standing(clock.now()) in FINDS:
            context["find_url"] = find_url(reading)
    return context
