"""A lot over the lawful lists of a charter that foresees one: its tickets, its draw, and what came of it.

People stand under handles drawn anew for each lot. A reader of the file can draw again from the tickets; which handle is
whose, and which rule makes two people alike, stands nowhere in it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hemicycle.candidacy.models import Candidacy
from hemicycle.instruments.selection import checker_lot
from hemicycle.instruments.selection.certificate import lottery_certificate
from hemicycle.instruments.selection.draw import (
    Tickets,
    draw,
    draw_as_json,
    joined,
    tickets,
    tickets_as_json,
    tickets_of,
)
from hemicycle.instruments.selection.lottery import Lottery, fair_lottery
from hemicycle.instruments.selection.solver import within

from ..models import List, Lot, Seat
from . import selection
from .board import board
from .certificate import RANDOM, canonical
from .seats import places
from .ways import seated

SECONDS = 10.0  # an act waits no longer for the fairest chances
FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Prepared:
    """What a lot would be drawn from now. `handles` by the reference of the candidacy."""

    tickets: Tickets
    handles: Mapping[str, str]
    least: str
    most: str
    is_proved: bool

    @property
    def text(self) -> str:
        """The file of the lot before the draw."""
        return canonical(tickets_as_json(self.tickets))


def prepared_lot(list_: List) -> Prepared | None:
    """A fair lot over everybody who may be proposed, nobody taken as given; None where no list is lawful.

    Nobody against an opinion and nobody who declined is in it. Raises OutOfTime.
    """
    problem = board(list_, ()).whole
    if len(problem.ids) < problem.seats:
        return None
    numbers = RANDOM.sample(range(1, len(problem.ids) + 1), len(problem.ids))
    handles = {name: f"P{number}" for name, number in zip(problem.ids, numbers, strict=True)}
    with within(SECONDS):
        lottery = fair_lottery(replace(problem, ids=tuple(handles.values())))
        if lottery is None:
            return None
        is_proved = _is_proved(lottery)
    # The order of the pool must not show through: in each group handles stand by number.
    numbered = tickets(lottery)
    groups = tuple(tuple(sorted(group, key=lambda name: int(name[1:]))) for group in numbered.groups)
    chances = lottery.chances()
    return Prepared(
        replace(numbered, groups=groups), handles, _decimal(min(chances)), _decimal(max(chances)), is_proved
    )


def _is_proved(lottery: Lottery) -> bool:
    said = lottery_certificate(lottery)
    return "levels" in said and checker_lot.lawful(said) and checker_lot.fairest(said)


def _decimal(chance: Fraction) -> str:
    return str((Decimal(chance.numerator) / Decimal(chance.denominator)).quantize(FOUR_PLACES))


def half_of_seed() -> str:
    """A half of a seed: 128 bits that nobody has chosen."""
    return secrets.token_hex(16)


def text_drawn(lot: Lot, second: str) -> str:
    """The file of a lot with its draw: the same tickets, both halves, the ticket and the handles that it draws."""
    from_ = tickets_of(json.loads(lot.text))
    halves = [lot.first, second]
    return canonical(draw_as_json(from_, halves, [lot.commitment], draw(from_, joined(halves))))


def ticket_drawn(lot: Lot) -> int:
    """The ticket that was drawn."""
    return int(json.loads(lot.text)["ticket"])


def people_drawn(lot: Lot) -> list[Candidacy]:
    """Who was drawn, but for those who have gone since."""
    handles = json.loads(lot.text).get("list", ())
    rows = lot.places.filter(handle__in=handles).select_related("candidacy__person", "candidacy__slate")
    return [row.candidacy for row in rows]


def sitting_as_drawn(lot: Lot, list_: List) -> tuple[int, int]:
    """How many people were drawn, and how many of them sit on a list."""
    drawn = {row.pk for row in people_drawn(lot)}
    sitting = {p.seat.candidacy_id for p in places(list_) if p.seat is not None and p.is_live}
    return len(json.loads(lot.text).get("list", ())), len(drawn & sitting)


def lot_to_draw(list_: List) -> Lot | None:
    """The latest lot of a list, while it was not drawn. An earlier one that was not is replaced by it."""
    lot = list_.lots.order_by("-pk").first()
    return None if lot is None or lot.is_drawn else lot


def lot_drawn(list_: List) -> Lot | None:
    """The latest lot of a list that was drawn."""
    return list_.lots.filter(drawn_at__isnull=False).order_by("-pk").first()


def lots_of_round(list_: List) -> dict[str, int]:
    """How many lots were prepared and drawn for the lists of a call: whoever draws until it pleases is seen."""
    lots = Lot.objects.filter(list__call=list_.call_id)
    return {"prepared": lots.count(), "drawn": lots.filter(drawn_at__isnull=False).count()}


def lot_facts(list_: List) -> dict[str, int]:
    """What the entries of release and approval say of lots; nothing where the charter foresees none."""
    if not selection.methods_of(list_).fair_lot:
        return {}
    lot = lot_drawn(list_)
    people, sitting = (0, 0) if lot is None else sitting_as_drawn(lot, list_)
    return {**lots_of_round(list_), "people": people, "sitting": sitting}


def seats_drawn(list_: List, people: list[Candidacy]) -> list[Seat]:
    """Drawn people on seats: by name, the reserved ones first."""
    return seated(board(list_, ()), people)
