"""Lists of interests, contacts and caller checks."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office, Table
from hemicycle.web.desk import begin_url, matter_url
from hemicycle.web.parts import Cell
from hemicycle.web.templatetags.house import day, moment
from hemicycle.web.views import actor_of

from . import desks, queries
from .procedure import CHECK, CONTACT, HOUSE, INTEREST

KINDS = {"declared": "open", "disputed": "open", "alleged": "open", "opened": "open", "caller_proved": "open",
         "proved": "done", "decided": "done", "published": "done", "failed": "stopped", "lapsed": "stopped",
         "withdrawn": "stopped"}  # fmt: skip


def _state(matter: Matter, table: Table) -> Cell:
    state = matter.standing(clock.now())
    return Cell(state_label=table.state_title(state), state_kind=KINDS.get(state, "neutral"))


def _to(matter: Matter) -> Cell:
    return Cell(text=matter.reference, url=matter_url(matter))


def _actions(actor: Actor, offices: Any, *acts: str) -> list[dict[str, Any]]:
    if not actor.holds(*offices):
        return []
    titles = {act: table.by_act[act].title for table in (INTEREST, CONTACT, CHECK) for act in table.by_act}
    return [
        {"url": begin_url("integrity", act), "title": titles[act], "primary": number == 0}
        for number, act in enumerate(acts)
    ]


def interests(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    page = Paginator(queries.visible_interests(actor).order_by("-pk"), 50).get_page(request.GET.get("page"))
    rows = [
        [_to(i), i.person.shown_name, i.subject, str(i.get_kind_display()), _state(i, INTEREST)] for i in page
    ]
    return render(
        request,
        "web/list.html",
        {
            "title": _("Interests"),
            "lead": _("Your own, and those that concern your office."),
            "columns": [_("Reference"), _("Whose"), _("About"), _("Kind of tie"), _("State")],
            "rows": rows,
            "page_obj": page,
            "actions": _actions(actor, HOUSE, "declare", "allege"),
        },
    )


def contacts(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    page = Paginator(queries.visible_contacts(actor).order_by("-met_on", "-pk"), 50).get_page(
        request.GET.get("page")
    )
    rows = [
        [
            _to(c),
            day(c.met_on),
            c.subject,
            Cell(c.participants_public, language=c.language),
            Cell(c.place, language=c.language),
            _state(c, CONTACT),
        ]
        for c in page
    ]
    return render(
        request,
        "web/list.html",
        {
            "title": _("Contact register"),
            "lead": _("Who met whom about a call or a list. Published with the decision sheet."),
            "columns": [_("Reference"), _("Day"), _("About"), _("Who took part"), _("Where"), _("State")],
            "rows": rows,
            "page_obj": page,
            "actions": _actions(actor, HOUSE, "enter_contact"),
        },
    )


def checks(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    page = Paginator(queries.visible_checks(actor), 50).get_page(request.GET.get("page"))
    rows = [
        [
            _to(c),
            (c.clerk if c.person_id == actor.person else c.person).shown_name,
            moment(c.expires_at),
            _state(c, CHECK),
        ]
        for c in page
    ]
    return render(
        request,
        "web/list.html",
        {
            "title": _("Caller checks"),
            "lead": _(
                "If somebody calls you about your file, ask for a check. If none appears on this page, hang up: it is not "
                "the Secretariat."
            ),
            "columns": [_("Reference"), _("With"), _("Until"), _("State")],
            "rows": rows,
            "page_obj": page,
            "actions": _actions(actor, [Office.SECRETARIAT], "open_check"),
            "empty": _("No check is open."),
        },
    )


def openings(request: HttpRequest) -> HttpResponse:
    """Who opened which file, the last first: for the integrity officer."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    if not actor.holds(Office.INTEGRITY_OFFICER):
        raise Http404
    page = Paginator(queries.visible_openings(actor), 50).get_page(request.GET.get("page"))
    with law.held():
        rows = [
            [_to(o), o.file, moment(o.created_at), desks.office_name(o.office), desks.reason_name(o.reason)]
            for o in page
        ]
    return render(
        request,
        "web/list.html",
        {
            "title": _("Files opened"),
            "lead": _(
                "Each opening of a sealed file, once for each sign-in. The person concerned sees office, day and reason."
            ),
            "columns": [_("Reference"), _("Sealed file"), _("Opened"), _("Office"), _("Reason")],
            "rows": rows,
            "page_obj": page,
            "empty": _("No file has been opened."),
        },
    )
