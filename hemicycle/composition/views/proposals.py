"""The Bureau's pages: who is proposed, and for each person statement, opinion and reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Candidacy
from hemicycle.integrity import queries as integrity
from hemicycle.people import queries as people
from hemicycle.record.actors import Actor
from hemicycle.rules.charter import Charter
from hemicycle.vetting import queries as vetting
from hemicycle.vetting.procedure import POINT
from hemicycle.web import desk
from hemicycle.web.parts import Cell, Row
from hemicycle.web.views import actor_of

from .. import queries
from ..models import List
from .showing import mark_rows, name_cell


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
        "marks": mark_rows(list_, places, rules_only=True),
        "reasons": [
            (code, text) for code in ("en", "fr", "ru") if (text := getattr(list_, f"reasons_{code}"))
        ],
    }
    return render(request, "composition/proposals.html", context)


def proposal_page(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One proposed person: statement, opinion, reply. Not for a member who declared an interest in this file (4.1), and
    for nobody while the file is locked (1.4)."""
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
    if place.is_locked:
        return render(request, "composition/locked.html", context, status=403)
    context |= {
        **_file(candidacy, charter),
        "override": list_.overrides.filter(candidacy=candidacy).first(),
        "before": _neighbour(list_, number, -1),
        "after": _neighbour(list_, number, 1),
    }
    return render(request, "composition/proposal.html", context)


def addition_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The person proposed for the succession list, for the roll of the Bureau, while the addition is before it."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    addition = queries.additions_before(actor).filter(reference=reference).first()
    name = queries.shown_name(addition) if addition is not None else ""
    if addition is None or not name:
        raise Http404
    context: dict[str, Any] = {"list": addition.list, "addition": addition, "title": name}
    if integrity.recused(actor.person, queries.subjects_of(addition.candidacy)):
        return render(request, "composition/recused.html", context, status=403)
    if people.is_locked(addition.candidacy.person):
        return render(request, "composition/locked.html", context, status=403)
    context |= _file(addition.candidacy, queries.charter_of(addition.list))
    return render(request, "composition/proposal.html", context)


def _file(candidacy: Candidacy, charter: Charter) -> dict[str, Any]:
    """What the Bureau reads of one person: statement, endorsements, opinion, points and replies."""
    examination = vetting.opinion_of(candidacy)
    language = get_language() or "en"
    titles = {criterion.key: criterion.text[language] for criterion in charter.criteria}
    return {
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
    }


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
