"""Exact sums of fractions over ballots that a candidate's voters hold, beside their values in floating point.

Few different fractions occur in a sequential rule (one per step), so an exact sum is a count per fraction, and the counts
are whole numbers far below 2**53.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import cast

import numpy as np
from numpy.typing import NDArray

from .endorsements import Endorsements, Floats, Ints

EPSILON = 2.0**-52


class Sums:
    """A value per ballot, as a sum of `parts` with whole coefficients; `values` are the same as floats, within `error`.

    `error` is absolute and kept by who changes `values`.
    """

    def __init__(self, given: Endorsements) -> None:
        self._given, self._table = given, given.table
        self._size = 0
        self._coefficients: NDArray[np.float64] | NDArray[np.int8] = self._rows(8)
        self._parts: list[int] = []  # numerators over the one denominator
        self._below = 1
        self.values: Floats = np.zeros(given.ballots)
        self.error = 0.0

    def _rows(self, many: int) -> NDArray[np.float64] | NDArray[np.int8]:
        if self._table is not None:
            return np.zeros((many, self._given.ballots))
        return np.zeros((many, self._given.ballots), dtype=np.int8)

    def over(self, candidate: int, vector: Floats) -> float:
        """The sum of a vector over who endorses the candidate, in floating point (error: ballots * 2**-53 * the sum of
        absolute values, at most)."""
        if self._table is not None:
            return float(self._table[candidate].dot(vector))
        who = self._given.supporters[candidate]
        return float(self._given.weights[who] @ vector[who])

    def over_each(self, vector: Floats) -> list[float]:
        """The same for every candidate."""
        if self._table is not None:
            return cast(list[float], self._table.dot(vector).tolist())
        return [self.over(one, vector) for one in range(len(self._given.candidates))]

    def exact_over(self, candidate: int) -> tuple[int, int]:
        """(numerator, denominator) of the exact sum over who endorses the candidate; not in lowest terms."""
        if self._table is None:
            return self.exact_among(self._given.supporters[candidate])
        counts = (self._coefficients[: self._size] @ self._table[candidate]).tolist()
        total = sum(part * int(count) for part, count in zip(self._parts, counts, strict=True))
        return total, self._below

    def exact_among(self, ballots: Ints) -> tuple[int, int]:
        """The same over given ballots, each with its weight."""
        held = self._coefficients[: self._size, ballots].astype(np.int64)
        counts = (held @ self._given.weights[ballots]).tolist()
        return sum(part * count for part, count in zip(self._parts, counts, strict=True)), self._below

    def exact_value(self, ballot: int) -> Fraction:
        """The value of one ballot (of one of its voters)."""
        held = self._coefficients[: self._size, ballot].tolist()
        return Fraction(sum(p * int(h) for p, h in zip(self._parts, held, strict=True)), self._below)

    def clear(self, ballots: Ints) -> None:
        """Their value becomes nothing."""
        self._coefficients[: self._size, ballots] = 0

    def add(self, ballots: Ints, value: Fraction, sign: int) -> None:
        """Adds `sign * value` to the value of each."""
        if self._size == len(self._coefficients):
            more = self._rows(2 * self._size)
            more[: self._size] = self._coefficients
            self._coefficients = more
        below = lcm(self._below, value.denominator)
        if below != self._below:
            factor = below // self._below
            self._parts = [part * factor for part in self._parts]
            self._below = below
        self._parts.append(value.numerator * (below // value.denominator))
        self._coefficients[self._size, ballots] = sign
        self._size += 1

    def replace(self, ballots: Ints, value: Fraction) -> None:
        """Their value becomes this."""
        self.clear(ballots)
        self.add(ballots, value, 1)

    def negated(self) -> Sums:
        """The same with every sign turned; this object is not to be used any more."""
        self._coefficients[: self._size] *= -1
        self.values = -self.values
        return self
