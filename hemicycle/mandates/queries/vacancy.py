"""A vacant seat: what the departure breaks, and which names of the succession list mend it, in order (8.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hemicycle.candidacy.models import Candidacy
from hemicycle.composition import queries as lists
from hemicycle.composition.models import List, Seat, Successor
from hemicycle.composition.procedure import AcceptanceState
from hemicycle.rules.findings import Finding

from .seats import SeatState, judge, keeps, line


def places_now(list_: List, seats: Sequence[SeatState]) -> list[lists.Place]:
    """The list as it is sat on now: who sits, suspended too, on which kind of seat. A file that was erased is not on it;
    of whom it was, no rule can be asked any more. Whoever sits counts, whatever became of the acceptance: the seat rests on
    the mandate now."""
    taken = [
        Seat(list=list_, number=seat.number, candidacy=seat.mandate.candidacy, reserved=seat.reserved)
        for seat in seats
        if seat.is_occupied and seat.mandate is not None and seat.mandate.candidacy is not None
    ]
    return [replace(place, is_withdrawn=False) for place in lists.places(list_, taken=taken)]


def kept_by(
    list_: List, seats: Sequence[SeatState], people: Iterable[Candidacy]
) -> dict[int, Finding | None]:
    """For each person: None, or the limit that the list would break with him or her."""
    if not lists.limits_of(list_):
        return dict.fromkeys((row.pk for row in people), None)
    return lists.keeping(list_, places_now(list_, seats), people)


def broken_now(list_: List, seats: list[SeatState]) -> list[Finding]:
    """What of the rules does not hold as the seats stand, by number and article: the reserve first."""
    charter = lists.charter_of(list_)
    result = judge(list_, seats)
    found = [] if result.met else [lists.reserve_short(charter, result)]
    if not lists.limits_of(list_, charter):
        return found
    rows = places_now(list_, seats)
    return found + [
        one.finding
        for one in lists.verdicts(list_, rows, charter)
        if one.code != lists.RESERVE and one.is_broken
    ]


def order_for(list_: List, seat: SeatState, seats: list[SeatState]) -> list[Successor]:
    """Who may take a vacant seat, first to last, without breaking the reserve or a limit of the list (8.5).

    The order of the reserve is for reserved seats, the other for the others. Where the reserve is met without a
    reserved seat, the general order follows that of the reserve; where it is short, only the reserve's counts.
    """
    ranked = line(list_)
    limits = kept_by(list_, seats, [row.candidacy for row in ranked])
    ranked = [row for row in ranked if limits[row.candidacy_id] is None]
    reserve = [row for row in ranked if row.for_reserve]
    general = [row for row in ranked if not row.for_reserve]
    if not seat.reserved:
        return general if keeps(list_, seats, seat.number, reserved=False) else reserve
    return [*reserve, *general] if keeps(list_, seats, seat.number, reserved=False) else reserve


def next_in_line(list_: List, seat: SeatState, seats: list[SeatState]) -> tuple[Successor | None, bool, str]:
    """The first who has not said no, whether for the reserve, and the answer: accepted, asked, or empty (not asked).

    A fixed number of queries, whatever the length of the line.
    """
    refused = (AcceptanceState.DECLINED, AcceptanceState.WITHDRAWN, AcceptanceState.LAPSED)
    rows = order_for(list_, seat, seats)
    found = lists.answers(list_.session, [row.candidacy_id for row in rows])
    # Who stands in the order of the reserve sits for it on a reserved seat, and where the reserve needs the seat.
    for_reserve = seat.reserved or not keeps(list_, seats, seat.number, reserved=False)
    for row in rows:
        reserved = row.for_reserve and for_reserve
        answer = lists.answer(found, row.candidacy_id, reserved)
        if answer not in refused:
            return row, reserved, answer
    return None, False, ""


@dataclass(frozen=True)
class InLine:
    """One name of the succession list, for one vacant seat. `reason`: why the person may not take it; None: may."""

    successor: Successor
    is_first: bool
    reason: Finding | None
    keeps_reserve: bool

    @property
    def may(self) -> bool:
        return self.reason is None and self.keeps_reserve


def names_for(list_: List, seat: SeatState, seats: list[SeatState], first: Successor | None) -> list[InLine]:
    """Everybody in line, those first who may take the seat, in their order; then the others with the reason."""
    ranked = line(list_)
    may = [row.pk for row in order_for(list_, seat, seats)]
    reasons = kept_by(list_, seats, [row.candidacy for row in ranked])
    found = [
        InLine(row, first is not None and row.pk == first.pk, reasons[row.candidacy_id],
               row.pk in may or reasons[row.candidacy_id] is not None)
        for row in ranked
    ]  # fmt: skip
    return sorted(found, key=lambda one: may.index(one.successor.pk) if one.successor.pk in may else len(may))
