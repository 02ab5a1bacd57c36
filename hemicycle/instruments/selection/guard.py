"""Rules while a list is composed one by one: who can still be elected so that a lawful list can be completed."""

from __future__ import annotations

import numpy as np

from .problem import Ints, Problem
from .solver import Model


class NoLawfulList(ValueError):
    """No list at all meets the rules. `explain` names the rules that contradict each other."""


class Guard:
    """Admits a candidate when a lawful list contains her and all who are elected already.

    Whom no rule tells apart are of one type and are admitted or barred together. Who is barred stays barred: more elected
    only leaves fewer lawful lists. A "yes" always rests on a list that was counted in integers; a "no" on a rule that is
    full, else on the solver, which is asked only when the list known last does not answer.
    """

    def __init__(self, problem: Problem) -> None:
        types = problem.types
        self._problem, self._types = problem, types
        self._matrix = types.matrix.astype(np.int64)
        self._elected = np.zeros(len(types.size), dtype=np.int64)
        self._closed = np.zeros(len(types.size), dtype=bool)
        self._model: Model | None = None
        found = self._completion(self._elected)
        if found is None:
            raise NoLawfulList("no list meets all rules")
        self._witness = found

    @classmethod
    def of(cls, problem: Problem | None) -> Guard | None:
        """A guard, or None where no rule can bind: then no solver is needed."""
        return cls(problem) if problem is not None and len(problem.types.row_numbers) else None

    def is_open(self, candidate: int) -> bool:
        """Whether she has not been found barred. Asks nobody."""
        return not self._closed[self._types.of_person[candidate]]

    def admits(self, candidate: int) -> bool:
        """Whether a lawful list can be completed with her. The answer is kept."""
        kind = int(self._types.of_person[candidate])
        if self._closed[kind]:
            return False
        if self._witness[kind] > self._elected[kind]:
            return True
        wanted = self._elected.copy()
        wanted[kind] += 1
        found = self._completion(wanted) if (self._matrix @ wanted <= self._types.most).all() else None
        if found is None:
            self._closed[kind] = True
            return False
        self._witness = found
        return True

    def like(self, candidate: int) -> list[int]:
        """The positions of all of her type."""
        return self._types.people_of(int(self._types.of_person[candidate]))

    def elect(self, candidate: int) -> None:
        self._elected[self._types.of_person[candidate]] += 1

    def _completion(self, wanted: Ints) -> Ints | None:
        """Numbers per type of a lawful list with at least `wanted` of each type, or None."""
        types, seats = self._types, self._problem.seats
        if self._model is None:
            rows = np.vstack([types.matrix, np.ones((1, len(types.size)))])
            low, high = np.append(types.least, seats), np.append(types.most, seats)
            self._model = Model(0.0, rows, low, high, 0.0, types.size, whole=True)
        self._model.bounds(wanted, types.size)
        solution = self._model.solve()
        if solution is None:
            return None
        found = solution.whole
        counts = self._matrix @ found
        lawful = (counts >= types.least).all() and (counts <= types.most).all() and found.sum() == seats
        if not (lawful and (found >= wanted).all() and (found <= types.size).all()):
            raise RuntimeError("the solver's list does not meet the rules when it is counted")
        return found
