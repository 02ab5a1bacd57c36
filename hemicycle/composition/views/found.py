"""What the buttons of the composer's page found, as its templates show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.instruments.selection.solver import OutOfTime, within
from hemicycle.web import findings
from hemicycle.web.parts import Row

from .. import queries

LETTERS = "ABC"
SECONDS = 10.0  # a page waits no longer; the command line has no such limit
TITLES = {
    "complete": gettext_lazy("Ways to finish this list"),
    "mend": gettext_lazy("The fewest exchanges that mend this list"),
    "alternatives": gettext_lazy("Lists that differ as much as can be"),
    "proportional": gettext_lazy("Lists in proportion to the endorsements"),
    "explain": gettext_lazy("Whether a list is possible"),
}
SEARCHES: dict[str, Callable[[queries.Board], queries.Ways]] = {
    "complete": queries.finished,
    "mend": queries.mended,
    "alternatives": queries.different,
    "proportional": queries.proportional,
}


def found_by(look: str, board: queries.Board) -> dict[str, Any]:
    """The part of the page for a button; nothing for “Check”, which asks for the marks alone."""
    try:
        with within(SECONDS):
            return _found(look, board)
    except OutOfTime:
        return {"look": look, "look_title": TITLES[look], "is_late": True}


def _found(look: str, board: queries.Board) -> dict[str, Any]:
    if look == "explain":
        return {"look": look, "look_title": TITLES[look], "explanation": _explanation(board)}
    if look not in SEARCHES or (look == "proportional" and not may_choose(board)):
        return {"look": ""}
    found = SEARCHES[look](board)
    ways = [_way(letter, way) for letter, way in zip(LETTERS, found.ways, strict=False)]
    return {
        "look": look,
        "look_title": TITLES[look],
        "ways": ways,
        "from_nothing": found.from_nothing,
        "way_columns": [_("Rule"), *(way["title"] for way in ways)],
        "way_rows": [
            Row([findings.text(rule), *(_count(way, number) for way in found.ways)])
            for number, rule in enumerate(found.rules)
        ],
    }


def may_choose(board: queries.Board) -> bool:
    """Proportional choice is offered only where the charter foresees it."""
    return queries.methods_of(board.list_).proportional_choice


def _way(letter: str, way: queries.Way) -> dict[str, Any]:
    data = {}
    for place in way.places:
        if place.seat is not None:
            data[f"seat_{place.number}"] = place.seat.candidacy.reference
            if place.reserved:
                data[f"reserved_{place.number}"] = "on"
    return {
        "letter": letter,
        "title": _("List %(letter)s") % {"letter": letter},
        "method": findings.text(way.method) if way.method is not None else "",
        "proofs": [findings.text(one) for one in way.proofs],
        "joins": way.joins,
        "leaves": way.leaves,
        "data": data,
        "is_same": not way.joins and not way.leaves,
    }


def _count(way: queries.Way, number: int) -> str:
    """How many, and by how many more or fewer than as the seats stand."""
    count, more = way.counts[number], way.more[number]
    if not more:
        return str(count)
    return f"{count} ({'+' if more > 0 else '−'}{abs(more)})"


def _explanation(board: queries.Board) -> dict[str, Any]:
    said = queries.explained(board)
    return {
        "rules": [findings.text(one) for one in said.rules],
        "changes": [[findings.text(one) for one in change] for change in said.changes],
        "has_more": said.has_more,
        "is_complete": said.is_complete,
        "with_seated": said.with_seated,
        "statutory": said.statutory,
        "too_few": findings.text(said.too_few) if said.too_few is not None else "",
    }
