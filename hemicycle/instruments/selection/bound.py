"""An upper bound on the PAV score of any lawful list, from the duals of a linear relaxation, in whole numbers.

The relaxation: a ballot of weight w with s members seated scores w * h(s), h(s) = 1 + 1/2 + ... + 1/s, which is concave,
so whole variables are needed for the people only (Peters and Lackner, Preferences Single-Peaked on a Circle, 2020, give
this program). For any price `slope` a ballot puts on being represented once more, and any multipliers of the rules, the
Lagrangian bounds every lawful list, whatever a solver says: that is what is computed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .endorsements import Endorsements, Ints
from .problem import Row
from .solver import INFINITY, Model


@dataclass(frozen=True, eq=False)
class Multipliers:
    """In units of 2**-bits. `slopes` (ballots,) not negative, `rows` (rules,) and `seats` of free sign."""

    bits: int
    slopes: Ints
    rows: Ints
    seats: int


def harmonic(seats: int) -> list[Fraction]:
    """h(0) to h(seats)."""
    out = [Fraction(0)]
    for place in range(1, seats + 1):
        out.append(out[-1] + Fraction(1, place))
    return out


def bound(
    given: Endorsements, seats: int, rows: Sequence[Row], by: Multipliers, fixed: Ints
) -> tuple[int, Ints]:
    """(bound in units of 2**-bits, (candidates,) what each adds to it by being free to sit).

    `fixed` (candidates,): 1 sits, 0 does not, -1 free. With c free and adds[c] < 0, the bound with c seated is the bound
    plus adds[c]; with adds[c] > 0, the bound without c is the bound minus adds[c].
    """
    scores = [-(-value.numerator * 2**by.bits // value.denominator) for value in harmonic(seats)]
    sizes = np.minimum(np.diff(given.starts), seats)
    conjugate = np.zeros(given.ballots, dtype=np.int64)
    for seated, score in enumerate(scores):
        fits = sizes >= seated
        np.maximum(conjugate, given.weights * score - by.slopes * seated, out=conjugate, where=fits)
    adds = np.zeros(len(given.candidates), dtype=np.int64)
    np.add.at(adds, given.approved, by.slopes[given.ballot_of])
    if (abs(by.seats) + sum(map(abs, by.rows.tolist()))).bit_length() > 60:
        adds = adds.astype(object)  # whole numbers of any size, where 64 bits might not do
    adds -= by.seats
    total = int(conjugate.sum()) + by.seats * seats
    for row, multiplier in zip(rows, by.rows.tolist(), strict=True):
        adds[list(row.who)] -= multiplier
        total += multiplier * (row.most if multiplier > 0 else row.least)
    total += int(adds[fixed == 1].sum()) + int(np.maximum(adds[fixed == -1], 0).sum())
    return total, adds


def restricted(given: Endorsements, rows: Sequence[Row], kept: Ints) -> tuple[Endorsements, tuple[Row, ...]]:
    """Ballots and rules cut down to some candidates, who keep their order."""
    place = {one: number for number, one in enumerate(kept.tolist())}
    ballots = [[place[one] for one in ballot if one in place] for ballot, _ in given.each()]
    fewer = Endorsements.of([given.candidates[one] for one in place], ballots, given.weights.tolist())
    less = (Row(r.rule, tuple(place[one] for one in r.who if one in place), r.least, r.most) for r in rows)
    return fewer, tuple(less)


def lifted(given: Endorsements, seats: int, kept: Ints, small: Endorsements, by: Multipliers) -> Multipliers:
    """Multipliers of the ballots cut down to `kept` as multipliers of the whole ballots.

    A slope a voter is the same for all voters who were put together. To be represented beyond all of `kept` whom a ballot
    endorses is worth at least what one more is worth by the harmonic weights.
    """
    place = {one: number for number, one in enumerate(kept.tolist())}
    known = {ballot: number for number, (ballot, _) in enumerate(small.each())}
    slopes = np.zeros(given.ballots, dtype=np.int64)
    for number, (ballot, many) in enumerate(given.each()):
        cut = frozenset(place[one] for one in ballot if one in place)
        same = known[cut]
        a_voter = int(by.slopes[same]) // int(small.weights[same])
        slopes[number] = many * max(a_voter, (1 << by.bits) // (min(len(cut), seats) + 1))
    return Multipliers(by.bits, slopes, by.rows, by.seats)


class Relaxation:
    """The linear program over people and, per ballot, its first, second, ... representation; kept warm.

    Rules and seats may be missed at a price above any score, so that there is always a dual and no list is ruled out
    without a bound.
    """

    def __init__(
        self, given: Endorsements, seats: int, rows: Sequence[Row], seconds: float | None = None
    ) -> None:
        people, ballots = len(given.candidates), given.ballots
        self._people, self._ballots = people, ballots
        matrix = np.zeros((ballots + len(rows) + 1, people))
        matrix[given.ballot_of, given.approved] = 1.0
        for number, row in enumerate(rows):
            matrix[ballots + number, list(row.who)] = 1.0
        matrix[-1] = 1.0
        low = np.concatenate((np.zeros(ballots), [row.least for row in rows], [seats]))
        high = np.concatenate((np.full(ballots, INFINITY), [row.most for row in rows], [seats]))
        model = Model(0.0, matrix, low, high, 0.0, 1.0, maximise=True, seconds=seconds)
        weights = given.weights.tolist()
        for ballot, size in enumerate(np.minimum(np.diff(given.starts), seats).tolist()):
            for place in range(1, size + 1):
                model.add_column(weights[ballot] / place, 0.0, 1.0, [ballot], [-1.0])
        dear = float(given.voters * harmonic(seats)[-1]) + 1.0
        for number in range(ballots, len(matrix)):
            model.add_column(-dear, 0.0, INFINITY, [number], [1.0])
            model.add_column(-dear, 0.0, INFINITY, [number], [-1.0])
        self._model = model
        self._high = np.ones(model.columns)
        self._high[-2 * (len(matrix) - ballots) :] = INFINITY
        # Sums of (weight * score) and of (slope * seats) must stay within 63 bits.
        self._bits = min(40, 60 - (given.voters * seats * 4).bit_length())
        self._least = np.array([row.least for row in rows], dtype=np.int64)
        self._dearest = given.weights << self._bits

    def solve(self, fixed: Ints) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], Multipliers]:
        """(people,) the fractional list, and multipliers that make its value a bound."""
        low, high = np.zeros(self._model.columns), self._high.copy()
        low[: self._people] = fixed == 1
        high[: self._people] = fixed != 0
        self._model.bounds(low, high)
        found = self._model.solve()
        if found is None:
            raise RuntimeError("the solver finds no solution of a program that always has one")
        whole = np.rint(found.row_dual * 2.0**self._bits).astype(np.int64)
        slopes = np.clip(-whole[: self._ballots], 0, self._dearest)
        # "At least nobody" cannot bind: a multiplier that leans on it (of a rule that speaks of nobody here) is idle.
        rules = np.where(
            self._least == 0, np.maximum(whole[self._ballots : -1], 0), whole[self._ballots : -1]
        )
        return found.x[: self._people], Multipliers(self._bits, slopes, rules, int(whole[-1]))
