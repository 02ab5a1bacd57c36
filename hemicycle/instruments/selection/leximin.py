"""The fairest chances: the smallest as large as can be, then the next smallest, and so on (leximin).

Solved over the linear relaxation of the lawful lists, type by type, where it takes milliseconds; `lottery.py` then shows
that whole lists reach it. Leximin for citizens' assemblies: Flanigan, Goelz, Gupta, Hennig, Procaccia, Fair algorithms for
selecting citizens' assemblies, Nature 596 (2021). People of one type get one chance, because the optimum is unique.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .problem import Types
from .solver import INFINITY, Model

Floats = NDArray[np.float64]
POSITIVE = 1e-7  # a dual above this holds its type at the level in every optimum


@dataclass(frozen=True)
class Level:
    """One step of leximin: nobody of `pinned` can have more than `value` without somebody of a lower level losing.

    `weights` (types,): non-negative, 1 together, on types above no level yet; `rows` (rows,): multipliers of the rules
    (free sign); `seats`: multiplier of the number of seats. With them anybody can bound the level without a solver.
    """

    value: float
    pinned: tuple[int, ...]
    weights: Floats
    rows: Floats
    seats: float


@dataclass(frozen=True)
class Fairest:
    """`chances` (types,) of one person of each type, and the levels in the order in which they were fixed."""

    chances: Floats
    levels: tuple[Level, ...]


def relaxed_leximin(types: Types, seats: int) -> Fairest | None:
    """Leximin over the linear relaxation; None when not even that has a solution."""
    number, rows = len(types.size), len(types.row_numbers)
    size = types.size.astype(np.float64)
    # Columns: the chance of each type, then the level. Rows: the rules, the seats, then one per type: chance >= level.
    matrix = np.zeros((rows + 1 + number, number + 1))
    matrix[:rows, :number] = types.matrix * size
    matrix[rows, :number] = size
    matrix[rows + 1 :, :number] = np.eye(number)
    matrix[rows + 1 :, number] = -1.0
    cost = np.zeros(number + 1)
    cost[number] = 1.0
    model = Model(
        cost,
        matrix,
        np.concatenate([types.least, [seats], np.zeros(number)]),
        np.concatenate([types.most, [seats], np.full(number, INFINITY)]),
        0.0,
        1.0,
        maximise=True,
    )
    low, high = np.zeros(number + 1), np.ones(number + 1)
    is_open = np.ones(number, dtype=bool)
    levels: list[Level] = []
    while is_open.any():
        found = model.solve()
        if found is None:
            if levels:
                raise ArithmeticError("a level of chances that was reached cannot be kept")
            return None
        value = min(1.0, max(0.0, found.value))
        held = np.where(is_open, np.abs(found.row_dual[rows + 1 :]), 0.0)
        pinned = np.flatnonzero(held > POSITIVE)
        multipliers = found.row_dual[: rows + 1]
        if not len(pinned):
            # Nothing but the bound 1 holds the level: whoever is left sits for certain, and that proves itself.
            pinned, held, multipliers = (
                np.flatnonzero(is_open),
                is_open.astype(np.float64),
                np.zeros(rows + 1),
            )
        total = held.sum()
        levels.append(
            Level(
                value,
                tuple(int(one) for one in pinned),
                held / total,
                multipliers[:rows] / total,
                float(multipliers[rows] / total),
            )
        )
        low[pinned] = high[pinned] = value
        is_open[pinned] = False
        model.bounds(low, high)
        for one in pinned:
            model.row_bounds(rows + 1 + int(one), -INFINITY, INFINITY)
    return Fairest(low[:number].copy(), tuple(levels))
