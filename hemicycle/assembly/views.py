"""Lists of the host: its calendar, its bodies, its delegations, and what is on its way."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hemicycle.record import clock, law
from hemicycle.record import queries as record
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.record.procedure import CORRECTION, LOG_KEY
from hemicycle.rules.procedure import Office, Table
from hemicycle.web.desk import begin_url, matter_url
from hemicycle.web.parts import Cell
from hemicycle.web.templatetags.house import charter_name, day
from hemicycle.web.views import actor_of

from . import queries, sheets
from .models import Delegation, Import, PoliticalGroup
from .procedure import ACTING, ADOPTION, BODY, FORUM, IMPORT, SEAT_YEAR, SESSION

KINDS = {"open": "open", "standing": "open", "acting": "open", "adopted": "done", "committed": "done",
         "confirmed": "done", "published": "done", "withdrawn": "stopped", "refused": "stopped"}  # fmt: skip


def _state(matter: Matter, table: Table) -> Cell:
    state = matter.standing(clock.now())
    return Cell(state_label=table.state_title(state), state_kind=KINDS.get(state, "neutral"))


def _to(matter: Matter, text: Any = "") -> Cell:
    return Cell(text=text or matter.reference, url=matter_url(matter))


def _page(request: HttpRequest, title: str, columns: list[str], rows: Any, **more: Any) -> HttpResponse:
    return render(request, "web/list.html", {"title": title, "columns": columns, "rows": rows, **more})


def _begin(actor: Actor, act: str, title: Any, room: str = "assembly") -> list[dict[str, Any]]:
    """The button of an act that begins a matter, for those who may take it."""
    if not actor.holds(Office.SECRETARIAT):
        return []
    return [{"url": begin_url(room, act), "title": title, "primary": True}]


def sessions(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    rows = [
        [_to(s, s.name), day(s.opens_on), day(s.closes_on), _state(s, SESSION), charter_name(s.charter)]
        for s in queries.visible_sessions(actor).order_by("-opens_on")
    ]
    return _page(
        request,
        _("Sessions"),
        [_("Session"), _("First day"), _("Last day"), _("State"), _("Charter")],
        rows,
        actions=_begin(actor, "open_session", SESSION.by_act["open_session"].title),
    )


def holidays(request: HttpRequest) -> HttpResponse:
    """The years of the seat, with how many holidays stand in each."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    standing = Count("holidays", filter=Q(holidays__taken_back_at__isnull=True))
    rows = [
        [_to(y, str(y.year)), Cell(y.standing_days, is_number=True)]
        for y in queries.visible_seat_years(actor).annotate(standing_days=standing).order_by("-year")
    ]
    return _page(
        request,
        _("Holidays of the seat"),
        [_("Year"), _("Days without work")],
        rows,
        lead=_(
            "Deadlines in working days pass over these days, and over Saturdays and Sundays. A day entered later moves no "
            "deadline that was told before."
        ),
        actions=_begin(actor, "enter_holidays", SEAT_YEAR.by_act["enter_holidays"].title),
    )


def bodies(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    counts = queries.seat_counts()
    rows = [
        [_to(b, b.shown_name), b.code, Cell(counts.get(b.pk, 0), is_number=True), _state(b, BODY)]
        for b in queries.visible_bodies(actor)
    ]
    return _page(
        request,
        _("Bodies of the Assembly"),
        [_("Body"), _("Code"), _("Seats held"), _("State")],
        rows,
        actions=_begin(actor, "form_body", BODY.by_act["form_body"].title),
    )


def delegations(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    rows = [[d.shown_name, d.code, Cell(d.members, is_number=True)] for d in Delegation.objects.all()]
    rows.sort(key=lambda row: str(row[0]))
    return _page(request, _("Delegations"), [_("Member state"), _("Code"), _("Representatives")], rows)


def groups(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    rows = [[g.shown_name, g.code] for g in PoliticalGroup.objects.all()]
    return _page(request, _("Political groups"), [_("Group"), _("Code")], rows)


def imports(request: HttpRequest) -> HttpResponse:
    """Imports, with the columns that each kind of file has."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    page = Paginator(queries.visible_imports(actor).order_by("-pk").defer("plan"), 50).get_page(
        request.GET.get("page")
    )
    rows = [[_to(i), i.get_kind_display(), day(i.created_at), _state(i, IMPORT)] for i in page]
    notes = [
        [
            kind.label,
            column,
            _("needed") if column in sheets.COLUMNS[kind][0] else "",
            _(sheets.COLUMN_NOTES[column]),
        ]
        for kind in Import.Kind
        for column in (*sheets.COLUMNS[kind][0], *sheets.COLUMNS[kind][1])
    ]
    return render(
        request,
        "assembly/imports.html",
        {
            "title": _("Imports"),
            "columns": [_("Import"), _("What the file holds"), _("Day"), _("State")],
            "rows": rows,
            "page_obj": page,
            "actions": _begin(actor, "preview_import", IMPORT.by_act["preview_import"].title),
            "note_columns": [_("File"), _("Column"), _("Needed"), _("What it holds")],
            "notes": notes,
        },
    )


def adoptions(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    rows = [
        [_to(a), charter_name(a.charter), day(a.in_force_from), _state(a, ADOPTION)]
        for a in queries.visible_adoptions(actor).order_by("-pk").defer("text", "prose")
    ]
    return _page(
        request,
        _("Versions of the charter"),
        [_("Reference"), _("Version"), _("In force from"), _("State")],
        rows,
        lead=_("In force now: %(version)s") % {"version": law.version_in_force().reference},
        actions=_begin(actor, "draft_charter", ADOPTION.by_act["draft_charter"].title),
    )


def presidency(request: HttpRequest) -> HttpResponse:
    """Who presides, the Vice-Presidents by precedence, and the acting presidencies."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    chair = queries.presiding()
    rows = [
        [
            _to(a),
            a.person.shown_name,
            a.get_ground_display(),
            day(a.from_at),
            day(a.until_at),
            _state(a, ACTING),
        ]
        for a in queries.visible_acting(actor).order_by("-pk")
    ]
    order = [
        [Cell(s.precedence or "", is_number=True), s.name, s.delegation.shown_name if s.delegation else ""]
        for s in queries.vice_presidents()
    ]
    return render(
        request,
        "assembly/presidency.html",
        {
            "title": _("Presidency"),
            "lead": _("Presides now: %(name)s") % {"name": chair.shown_name if chair else _("nobody")},
            "columns": [_("Reference"), _("Person"), _("Ground"), _("From"), _("Until"), _("State")],
            "rows": rows,
            "actions": _begin(
                actor, "appoint_acting_president", ACTING.by_act["appoint_acting_president"].title
            ),
            "order_columns": [_("Precedence"), _("Vice-President"), _("Delegation")],
            "order": order,
        },
    )


def forums(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    rows = [
        [_to(f), f.forum, day(f.decided_on), _state(f, FORUM)] for f in queries.visible_forum_decisions(actor)
    ]
    return _page(
        request,
        _("Separate forum"),
        [_("Reference"), _("Forum"), _("Decided on"), _("State")],
        rows,
        lead=_(
            "The recorded decision that a separate forum is established ends the reserve for later lists."
        ),
        actions=_begin(actor, "record_forum_decision", FORUM.by_act["record_forum_decision"].title),
    )


def corrections(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    rows = [
        [_to(c), c.subject, c.field, day(c.corrected_at), _state(c, CORRECTION)]
        for c in record.visible_to(actor).order_by("-pk")
    ]
    return _page(
        request,
        _("Corrections"),
        [_("Reference"), _("Matter"), _("Fact"), _("Published on"), _("State")],
        rows,
        actions=_begin(actor, "draft_correction", CORRECTION.by_act["draft_correction"].title, "record"),
    )


def keys(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    if not actor.holds(Office.SECRETARIAT):
        raise Http404
    rows = [
        [_to(key), day(key.confirmed_at), _state(key, LOG_KEY)]
        for key in record.visible_keys(actor).order_by("-pk")
    ]
    return _page(
        request,
        _("Keys of the record"),
        [_("Reference"), _("Signs since"), _("State")],
        rows,
        actions=_begin(actor, "ask_new_key", LOG_KEY.by_act["ask_new_key"].title, "record"),
    )
