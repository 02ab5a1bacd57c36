"""The desk of an assessor or reviewer: one queue, and the way from one part of a reading to the next."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.record import law
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import act_url
from hemicycle.web.views import actor_of

from .. import pages, queries
from ..models import Reading
from .house import for_offices, open_reading

HERE = "here"  # sent by a script that saves and leaves the page where it is


@for_offices(Office.ASSESSOR, Office.REVIEWER)
def my_files(request: HttpRequest) -> HttpResponse:
    """Everything that waits for whoever asks, what is due first; below it the readings that are given."""
    actor = actor_of(request)
    with law.held():
        context = {
            "title": _("My files"),
            "lines": pages.queue.lines(actor),
            "given": pages.queue.given(actor),
            "left": pages.queue.left(actor),
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


@for_offices(Office.ASSESSOR, Office.REVIEWER)
def left(request: HttpRequest, reference: str) -> HttpResponse:
    """A file that is closed to its reader of before: why, and what happens now. Nothing of the file stands there."""
    reading = queries.queue.left(actor_of(request)).filter(reference=reference).first()
    if reading is None:
        raise Http404
    context = {
        "title": _("This file is closed to you"),
        "text": pages.queue.why_left(reading),
        "todo": _(
            "Nothing more is asked of you: somebody else reads the file. Speak of it with nobody, and destroy whatever you "
            "noted."
        ),
        "back_url": reverse("my-files"),
        "back_label": _("My files"),
    }
    return render(request, "web/error.html", context)


def after_leaving(request: HttpRequest, reading: Reading) -> str:
    """The file closed with the declaration, and its pages with it: to the page that says so."""
    return reverse("vetting-left", args=[reading.reference])


def after_saving(request: HttpRequest, reading: Reading) -> str:
    """Where a saved draft leads. "Save and next" sends the key of its part: to the next part that is incomplete, and when
    none is, to the next piece of the queue. A script that stays on the page (`HERE`) is told so instead."""
    if HERE in request.POST:
        asked = {"next": request.POST["next"]} if "next" in request.POST else {}
        return f"{reverse('vetting-saved', args=[reading.reference])}?{urlencode(asked)}"
    if "next" not in request.POST:
        return act_url(reading, "give_reading")
    return _onward(request, reading, request.POST["next"])


@for_offices(Office.ASSESSOR, Office.REVIEWER)
def saved(request: HttpRequest, reference: str) -> JsonResponse:
    """The draft as it is kept, for the form beside which evidence is open: what is missing, where to go on, what the next
    saving needs. Behind the same door as the form; it tells nothing of what the draft says."""
    reading = open_reading(request, reference)
    to = _onward(request, reading, request.GET["next"]) if "next" in request.GET else ""
    is_here = not to or to.startswith(act_url(reading, "give_reading"))
    told = {
        "seen": reading.version,
        "token": get_token(request),
        "missing": queries.queue.incomplete(reading),
        "to": to,
        "told": [str(each) for each in messages.get_messages(request)] if is_here else [],
    }
    return JsonResponse(told, headers={"Cache-Control": "private, no-store"})


def _onward(request: HttpRequest, reading: Reading, key: str) -> str:
    left = queries.queue.incomplete(reading)
    if left:
        keys = [row.key for row in queries.asked(queries.charter_of(reading.examination))]
        here = keys.index(key) if key in keys else -1
        later = [key for key in left if keys.index(key) > here]
        return _part(reading, (later or left)[0])
    told = _("Nothing is missing in %(reference)s. It is not given yet: give it when you are sure.")
    messages.info(request, told % {"reference": reading.reference})
    return pages.queue.after(reading, actor_of(request))


def _part(reading: Reading, key: str) -> str:
    return f"{act_url(reading, 'give_reading')}#{f'part-{key}' if key else 'give'}"
