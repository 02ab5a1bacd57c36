"""The cheapest ways to relax rules that cannot be met together: all of them, each with a list, and the proof of the price.

Lowering a minimum m by one place costs 1 + 2/m, raising a maximum by one costs 1 (the weights of sortition-algorithms,
Sortition Foundation); statutory rules are never relaxed. Which of the cheapest is taken is no question of arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, lcm

import numpy as np

from .conflict import Conflict, conflict
from .problem import Problem
from .refutation import Bound, Claim, Refutation, refute, refute_all_but_known
from .search import QUICK, Ints, Search
from .solver import Model

LISTED = 50
SPARE = 1e-6  # by so much may a sum of prices in floating point exceed the cheapest; the exact sum decides


@dataclass(frozen=True)
class Change:
    """The minimum of rule `row` of a problem lowered by `lowered`, or its maximum raised by `raised`."""

    row: int
    lowered: int
    raised: int


@dataclass(frozen=True)
class Relaxation:
    """Changes (ascending by rule), their price, and a list (positions) that meets the rules as changed."""

    changes: tuple[Change, ...]
    cost: Fraction
    witness: tuple[int, ...]


@dataclass(frozen=True)
class Relaxations:
    """All the cheapest relaxations, first those that touch the fewest rules, then by the order of the rules.

    `proof`: nothing is cheaper; None where nothing could be (a price of 0) or where it is claimed by the solver, not
    proved. `has_more`: there are others of the same price. `completeness`: nothing else is as cheap; None where there is
    more, where nothing is asked for, or where it is claimed and not proved. `blocked` is the conflict that no relaxation resolves, between
    statutory rules; nothing is listed then and there is no price.
    """

    problem: Problem
    cost: Fraction | None
    listed: tuple[Relaxation, ...]
    has_more: bool
    proof: Refutation | None
    completeness: Refutation | None = None
    blocked: Conflict | None = None

    def sentences(self, relaxation: Relaxation) -> list[str]:
        """One per change: `gender = f: at least 7 instead of 8.`"""
        said = []
        for change in relaxation.changes:
            row = self.problem.rows[change.row]
            if change.lowered:
                text = f"at least {row.least - change.lowered} instead of {row.least}"
            else:
                text = f"at most {row.most + change.raised} instead of {row.most}"
            said.append(f"{row.rule.name}: {text}.")
        return said


def price_of_lowering(least: int) -> Fraction:
    return 1 + Fraction(2, least)


PRICE_OF_RAISING = Fraction(1)


@dataclass(frozen=True)
class _Side:
    """One side of a rule that may be relaxed, by at most `room` places at `price` each. `sign`: +1 lowers, -1 raises."""

    row: int
    sign: int
    room: int
    price: Fraction


def relaxations(problem: Problem, *, limit: int = LISTED) -> Relaxations:
    """Every cheapest relaxation, up to `limit`. A minimum can fall to 0, a maximum rise to the number of seats."""
    statutory = Problem(
        problem.ids, problem.seats, tuple(row for row in problem.rows if row.rule.is_statutory)
    )
    blocked = conflict(statutory)
    if blocked is not None:
        return Relaxations(problem, None, (), False, None, blocked=blocked)
    search = Search(problem)
    cheapest = _cheapest(problem, search)
    if cheapest.cost == 0:
        return Relaxations(problem, cheapest.cost, (cheapest,), False, None)
    proof = refute(_claim(problem, search, cheapest.cost))
    found = _all(problem, search, cheapest.cost, limit + 1)
    found.sort(
        key=lambda one: (
            len(one.changes),
            [(change.row, change.lowered, change.raised) for change in one.changes],
        )
    )
    has_more = len(found) > limit
    completeness = None if has_more else refute_all_but_known(_claim(problem, search, cheapest.cost, found))
    return Relaxations(problem, cheapest.cost, tuple(found[:limit]), has_more, proof, completeness)


def _sides(problem: Problem, search: Search) -> list[_Side]:
    """What may be relaxed of the active rows. A row that is not active is met at no price, so it costs nothing to keep."""
    sides = []
    for number in np.flatnonzero(search.is_active):
        row = problem.rows[number]
        if row.rule.is_statutory:
            continue
        if row.least:
            sides.append(_Side(int(number), 1, row.least, price_of_lowering(row.least)))
        if row.most < problem.seats:
            sides.append(_Side(int(number), -1, problem.seats - row.most, PRICE_OF_RAISING))
    return sides


def _changed(problem: Problem, sides: Sequence[_Side], amounts: Ints, witness: Sequence[int]) -> Relaxation:
    pairs = [(side, int(amount)) for side, amount in zip(sides, amounts, strict=True) if amount]
    changes = [
        Change(side.row, amount if side.sign > 0 else 0, amount if side.sign < 0 else 0)
        for side, amount in pairs
    ]
    cost = sum((side.price * amount for side, amount in pairs), Fraction(0))
    return Relaxation(tuple(sorted(changes, key=lambda one: one.row)), cost, tuple(witness))


def _relaxed(problem: Problem, search: Search, changes: Sequence[Change]) -> Search:
    """A search for a list under changed rules."""
    other = Search(problem)
    other.is_active = search.is_active.copy()
    for change in changes:
        other.least[change.row] -= change.lowered
        other.most[change.row] += change.raised
    return other


def _witness(
    problem: Problem, search: Search, changes: Sequence[Change], first: list[int]
) -> list[int] | None:
    """A list under changed rules: `first` if it will do. None when there is none; its rows are then active in search."""
    relaxed = _relaxed(problem, search, changes)
    if not relaxed.broken_by(first).any():
        return sorted(first)
    members = relaxed.best()
    if members is None:
        search.is_active |= relaxed.is_active
    return members


def _cheapest(problem: Problem, search: Search) -> Relaxation:
    """One cheapest relaxation. The price of the active rows alone is a lower bound; a list that meets all reaches it."""
    while True:
        sides, merged = _sides(problem, search), search.merged()
        types, rows = len(merged.size), np.flatnonzero(search.is_active)
        matrix = np.zeros((len(rows) + 1, types + len(sides)))
        matrix[:-1, :types], matrix[-1, :types] = merged.matrix, 1.0
        for column, side in enumerate(sides):
            matrix[np.searchsorted(rows, side.row), types + column] = side.sign
        model = Model(
            np.array([0.0] * types + [float(side.price) for side in sides]),
            matrix,
            np.append(search.least[rows], search.seats),
            np.append(search.most[rows], search.seats),
            0.0,
            np.append(merged.size, [side.room for side in sides]),
            whole=True,
        )
        model.set(**QUICK)
        found = model.solve()
        if found is None:
            # Statutory rules that are active by now meet; there is a relaxation to everything else.
            raise ArithmeticError("rules without limits cannot be met, says the solver")
        amounts = found.whole[types:]
        first = search.pick(merged, found.whole[:types])
        draft = _changed(problem, sides, amounts, first)
        members = _witness(problem, search, draft.changes, first)
        if members is not None:
            return Relaxation(draft.changes, draft.cost, tuple(members))


def _claim(problem: Problem, search: Search, cost: Fraction, known: Sequence[Relaxation] = ()) -> Claim:
    """That the active rows cannot be relaxed for less than `cost`; with `known`, for no more than `cost` but so.

    What is known costs that much exactly: whoever goes at least as far for no more goes just as far.
    """
    rows = []
    for number in np.flatnonzero(search.is_active):
        row = problem.rows[number]
        is_fixed = row.rule.is_statutory
        lower = None if is_fixed or not row.least else price_of_lowering(row.least)
        higher = None if is_fixed or row.most >= problem.seats else PRICE_OF_RAISING
        rows.append(Bound(row.who, row.least, row.most, lower, higher))
    below = cost
    if known:  # the next price that any changes could add up to
        prices = [price for row in rows for price in (row.lower, row.higher) if price is not None]
        below += Fraction(1, lcm(cost.denominator, *(price.denominator for price in prices)))
    place = {int(number): place for place, number in enumerate(np.flatnonzero(search.is_active))}
    parts = tuple(
        tuple((place[change.row], change.lowered, change.raised) for change in one.changes) for one in known
    )
    return Claim(len(problem.ids), problem.seats, tuple(rows), below, parts)


def _all(problem: Problem, search: Search, cost: Fraction, limit: int) -> list[Relaxation]:
    """Every relaxation of exactly this cost, fewest rules first, up to `limit`; each that is found is then forbidden.

    No rule that is not active occurs: without its change the active rows would be met for less than the cheapest. Amounts
    are written in ones (column k: at least k places), so that one row forbids one relaxation: two of the same, least price
    never contain each other. Rules that keep out what the active ones alone would let in are active afterwards: a proof
    that there are no others needs them.
    """
    merged = search.merged()
    sides = [side for side in _sides(problem, search) if side.price <= cost]
    ones = [
        (place, k)
        for place, side in enumerate(sides)
        for k in range(1, min(side.room, floor(cost / side.price)) + 1)
    ]
    column_of = {one: len(merged.size) + column for column, one in enumerate(ones)}
    model = _model_of_ones(search, sides, ones, cost)
    model.set(**QUICK)
    found: list[Relaxation] = []
    needed = search.is_active.copy()
    while len(found) < limit:
        solution = model.solve()
        if solution is None:
            break
        counts, is_on = solution.whole[: len(merged.size)], solution.whole[len(merged.size) :]
        amounts = np.zeros(len(sides), dtype=np.int64)
        for (place, _), on in zip(ones, is_on, strict=True):
            amounts[place] += on
        first = search.pick(merged, counts)
        draft = _changed(problem, sides, amounts, first)
        if draft.cost < cost:
            raise ArithmeticError("the cheapest relaxation was not the cheapest")
        if draft.cost == cost:
            relaxed = _relaxed(problem, search, draft.changes)
            members = sorted(first) if not relaxed.broken_by(first).any() else relaxed.best()
            if members is not None:
                found.append(Relaxation(draft.changes, draft.cost, tuple(members)))
            else:
                needed |= relaxed.is_active
        columns = [column_of[place, int(amount)] for place, amount in enumerate(amounts) if amount]
        model.add_row(-np.inf, len(columns) - 1, columns, [1.0] * len(columns))
    search.is_active = needed
    return found


def _model_of_ones(
    search: Search, sides: Sequence[_Side], ones: Sequence[tuple[int, int]], cost: Fraction
) -> Model:
    """Rows: the active rules, the seats, the price; then no place before the one below it. Fewest rules are touched."""
    merged, rows = search.merged(), np.flatnonzero(search.is_active)
    types = len(merged.size)
    later = [(column, k) for column, (_, k) in enumerate(ones) if k > 1]
    matrix = np.zeros((len(rows) + 2 + len(later), types + len(ones)))
    matrix[: len(rows), :types], matrix[len(rows), :types] = merged.matrix, 1.0
    for column, (place, _) in enumerate(ones, types):
        matrix[np.searchsorted(rows, sides[place].row), column] = sides[place].sign
        matrix[len(rows) + 1, column] = float(sides[place].price)
    for number, (column, _) in enumerate(later, len(rows) + 2):
        matrix[number, types + column], matrix[number, types + column - 1] = -1.0, 1.0
    return Model(
        np.array([0.0] * types + [float(k == 1) for _, k in ones]),
        matrix,
        np.concatenate([search.least[rows], [search.seats, -np.inf], np.zeros(len(later))]),
        np.concatenate([search.most[rows], [search.seats, float(cost) + SPARE], np.full(len(later), np.inf)]),
        0.0,
        np.append(merged.size, np.ones(len(ones))),
        whole=True,
    )
