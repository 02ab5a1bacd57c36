"""A better list by exchanging one member at a time, within the rules: a good start for a proof, no claim of its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .endorsements import Endorsements
from .problem import Problem


def improved(given: Endorsements, members: tuple[int, ...], problem: Problem | None) -> tuple[int, ...]:
    """The list after the best exchanges by PAV score, until none helps. A lawful list stays lawful."""
    table = given.table
    if table is None:
        return members
    sits, seated = set(members), given.seated(members)
    while True:
        best, exchange = 1e-9 * given.voters, None
        for gone in sorted(sits):
            without = seated - (table[gone] > 0)
            gains = table @ (1.0 / (without + 1))
            gains = np.where(_lawful(problem, sits, gone), gains - gains[gone], -np.inf)
            gains[list(sits)] = -np.inf
            come = int(gains.argmax())
            if gains[come] > best:
                best, exchange = float(gains[come]), (gone, come)
        if exchange is None:
            return tuple(sorted(sits))
        sits = sits - {exchange[0]} | {exchange[1]}
        seated = given.seated(sits)


def _lawful(problem: Problem | None, sits: set[int], gone: int) -> NDArray[np.bool_]:
    """(candidates,) whether the list is lawful when she takes the place of `gone`."""
    if problem is None:
        return np.ones(1, dtype=bool)
    types = problem.types
    counts = types.matrix @ types.counts(sits - {gone})
    after = counts[:, None] + types.matrix
    fits = (after >= types.least[:, None]) & (after <= types.most[:, None])
    every: NDArray[np.bool_] = np.logical_and.reduce(fits, axis=0)[types.of_person]
    return every
