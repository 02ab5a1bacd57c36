"""The kernel: what the map needs of the votes, as integers that add up over participants.

Integers make it exact: the order of rows, the cut into shards and the way that led to a state cannot be seen in the sums.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .votes import Flags, Floats, Ints, Rows

#: Participants whose sums fit into 16 bits with a sign.
BLOCK = 32_000
#: Statements whose sums fit into a processor's nearest memory while a product is made.
STRIP = 512
_DIGIT = 16


@dataclass(frozen=True, slots=True)
class Sums:
    """Over participants, for each pair of statements `s, t`: how many `seen` both; the sum of what was `said` on `s` by those
    who saw `t`; the sum of the products of `both` votes. Three arrays of statements by statements.
    """

    people: int
    seen: Ints
    said: Ints
    both: Ints

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.people + other.people,
            self.seen + other.seen,
            self.said + other.said,
            self.both + other.both,
        )

    def __sub__(self, other: Sums) -> Sums:
        return Sums(
            self.people - other.people,
            self.seen - other.seen,
            self.said - other.said,
            self.both - other.both,
        )

    def means(self) -> Floats:
        """The mean vote on each statement; 0 where nobody voted."""
        return np.diag(self.said) / np.maximum(1, np.diag(self.seen))

    def spread(self, is_in: Flags) -> Floats:
        """Sums of products of what is left of the votes when the means are taken away (0 where somebody did not vote), for the
        statements that are in: the matrix whose eigenvectors are the axes of the map.
        """
        mean = self.means()[is_in]
        seen, said, both = (
            part if is_in.all() else part[np.ix_(is_in, is_in)] for part in (self.seen, self.said, self.both)
        )
        crossed = said * mean
        spread = seen * mean
        spread *= mean[:, None]
        spread += both
        spread -= crossed
        spread -= crossed.T
        return spread


def nothing(width: int) -> Sums:
    """The sums of nobody on `width` statements."""
    return Sums(0, *(np.zeros((width, width), np.int64) for _ in range(3)))


def sums_of(rows: Rows) -> Sums:
    """The sums of some participants."""
    total = nothing(rows.width)
    for part in rows.parts(BLOCK):
        seen, said, both = _products(part)
        total.seen[...] += seen
        total.said[...] += said
        total.both[...] += both
    return Sums(len(rows), total.seen, total.said, total.both)


def _products(rows: Rows) -> tuple[NDArray[np.int16], ...]:
    """Three products of sparse matrices for the price of one.

    With 1 for "has voted" and v for the vote, (1 + aᵥ)(1 + bᵥ) summed over at most `BLOCK` people holds four sums in the four
    16-bit digits of an integer when a = 2^16 v and b = 2^32 v. A digit that reads negative has borrowed one from the digit above it.
    """
    votes = rows.values.astype(np.int64)
    left = rows.matrix(1 + (votes << _DIGIT)).T.tocsr()
    right = rows.matrix(1 + (votes << 2 * _DIGIT)).tocsc()
    strips = [(left @ right[:, start : start + STRIP]).toarray() for start in range(0, rows.width, STRIP)]
    packed = np.hstack(strips)
    digits: NDArray[np.int16] = (
        packed.astype("<i8", copy=False).view("<i2").reshape(rows.width, rows.width, 4)
    )
    seen, said, turned, both = (digits[:, :, place] for place in range(4))
    return seen, said, both + (turned < 0)
