"""A lottery of whole lists that gives exactly the wanted chances, found by walking down a point of the relaxation.

Each step takes out one whole list, with as much weight as what is left can bear, until nothing is left. Every step makes
one more bound tight, so the walk ends; where the relaxation has no whole list on a face it stops, and the caller goes on
with columns.py. (Caratheodory's theorem made constructive: Groetschel, Lovasz, Schrijver, Geometric Algorithms, 6.5.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .problem import Types
from .solver import Model

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
TIGHT = 1e-9
DONE = 1e-9
WHOLE = 1e-6


@dataclass(frozen=True)
class Walk:
    """`lists` (lists, types) of counts and their `weights`; `rest` is the weight that no list was found for (0 when done)."""

    lists: Ints
    weights: Floats
    rest: float


class _Face:
    """Whole lists that keep every bound that a point holds with equality."""

    DEPTH = 30

    def __init__(self, types: Types, seats: int) -> None:
        self.types = types
        rows = len(types.row_numbers)
        self.matrix = np.vstack([types.matrix, np.ones((1, len(types.size)))])
        self.low = np.append(types.least, seats).astype(np.float64)
        self.high = np.append(types.most, seats).astype(np.float64)
        self.size = types.size.astype(np.float64)
        zero = np.zeros(len(types.size))
        self.linear = Model(zero, self.matrix, self.low, self.high, 0.0, self.size)
        self.integer = Model(zero, self.matrix, self.low, self.high, 0.0, self.size, whole=True)
        self.rows = rows + 1

    def list_near(self, point: Floats, tight: float) -> Ints | None:
        """A whole list on the smallest face of `point`, far from the bounds from which the point is far.

        What lies within `tight` of a bound lies on it.
        """
        sums = self.matrix @ point
        under, over = sums - self.low, self.high - sums
        low = np.where(self.size - point <= tight * self.size, self.size, 0.0)
        high = np.where(point <= tight * self.size, 0.0, self.size)
        row_low = np.where(over <= tight * np.maximum(1, self.high), self.high, self.low)
        row_high = np.where(under <= tight * np.maximum(1, self.low), self.low, self.high)
        # The step is the smallest ratio of slacks, point over list: a list pays for slack where the point has little.
        is_free = high > low
        pull = np.zeros_like(point)
        pull[is_free] = 1 / (self.size - point)[is_free] - 1 / point[is_free]
        is_loose = row_high > row_low
        tug = np.zeros(self.rows)
        tug[is_loose] = 1 / over[is_loose] - 1 / under[is_loose]
        cost = -(pull + tug @ self.matrix)
        cost /= max(1.0, float(np.abs(cost).max()))
        self.linear.bounds(low, high)
        self.linear.rows_between(row_low, row_high)
        self.linear.cost(cost)
        whole = self._dive()
        if whole is not None:
            return whole
        self.integer.bounds(low, high)
        self.integer.rows_between(row_low, row_high)
        self.integer.cost(cost)
        found = self.integer.solve()
        return None if found is None else found.whole

    def _dive(self) -> Ints | None:
        """Round the linear optimum, one broken column after the other, each time solved again from where it stood."""
        column, was, is_turned = -1, 0.0, False
        for _ in range(self.DEPTH):
            found = self.linear.solve()
            if found is None:
                if column < 0 or is_turned:
                    return None
                # The nearest whole number was wrong for this column: the other one, once.
                is_turned = True
                side = np.ceil(was) if np.rint(was) < was else np.floor(was)
                self.linear.column_bounds(column, side, side)
                continue
            broken = np.abs(found.x - np.rint(found.x))
            if broken.max() <= WHOLE:
                return found.whole
            broken[broken <= WHOLE] = np.inf
            column, is_turned = int(np.argmin(broken)), False
            was = float(found.x[column])
            self.linear.column_bounds(column, float(np.rint(was)), float(np.rint(was)))
        return None

    def step(self, point: Floats, whole: Ints) -> float:
        """The greatest weight of `whole` that leaves what is left, scaled up again, within every bound."""
        sums, counted = self.matrix @ point, self.matrix @ whole
        have = np.concatenate([point, self.size - point, sums - self.low, self.high - sums])
        takes = np.concatenate([whole, self.size - whole, counted - self.low, self.high - counted])
        spends = takes > TIGHT
        return float(min(1.0, (np.maximum(have[spends], 0) / takes[spends]).min(initial=1.0)))


def walk_down(
    types: Types,
    seats: int,
    chances: Floats,
    *,
    progress: Callable[[float], None] = lambda done: None,
    limit: int = 20_000,
) -> Walk:
    """Lists and weights whose expected counts are `chances * types.size`. `progress` hears the share that is done."""
    face = _Face(types, seats)
    point = chances * types.size
    left = 1.0
    lists: list[Ints] = []
    weights: list[float] = []
    while left > DONE and len(lists) < limit:
        # Each step divides what is left by its weight, and the rounding in it grows as much.
        whole = face.list_near(point, max(TIGHT, 1e-12 / left))
        if whole is None:
            break
        share = face.step(point, whole)
        if share <= 1e-12:
            break
        if share >= 1 - 1e-9:
            share = 1.0
        lists.append(whole)
        weights.append(left * share)
        if share == 1.0:
            left = 0.0
            break
        point = np.clip((point - share * whole) / (1 - share), 0.0, types.size)
        left *= 1 - share
        progress(1 - left)
    return Walk(np.array(lists, dtype=np.int64).reshape(-1, len(types.size)), np.array(weights), left)
