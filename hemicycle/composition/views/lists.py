"""Lists side by side, their marks before anything is written, the people to ask."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Call
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web import desk, findings
from hemicycle.web.parts import Cell, Crumb, Row
from hemicycle.web.views import actor_of

from .. import queries
from ..models import List
from ..procedure import ACCEPTANCE, LIST, AcceptanceState
from .showing import ask_url, mark_rows, name_cell

A = AcceptanceState
SIDE_BY_SIDE = 4


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
            "rule_columns": [_("Rule"), *(column["list"].name for column in shown)],
            "rule_rows": _rule_rows(shown),
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
        "names": {place.name for place in rows if place.is_live and place.name},
        "rules": queries.verdicts(list_, rows, charter),
    }


def _rule_rows(shown: list[dict[str, Any]]) -> list[Row]:
    """Each rule of the charter beside each list, and in what the people differ from those of the first."""
    if len(shown) < 2:
        return []
    names = {one.code: one.name[get_language() or "en"] for column in shown for one in column["rules"]}
    rows = []
    for code, name in names.items():
        said = [{one.code: one.finding for one in column["rules"]}.get(code) for column in shown]
        rows.append(Row([name, *("—" if one is None else findings.text(one) for one in said)]))
    first = shown[0]["names"]
    others = [", ".join(sorted(column["names"] - first, key=str.casefold)) or "—" for column in shown[1:]]
    return [*rows, Row([_("Not on the first list"), "", *others])]


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
