"""Lists that meet rules, found with few of the rules at a time.

A rule is taken in only when a list that was found breaks it (constraint generation: Dantzig, Fulkerson, Johnson, Solution
of a large-scale traveling-salesman problem, Operations Research 2, 1954): few rules leave few types to tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .problem import Problem
from .refutation import Bound, Claim
from .solver import Model

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
# The models here are small and solved by the hundred: this heuristic would take more than half of the time.
QUICK = {"mip_heuristic_run_feasibility_jump": False}


@dataclass(frozen=True)
class Merged:
    """People whom no row at hand tells apart: `of_person` (people,), `size` (types,), `matrix` (active rows, types)."""

    of_person: Ints
    size: Ints
    matrix: Floats


class Search:
    """Lists that meet rows over people. `marks` are further rows (0 to `seats` until said otherwise), after the rules.

    `incidence` (rows, people); `least`, `most`, `weight`, `is_active` (rows,) may be changed between two calls: the list
    found is one of the greatest total weight, where each person of a row weighs the weight of the row. Same question, same
    answer. The rows that are active when there is no list are the ones that cannot be met together.
    """

    def __init__(self, problem: Problem, marks: Sequence[Iterable[int]] = ()) -> None:
        rows = problem.rows
        self.seats, self.people = problem.seats, len(problem.ids)
        self.incidence = np.zeros((len(rows) + len(marks), self.people), dtype=bool)
        for number, who in enumerate([*(row.who for row in rows), *marks]):
            self.incidence[number, list(who)] = True
        self.least = np.array([row.least for row in rows] + [0] * len(marks), dtype=np.int64)
        self.most = np.array([row.most for row in rows] + [self.seats] * len(marks), dtype=np.int64)
        self.weight = np.zeros(len(self.least))
        self.is_active = self.least > 0

    def merged(self) -> Merged:
        """Types under the active rows, in the order of their first person."""
        rows = self.incidence[self.is_active]
        if not self.people or not len(rows):
            of_person = np.zeros(self.people, dtype=np.int64)
            return Merged(of_person, np.bincount(of_person, minlength=1), np.zeros((len(rows), 1)))
        packed = np.ascontiguousarray(np.packbits(rows, axis=0).T)
        keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
        _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        order = np.argsort(first)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        of_person = rank[inverse.ravel()]
        return Merged(of_person, np.bincount(of_person), rows[:, first[order]].astype(np.float64))

    def best(self) -> list[int] | None:
        """A list (positions, ascending) of the greatest weight that meets all rows, or None when there is none."""
        self.is_active |= (self.weight != 0) | (self.least > 0)
        while True:
            counts, merged = self._counts()
            if counts is None:
                return None
            members = self.pick(merged, counts)
            broken = self.broken_by(members)
            if not broken.any():
                return sorted(members)
            if (broken & self.is_active).any():
                raise ArithmeticError("the solver met a rule that its list does not meet")
            self.is_active |= broken

    def broken_by(self, members: Sequence[int]) -> NDArray[np.bool_]:
        """(rows,) which rows a list breaks."""
        sums = self.incidence[:, list(members)].sum(axis=1)
        broken: NDArray[np.bool_] = (sums < self.least) | (sums > self.most)
        return broken

    def _counts(self) -> tuple[Ints | None, Merged]:
        merged = self.merged()
        rows = self.is_active
        matrix = np.vstack([merged.matrix, np.ones((1, len(merged.size)))])
        model = Model(
            self.weight[rows] @ merged.matrix,
            matrix,
            np.append(self.least[rows], self.seats),
            np.append(self.most[rows], self.seats),
            0.0,
            merged.size,
            whole=True,
            maximise=True,
        )
        model.set(**QUICK)
        found = model.solve()
        return (None if found is None else found.whole), merged

    def pick(self, merged: Merged, counts: Ints) -> list[int]:
        """People for counts of types, earliest first, who if possible fill no row that is not active beyond its most."""
        room = self.most.copy()
        room[self.is_active] = np.iinfo(np.int64).max
        is_full: NDArray[np.bool_] = np.asarray(self.incidence[room <= 0].any(axis=0))
        chosen: list[int] = []
        taken = np.flatnonzero(counts)
        for number in taken[np.argsort((merged.size - counts)[taken], kind="stable")]:
            people = np.flatnonzero(merged.of_person == number)
            for _ in range(int(counts[number])):
                person = int(people[np.argmin(is_full[people])])
                chosen.append(person)
                people = people[people != person]
                rows = np.flatnonzero(self.incidence[:, person])
                room[rows] -= 1
                for row in rows[room[rows] == 0]:
                    is_full |= self.incidence[row]
        return chosen

    def claim(self, **more: Any) -> Claim:
        """That the active rows, as they are bounded now, cannot be met."""
        rows = tuple(
            Bound(
                tuple(int(who) for who in np.flatnonzero(self.incidence[row])),
                int(self.least[row]),
                int(self.most[row]),
            )
            for row in np.flatnonzero(self.is_active)
        )
        return Claim(self.people, self.seats, rows, **more)
