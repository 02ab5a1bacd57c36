"""The lots of a list, for the composer and for the Bureau's paper, and the file from which anybody draws again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from hemicycle.web.views import actor_of

from .. import queries
from ..models import List, Lot


@dataclass(frozen=True)
class Shown:
    """A lot as a page shows it. `number` counts those of the list and of what it is a copy of; `drawn` people, of whom `sitting` sit on it."""

    number: int
    lot: Lot
    url: str
    is_replaced: bool
    drawn: int
    sitting: int


def lots_context(list_: List) -> dict[str, Any]:
    """What the pages show of lots; nothing more than that there are none where the charter foresees none."""
    methods = queries.methods_of(list_)
    if not methods.fair_lot:
        return {"methods": methods}
    lots = queries.lots_of(list_)
    shown = []
    for number, lot in enumerate(lots, 1):
        drawn, sitting = queries.sitting_as_drawn(lot, list_)
        url = reverse("composition:lot", args=[list_.reference, number])
        is_replaced = not lot.is_drawn and queries.lot_to_draw(lot.list) != lot
        shown.append(Shown(number, lot, url, is_replaced, drawn, sitting))
    return {"methods": methods, "lots": shown, "of_round": queries.lots_of_round(list_)}


def lot_json(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The file of a lot, byte for byte, for whoever reads the list."""
    list_ = queries.visible_to(actor_of(request)).filter(reference=reference).first()
    lots = queries.lots_of(list_) if list_ is not None else []
    if not 1 <= number <= len(lots):
        raise Http404
    answer = HttpResponse(lots[number - 1].text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="lot-{reference}-{number}.json"'
    return answer
