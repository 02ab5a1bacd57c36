"""What sequential rules minimise or maximise, with the choice of exact arithmetic at the speed of floating point.

Floating point only sets candidates aside, by a rigorous bound; whoever is not set aside is computed exactly. As people are
elected, loads and prices never fall and gains never rise, so a bound of an earlier step still bounds.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import inf, lcm
from typing import Protocol

import numpy as np

from .endorsements import Endorsements
from .sums import EPSILON, Sums

Amount = Fraction | int
EPSILON_32 = 2.0**-24


class Measure(Protocol):
    """A rule at work."""

    name: str

    def least(self) -> tuple[Amount, list[int]] | None:
        """The exact amount of who comes first, and all who have it, ascending; None: it can elect nobody more."""

    def elect(self, candidate: int, amount: Amount) -> None: ...

    def drop(self, people: Iterable[int]) -> None:
        """These cannot be elected."""

    def told(self, amount: Amount) -> Fraction | None:
        """The amount as it is reported."""


class Lazy(ABC):
    """A measure with a queue of lower bounds: only who may come first is computed anew.

    A rule gives `bracket`: a rigorous lower bound and a guess above, or None when it can never elect her any more;
    `exact`; and `above`: a float not below an exact amount.
    """

    name = ""

    def __init__(self, queue: list[tuple[float, int]]) -> None:
        self._queue = queue
        heapify(queue)
        self._gone: set[int] = set()

    @abstractmethod
    def bracket(self, candidate: int) -> tuple[float, float] | None: ...

    @abstractmethod
    def exact(self, candidate: int) -> Amount: ...

    def above(self, amount: Amount) -> float:
        return float(amount) + 2 * EPSILON * abs(float(amount))

    def told(self, amount: Amount) -> Fraction | None:
        return Fraction(amount)

    def drop(self, people: Iterable[int]) -> None:
        self._gone.update(people)

    def elect(self, candidate: int, amount: Amount) -> None:
        self._gone.add(candidate)

    def least(self) -> tuple[Amount, list[int]] | None:
        queue, gone, bracket = self._queue, self._gone, self.bracket
        fresh: list[tuple[float, int]] = []
        exact: dict[int, Amount] = {}
        ceiling = inf
        while True:
            while queue and queue[0][0] <= ceiling:
                candidate = heappop(queue)[1]
                if candidate in gone or (found := bracket(candidate)) is None:
                    continue
                fresh.append((found[0], candidate))
                if found[1] < ceiling:
                    ceiling = found[1]
            if not fresh:
                return None
            for low, candidate in fresh:
                if low <= ceiling and candidate not in exact:
                    exact[candidate] = self.exact(candidate)
            best = min(exact.values())
            # The guesses above are no proof, the exact amount is: whoever could still lie as low is computed now.
            above = self.above(best)
            if above <= ceiling:
                break
            ceiling = above
        for entry in fresh:
            heappush(queue, entry)
        return best, sorted(one for one, amount in exact.items() if amount == best)


class Unendorsed(Lazy):
    """Whom nobody endorses: all alike."""

    def __init__(self, name: str, people: Iterable[int]) -> None:
        super().__init__([(0.0, one) for one in people])
        self.name = name

    def bracket(self, candidate: int) -> tuple[float, float]:
        return 0.0, 0.0

    def exact(self, candidate: int) -> int:
        return 0

    def told(self, amount: Amount) -> None:
        return None


class Loads(Lazy):
    """The load that the voters of a candidate would carry together, each the same (Phragmen)."""

    def __init__(
        self, name: str, given: Endorsements, sums: Sums | None = None, among: Sequence[int] | None = None
    ) -> None:
        self.name, self._given = name, given
        self._sums = sums or Sums(given)
        self._error, self._load = self._sums.error, self._sums.values
        self._support = given.support.tolist()
        self._ulps = EPSILON * (given.ballots + 16)
        if among is None:
            queue = [(1 / many * (1 - EPSILON), one) for one, many in enumerate(self._support) if many]
        else:
            every = self._sums.over_each(self._load)
            queue = [(self._around(one, every[one])[0], one) for one in among]
        super().__init__(queue)

    def bracket(self, candidate: int) -> tuple[float, float]:
        return self._around(candidate, self._sums.over(candidate, self._load))

    def _around(self, candidate: int, carried: float) -> tuple[float, float]:
        support, load = self._support[candidate], 1.0 + carried
        # Loads start at minus the money left: those of one candidate sum up to -1 or more, so 2 bounds what cancels.
        error = self._error + self._ulps * (2.0 + abs(load)) / support
        return load / support - error, load / support + error

    def exact(self, candidate: int) -> Fraction:
        above, below = self._sums.exact_over(candidate)
        return Fraction(below + above, below * self._support[candidate])

    def elect(self, candidate: int, amount: Amount) -> None:
        super().elect(candidate, amount)
        who = self._given.supporters[candidate]
        self._sums.replace(who, Fraction(amount))
        self._load[who] = float(amount)


class Gains(Lazy):
    """Minus the gain in PAV score, in units of 1/lcm(1..seats): whole numbers of any size."""

    def __init__(self, name: str, given: Endorsements, seats: int) -> None:
        self.name, self._given, self._sums = name, given, Sums(given)
        self._unit = lcm(*range(1, seats + 1))
        self._seated = np.zeros(given.ballots, dtype=np.int64)
        self._gain = np.ones(given.ballots)
        super().__init__([(-float(many), one) for one, many in enumerate(given.support.tolist()) if many])

    def bracket(self, candidate: int) -> tuple[float, float]:
        gain = self._sums.over(candidate, self._gain)
        error = EPSILON * (self._given.ballots + 16) * gain
        return -gain - error, -gain + error

    def exact(self, candidate: int) -> int:
        who = self._given.supporters[candidate]
        counts = np.bincount(self._seated[who], self._given.weights[who]).tolist()
        return -sum(int(count) * (self._unit // (seated + 1)) for seated, count in enumerate(counts))

    def above(self, amount: Amount) -> float:
        return super().above(Fraction(amount, self._unit))

    def told(self, amount: Amount) -> Fraction:
        return Fraction(-amount, self._unit)

    def elect(self, candidate: int, amount: Amount) -> None:
        super().elect(candidate, amount)
        who = self._given.supporters[candidate]
        self._seated[who] += 1
        self._gain[who] = 1.0 / (self._seated[who] + 1)


class TabledGains:
    """The same where the whole table fits: many candidates at once in single precision, the few best exactly.

    Gains times lcm(1..seats) add up below 2**53, so their sums in double precision are exact.
    """

    def __init__(self, name: str, given: Endorsements, seats: int) -> None:
        self.name, self._given = name, given
        self._unit = lcm(*range(1, seats + 1))
        ranked = given.ranked
        assert ranked is not None and given.table is not None
        self._table, self._rough = given.table, ranked.table
        self._order, self._place, self._falling = ranked.order, ranked.place, ranked.falling
        shares = [self._unit // place for place in range(1, seats + 1)]
        self._shares = np.array([*shares, 0], dtype=np.float64)
        self._rough_shares = (self._shares / self._unit).astype(np.float32)
        self._seated = np.zeros(given.ballots, dtype=np.int64)
        self._gain = np.full(given.ballots, float(self._unit))
        self._rough_gain = np.ones(given.ballots, dtype=np.float32)
        # How far below the truth a sum of non-negative floats can be told, and then above: both sides, twice over.
        self._keeps = np.float32(1 - 4 * (given.ballots + 16) * EPSILON_32)
        self._gone = np.zeros(len(ranked.order), dtype=np.float32)
        self._found = -ranked.falling.astype(np.float32)
        self._gone[self._found == 0] = self._found[self._found == 0] = -1e30
        self._is_first = True

    @staticmethod
    def fits(given: Endorsements, seats: int) -> bool:
        is_small = given.voters * lcm(*range(1, seats + 1)) < 2**53 and given.ballots < 2**18
        return is_small and given.ranked is not None

    def least(self) -> tuple[Amount, list[int]] | None:
        found, gain = self._found, self._rough_gain
        if not self._is_first:
            # Whoever has fewer supporters than somebody's gain cannot come first: a head of the table will do.
            floor = self._rough[int(found.argmax())].dot(gain) * self._keeps
            head = int(self._falling.searchsorted(-floor, "right"))
            self._rough[:head].dot(gain, found[:head])
            found[:head] += self._gone[:head]
        self._is_first = False
        most = found.max()
        if most < 0:
            return None
        near = (found >= most * self._keeps).nonzero()[0].tolist()
        order, table, exact = self._order, self._table, self._gain
        gains = [(int(table[order[place]].dot(exact)), order[place]) for place in near]
        best = max(gains)[0]
        return best, sorted(one for amount, one in gains if amount == best)

    def told(self, amount: Amount) -> Fraction:
        return Fraction(amount, self._unit)

    def drop(self, people: Iterable[int]) -> None:
        places = [self._place[one] for one in people]
        self._gone[places] = self._found[places] = -1e30

    def elect(self, candidate: int, amount: Amount) -> None:
        place = self._place[candidate]
        self._gone[place] = self._found[place] = -1e30
        who = self._given.supporters[candidate]
        now = self._seated[who] + 1
        self._seated[who] = now
        self._gain[who] = self._shares[now]
        self._rough_gain[who] = self._rough_shares[now]
