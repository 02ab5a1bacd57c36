"""Rounds and their decision sheets."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.candidacy import ahead

from .. import data, released, rounds, seats, sheet, sheet_data, votes
from ..public import found_or_404, page, public


@public
def index(request: HttpRequest) -> HttpResponse:
    found = rounds.of_calls(released.calls()[:50])
    return page(
        request,
        "rounds",
        {
            "title": _("Rounds"),
            "description": _(
                "Each call for candidates: its stage, its dates, its rules, its decision sheet."
            ),
            "rounds": found,
        },
    )


@public
def of_session(request: HttpRequest, session: str) -> HttpResponse:
    """The latest round of a session; calls before it are named below."""
    row = found_or_404(released.session_at(session))
    found = rounds.of_session(row)
    shown = found_or_404(found[0] if found else None)
    return page(
        request,
        "round",
        {
            "title": _("Round for the session %(session)s") % {"session": row.name},
            "description": _("Stage, dates, rules, and who decides."),
            "round": shown,
            "others": found[1:],
            "deciders": ahead.deciders(shown.charter, votes.bodies()),
            "rules": rounds.rules_of(shown.charter),
            "part_sessions": rounds.part_sessions(row),
            "has_sheet": released.list_of(row) is not None,
        },
    )


@public
def decision_sheet(request: HttpRequest, session: str) -> HttpResponse:
    """The decision sheet, from the announcement of the list on; before it, nothing is at this address."""
    found = _sheet(session)
    address = released.address_of(found.the_list.session)
    return page(
        request,
        "sheet",
        {
            "title": _("Decision sheet of the session %(session)s")
            % {"session": found.the_list.session.name},
            "description": _(
                "Numbers, votes, interests and contacts of the round, and what is withheld and why."
            ),
            "sheet": found,
            "round_url": reverse("public-round", args=[address]),
            "csv_url": reverse("sheet-csv", args=[address]),
            "json_url": reverse("sheet-json", args=[address]),
            "meter": seats.meter_of(found.quota),
        },
    )


@public
def sheet_json(request: HttpRequest, session: str) -> HttpResponse:
    return data.json(sheet_data.data(_sheet(session)))


@public
def sheet_csv(request: HttpRequest, session: str) -> HttpResponse:
    found = _sheet(session)
    name = f"decision-sheet-{released.address_of(found.the_list.session)}"
    return data.table(name, ("part", "name", "value"), sheet_data.rows_of(found))


def _sheet(address: str) -> sheet.Sheet:
    session = found_or_404(released.session_at(address))
    return sheet.of_list(found_or_404(released.list_of(session)))
