"""The first page: what the platform is, who sits, what runs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hemicycle.followup import board
from hemicycle.followup import queries as followup
from hemicycle.record import clock, law
from hemicycle.rules.charter import Charter
from hemicycle.web.desk import article_url

from .. import released, rounds, seats, votes
from ..public import language, page, public
from .composition import how_appointed


@public
def front(request: HttpRequest) -> HttpResponse:
    charter, code = law.in_force(), language()
    composition = seats.current()
    shown = (
        composition
        if composition is not None and (composition.is_in_force or composition.is_to_begin)
        else None
    )
    founding = released.founding_vote()
    return page(
        request,
        "front",
        {
            "title": _("What the platform is"),
            "description": charter.platform.description.value[code],
            "charter": charter,
            "aims": [_entry(aim, code) for aim in charter.aims],
            "facts": _facts(charter, code),
            "composition": shown,
            "appointed": how_appointed(shown.the_list, shown.charter) if shown else [],
            "round": rounds.running(),
            "board": board.figures(followup.indicators(None, clock.now())),
            "founding": votes.lines([founding])[0] if founding is not None else None,
            "symbols": [{**_entry(one, code), "standing": one.standing} for one in charter.symbols],
            "now": clock.now(),
        },
    )


def _entry(entry: Any, code: str) -> dict[str, str]:
    return {"text": entry.text[code], "article": entry.article, "url": article_url(entry.article)}


def _facts(charter: Charter, code: str) -> list[dict[str, str]]:
    """Who may sit, in what capacity, by whom appointed, for how long: each with its article."""
    rules = charter.list
    proposer = charter.office(rules.proposed_by.value).name[code]
    names = votes.bodies()
    bodies = {"office": proposer, "body": names[rules.decided_by.value]}
    if charter.stages.ratification.value:
        decided = _("%(office)s proposes; approval: %(body)s; ratification: %(other)s") % {
            **bodies,
            "other": names[rules.ratified_by.value],
        }
    else:
        decided = _("%(office)s proposes; approval: %(body)s") % bodies
    seated = _("%(total)s seats") % {"total": charter.seats.total.value}
    term = (
        _("one session, until its last day")
        if charter.mandates.term_sessions.value == 1
        else _("%(number)s sessions") % {"number": charter.mandates.term_sessions.value}
    )
    rows = [
        (_("Host"), charter.assembly[code], charter.assembly.name.article),
        (
            pgettext("participant", "Capacity"),
            charter.mandates.capacity.value[code],
            charter.mandates.capacity.article,
        ),
        (_("Appointed by"), decided, rules.proposed_by.article),
        (_("Term"), term, charter.mandates.term_sessions.article),
        (_("Seats"), seated, charter.seats.total.article),
    ]
    share = charter.reserve.share
    if share.value:
        rows.append(
            (
                charter.reserve.name.value[code],
                _("%(share)s of the seats") % {"share": share.value},
                share.article,
            )
        )
    return [{"label": a, "value": b, "article": c, "url": article_url(c)} for a, b, c in rows]
