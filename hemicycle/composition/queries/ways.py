"""Ways to finish or to mend a list, lists that differ, and why none is possible. Nothing here is written anywhere.

The instrument knows people and rules; here its answers become seats: who stays keeps the number, and seats are marked as
reserved until the reserve is met.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop as N_

from hemicycle.candidacy.models import Candidacy
from hemicycle.instruments.selection.alternatives import alternatives
from hemicycle.instruments.selection.check import check
from hemicycle.instruments.selection.completion import complete, nearest, repair
from hemicycle.instruments.selection.conflict import conflict
from hemicycle.instruments.selection.problem import Problem, Row
from hemicycle.instruments.selection.relaxation import Relaxation, relaxations
from hemicycle.instruments.selection.rule import Rule
from hemicycle.rules.findings import Finding

from ..models import Seat
from . import selection
from .board import Board, margins, named, reference_of, reserve_short
from .seats import Place, places

HOW_MANY = 3
SEATED = "seated"  # everybody who sits stays: a rule of the question, not of the charter
RELAXED = 5  # the cheapest changes that the page names


@dataclass(frozen=True)
class Way:
    """A full list that keeps every rule. `places` in order; `joins` and `leaves` beside the list as it stands, by name;
    `counts[i]` people of rule i of the problem sit, `more[i]` than as it stands. `method`, `proofs`: of a choice by
    endorsements."""

    places: Sequence[Place]
    joins: Sequence[Place]
    leaves: Sequence[Place]
    counts: Sequence[int]
    more: Sequence[int]
    method: Finding | None = None
    proofs: Sequence[Finding] = ()


@dataclass(frozen=True)
class Ways:
    """What a button found: the ways, and the rules by which they are compared. `from_nothing`: nobody was taken as given."""

    ways: Sequence[Way]
    rules: Sequence[Finding]
    from_nothing: bool = False


@dataclass(frozen=True)
class Explanation:
    """Why there is no list: rules that cannot be kept together, and the cheapest changes, each a choice of its own.

    `has_more`: there are others of the same price; `is_complete`: it is proved that there are none. `with_seated`: with the people who sit now; without them there is one. `statutory`: only rules that are never relaxed
    contradict each other. Without `rules` and without `too_few` a list is possible.
    """

    rules: Sequence[Finding] = ()
    changes: Sequence[Sequence[Finding]] = ()
    has_more: bool = False
    is_complete: bool = False
    with_seated: bool = False
    statutory: bool = False
    too_few: Finding | None = None


def finished(board: Board) -> Ways:
    """Up to three lists that hold everybody who sits."""
    problem = board.whole
    if len(problem.ids) < problem.seats:
        return Ways((), ())
    return ways_of(board, complete(problem, board.members(problem), how_many=HOW_MANY))


def mended(board: Board) -> Ways:
    """The lawful list with the fewest exchanges, from the succession list first."""
    problem = board.whole
    members = board.members(problem)
    if len(problem.ids) < problem.seats:
        return Ways((), ())
    line = _in_line(board, problem)
    found = repair(problem, members, (), line) if line else nearest(problem, members)
    return ways_of(board, [] if found is None else [found.members])


def different(board: Board) -> Ways:
    """Up to three lists as unlike each other as can be: with everybody who sits while seats are free and that is
    possible, else from nothing."""
    problem = board.whole
    if len(problem.ids) < problem.seats:
        return Ways((), ())
    members = board.members(problem)
    found = alternatives(problem, HOW_MANY, members) if len(members) < problem.seats else []
    from_nothing = not found
    if from_nothing:
        found = alternatives(problem, HOW_MANY)
    return replace(ways_of(board, [one.members for one in found]), from_nothing=from_nothing)


def explained(board: Board) -> Explanation:
    """Asked of the rules alone first, then with the people who sit now."""
    problem = board.whole
    if len(problem.ids) < problem.seats:
        params = {"people": len(problem.ids), "seats": problem.seats}
        return Explanation(too_few=Finding(N_("There are %(people)s people for %(seats)s seats."), params))
    found = _explained(board, problem, problem)
    if found is None:
        members = board.members(problem)
        held = Rule(
            SEATED,
            people=frozenset(problem.ids[one] for one in members) or frozenset({""}),
            is_statutory=True,
        )
        row = Row(held, tuple(members), len(members), len(members))
        asked = Problem(problem.ids, problem.seats, (*problem.rows, row))
        found = _explained(board, problem, asked, with_seated=True)
    return found or Explanation()


def _explained(
    board: Board, problem: Problem, asked: Problem, *, with_seated: bool = False
) -> Explanation | None:
    """The rows of `asked` are those of `problem` and perhaps one more, that everybody who sits stays."""
    found = conflict(asked)
    if found is None:
        return None
    rows = [row for row in found.parts if row.rule.name != SEATED]
    relaxed = relaxations(asked, limit=RELAXED)
    return Explanation(
        tuple(margins(row, board) for row in rows),
        tuple(_changes(board, problem, one) for one in relaxed.listed),
        relaxed.has_more,
        relaxed.completeness is not None,
        with_seated,
        relaxed.blocked is not None,
    )


def _changes(board: Board, problem: Problem, relaxation: Relaxation) -> list[Finding]:
    said = []
    for change in relaxation.changes:
        row = problem.rows[change.row]
        name = named(row, board)
        if change.lowered:
            params = {"rule": name, "now": row.least, "then": row.least - change.lowered}
            said.append(Finding(N_("%(rule)s: at least %(then)s instead of %(now)s"), params))
        if change.raised:
            params = {"rule": name, "now": row.most, "then": row.most + change.raised}
            said.append(Finding(N_("%(rule)s: at most %(then)s instead of %(now)s"), params))
    return said


def _in_line(board: Board, problem: Problem) -> list[int]:
    """The succession list, its order for the reserve first where the reserve is short."""
    position = {name: place for place, name in enumerate(problem.ids)}
    rows = list(board.list_.successors.select_related("candidacy"))
    rows.sort(key=lambda row: (row.for_reserve is not reserve_short(board), row.rank))
    return [position[row.candidacy.reference] for row in rows if row.candidacy.reference in position]


def ways_of(
    board: Board, found: Sequence[Sequence[int]], told_of: Sequence[tuple[Finding, Sequence[Finding]]] = ()
) -> Ways:
    """Lists, as positions in the problem of a board, as ways. `told_of`: of each its method and what it proves."""
    problem = board.whole
    # A line for each organisation would drown the others: what can bind here is told.
    told = [number for number, row in enumerate(problem.rows) if _binds(row, problem)]
    now = check(problem, board.members(problem))
    _, by_id = board.declared
    ways = []
    for number, members in enumerate(found):
        placed = places(
            board.list_, board.charter, seated(board, [by_id[problem.ids[one]] for one in members])
        )
        before, after = {reference_of(p) for p in board.live}, {reference_of(p) for p in placed}
        counts = [one.count for one in check(problem, members)]
        ways.append(
            Way(
                placed,
                [place for place in placed if place.is_live and reference_of(place) not in before],
                [place for place in board.live if reference_of(place) not in after],
                [counts[row] for row in told],
                [counts[row] - now[row].count for row in told],
                *(told_of[number] if told_of else ()),
            )
        )
    return Ways(ways, [margins(problem.rows[number], board) for number in told])


def _binds(row: Row, problem: Problem) -> bool:
    return row.least > 0 or row.most < min(len(row.who), problem.seats)


def seated(board: Board, people: Sequence[Candidacy]) -> list[Seat]:
    """People as seats: who sits keeps the number, the others come by name onto the free ones, onto the reserved first if
    they may take one. Seats are then marked as reserved, by number, until the reserve is met."""
    may = {row.rule.name: row for row in board.whole.rows}.get(selection.RESERVE)
    ids = board.whole.ids
    can = {ids[place] for place in may.who} if may is not None else set()
    wanted = {row.reference: row for row in people}
    kept = {p.number: p for p in board.live if reference_of(p) in wanted}
    marks = {p.number: p.reserved for p in board.places}
    taken = {number: wanted.pop(reference_of(place)) for number, place in kept.items()}
    free = [place.number for place in board.places if place.number not in taken]
    free.sort(key=lambda number: (not marks[number], number))
    for row in sorted(
        wanted.values(), key=lambda row: (row.reference not in can, row.person.shown_name.casefold())
    ):
        taken[free.pop(0)] = row
    reserved = {number for number, row in taken.items() if marks[number] and row.reference in can}
    missing = (may.least if may is not None else 0) - len(reserved)
    # Newcomers first, so that who sits keeps the kind of seat that he or she accepted.
    open_ = [n for n, row in taken.items() if n not in reserved and row.reference in can]
    open_.sort(key=lambda number: (number in kept, number))
    reserved.update(open_[: max(0, missing)])
    return [
        Seat(list=board.list_, number=number, candidacy=row, reserved=number in reserved)
        for number, row in sorted(taken.items())
    ]
