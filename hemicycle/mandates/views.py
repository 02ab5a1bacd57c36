"""Pages of the mandates: who sits, what is vacant, and beginning all mandates of a list in one go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.assembly import queries as assembly
from hemicycle.composition import queries as lists
from hemicycle.composition.models import List
from hemicycle.composition.procedure import ListState
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, Office
from hemicycle.web import desk, findings
from hemicycle.web.parts import Cell, Crumb, Row
from hemicycle.web.templatetags.house import day
from hemicycle.web.views import actor_of

from . import actions, queries
from .models import Mandate
from .procedure import MANDATE, MandateState

FILLS = frozenset(MANDATE.by_act["fill_vacancy"].offices)
KINDS: dict[str, str] = {MandateState.SITTING: "done", MandateState.SUSPENDED: "stopped"}


def shown(mandate: Mandate) -> str:
    """The name that a page of the house puts at the head: the public one, or why there is none."""
    if queries.has_gone(mandate):
        return _("name no longer shown")
    return queries.public_name(mandate) or _("name withheld for safety")


def seats_page(request: HttpRequest) -> HttpResponse:
    """Every seat of the list in force, for the house; or that no list is in force."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    held = assembly.offices(actor, None)  # the acting President's is no holding (5.9)
    if not held.intersection(queries.HOUSE):
        raise Http404
    list_ = lists.in_force()
    context: dict[str, Any] = {
        "title": _("Participation"),
        "columns": [_("Seat"), _("Person"), _("Reserve"), _("State"), _("Until")],
        "rows": [],
        "empty": _("No list is in force."),
    }
    if list_ is not None:
        seats = queries.seats_of(list_, clock.now())
        state = queries.reserve_state(list_, seats)
        charter = lists.charter_of(list_)
        to_fill = queries.to_fill(list_, seats)
        context |= {
            "list": list_,
            "lead": charter.mandates.capacity.value[get_language() or "en"],
            "reserve": state,
            "reserve_text": findings.text(queries.judge(list_, seats).summary),
            "ends_at": lists.term_ends_at(list_, charter),
            "warning": queries.term_warning(),
            "rows": [_row(seat, list_, bool(held & FILLS) and seat.number in to_fill) for seat in seats],
        }
    return render(request, "mandates/seats.html", context)


def _row(seat: queries.SeatState, list_: List, may_fill: bool) -> Row:
    reserved = Cell(state_label=_("reserved"), state_kind="reserved") if seat.reserved else Cell("")
    if seat.mandate is None or not seat.is_occupied:
        url = desk.begin_url("mandates", "fill_vacancy", list=list_.reference, seat=str(seat.number))
        vacant = Cell(_("Fill the vacancy"), url=url) if may_fill else Cell("")
        return Row(
            [str(seat.number), vacant, reserved, Cell(state_label=_("vacant seat")), ""],
            id=f"seat-{seat.number}",
        )
    name = Cell(shown(seat.mandate), url=desk.matter_url(seat.mandate))
    state = Cell(state_label=MANDATE.state_title(seat.state), state_kind=KINDS[seat.state])
    return Row(
        [str(seat.number), name, reserved, state, day(seat.mandate.until_day)],
        id=f"seat-{seat.number}",
    )


def begin_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin the mandates of all seats of an announced list: one page, one button, all or none."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    list_ = lists.visible_to(actor).filter(reference=reference).first()
    if list_ is None:
        raise Http404
    if not actor.holds(Office.SECRETARIAT):
        raise NotEmpowered(MANDATE, MANDATE.by_act["begin"], actor.offices)
    problems: list[str] = []
    if request.method == "POST":
        try:
            begun = actions.begin_all(list_, actor)
        except Unmet as error:
            problems = findings.texts(error)
        else:
            messages.success(
                request, _("Recorded: %(count)s participations have begun.") % {"count": len(begun)}
            )
            return HttpResponseRedirect(reverse("mandates:seats"))
    places = [place for place in lists.places(list_) if place.is_live]
    context = {
        "title": _("Begin the participation of all seats"),
        "list": list_,
        "places": places,
        "ends_at": lists.term_ends_at(list_),
        "findings": problems,
        "crumbs": [Crumb(_("Participation"), reverse("mandates:seats")), Crumb(_("Begin"))],
    }
    return render(request, "mandates/begin.html", context, status=422 if problems else 200)


def to_begin() -> list[List]:
    """Lists that are announced and in effect, within their term, of which no mandate has begun (8.1)."""
    states = (ListState.ANNOUNCED, ListState.BEFORE_RATIFICATION)
    found = List.objects.filter(state__in=states, announced_at__isnull=False, effective_at__isnull=False)
    waiting = found.filter(mandates__isnull=True).select_related("session")
    now = clock.now()
    return [row for row in waiting if row.session.opens_at <= now < lists.term_ends_at(row)]
