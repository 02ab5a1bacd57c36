"""A lot over the lawful lists of a charter that foresees one: its tickets, its draw, and what came of it.

People stand under handles drawn anew for each lot. A reader of the file can draw again from the tickets; which handle is
whose, and which rule makes two people alike, stands nowhere in it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hemicycle.candidacy.models import Candidacy
from hemicycle.instruments.selection import checker_fairest, checker_lot
from hemicycle.instruments.selection.certificate import lottery_certificate
from hemicycle.instruments.selection.draw import (
    Tickets,
    commitment,
    draw,
    draw_as_json,
    joined,
    tickets,
    tickets_as_json,
    tickets_of,
)
from hemicycle.instruments.selection.lottery import Lottery, fair_lottery
from hemicycle.instruments.selection.solver import within
from hemicycle.record.models import Entry
from hemicycle.record.sealing.boxes import Tampered
from hemicycle.record.sealing.keystore import Destroyed

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
    # People stand in an order drawn for this lot: that of the pool, by name, must not show through.
    drawn = problem.reordered(RANDOM.sample(range(len(problem.ids)), len(problem.ids)))
    handles = {name: f"P{number}" for number, name in enumerate(drawn.ids, 1)}
    with within(SECONDS):
        lottery = fair_lottery(replace(drawn, ids=tuple(handles.values())))
        if lottery is None:
            return None
        is_proved = _is_proved(lottery)
    chances = lottery.chances()
    return Prepared(tickets(lottery), handles, _decimal(min(chances)), _decimal(max(chances)), is_proved)


def _is_proved(lottery: Lottery) -> bool:
    said = lottery_certificate(lottery)
    return "levels" in said and checker_lot.lawful(said) and checker_fairest.fairest(said)


def _decimal(chance: Fraction) -> str:
    return str((Decimal(chance.numerator) / Decimal(chance.denominator)).quantize(FOUR_PLACES))


def half_of_seed() -> str:
    """A half of a seed: 128 bits that nobody has chosen."""
    return secrets.token_hex(16)


def handles_digest(half: str, handles: str) -> str:
    """What the entry that prepares a lot says of who stands under which handle; the first half hides it until the draw."""
    return hashlib.sha256(f"hemicycle handles of a lot\n{half}\n{handles}".encode()).hexdigest()


def is_as_recorded(lot: Lot) -> bool:
    """Whether tickets, first half and handles are those to which the entry that prepared the lot commits."""
    entries = Entry.objects.filter(matter=lot.list.reference, room="composition", act="prepare_lot")
    entry = entries.order_by("-number").first()
    if entry is None:
        return False
    try:
        found = {
            "digest": tickets_of(json.loads(lot.text)).digest,
            "commitment": commitment(lot.first),
            "handles": handles_digest(lot.first, lot.handles),
        }
        promised = json.loads(lot.handles)
    except (LookupError, ValueError, TypeError, Tampered, Destroyed):
        return False  # somebody wrote there, or an older copy was put back: it is no lot any more
    if any(entry.facts.get(name) != value for name, value in found.items()):
        return False
    rows = dict(lot.places.values_list("handle", "candidacy__reference"))
    gone = [reference for handle, reference in promised.items() if handle not in rows]
    stand = all(promised.get(handle) == reference for handle, reference in rows.items())
    return stand and not Candidacy.objects.filter(reference__in=gone).exists()


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


def lots_of(list_: List) -> list[Lot]:
    """The lots of a list and of those that it is a copy of, the oldest first: what was drawn stays beside what became of it."""
    names: list[int] = []
    source: List | None = list_
    while source is not None:
        names.append(source.pk)
        source = source.copied_from
    return list(Lot.objects.filter(list__in=names).order_by("pk"))


def lots_of_round(list_: List) -> dict[str, int]:
    """How many lots were prepared and drawn for the lists of a call: whoever draws until it pleases is seen."""
    lots = Lot.objects.filter(list__call=list_.call_id)
    return {"prepared": lots.count(), "drawn": lots.filter(drawn_at__isnull=False).count()}


def lot_facts(list_: List) -> dict[str, int]:
    """What the entries of release and approval say of lots; nothing where the charter foresees none."""
    if not selection.methods_of(list_).fair_lot:
        return {}
    drawn = [lot for lot in lots_of(list_) if lot.is_drawn]
    if not drawn:
        return lots_of_round(list_)
    people, sitting = sitting_as_drawn(drawn[-1], list_)
    return {**lots_of_round(list_), "people": people, "sitting": sitting}


def seats_drawn(list_: List, lot: Lot) -> list[Seat]:
    """Who was drawn and may still be proposed, on seats: by name, the reserved ones first."""
    empty = board(list_, ())
    open_ = set(empty.whole.ids)
    return seated(empty, [row for row in people_drawn(lot) if row.reference in open_])
