"""Leximin over whole lists, for pools where the relaxation promises more than whole lists can give.

Column generation: the lottery over the lists known so far is made as fair as it can be, and the solver is asked for a
list that would make it fairer, until there is none. (Flanigan et al., Nature 596 (2021), over types of people.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .leximin import POSITIVE, Fairest, Level
from .problem import Types
from .solver import INFINITY, Model, Solution

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
FINE = 1e-10
CLOSE = 5e-10
GAIN = 1e-9  # what a new list must be worth to be taken in


@dataclass(frozen=True)
class Generated:
    """`lists` (lists, types) with `weights`; `fairest` as in leximin.py, its levels bounded list by list (`bounds`)."""

    fairest: Fairest
    lists: Ints
    weights: Floats
    bounds: tuple[float, ...]


class _Master:
    """The fairest lottery over the lists that are known."""

    def __init__(
        self, types: Types, least: Floats | float = 0.0, level: tuple[float, float] = (0.0, 1.0)
    ) -> None:
        """The greatest `level` by which every chance exceeds `least` (types,), within the bounds of the level."""
        self.size = types.size.astype(np.float64)
        number = len(self.size)
        matrix = np.zeros((number + 1, 1))
        matrix[:number, 0] = -1.0  # the level, below every open chance
        low = np.append(np.broadcast_to(least, (number,)), 1.0)
        high = np.append(np.full(number, INFINITY), 1.0)
        self.model = Model(1.0, matrix, low, high, *level, maximise=True)
        self.model.set(primal_feasibility_tolerance=FINE, dual_feasibility_tolerance=FINE)
        self.lists: list[Ints] = []
        self.number = number

    def take_in(self, whole: Ints) -> None:
        places = [*np.flatnonzero(whole).tolist(), self.number]
        values = [*(whole / self.size)[whole > 0].tolist(), 1.0]
        self.model.add_column(0.0, 0.0, 1.0, places, values)
        self.lists.append(whole)

    def lottery(self, found: Solution) -> tuple[Ints, Floats]:
        """The lists that the optimum draws, and their weights."""
        weights = np.clip(found.x[1:], 0.0, None)
        weights /= weights.sum()
        used = weights > 0
        return np.array(self.lists)[used], weights[used]

    def pin(self, one: int, value: float) -> None:
        """The chance of a type is kept from now on, and the level no longer speaks of it."""
        self.model.coefficient(one, 0, 0.0)
        self.model.row_bounds(one, value - GAIN, INFINITY)


def leximin_by_columns(
    types: Types, seats: int, lists: Ints, progress: Callable[[float], None] = lambda done: None
) -> Generated:
    """Exact leximin over whole lists, from at least one lawful list in `lists` (lists, types)."""
    master = _Master(types)
    for whole in np.unique(lists, axis=0):
        master.take_in(whole)
    pricing = lawful_lists(types, seats)
    number = len(types.size)
    is_open = np.ones(number, dtype=bool)
    chances = np.zeros(number)
    levels: list[Level] = []
    bounds: list[float] = []
    while is_open.any():
        found, bound = _priced(master, pricing, types)
        held = np.abs(found.row_dual[:number])
        value = min(1.0, max(0.0, found.value))
        pinned = np.flatnonzero(is_open & (held > POSITIVE))
        if not len(pinned):
            # Nothing but the bound 1 holds the level: whoever is left sits for certain, and that proves itself.
            pinned, held, bound = np.flatnonzero(is_open), is_open.astype(np.float64), float(is_open.sum())
        total = held[is_open].sum()
        nothing = np.zeros(len(types.row_numbers))
        levels.append(Level(value, tuple(int(one) for one in pinned), held / total, nothing, 0.0))
        bounds.append(bound / total)
        for one in pinned:
            chances[one] = value
            master.pin(int(one), value)
        is_open[pinned] = False
        progress(1 - is_open.mean())
    return Generated(Fairest(chances, tuple(levels)), *master.lottery(found), tuple(bounds))


def reach(types: Types, seats: int, lists: Ints, chances: Floats) -> tuple[Ints, Floats] | None:
    """A lottery that gives every type `chances` (types,), to within `CLOSE`, from `lists` and more where it takes more.

    For points that a walk has almost reached, where rounding in it has grown too large. None: whole lists cannot.
    """
    master = _Master(types, chances, (-1.0, 0.0))
    for whole in np.unique(lists, axis=0):
        master.take_in(whole)
    pricing = lawful_lists(types, seats)
    found, _ = _priced(master, pricing, types, enough=-CLOSE)
    return master.lottery(found) if found.value >= -CLOSE else None


def lawful_lists(types: Types, seats: int) -> Model:
    """Whole lists as counts per type; who asks for the one that is worth most sets the cost."""
    return Model(
        np.zeros(len(types.size)),
        np.vstack([types.matrix, np.ones((1, len(types.size)))]),
        np.append(types.least, seats),
        np.append(types.most, seats),
        0.0,
        types.size,
        whole=True,
        maximise=True,
    )


def _priced(
    master: _Master, pricing: Model, types: Types, enough: float = INFINITY
) -> tuple[Solution, float]:
    """The optimum of the master once no list is worth more than those it has, and what the best list is worth.

    Also once the level is `enough`.
    """
    while True:
        found = master.model.solve()
        if found is None:
            raise ArithmeticError("a chance that was reached cannot be kept")
        if found.value >= enough:
            return found, 0.0
        worth = np.abs(found.row_dual[: master.number]) / types.size
        pricing.cost(worth)
        best = pricing.solve()
        if best is None:
            raise ValueError("there is no lawful list")
        if best.value <= abs(found.row_dual[master.number]) + GAIN:
            return found, best.value
        known = len(master.lists)
        if not any(np.array_equal(best.whole, one) for one in master.lists):
            master.take_in(best.whole)
        if len(master.lists) == known:  # only rounding in the solver says that it is worth more
            return found, best.value
