"""The fair lot: a lottery over lawful lists whose chances are leximin, with what is needed to believe it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from .columns import lawful_lists, leximin_by_columns, reach
from .leximin import Fairest, relaxed_leximin
from .problem import Problem, Types
from .walk import DONE, walk_down

Ints = NDArray[np.int64]
GRAIN = 10**15  # weights are whole multiples of one part in GRAIN, so that they are 1 together exactly


@dataclass(frozen=True)
class Lottery:
    """`lists` (lists, types) of counts, drawn with `weights` (exact, 1 together); `fairest` says why nothing is fairer.

    `is_relaxed`: the chances are those of the relaxation, so that every level is bounded by the multipliers of its rows;
    otherwise level i is bounded by `bounds[i]`, what the best whole list is worth under its weights.
    """

    problem: Problem
    fairest: Fairest
    lists: Ints
    weights: tuple[Fraction, ...]
    is_relaxed: bool
    bounds: tuple[float, ...] = ()

    @property
    def types(self) -> Types:
        return self.problem.types

    def chances(self) -> list[Fraction]:
        """The exact chance of each person, in the order of the problem; equal within a type."""
        of_type = [Fraction(0)] * len(self.types.size)
        for weight, counts in zip(self.weights, self.lists, strict=True):
            for one in np.flatnonzero(counts):
                of_type[one] += weight * int(counts[one])
        each = [sum_ / int(size) for sum_, size in zip(of_type, self.types.size, strict=True)]
        return [each[one] for one in self.types.of_person]


def fair_lottery(
    problem: Problem, progress: Callable[[str, float], None] = lambda stage, done: None
) -> Lottery | None:
    """Leximin over the lawful lists of a problem; None when there is no lawful list.

    `progress` hears the stage and the share of it that is done.
    """
    types, seats = problem.types, problem.seats
    progress("fairest chances", 0.0)
    fairest = relaxed_leximin(types, seats)
    if fairest is None:
        return None
    walk = walk_down(types, seats, fairest.chances, progress=lambda done: progress("lists", done))
    if walk.rest <= DONE and len(walk.weights):
        return Lottery(problem, fairest, walk.lists, _exact(walk.weights), True)
    lists = walk.lists
    if not len(lists):
        first = any_list(types, seats)
        if first is None:
            return None
        lists = first[None, :]
    progress("more lists", 0.0)
    reached = reach(types, seats, lists, fairest.chances)
    if reached is not None:
        return Lottery(problem, fairest, reached[0], _exact(reached[1]), True)
    made = leximin_by_columns(types, seats, lists, lambda done: progress("fairer lists", done))
    return Lottery(problem, made.fairest, made.lists, _exact(made.weights), False, made.bounds)


def any_list(types: Types, seats: int) -> Ints | None:
    """Some lawful list as counts per type (types,), or None."""
    found = lawful_lists(types, seats).solve()
    return None if found is None else found.whole


def _exact(weights: NDArray[np.float64]) -> tuple[Fraction, ...]:
    """Weights as fractions that are 1 together; what rounding leaves over goes to the heaviest."""
    parts = [int(part) for part in np.rint(weights / weights.sum() * GRAIN)]
    parts[int(np.argmax(weights))] += GRAIN - sum(parts)
    return tuple(Fraction(part, GRAIN) for part in parts)
