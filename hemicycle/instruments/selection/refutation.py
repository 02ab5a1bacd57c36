"""Proofs that there is no list: branch and bound over types of people, with exact multipliers at the leaves.

Each leaf holds multipliers of the rows (Farkas, Theorie der einfachen Ungleichungen, 1902) from the duals of the linear
programme that minimises the total violation, rounded to fractions and checked exactly before they are handed out.
`checker.py` checks the whole again without any of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import checker
from .claims import System, system
from .problem import Row
from .solver import Model

Floats = NDArray[np.float64]
NODES = 2_000  # a tree that would be larger is given up: the result is then claimed by the solver, not proved
DEPTH = 250  # branches above each other, so that a tree fits every reader of JSON
SMALL = 1e-9
ROUND = (1, 2, 12, 60, 2_520, 10_000, 1_000_000)  # greatest denominators of multipliers, tried in this order


@dataclass(frozen=True)
class Bound:
    """Between `least` and `most` of `who` sit. With prices (a place), the row may be relaxed below or above."""

    who: tuple[int, ...]
    least: int
    most: int
    lower: Fraction | None = None
    higher: Fraction | None = None


@dataclass(frozen=True)
class Claim:
    """That no `seats` of `people` meet all rows, or, with prices, not for less than `below`.

    `known`: but for relaxations that go at least as far as one of these, each (place of a row, lowered, raised).
    """

    people: int
    seats: int
    rows: tuple[Bound, ...]
    below: Fraction | None = None
    known: tuple[tuple[tuple[int, int, int], ...], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What `claims.system` reads."""
        rows = [
            {"who": list(row.who), "least": row.least, "most": row.most}
            | ({} if row.lower is None else {"lower": str(row.lower)})
            | ({} if row.higher is None else {"raise": str(row.higher)})
            for row in self.rows
        ]
        below = {} if self.below is None else {"below": str(self.below)}
        known = {"known": [[list(part) for part in one] for one in self.known]} if self.known else {}
        return {"people": self.people, "seats": self.seats, "rows": rows, **below, **known}


@dataclass(frozen=True)
class Refutation:
    """A claim and the tree that proves it; `used` are the places of its rows among those that were asked about."""

    claim: Claim
    tree: dict[str, Any]
    used: tuple[int, ...]

    def holds(self) -> bool:
        """Checked again, in exact arithmetic and without a solver."""
        return checker.refuted(system(self.claim.as_json()), self.tree)

    def as_json(self) -> dict[str, Any]:
        return {"claim": self.claim.as_json(), "tree": self.tree}

    @cached_property
    def leaves(self) -> int:
        count, todo = 0, [self.tree]
        while todo:
            node = todo.pop()
            count += "leaf" in node
            todo += [node[side] for side in ("less", "more") if side in node]
        return count


def bounds_of(rows: Iterable[Row]) -> tuple[Bound, ...]:
    return tuple(Bound(row.who, row.least, row.most) for row in rows)


def refute(claim: Claim, *, nodes: int = NODES) -> Refutation | None:
    """A proof on as few rows as it takes; None when the claim is false, or the tree would grow beyond `nodes`."""
    best: Refutation | None = None
    used = tuple(range(len(claim.rows)))
    while True:
        asked = replace(claim, rows=tuple(claim.rows[place] for place in used))
        tree = _Grower(system(asked.as_json()), nodes).tree()
        if tree is None:  # on the first try: no proof; later: the fewer rows take a larger tree than allowed
            return best
        kept = _rows_of(tree, len(asked.rows))
        proof = Refutation(asked, tree, used)
        if not proof.holds():
            return best
        best = proof
        if len(kept) == len(used):
            return best
        used = tuple(used[place] for place in kept)


def refute_all_but_known(claim: Claim, *, nodes: int = NODES) -> Refutation | None:
    """A proof that what a claim knows is all there is; None when there is more, or the tree would grow beyond `nodes`."""
    tree = _Grower(system(claim.as_json()), nodes).tree()
    proof = None if tree is None else Refutation(claim, tree, tuple(range(len(claim.rows))))
    return proof if proof is not None and proof.holds() else None


def refute_system(counts: System, *, nodes: int = NODES) -> dict[str, Any] | None:
    """The tree of a system that was put together by hand; None when it has a solution, or the tree would grow too large.

    Its last row asks for a little more than can be had. Branches are taken where the most of it can be had in fractions:
    a point that only just has enough may be as good as whole.
    """
    grower = _Grower(counts, nodes)
    grower.aim_at(counts.rows[-1][0])
    tree = grower.tree()
    return tree if tree is not None and checker.refuted(counts, tree) else None


def _rows_of(tree: dict[str, Any], rows: int) -> list[int]:
    """Which rows of a claim the leaves of a tree make use of."""
    found: set[int] = set()
    todo = [tree]
    while todo:
        node = todo.pop()
        found |= {number // 2 - 1 for number, _ in node.get("leaf", ())}
        todo += [node[side] for side in ("less", "more") if side in node]
    return sorted(place for place in found if 0 <= place < rows)


class _Grower:
    """One linear programme (total violation of the rows, to be minimised) kept warm, in boxes that get smaller."""

    def __init__(self, counts: System, nodes: int) -> None:
        self.counts, self.most, self.rows = counts, counts.most, counts.rows
        self.left = nodes
        self.aim: Floats | None = None
        # Rows that no count can break are left out: most maxima are so large that they never bind.
        self.numbers = [
            number
            for number, (terms, bound) in enumerate(self.rows)
            if bound > sum(value * self.most[column] for column, value in terms.items() if value < 0)
        ]
        self.columns = len(self.most)
        matrix = np.zeros((len(self.numbers), self.columns + len(self.numbers)))
        asked = np.zeros(len(self.numbers))
        for place, number in enumerate(self.numbers):
            terms, bound = self.rows[number]
            matrix[place, list(terms)] = [float(value) for value in terms.values()]
            # A step of prices can be so small that no float sees it; the exact check uses the true bound.
            asked[place] = float(bound)
        matrix[:, self.columns :] = np.eye(len(self.numbers))
        self.slack = np.full(len(self.numbers), np.inf)
        cost = np.append(np.zeros(self.columns), np.ones(len(self.numbers)))
        self.model = Model(cost, matrix, asked, np.inf, 0.0, np.append(self.most, self.slack))

    def aim_at(self, terms: Mapping[int, Any]) -> None:
        """Of the points without violation take one where the sum of these terms is greatest."""
        self.aim = np.zeros(self.columns)
        self.aim[list(terms)] = [float(value) for value in terms.values()]

    def tree(self) -> dict[str, Any] | None:
        return self._grow({}, {}, 0)

    def _furthest(self, lower: Floats, upper: Floats, x: Floats) -> Floats:
        if self.aim is None:
            return x
        none = np.zeros(len(self.numbers))
        self.model.bounds(np.append(lower, none), np.append(upper, none))
        self.model.cost(np.append(-self.aim, none))
        found = self.model.solve()
        self.model.cost(np.append(np.zeros(self.columns), np.ones(len(self.numbers))))
        return x if found is None else found.x[: self.columns]

    def _grow(self, low: dict[int, int], high: dict[int, int], depth: int) -> dict[str, Any] | None:
        self.left -= 1
        if self.left < 0 or depth > DEPTH:
            return None
        if checker.is_empty(self.counts, (low, high)):
            return {"leaf": []}
        for number, known in enumerate(self.counts.known):
            if all(low.get(column, 0) >= by for column, by in known.items()):
                return {"known": number}
        lower, upper = np.zeros(self.columns), np.array(self.most, dtype=np.float64)
        lower[list(low)], upper[list(high)] = list(low.values()), list(high.values())
        self.model.bounds(np.append(lower, np.zeros(len(self.numbers))), np.append(upper, self.slack))
        found = self.model.solve()
        if found is None:
            raise ArithmeticError("a programme that always has a solution has none")
        if found.value > SMALL:
            leaf = self._leaf(found.row_dual, low, high)
            if leaf is not None:
                return {"leaf": leaf}
        branch = self._towards_known(low, high) or self._branch(lower, upper, found.x[: self.columns])
        if branch is None:
            return None
        column, at = branch
        less = self._grow(low, {**high, column: at}, depth + 1)
        if less is None:
            return None
        more = self._grow({**low, column: at + 1}, high, depth + 1)
        return None if more is None else {"on": column, "at": at, "less": less, "more": more}

    def _towards_known(self, low: dict[int, int], high: dict[int, int]) -> tuple[int, int] | None:
        """A branch to the first of what is known that the box holds, so that it stands alone; None when it holds none."""
        for known in self.counts.known:
            if all(high.get(column, by) >= by for column, by in known.items()):
                return next((column, by - 1) for column, by in known.items() if low.get(column, 0) < by)
        return None

    def _branch(self, lower: Floats, upper: Floats, x: Floats) -> tuple[int, int] | None:
        """The count that is furthest from whole. None when all are: the claim is false, or the floats cannot tell."""
        x = self._furthest(lower, upper, x)
        off = np.abs(x - np.rint(x))
        column = int(np.argmax(off))
        return (column, int(np.floor(x[column]))) if off[column] > 1e-6 else None

    def _leaf(self, duals: Floats, low: dict[int, int], high: dict[int, int]) -> list[list[Any]] | None:
        """The duals as fractions that contradict each other exactly within the box, or None."""
        for size in ROUND:
            rounded = [Fraction(max(0.0, float(dual))).limit_denominator(size) for dual in duals]
            leaf = [
                [number, str(times)] for number, times in zip(self.numbers, rounded, strict=True) if times
            ]
            if checker.contradicts(self.counts, leaf, (low, high)):
                return leaf
        return None
