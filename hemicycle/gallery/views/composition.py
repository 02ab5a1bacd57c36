"""Who sits: page, CSV, JSON; past compositions by session."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.assembly import queries as assembly
from hemicycle.composition import queries as lists
from hemicycle.composition.models import List
from hemicycle.record import clock
from hemicycle.rules.charter import Charter
from hemicycle.web.templatetags.house import day

from .. import data, released, seats
from ..public import found_or_404, language, page, public
from ..votes import bodies

COLUMNS = ("seat", "name", "reserved", "capacity", "state", "from", "until")


@public
def composition(request: HttpRequest) -> HttpResponse:
    """The composition in force; "no list in force" when there is none."""
    current = seats.current()
    live = current is not None and (current.is_in_force or current.is_to_begin)
    return page(request, "composition", _context(current if live and current else None, is_past=False))


@public
def composition_of(request: HttpRequest, session: str) -> HttpResponse:
    """The composition of a session as it stands, or as it stood at its end."""
    found = _of_session(session)
    return page(request, "composition", _context(found, is_past=True))


@public
def composition_json(request: HttpRequest) -> HttpResponse:
    """The composition in force; before a release the last public one; before the first, no seats."""
    current = seats.current()
    if current is not None:
        return data.json(current.data())
    session = assembly.current_session()
    return data.json({"session": session.name if session else None, "seats": []})


@public
def composition_csv(request: HttpRequest) -> HttpResponse:
    current = seats.current()
    return _csv(current)


@public
def composition_of_json(request: HttpRequest, session: str) -> HttpResponse:
    return data.json(_of_session(session).data())


@public
def composition_of_csv(request: HttpRequest, session: str) -> HttpResponse:
    return _csv(_of_session(session))


def _of_session(address: str) -> seats.Composition:
    session = found_or_404(released.session_at(address))
    list_ = found_or_404(released.list_of(session))
    return seats.of_list(list_, seats.last_instant(list_, clock.now()))


def _csv(found: seats.Composition | None) -> HttpResponse:
    rows = [list(seat.data().values()) for seat in found.seats] if found else []
    name = f"composition-{released.address_of(found.the_list.session)}" if found else "composition"
    return data.table(name, COLUMNS, rows)


def _context(found: seats.Composition | None, *, is_past: bool) -> dict[str, Any]:
    last = lists.latest_public() if found is None else None
    shown: dict[str, Any] = {
        "title": _("Composition"),
        "composition": found,
        "is_past": is_past and found is not None and not found.is_in_force and not found.is_to_begin,
        "earlier": seats.earlier(found.the_list if found else None),
        "description": _("Who sits on the platform, in what capacity, appointed by whom and until when."),
    }
    if found is None:
        if last is not None:
            shown["ended_at"] = lists.term_ends_at(last)
        return shown
    address = released.address_of(found.the_list.session)
    shown |= {
        "capacity": found.charter.mandates.capacity.value[language()],
        "appointed": how_appointed(found.the_list, found.charter),
        "ends_at": lists.term_ends_at(found.the_list, found.charter),
        "begins_at": lists.term_begins_at(found.the_list),
        "csv_url": reverse("composition-of-csv", args=[address]),
        "json_url": reverse("composition-of-json", args=[address]),
        "sheet_url": reverse("public-sheet", args=[address]),
    }
    return shown


def how_appointed(list_: List, charter: Charter) -> list[str]:
    """By whom and when: proposal, approval, ratification, announcement, with their days."""
    names = bodies()
    proposer = charter.office(charter.list.proposed_by.value).name[language()]
    steps = [(_("Proposed by: %(who)s, %(day)s"), proposer, list_.proposed_on)]
    steps.append(
        (_("Approved by: %(who)s, %(day)s"), names[charter.list.decided_by.value], list_.approved_at)
    )
    if list_.ratified_at is not None:
        ratified = names[charter.list.ratified_by.value]
        body = released.ratifying_body(list_)
        steps.append((_("Ratified by: %(who)s, %(day)s"), names.get(body, ratified), list_.ratified_at))
    return [text % {"who": who, "day": day(on)} for text, who, on in steps if on is not None]
