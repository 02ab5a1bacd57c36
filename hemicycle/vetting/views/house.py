"""Lists and special pages: the file itself, the clerk's overview, the candidate's own page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy import sheet
from hemicycle.candidacy.models import Call
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.people import queries as people
from hemicycle.record import clock, law
from hemicycle.rules.procedure import Office
from hemicycle.web import findings, sealed
from hemicycle.web.desk import begin_url, matter_url
from hemicycle.web.parts import Cell
from hemicycle.web.templatetags.house import moment
from hemicycle.web.views import actor_of

from .. import actions, pages, queries, sealing
from ..models import UNANSWERED, Assessorship, Examination, Reading
from ..procedure import EXAMINATION, LETTER, READING, AssessorshipState, ExaminationState

View = Callable[..., HttpResponseBase]


def for_offices(*offices: str) -> Callable[[View], View]:
    """A page for whoever holds one of these offices: others find nothing at the address."""

    def bind(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = actor_of(request)
            if actor.person is None:
                return redirect_to_login(request.get_full_path())
            if offices and not actor.holds(*offices):
                raise Http404
            return view(request, *args, **kwargs)

        return never_cache(guarded)

    return bind


def open_reading(request: HttpRequest, reference: str) -> Reading:
    """A reading of the person at the door whose file is open, now too; 404 for everybody else."""
    actor = actor_of(request)
    mine = queries.visible_readings(actor).filter(assessor_id=actor.person, opened_at__isnull=False)
    reading = mine.filter(reference=reference).first()
    if reading is None:
        raise Http404
    sealed.require(request, sealing.of_reading(reading, actor))
    return reading


@for_offices(Office.ASSESSOR, Office.REVIEWER)
@law.held()
def file(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole file, as its reader sees it."""
    reading = open_reading(request, reference)
    actor, candidacy = actor_of(request), reading.examination.candidacy
    prefetch_related_objects([candidacy], "periods", "evidence")  # several parts of the page show them
    head = queries.links.head_of(reading.examination, actor)
    hits = pages.hits_context(reading.examination, actor)
    context = {
        "reading": reading,
        "title": _("File of %(name)s") % {"name": candidacy.person.shown_name},
        "sections": sheet.sections(candidacy, is_own=False),
        **pages.service_context(candidacy, actor),
        **hits,
        **pages.questions_context(reading.examination, actor),
        "links": pages.links(reading, actor, queries.confirmed(hits["seen_hits"]), head),
        "endorsements": head.endorsements,
        "statements": head.statements,
        "corrections": list(candidacy.fact_corrections.all()),
        "back_url": matter_url(reading),
        "back_label": reading.reference,
    }
    return render(request, "vetting/file.html", context)


@for_offices()
def my_examination(request: HttpRequest) -> HttpResponse:
    """The candidate's own page: examinations and letters, newest first."""
    actor, now = actor_of(request), clock.now()
    own = queries.visible_to(actor).filter(Q(candidacy__person_id=actor.person)).order_by("-pk")
    letters = queries.visible_letters(actor).filter(Q(candidacy__person_id=actor.person))
    rows = [
        [
            Cell(_("Examination %(reference)s") % {"reference": e.reference}, url=matter_url(e)),
            e.candidacy.call.session.name,
            Cell(state_label=EXAMINATION.state_title(e.standing(now)), state_kind="open"),
        ]
        for e in own
    ]
    rows += [
        [
            Cell(_("Letter of %(day)s") % {"day": moment(x.sent_at)}, url=matter_url(x)),
            x.candidacy.call.session.name,
            Cell(state_label=LETTER.state_title(x.state)),
        ]
        for x in letters
    ]
    context = {
        "title": _("Examination of my candidacy"),
        "columns": [_("Examination or letter"), _("Session"), _("State")],
        "rows": rows,
        "empty": _("No candidacy of yours is being examined."),
    }
    return render(request, "web/list.html", context)


def _examinations(actor: Any) -> QuerySet[Examination]:
    live = Reading.objects.filter(released_at__isnull=True).select_related("assessor")
    return (
        queries.visible_to(actor)
        .annotate(open_points=Count("points", filter=Q(points__state__in=UNANSWERED), distinct=True))
        .prefetch_related(Prefetch("readings", queryset=live, to_attr="live"))
        .order_by("-candidacy__call__opens_at", "pk")
    )


@for_offices(Office.SECRETARIAT)
def overview(request: HttpRequest) -> HttpResponse:
    """The clerk's overview: files with their readers and due dates, loads, and what could not be assigned."""
    actor = actor_of(request)
    call = Call.objects.exclude(state="drafted").order_by("-opens_at").first()
    unread = candidacies.visible_to(actor).filter(state=CandidacyState.ADMISSIBLE, examination__isnull=True)
    waiting = list(unread.filter(call=call)) if call else []
    context = {
        "title": _("Examinations"),
        "call": call,
        "waiting": [(c.reference, begin_url("vetting", "assign", candidacy=c.reference)) for c in waiting],
        "columns": [_("Examination"), _("State"), _("Readers"), _("Open points"), _("Next date")],
        "rows": [_row(examination) for examination in _examinations(actor)],
        **pages.progress.by_call(actor),
        **pages.progress.by_assessor(call),
        "empty": _("No file is being examined."),
        **pages.comparisons_context(call, actor),
    }
    return render(request, "vetting/overview.html", context)


def _row(examination: Any) -> list[Any]:
    state = examination.state
    if state == ExaminationState.AGREEING and examination.open_points:
        state = ExaminationState.REPLYING
    readers = "; ".join(f"{r.assessor.shown_name} ({READING.state_title(r.state)})" for r in examination.live)
    due = min((r.due_at for r in examination.live if r.given_at is None), default=None)
    kind = "done" if state in queries.HAS_OPINION else "open"
    return [
        Cell(examination.reference, url=matter_url(examination)),
        Cell(state_label=EXAMINATION.state_title(state), state_kind=kind),
        readers or "—",
        examination.open_points or "",
        moment(due) if due else "—",
    ]


@require_POST
@for_offices(Office.SECRETARIAT)
def assign_all(request: HttpRequest) -> HttpResponse:
    """Assign every admissible file of a call that has no readers; one act per file. Sent twice, it finds nothing to do."""
    call = Call.objects.filter(reference=request.POST.get("call", "")).first()
    if call is None:
        raise Http404
    done, left = actions.assign_all(call, actor_of(request))
    if done:
        messages.success(request, _("Files assigned: %(count)s.") % {"count": done})
    for reference, why in left.items():
        told = {"reference": reference, "why": " ".join(findings.text(finding) for finding in why)}
        messages.warning(request, _("Not assigned: %(reference)s. %(why)s") % told)
    return HttpResponseRedirect(reverse("vetting-overview"))


@for_offices(Office.SECRETARIAT)
def assessors(request: HttpRequest) -> HttpResponse:
    """Who assesses, and what candidates are told of them."""
    known = {a.person_id: a for a in Assessorship.objects.filter(state=AssessorshipState.CURRENT)}
    charter_offices = (Office.ASSESSOR, Office.REVIEWER)
    holders = {p.pk: p for office in charter_offices for p in people.holders(office)}
    loads = queries.loads(holders.values())
    rows = []
    for person in sorted(holders.values(), key=lambda p: p.shown_name):
        stated = known.get(person.pk)
        url = matter_url(stated) if stated else begin_url("vetting", "appoint", person=person.reference)
        rows.append(
            [
                Cell(person.shown_name, url=url),
                Cell(stated.capacity, language=stated.language)
                if stated
                else _("not stated: no file goes to this person"),
                Cell(stated.organisation, language=stated.language) if stated else "—",
                ", ".join(person.reads),
                loads.get(person.pk, 0),
            ]
        )
    context = {
        "title": _("Assessors"),
        "lead": _(
            "Candidates are told capacity and organisation, so that they can object. Names are not told."
        ),
        "columns": [_("Assessor"), _("Capacity"), _("Organisation"), _("Reads"), _("Readings held")],
        "rows": rows,
    }
    return render(request, "web/list.html", context)
