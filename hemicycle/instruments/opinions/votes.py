"""Votes of participants on statements: rows of a sparse matrix, one a participant."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

AGREE, PASS, DISAGREE = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Rows:
    """Some participants' votes: participant `i` said `values[j]` (1, 0, -1) on statement `columns[j]` for `j` from `begins[i]`
    up to `begins[i + 1]`. What was not voted on is not there. `width` is the number of statements.
    """

    begins: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.int8]
    width: int

    def __len__(self) -> int:
        return len(self.begins) - 1

    def counts(self) -> Ints:
        """How many votes each participant gave."""
        return np.diff(self.begins)

    def matrix(self, values: NDArray[np.generic]) -> sparse.csr_array:
        """A sparse matrix, participants by statements, that has `values` in place of the votes."""
        # Indices of 32 bits where they do: products are twice as fast.
        begins = self.begins.astype(np.int32) if len(self.columns) < 2**31 else self.begins
        return sparse.csr_array((values, self.columns, begins), shape=(len(self), self.width))

    def part(self, start: int, end: int) -> Rows:
        """The participants from `start` up to `end`, without a copy of their votes."""
        cut = slice(self.begins[start], self.begins[end])
        return Rows(
            self.begins[start : end + 1] - self.begins[start], self.columns[cut], self.values[cut], self.width
        )

    def parts(self, most: int) -> Iterator[Rows]:
        """All participants in parts of at most `most`."""
        for start in range(0, len(self), most):
            yield self.part(start, min(start + most, len(self)))

    def taken(self, which: Ints) -> Rows:
        """These participants, in this order."""
        matrix = self.matrix(self.values)[which]
        return Rows(matrix.indptr.astype(np.int64), matrix.indices, matrix.data, self.width)


@dataclass(frozen=True, slots=True)
class Votes:
    """All votes. Ids ascend; `is_out` marks the statements that were moderated out."""

    participants: Ints
    statements: Ints
    rows: Rows
    is_out: Flags


def gathered(participant: Ints, statement: Ints, vote: Ints, out: Collection[int] = ()) -> Votes:
    """Votes from three arrays of equal length, in the order in which they were given: of a person's votes on one statement the
    last one counts. `out`: the ids of statements that were moderated out.
    """
    participants, row = _numbered(participant)
    statements, column = _numbered(statement)
    size, width = max(1, len(vote)), max(1, len(statements))
    # One number holds row, column and order, so that one plain sort does all.
    packed = np.sort((row * width + column) * size + np.arange(len(vote)))
    cell = packed // size
    is_last = np.append(cell[1:] != cell[:-1], np.ones(min(1, len(cell)), bool))
    cell, order = cell[is_last], packed[is_last] % size
    begins = np.searchsorted(cell, np.arange(len(participants) + 1) * width)
    rows = Rows(
        begins, (cell % width).astype(np.int32), np.asarray(vote)[order].astype(np.int8), len(statements)
    )
    return Votes(participants, statements, rows, np.isin(statements, np.fromiter(out, np.int64, len(out))))


def _numbered(ids: Ints) -> tuple[Ints, Ints]:
    """The distinct ids, ascending, and the place of each id among them."""
    ids = np.asarray(ids, np.int64)
    if not len(ids):
        return ids, ids
    least, most = int(ids.min()), int(ids.max())
    if most - least > 4 * len(ids):
        distinct, place = np.unique(ids, return_inverse=True)
        return distinct, place
    is_there = np.zeros(most - least + 1, bool)
    is_there[ids - least] = True
    return np.flatnonzero(is_there) + least, (np.cumsum(is_there) - 1)[ids - least]
