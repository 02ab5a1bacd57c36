"""Lists of the Secretariat: persons of the house, offices, enrolments, recoveries."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import NotEmpowered, Office
from hemicycle.web.desk import begin_url, matter_url
from hemicycle.web.parts import Cell, Row
from hemicycle.web.templatetags.house import day, moment

from .. import queries
from ..models import Enrolment, Holding, Recovery
from ..procedure import ENROLMENT, HOLDING, RECOVERY, EnrolmentState, HoldingState, RecoveryState
from .account import own

PER_PAGE = 50


def _clerk(request: HttpRequest, act: str) -> Actor:
    """The clerk who asks for a list, or `NotEmpowered` for everybody else."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.holds(Office.SECRETARIAT):
        table = next(t for t in (HOLDING, ENROLMENT, RECOVERY) if act in t.by_act)
        raise NotEmpowered(table, table.by_act[act], actor.offices)
    return actor


def _list(request: HttpRequest, rows: Any, row: Any, **context: Any) -> HttpResponse:
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "web/list.html", {**context, "rows": [row(each) for each in page], "page_obj": page}
    )


def _kind(state: str) -> str:
    """How a state is drawn: what runs is open, everything else neutral."""
    return "open" if state in (HoldingState.HELD, EnrolmentState.ISSUED, RecoveryState.WAITING) else "neutral"


def office_names() -> dict[str, str]:
    """Every office of the charter in the page's language; asked once per page, however long its lists."""
    language = get_language() or "en"
    return {str(office.code): office.name[language] for office in law.in_force().offices}


def office_name(code: str) -> str:
    return office_names().get(code, code)


@own
def persons(request: HttpRequest) -> HttpResponse:
    actor = _clerk(request, "ask_enrolment")
    held, names = queries.held_at(clock.now()), office_names()

    def row(person: Any) -> Row:
        name = person.shown_name if person.is_active else _("account locked")
        offices = ", ".join(names.get(h.office, h.office) for h in person.held_now)
        grant = begin_url("people", "grant", person=person.reference)
        # Nobody proposes himself or herself: no link that the gate would refuse.
        propose = (
            Cell(_("another clerk proposes you"))
            if person.pk == actor.person
            else Cell(_("Propose for an office"), url=grant)
        )
        return Row([Cell(name), Cell(person.reference), Cell(offices), propose])

    rows = queries.of_the_house().prefetch_related(Prefetch("holdings", held, "held_now"))
    return _list(
        request,
        sorted(rows, key=lambda person: (person.shown_name.casefold(), person.pk)),
        row,
        title=_("People who hold an office"),
        lead=_("Who holds an office or was given an enrolment code. Candidates are not listed here."),
        columns=[_("Name"), _("Reference"), _("Offices held now"), _("Acts")],
        actions=[
            {
                "title": _("Make the first half of an enrolment code"),
                "url": begin_url("people", "ask_enrolment"),
                "primary": True,
            },
            {"title": _("Ask for a recovery"), "url": begin_url("people", "ask_recovery"), "primary": False},
        ],
    )


@own
def holdings(request: HttpRequest) -> HttpResponse:
    actor = _clerk(request, "grant")
    now, names = clock.now(), office_names()

    def row(holding: Holding) -> Row:
        state = HOLDING.state_title(holding.standing(now))
        return Row(
            [
                Cell(names.get(holding.office, holding.office), url=matter_url(holding)),
                Cell(holding.person.shown_name),
                Cell(day(holding.held_from)),
                Cell(day(holding.held_until) if holding.held_until else "–"),
                Cell(state_label=state, state_kind=_kind(holding.standing(now))),
            ]
        )

    return _list(
        request,
        queries.visible_to(actor, Holding).order_by("-held_from", "-pk"),
        row,
        title=_("Offices held"),
        columns=[_("Office"), _("Person"), _("From"), _("Until"), _("State")],
        actions=[
            {"title": _("Propose an office-holder"), "url": begin_url("people", "grant"), "primary": True}
        ],
    )


@own
def enrolments(request: HttpRequest) -> HttpResponse:
    actor = _clerk(request, "ask_enrolment")
    now = clock.now()

    def row(enrolment: Enrolment) -> Row:
        state = ENROLMENT.state_title(enrolment.standing(now))
        return Row(
            [
                Cell(enrolment.reference, url=matter_url(enrolment)),
                Cell(enrolment.person.shown_name),
                Cell(moment(enrolment.expires_at)),
                Cell(state_label=state, state_kind=_kind(enrolment.standing(now))),
            ]
        )

    return _list(
        request,
        queries.visible_to(actor, Enrolment).order_by("-created_at", "-pk"),
        row,
        title=_("Enrolments"),
        columns=[_("Reference"), _("Person"), _("Expires"), _("State")],
        actions=[
            {
                "title": _("Make the first half of an enrolment code"),
                "url": begin_url("people", "ask_enrolment"),
                "primary": True,
            }
        ],
    )


@own
def recoveries(request: HttpRequest) -> HttpResponse:
    actor = _clerk(request, "ask_recovery")
    now = clock.now()

    def row(recovery: Recovery) -> Row:
        until = moment(recovery.wait_until) if recovery.wait_until else "–"
        state = RECOVERY.state_title(recovery.standing(now))
        return Row(
            [
                Cell(recovery.reference, url=matter_url(recovery)),
                Cell(recovery.person.reference),
                Cell(until),
                Cell(state_label=state, state_kind=_kind(recovery.standing(now))),
            ]
        )

    return _list(
        request,
        queries.visible_to(actor, Recovery).order_by("-created_at", "-pk"),
        row,
        title=_("Recoveries"),
        columns=[_("Reference"), _("Person"), _("Waiting time until"), _("State")],
        actions=[
            {"title": _("Ask for a recovery"), "url": begin_url("people", "ask_recovery"), "primary": True}
        ],
    )
