"""Pages of sealed evidence: where readers open it in their browser, and where the custodian's two holders seal it to them."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hemicycle.candidacy import files
from hemicycle.candidacy.envelopes import Box
from hemicycle.candidacy.models import Evidence
from hemicycle.candidacy.models.contents import COPY
from hemicycle.people import queries as people
from hemicycle.people.procedure import HOLDERS
from hemicycle.record import acts
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import Office
from hemicycle.web import findings, sealed
from hemicycle.web.desk import matter_url
from hemicycle.web.forms import ActForm
from hemicycle.web.unsealing import BLOBS, unseals
from hemicycle.web.views import actor_of

from .. import actions, pages, queries
from ..models import PointSource, Reading
from ..sealing import of_point
from .house import for_offices, open_reading


def _held(reading: Reading, name: str) -> Evidence:
    held = reading.examination.candidacy.evidence.filter(name=name).exclude(kind="link").first()
    if held is None:
        raise Http404
    held.candidacy = reading.examination.candidacy
    return held


@for_offices(Office.ASSESSOR, Office.REVIEWER)
@unseals
def exhibits(request: HttpRequest, reference: str) -> HttpResponse:
    """All evidence of a file that its reader has opened: sealed here, opened in the browser with one phrase."""
    reading = open_reading(request, reference)
    context = {
        "reading": reading,
        "title": _("Evidence of %(name)s") % {"name": reading.examination.candidacy.person.shown_name},
        "exhibits": pages.exhibits.exhibits(reading, actor_of(request)),
        "back_url": reverse("vetting-file", args=[reference]),
    }
    answer = render(request, "vetting/exhibits.html", context)
    answer._csp_update = BLOBS  # type: ignore[attr-defined]
    return answer


@for_offices(Office.ASSESSOR, Office.REVIEWER)
def exhibit(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """One piece of evidence: its place on the page of all."""
    open_reading(request, reference)
    return HttpResponseRedirect(reverse("vetting-exhibits", args=[reference]) + f"#e-{name}")


@for_offices(Office.ASSESSOR, Office.REVIEWER)
def exhibit_key(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """What opens this evidence for its reader: a small age file, sealed to the reader's key."""
    reading = open_reading(request, reference)
    box = queries.boxes.boxes_for(reading, people.opening_keys(reading.assessor)).get(_held(reading, name).pk)
    if box is None:
        raise Http404
    return files.saved(box.box.encode(), "key.age")


@for_offices(Office.ASSESSOR, Office.REVIEWER)
def exhibit_page(request: HttpRequest, reference: str, name: str, page: int) -> HttpResponseBase:
    """A page of it as an age file: only the layer of the house is taken off here."""
    return files.sealed_response(_held(open_reading(request, reference), name), page)


@for_offices()
def source_copy(request: HttpRequest, reference: str, row: str) -> HttpResponse:
    """The copy of a source that is kept here, with its reader's mark; for its person too, where it can be disclosed."""
    source = _source(request, reference, row)
    context = {
        "title": _("Copy of a source"),
        "source": source,
        "texts": [page.content for page in source.pages.filter(is_text=True)],
        "pictures": [
            reverse("vetting-source-page", args=[reference, row, number])
            for number in source.pages.filter(is_text=False).values_list("number", flat=True)
        ],
        "back_url": matter_url(source.point),
    }
    return render(request, "vetting/source_copy.html", context)


@for_offices()
def source_page(request: HttpRequest, reference: str, row: str, page: int) -> HttpResponse:
    """A page of the copy, as a picture."""
    held = _source(request, reference, row).pages.filter(number=page, is_text=False).first()
    if held is None:
        raise Http404
    return files.shown(base64.b64decode(held.content), f"source-{page}", is_text=False)


def _source(request: HttpRequest, reference: str, row: str) -> PointSource:
    actor = actor_of(request)
    point = queries.visible_points(actor).filter(reference=reference).first()
    if point is None:
        raise Http404
    sealed.require(request, of_point(point, actor))
    source = queries.source_with_copy(point, actor, row)
    if source is None:
        raise Http404
    return source


@require_POST
@for_offices(Office.ASSESSOR, Office.REVIEWER)
def exhibit_again(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """The reader says that this evidence does not open; it waits to be sealed again."""
    reading, actor = open_reading(request, reference), actor_of(request)
    form = ActForm(request.POST, matter=reading, by=actor)
    if not form.is_valid():
        raise Http404  # not sent by the button of the page
    with acts.submission(form.cleaned_data["once"], None), suppress(acts.AlreadyRecorded):
        actions.seal_anew(reading, actor, evidence=name)
        messages.success(request, _("It waits to be sealed to you again."))
    return HttpResponseRedirect(reverse("vetting-exhibits", args=[reference]) + f"#e-{name}")


@for_offices(*HOLDERS)
@unseals
def sealing(request: HttpRequest) -> HttpResponse:
    """What waits to be sealed to readers, in one batch; both holders of the custodian's key at one machine."""
    actor = actor_of(request)
    problems: list[str] = []
    if request.method == "POST":
        try:
            done = _record(request)
        except (Unmet, acts.Stale) as error:
            problems = findings.texts(error) if isinstance(error, Unmet) else [str(error)]
        else:
            messages.success(
                request,
                ngettext("%(n)s box was sealed.", "%(n)s boxes were sealed.", done) % {"n": done},
            )
            return HttpResponseRedirect(request.path)
    wanted = queries.boxes.wanted(actor)
    now = queries.boxes.round_of(wanted)
    context = {
        "title": _("Seal evidence to its readers"),
        "has_custodian": people.custodian() is not None,
        "has_sheet": bool(people.custodians_held(actor)),
        "custodian": now[0].custodian if now else None,
        "boxes": len(now),
        "left": len(wanted) - len(now),
        "files": len({w.evidence.pk for w in now}),
        "readers": len({w.reader.pk for w in now}),
        "without_key": queries.boxes.waiting_for_a_key(actor),
        "batch_url": reverse("vetting-sealing-batch"),
        "findings": problems,
    }
    return render(request, "vetting/sealing.html", context, status=422 if problems else 200)


@for_offices(*HOLDERS)
def batch(request: HttpRequest) -> HttpResponse:
    """What the browser needs for one sitting: the custodian's boxes, each with the reader's key it is to be sealed to."""
    rows = [
        {
            "examination": w.examination.reference,
            "evidence": w.evidence.name,
            "holder": w.reader.reference,
            "recipient": w.recipient,
            "box": w.box.box,
        }
        for w in queries.boxes.round_of(queries.boxes.wanted(actor_of(request)))
    ]
    return JsonResponse(rows, safe=False, headers={"Cache-Control": "private, no-store"})


def _record(request: HttpRequest) -> int:
    """Take the act on every file of the batch: all of them, or none. Returns how many boxes were kept."""
    actor = actor_of(request)
    sent = _batch(request.POST.get("batch", ""))
    readable = {e.reference: e for e in queries.boxes.in_work(actor)}
    with transaction.atomic():
        for reference, boxes in sent.items():
            if reference not in readable:
                raise Http404
            actions.seal_to_readers(readable[reference], actor, boxes=boxes)
    return sum(map(len, sent.values()))


def _batch(text: str) -> dict[str, list[tuple[str, Box]]]:
    """The boxes as the page sends them, by examination. Anything else is refused as a whole."""
    try:
        rows: Any = json.loads(text)
        found: dict[str, list[tuple[str, Box]]] = {}
        for row in rows:
            parts = [row[name] for name in ("examination", "evidence", "holder", "recipient", "box")]
            if not all(isinstance(part, str) for part in parts):
                raise TypeError
            examination, evidence, holder, recipient, box = parts
            found.setdefault(examination, []).append((evidence, Box(COPY, holder, recipient, box)))
    except (ValueError, TypeError, KeyError):
        raise Http404 from None
    return found
