"""The desk of an assessor or reviewer: one queue, and the way from one part of a reading to the next."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from hemicycle.record import law
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import act_url
from hemicycle.web.views import actor_of

from .. import pages, queries
from ..models import Reading
from .house import for_offices


@for_offices(Office.ASSESSOR, Office.REVIEWER)
def my_files(request: HttpRequest) -> HttpResponse:
    """Everything that waits for whoever asks, what is due first; below it the readings that are given."""
    actor = actor_of(request)
    with law.held():
        context = {
            "title": _("My files"),
            "lines": pages.queue.lines(actor),
            "given": pages.queue.given(actor),
        }
    return render(request, "vetting/queue.html", context)


@for_offices(Office.ASSESSOR, Office.REVIEWER)
def next_part(request: HttpRequest, reference: str) -> HttpResponse:
    """To the first part of a reading that is incomplete; to its end when none is."""
    actor = actor_of(request)
    reading = queries.visible_readings(actor).filter(assessor_id=actor.person, reference=reference).first()
    if reading is None:
        raise Http404
    left = queries.queue.incomplete(reading)
    return HttpResponseRedirect(_part(reading, left[0] if left else ""))


def after_saving(request: HttpRequest, reading: Reading) -> str:
    """Where a saved draft leads. "Save and next" sends the key of its part: to the next part that is incomplete, and when
    none is, to the next piece of the queue."""
    if "next" not in request.POST:
        return act_url(reading, "give_reading")
    left = queries.queue.incomplete(reading)
    if left:
        keys = [row.key for row in queries.asked(queries.charter_of(reading.examination))]
        here = keys.index(key) if (key := request.POST["next"]) in keys else -1
        later = [key for key in left if keys.index(key) > here]
        return _part(reading, (later or left)[0])
    told = _("Nothing is missing in %(reference)s. It is not given yet: give it when you are sure.")
    messages.info(request, told % {"reference": reading.reference})
    return pages.queue.after(reading, actor_of(request))


def _part(reading: Reading, key: str) -> str:
    return f"{act_url(reading, 'give_reading')}#{f'part-{key}' if key else 'give'}"
