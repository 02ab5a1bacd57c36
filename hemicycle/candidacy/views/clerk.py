"""Lists of the Secretariat: calls, candidacies, slates. And a person's own candidacies."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from hemicycle.record import clock
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import begin_url, matter_url
from hemicycle.web.parts import Cell
from hemicycle.web.templatetags.house import moment
from hemicycle.web.views import actor_of

from .. import queries
from ..forms import StateFilter
from ..models import Candidacy, Slate
from ..procedure import CALL, CANDIDACY, CandidacyState
from .taking import to_sign_in

A_PAGE = 50
KINDS = {
    CandidacyState.ADMISSIBLE: "done",
    CandidacyState.INADMISSIBLE: "stopped",
    CandidacyState.WITHDRAWN: "stopped",
    CandidacyState.LAPSED: "stopped",
}


def _listing(request: HttpRequest, rows: Any, **context: Any) -> HttpResponse:
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    cells = [context["row"](matter) for matter in page]
    return render(request, "web/list.html", {**context, "rows": cells, "page_obj": page})


def mine(request: HttpRequest) -> HttpResponse:
    """The person's own candidacies, the latest call first; straight to it when there is one only."""
    if away := to_sign_in(request):
        return away
    person, now = actor_of(request).person, clock.now()
    own = list(queries.of_person(person)) if person is not None else []
    if len(own) == 1:
        return HttpResponseRedirect(matter_url(own[0]))

    def row(candidacy: Candidacy) -> list[Any]:
        state = candidacy.standing(now)
        return [
            Cell(_("Session %(name)s") % {"name": candidacy.call.session.name}, url=matter_url(candidacy)),
            candidacy.reference,
            Cell(
                state_label=CANDIDACY.state_title(state), state_kind=KINDS.get(CandidacyState(state), "open")
            ),
            moment(candidacy.submitted_at) if candidacy.submitted_at else "—",
        ]

    return _listing(
        request,
        own,
        row=row,
        title=_("My candidacy"),
        columns=[_("Candidacy for"), _("Reference"), _("State"), _("Sent")],
        empty=_("You have no candidacy."),
    )


def candidacies(request: HttpRequest) -> HttpResponse:
    """What the actor may see: for clerks every file that was sent, for others their own."""
    if away := to_sign_in(request):
        return away
    actor, now = actor_of(request), clock.now()
    rows = queries.visible_to(actor).order_by("-created_at", "pk")
    form = StateFilter(request.GET)
    if form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])

    def row(candidacy: Candidacy) -> list[Any]:
        state = candidacy.standing(now)
        return [
            Cell(candidacy.reference, url=matter_url(candidacy)),
            candidacy.person.shown_name,
            Cell(
                state_label=CANDIDACY.state_title(state), state_kind=KINDS.get(CandidacyState(state), "open")
            ),
            moment(candidacy.submitted_at) if candidacy.submitted_at else "—",
            _("yes") if candidacy.is_late_admission else "",
        ]

    return _listing(
        request, rows, row=row, title=_("Candidacies"),
        columns=[_("Reference"), _("Person"), _("State"), _("First received"), _("Late admission")],
        filter_form=form if actor.holds(Office.SECRETARIAT) else None,
        empty=_("There is no candidacy here."),
    )  # fmt: skip


def calls(request: HttpRequest) -> HttpResponse:
    """Every call, with how many candidacies came; the counts only once it has closed."""
    if away := to_sign_in(request):
        return away
    actor, now = actor_of(request), clock.now()

    def row(call: Any) -> list[Any]:
        return [
            Cell(call.reference, url=matter_url(call)),
            call.session.name,
            Cell(state_label=CALL.state_title(call.standing(now))),
            moment(call.opens_at),
            moment(call.closes_at),
        ]

    can = actor.holds(Office.SECRETARIAT)
    return _listing(
        request, queries.visible_calls(actor).order_by("-opens_at"), row=row, title=_("Calls for candidates"),
        columns=[_("Reference"), _("Session"), _("State"), _("Opens"), _("Deadline")],
        actions=[{"url": begin_url("candidacy", "draft_call"), "title": _("Prepare a call"), "primary": True}] if can else [],
        empty=_("No call has been made."),
    )  # fmt: skip


def slates(request: HttpRequest) -> HttpResponse:
    if away := to_sign_in(request):
        return away
    rows = queries.visible_slates(actor_of(request)).order_by("-created_at")

    def row(slate: Slate) -> list[Any]:
        return [Cell(slate.reference, url=matter_url(slate)), slate.organisation, slate.call.reference]

    return _listing(
        request, rows, row=row, title=_("Joint slates"), columns=[_("Reference"), _("Organisation"), _("Call for candidates")],
        empty=_("No joint slate has been presented."),
    )  # fmt: skip
