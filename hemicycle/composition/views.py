"""Pages of this room beside the generic ones: lists side by side, the people to ask, the Bureau's pages per person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Call
from hemicycle.integrity import queries as integrity
from hemicycle.record.actors import Actor
from hemicycle.rules.charter import Charter
from hemicycle.rules.procedure import Office
from hemicycle.vetting import queries as vetting
from hemicycle.vetting.procedure import POINT
from hemicycle.web import charts, desk, findings
from hemicycle.web.parts import Cell, Crumb, Row
from hemicycle.web.views import actor_of

from . import queries
from .forms import ComposeForm
from .models import GONE, List, Seat
from .procedure import ACCEPTANCE, LIST, AcceptanceState, ListState

A = AcceptanceState
SIDE_BY_SIDE = 4


# --- what a list looks like -----------------------------------------------------------------------------------------


def mark_rows(list_: List, rows: list[queries.Place]) -> list[dict[str, Any]]:
    """The live marks as a template shows them: text, state, article."""
    words = {True: (_("holds"), "done"), False: (_("does not hold"), "stopped"), None: ("", "neutral")}
    return [
        {
            "text": findings.text(mark.finding),
            "label": words[mark.met][0],
            "kind": words[mark.met][1],
            "article": mark.article,
        }
        for mark in queries.marks(list_, rows)
    ]


def seat_rows(list_: List, rows: list[queries.Place], actor: Actor) -> list[Row]:
    """One row per seat, in the order of the numbers."""
    may_ask = list_.state == ListState.DRAFT and queries.is_proposer(actor)
    return [
        Row(
            [str(p.number), name_cell(list_, p, actor), *_seat_cells(list_, p, may_ask)],
            id=f"seat-{p.number}",
        )
        for p in rows
    ]


def name_cell(list_: List, place: queries.Place, actor: Actor) -> Cell:
    if place.seat is None:
        return Cell(_("empty seat"))
    if place.is_withdrawn:
        return Cell(_("has withdrawn"))
    url = ""
    if list_.state == ListState.BEFORE_BUREAU:
        url = reverse("composition:proposal", args=[list_.reference, place.number])
    return Cell(place.name, url=url)


def _seat_cells(list_: List, place: queries.Place, may_ask: bool) -> list[Cell]:
    reserved = Cell(state_label=_("reserved"), state_kind="reserved") if place.reserved else Cell("")
    if place.seat is None or place.is_withdrawn:
        return [reserved, Cell(""), Cell("")]
    kinds: dict[str, str] = {A.ACCEPTED: "done", A.ASKED: "open"}
    answer = Cell(
        state_label=ACCEPTANCE.state_title(place.acceptance),
        state_kind=kinds.get(place.acceptance, "stopped"),
    )
    if not place.acceptance or place.acceptance == A.LAPSED:
        url = ask_url(place.seat.candidacy.reference, place.reserved) if may_ask else ""
        answer = Cell(_("Ask") if may_ask else _("not asked"), url=url)
    advice = Cell("")
    if place.is_not_met:
        advice = Cell(_("opinion “not met”, reasons given") if place.has_override else _("opinion “not met”"))
    return [reserved, answer, advice]


def ask_url(candidacy: str, reserved: bool) -> str:
    return desk.begin_url(
        "composition", "ask_acceptance", candidacy=candidacy, reserved="1" if reserved else "0"
    )


def meter(list_: List, rows: list[queries.Place], charter: Charter) -> charts.Bar | None:
    """The reserve as a bar; None where nothing is owed."""
    result = queries.judge(list_, rows, charter)
    if not result.required:
        return None
    return charts.thirds_meter(
        total=result.base, required=result.required, present=min(result.present, result.base)
    )


def list_context(list_: List, actor: Actor) -> Mapping[str, Any]:
    """What `composition/list.html` shows beside the generic page of a matter."""
    if list_.pk is None:
        return {}
    charter = queries.charter_of(list_)
    rows = queries.places(list_, charter)
    return {
        "marks": mark_rows(list_, rows),
        "meter": meter(list_, rows, charter),
        "meter_text": findings.text(queries.judge(list_, rows, charter).summary),
        "seat_columns": [_("Seat"), _("Person"), _("Reserve"), _("Acceptance"), _("Opinion")],
        "seat_rows": seat_rows(list_, rows, actor),
        "succession_columns": [_("Order"), _("Rank"), _("Person"), _("Acceptance")],
        "succession_rows": succession_rows(list_, actor),
        "votes": queries.votes(list_),
        "amendments": list_.amendments.select_related("candidacy__person"),
        "reasons": [
            (code, text) for code in ("en", "fr", "ru") if (text := getattr(list_, f"reasons_{code}"))
        ],
    }


def succession_rows(list_: List, actor: Actor) -> list[Row]:
    ranked = list(list_.successors.select_related("candidacy__person"))
    found = queries.answers(list_.session, [row.candidacy_id for row in ranked])
    may_ask = queries.is_proposer(actor)
    rows = []
    for row in ranked:
        answer = queries.answer(found, row.candidacy_id, row.for_reserve)
        gone = answer == A.WITHDRAWN or row.candidacy.state in GONE
        asked: Cell | str = str(ACCEPTANCE.state_title(answer)) if answer else _("not asked")
        if may_ask and not gone and (not answer or answer == A.LAPSED):
            asked = Cell(_("Ask"), url=ask_url(row.candidacy.reference, row.for_reserve))
        order = _("for the reserve") if row.for_reserve else _("for the other seats")
        name = _("has withdrawn") if gone else row.candidacy.person.shown_name
        rows.append(Row([order, str(row.rank), name, asked]))
    return rows


def marks_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The marks of the seats as a form has them now, before anything is written: a part of the page of `compose`."""
    actor = actor_of(request)
    list_ = queries.visible_to(actor).filter(reference=reference, state=ListState.DRAFT).first()
    if request.method != "POST" or list_ is None or not queries.is_proposer(actor):
        raise Http404
    form = ComposeForm(request.POST, matter=list_, by=actor)
    form.full_clean()
    chosen = form.params()["seats"]
    taken = [Seat(list=list_, number=c.number, candidacy=c.candidacy, reserved=c.reserved) for c in chosen]
    marks = mark_rows(list_, queries.places(list_, taken=taken))
    people = [seat.candidacy_id for seat in taken]
    twice = len(people) != len(set(people))
    return render(request, "composition/_marks.html", {"marks": marks, "twice": twice})


# --- side by side ---------------------------------------------------------------------------------------------------


def lists_page(request: HttpRequest) -> HttpResponse:
    """The lists of the latest session that one may see, side by side: the newest four, whatever their fate."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    lists = list(
        queries.visible_to(actor).order_by("-session__opens_on", "-created_at", "-pk")[:SIDE_BY_SIDE]
    )
    shown = [_column(list_, actor) for list_ in lists]
    numbers = range(1, max([len(column["places"]) for column in shown], default=0) + 1)
    rows = [
        Row([str(number), *(column["places"].get(number, Cell("")) for column in shown)])
        for number in numbers
    ]
    call = latest_call()
    may_draft = call is not None and queries.is_proposer(actor)
    actions = (
        [{"title": _("Begin a list"), "url": desk.begin_url("composition", "draft"), "primary": True}]
        if may_draft
        else []
    )
    if queries.is_proposer(actor) or actor.holds(Office.SECRETARIAT):
        actions.append(
            {"title": _("People who may be proposed"), "url": reverse("composition:people"), "primary": False}
        )
    return render(
        request,
        "composition/lists.html",
        {
            "title": _("Lists side by side"),
            "lead": _("People stand in the order of the seats. No order here says who is better."),
            "actions": actions,
            "lists": shown,
            "columns": [_("Seat"), *(column["list"].name for column in shown)],
            "rows": rows,
            "empty": _("There is no list yet."),
        },
    )


def _column(list_: List, actor: Actor) -> dict[str, Any]:
    charter = queries.charter_of(list_)
    rows = queries.places(list_, charter)
    return {
        "list": list_,
        "url": desk.matter_url(list_),
        "state_label": LIST.state_title(list_.state),
        "marks": mark_rows(list_, rows),
        "places": {place.number: _short(list_, place, actor) for place in rows},
    }


def _short(list_: List, place: queries.Place, actor: Actor) -> Cell:
    cell = name_cell(list_, place, actor)
    if not place.reserved or not place.is_live:
        return cell
    return Cell(_("%(name)s (reserved seat)") % {"name": cell.text}, url=cell.url)


def latest_call() -> Call | None:
    """The call whose candidacies a new list is made from: the latest one that is not in preparation."""
    return (
        Call.objects.exclude(state__in=("drafted", "withdrawn"))
        .select_related("session")
        .order_by("-opens_at")
        .first()
    )


def people_page(request: HttpRequest) -> HttpResponse:
    """Everybody who may be proposed, by name, with what each has answered; for those who may ask."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    if not (queries.is_proposer(actor) or actor.holds(Office.SECRETARIAT)):
        raise Http404
    call = latest_call()
    people = queries.pool(call, call.session) if call is not None else []
    against = queries.not_met([row.pk for row in people])
    found = queries.answers(call.session, [row.pk for row in people]) if call is not None else {}
    rows = []
    for row in people:
        declared = candidacies.for_reserve(row)
        rows.append(
            Row(
                [
                    row.person.shown_name,
                    _("declared for the reserve") if declared else "",
                    _("“not met”") if row.pk in against else "",
                    _asked(found.get((row.pk, False), ""), row.reference, False),
                    _asked(found.get((row.pk, True), ""), row.reference, True) if declared else "",
                ]
            )
        )
    return render(
        request,
        "web/list.html",
        {
            "title": _("People who may be proposed"),
            "lead": _("In the order of their names. Each is asked before being proposed."),
            "columns": [_("Person"), _("Reserve"), _("Opinion"), _("Any seat"), _("Reserved seat")],
            "rows": rows,
            "empty": _("No opinion has been given yet."),
            "crumbs": [
                Crumb(_("Lists"), reverse("composition:lists")),
                Crumb(_("People who may be proposed")),
            ],
        },
    )


def _asked(answer: str, reference: str, reserved: bool) -> Cell | str:
    if answer and answer != A.LAPSED:
        return str(ACCEPTANCE.state_title(answer))
    return Cell(_("Ask"), url=ask_url(reference, reserved))


# --- the Bureau's pages ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Statement:
    """What the person says on one criterion, in the person's language."""

    criterion: str
    text: str
    language: str


def proposals_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The proposed people of a list before the Bureau, by seat. Only for the Bureau's roll, only while it is there."""
    actor, list_ = _before_bureau(request, reference)
    if list_ is None:
        return redirect_to_login(request.get_full_path())
    charter = queries.charter_of(list_)
    places = queries.places(list_, charter)
    rows = [
        Row(
            [
                str(p.number),
                name_cell(list_, p, actor),
                Cell(state_label=_("reserved"), state_kind="reserved") if p.reserved else "",
            ]
        )
        for p in places
        if p.is_live
    ]
    context = {
        "title": _("The proposed participants"),
        "list": list_,
        "columns": [_("Seat"), _("Person"), _("Reserve")],
        "rows": rows,
        "marks": mark_rows(list_, places)[:3],
        "reasons": [
            (code, text) for code in ("en", "fr", "ru") if (text := getattr(list_, f"reasons_{code}"))
        ],
    }
    return render(request, "composition/proposals.html", context)


def proposal_page(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One proposed person: statement, opinion, reply. Not for a member who declared an interest in this file (4.1)."""
    actor, list_ = _before_bureau(request, reference)
    if list_ is None:
        return redirect_to_login(request.get_full_path())
    charter = queries.charter_of(list_)
    place = next((p for p in queries.places(list_, charter) if p.number == number and p.is_live), None)
    if place is None or place.seat is None:
        raise Http404
    candidacy = place.seat.candidacy
    context: dict[str, Any] = {"list": list_, "place": place, "title": place.name}
    if integrity.recused(actor.person, queries.subjects_of(candidacy)):
        return render(request, "composition/recused.html", context, status=403)
    examination = vetting.opinion_of(candidacy)
    language = get_language() or "en"
    titles = {criterion.key: criterion.text[language] for criterion in charter.criteria}
    context |= {
        "statements": [
            Statement(titles.get(row.criterion, row.criterion), row.statement, row.language)
            for row in candidacy.answers.order_by("pk")
            if row.statement
        ],
        "opinion": examination,
        "opinion_label": examination.get_opinion_display() if examination is not None else "",
        "dissents": list(vetting.dissents_of(examination)) if examination is not None else [],
        "points": [
            (point, POINT.state_title(point.state))
            for point in vetting.answered_points(candidacy).filter(undisclosable=False)
        ],
        "endorsements": list(candidacies.endorsements(candidacy)),
        "interest_url": desk.begin_url("integrity", "declare", subject=candidacy.reference),
        "override": list_.overrides.filter(candidacy=candidacy).first(),
        "before": _neighbour(list_, number, -1),
        "after": _neighbour(list_, number, 1),
    }
    return render(request, "composition/proposal.html", context)


def _before_bureau(request: HttpRequest, reference: str) -> tuple[Actor, List | None]:
    actor = actor_of(request)
    if actor.person is None:
        return actor, None
    list_ = queries.proposals_visible_to(actor).filter(reference=reference).first()
    if list_ is None:
        raise Http404
    return actor, list_


def _neighbour(list_: List, number: int, step: int) -> str:
    """The address of the next person's page, or empty."""
    seats = list_.seats.filter(number__gt=number) if step > 0 else list_.seats.filter(number__lt=number)
    seat = seats.order_by("number" if step > 0 else "-number").first()
    return reverse("composition:proposal", args=[list_.reference, seat.number]) if seat is not None else ""
