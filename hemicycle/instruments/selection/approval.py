"""Exact PAV under the rules of a list: the lawful list with the greatest score, proved, and what the rules cost.

PAV (Thiele 1895): each voter scores 1 + 1/2 + ... + 1/s for s members whom she endorses. A branch and bound over linear
programs; every branch that is given up is given up by a bound in whole numbers (`bound.py`), so that the proof can be
checked again without a solver (`is_proved`).
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from .bound import Multipliers, Relaxation, bound, harmonic, lifted, restricted
from .check import is_lawful
from .endorsements import Endorsements, Ints
from .guard import NoLawfulList
from .problem import Problem, Row
from .sequential import sequential_pav
from .solver import OutOfTime
from .swaps import improved

FEW = 60  # people with whom the first program begins, and by whom it grows


@dataclass(frozen=True, eq=False)
class Leaf:
    """No list of this branch scores more than the one found: by these multipliers, or (None) there is but one list."""

    by: Multipliers | None


@dataclass(frozen=True, eq=False)
class Branch:
    """Either `candidate` sits or not."""

    candidate: int
    seated: Branch | Leaf
    unseated: Branch | Leaf


@dataclass(frozen=True, eq=False)
class Proof:
    """`root` settles who of all sits in every list above `floor` (not above the score) and who in none; `tree` speaks of
    the rest, by their place among those who are not out, over the ballots cut down to them."""

    root: Multipliers
    floor: Fraction
    tree: Branch | Leaf


@dataclass(frozen=True, eq=False)
class Best:
    """`members` ascending, `score` exact. `bound`: no lawful list scores more (exact, not below the score); the list is
    proved the best when they are equal. `free_score`: the greatest score without rules (or its bound); None: no rules.
    """

    members: tuple[int, ...]
    score: Fraction
    bound: Fraction
    free_score: Fraction | None
    branches: int
    proof: Proof | None

    @property
    def gap(self) -> Fraction:
        return self.bound - self.score

    @property
    def is_proved(self) -> bool:
        return self.gap == 0

    @property
    def price(self) -> Fraction | None:
        """The share of the score that the rules cost."""
        return 1 - self.score / self.free_score if self.free_score else None


def pav_score(given: Endorsements, members: Collection[int]) -> Fraction:
    """The exact score of any list."""
    counts = np.zeros(len(members) + 1, dtype=np.int64)
    np.add.at(counts, given.seated(members), given.weights)
    scores = harmonic(len(members))
    return sum((s * many for s, many in zip(scores, counts.tolist(), strict=True)), Fraction(0))


def pav(
    given: Endorsements, seats: int, problem: Problem | None = None, *, seconds: float | None = None
) -> Best:
    """The list with the greatest PAV score among the lawful ones. Which one of several equal ones is the solver's choice.

    After about `seconds` (for the rules, and again without them) the best list so far comes with its bound. So it does,
    with a gap far below any difference of scores that matters, where floating point gives duals that are not good enough
    for the last step, as with more than 20 seats. Raises NoLawfulList, and OutOfTime when not even the first bound was
    found.
    """
    start = improved(given, sequential_pav(given, seats, problem).members, problem)
    rows = _binding(problem)
    free = pav(given, seats, seconds=seconds) if problem is not None and rows else None
    search = _Search(given, seats, rows, problem, start, seconds)
    proof = search.run()
    score = Fraction(search.best, search.unit)
    return Best(
        tuple(sorted(search.members)),
        score,
        max(score, Fraction(search.open, search.unit)),
        None if free is None else free.bound,
        search.branches,
        proof,
    )


def _binding(problem: Problem | None) -> tuple[Row, ...]:
    if problem is None:
        return ()
    return tuple(problem.rows[number] for number in problem.types.row_numbers.tolist())


def _floored(value: int, by: Multipliers, unit: int) -> int:
    """A bound as a multiple of 1/unit, as every score is one."""
    return value * unit >> by.bits


def settled(given: Endorsements, seats: int, rows: tuple[Row, ...], by: Multipliers, best: int) -> Ints:
    """(candidates,) 1: sits in every list above `best`; 0: in none; -1: open. By one bound at the root."""
    unit = lcm(*range(1, seats + 1))
    fixed = np.full(len(given.candidates), -1, dtype=np.int64)
    value, adds = bound(given, seats, rows, by, fixed)
    for one, add in enumerate(adds.tolist()):
        if _floored(value - abs(add), by, unit) <= best:
            fixed[one] = 1 if add > 0 else 0
    return fixed


class _Search:
    """Depth first. `best` and `open` (a bound on what was left open) are in units of 1/unit."""

    def __init__(
        self,
        given: Endorsements,
        seats: int,
        rows: tuple[Row, ...],
        problem: Problem | None,
        start: tuple[int, ...],
        seconds: float | None,
    ) -> None:
        self._given, self._seats, self._rows, self._problem = given, seats, rows, problem
        self._seconds = seconds
        self._until = None if seconds is None else time.monotonic() + seconds
        self._relaxation: Relaxation | None = None
        self.unit = lcm(*range(1, seats + 1))
        self.members, self.best, self.open, self.branches = start, self._worth(start), 0, 0

    def _worth(self, members: Collection[int]) -> int:
        return int(pav_score(self._given, members) * self.unit)

    def run(self) -> Proof | None:
        root = self._root()
        floor = Fraction(self.best, self.unit)
        nobody = np.full(len(self._given.candidates), -1, dtype=np.int64)
        value, _ = bound(self._given, self._seats, self._rows, root, nobody)
        self._first_bound = max(self.best, _floored(value, root, self.unit))
        fixed = settled(self._given, self._seats, self._rows, root, self.best)
        kept = np.flatnonzero(fixed != 0)
        given, rows = restricted(self._given, self._rows, kept)
        self._names, self._small, self._small_rows = kept, given, rows
        tree = self._explore(fixed[kept])
        return Proof(root, floor, tree) if tree else None

    def _root(self) -> Multipliers:
        """Multipliers that bound all lists, from a program over the people who may matter, widened while others may."""
        given, seats = self._given, self._seats
        nobody = np.full(len(given.candidates), -1, dtype=np.int64)
        worth = np.zeros(len(given.candidates))
        shares = given.weights / (given.seated(self.members) + 1)
        np.add.at(worth, given.approved, shares[given.ballot_of])
        worth[list(self.members)] = np.inf
        few = np.sort(np.argsort(-worth, kind="stable")[: max(FEW, 6 * seats)])
        while True:
            small, rows = restricted(given, self._rows, few)
            x, by = Relaxation(small, seats, rows, self._seconds).solve(nobody[: len(few)])
            self._offer(few[np.argsort(-x, kind="stable")[:seats]])
            root = lifted(given, seats, few, small, by)
            _, adds = bound(given, seats, self._rows, root, nobody)
            adds[few] = 0
            more = np.flatnonzero(adds > 0)
            if not len(more):
                return root
            few = np.union1d(few, more[np.argsort(-adds[more], kind="stable")[:FEW]])

    def _explore(self, fixed: Ints) -> Branch | Leaf | None:
        """The proof that nothing better is in a branch; None when time ran out."""
        self.branches += 1
        free = np.flatnonzero(fixed == -1)
        seated = int((fixed == 1).sum())
        if seated >= self._seats or seated + len(free) <= self._seats:
            self._offer(
                self._names[np.flatnonzero(fixed == 1) if seated >= self._seats else np.flatnonzero(fixed)]
            )
            return Leaf(None)
        if self._relaxation is None:
            self._relaxation = Relaxation(self._small, self._seats, self._small_rows, self._seconds)
        try:
            x, by = self._relaxation.solve(fixed)
        except OutOfTime:
            self.open = self._first_bound
            return None
        self._offer(self._names[np.argsort(-x, kind="stable")[: self._seats]])
        value = _floored(bound(self._small, self._seats, self._small_rows, by, fixed)[0], by, self.unit)
        if value <= self.best:
            return Leaf(by)
        candidate = int(free[np.argmin(np.abs(x[free] - 0.5))])
        # A whole solution whose bound lies above its score: the duals in floating point are not good enough to tell.
        is_late = self._until is not None and time.monotonic() > self._until
        if is_late or abs(x[candidate] - 0.5) > 0.5 - 1e-7:
            self.open = max(self.open, value)
            return None
        sides = []
        for side in (1, 0):
            child = fixed.copy()
            child[candidate] = side
            sides.append(self._explore(child))
        return Branch(candidate, sides[0], sides[1]) if sides[0] and sides[1] else None

    def _offer(self, members: Ints) -> None:
        """Takes a list that is lawful and better."""
        people = tuple(members.tolist())
        if len(people) != self._seats or (self._problem is not None and not is_lawful(self._problem, people)):
            return
        worth = self._worth(people)
        if worth > self.best:
            self.members, self.best = people, worth


def is_proved(given: Endorsements, best: Best, problem: Problem | None = None) -> bool:
    """Whether the list is lawful, scores what it says and is proved to be the best. Whole numbers, no solver."""
    seats = len(best.members)
    if problem is not None and not is_lawful(problem, best.members):
        return False
    if best.proof is None or not best.is_proved or pav_score(given, best.members) != best.score:
        return False
    rows, unit = _binding(problem), lcm(*range(1, seats + 1))
    worth = int(best.score * unit)
    if best.proof.floor > best.score:
        return False
    fixed = settled(given, seats, rows, best.proof.root, int(best.proof.floor * unit))
    kept = np.flatnonzero(fixed != 0)
    small, small_rows = restricted(given, rows, kept)

    def closed(node: Branch | Leaf, at: Ints) -> bool:
        if isinstance(node, Branch):
            with_, without = at.copy(), at.copy()
            with_[node.candidate], without[node.candidate] = 1, 0
            return at[node.candidate] == -1 and closed(node.seated, with_) and closed(node.unseated, without)
        if node.by is not None:
            return _floored(bound(small, seats, small_rows, node.by, at)[0], node.by, unit) <= worth
        seated = at == 1 if int((at == 1).sum()) >= seats else at != 0
        people = kept[np.flatnonzero(seated)].tolist()
        if len(people) != seats or (problem is not None and not is_lawful(problem, people)):
            return True
        return pav_score(given, people) <= best.score

    return closed(best.proof.tree, fixed[kept])


__all__ = ["Best", "NoLawfulList", "is_proved", "pav", "pav_score"]
