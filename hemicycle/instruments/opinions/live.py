"""A map that is kept up to date vote by vote. The sums are integers, so that it stays the map that a rebuild would give."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .axes import Axes
from .opinion_map import OpinionMap, opinion_map
from .passes import FEWEST
from .sums import Sums, sums_of
from .votes import Ints, Rows, Votes


class Live:
    """Votes and their sums. A vote of somebody who voted on d statements changes 2d + 1 cells of a sum at most."""

    def __init__(self, votes: Votes) -> None:
        self.votes = votes
        self.sums = sums_of(votes.rows)
        self._axes: Axes | None = None

    def map(self, fewest: int = FEWEST) -> OpinionMap | None:
        """The map as it is now; its axes point as they did the last time."""
        now = Sums(self.sums.people, *(part.copy() for part in self._parts()))
        found = opinion_map(self.votes, fewest, sums=now, before=self._axes)
        self._axes = None if found is None else found.drawn.axes
        return found

    def vote(self, participant: int, statement: int, vote: int) -> None:
        """Somebody votes (1, 0, −1), or votes anew; the participant and the statement may be new."""
        column, row = self._column(statement), self._row(participant)
        rows = self.votes.rows
        start, end = rows.begins[row], rows.begins[row + 1]
        place = int(start + np.searchsorted(rows.columns[start:end], column))
        if place < end and rows.columns[place] == column:
            was = int(rows.values[place])
            values = rows.values.copy()
            values[place] = vote
            self._hold(Rows(rows.begins, rows.columns, values, rows.width))
            others = np.delete(np.arange(start, end), place - start)
            self._change(column, rows.columns[others], rows.values[others], (was, vote))
            return
        self._change(column, rows.columns[start:end], rows.values[start:end], (None, vote))
        begins = rows.begins + (np.arange(len(rows.begins)) > row)
        columns, values = np.insert(rows.columns, place, column), np.insert(rows.values, place, vote)
        self._hold(Rows(begins, columns, values, rows.width))

    def _change(
        self,
        column: int,
        others: NDArray[np.int32],
        votes: NDArray[np.int8],
        change: tuple[int | None, int],
    ) -> None:
        """The cells of one statement beside those that the same person voted on; `change` from what to what."""
        seen, said, both = self._parts()
        was, now = change
        before = was or 0
        crossed = votes.astype(np.int64) * (now - before)
        said[column, others] += now - before
        said[column, column] += now - before
        both[column, others] += crossed
        both[others, column] += crossed
        both[column, column] += now * now - before * before
        if was is None:
            seen[column, others] += 1
            seen[others, column] += 1
            seen[column, column] += 1
            said[others, column] += votes

    def _parts(self) -> tuple[Ints, Ints, Ints]:
        return self.sums.seen, self.sums.said, self.sums.both

    def _hold(self, rows: Rows) -> None:
        votes = self.votes
        self.votes = Votes(votes.participants, votes.statements, rows, votes.is_out)

    def _row(self, participant: int) -> int:
        """The row of a participant; a new one gets an empty row."""
        votes, rows = self.votes, self.votes.rows
        row = int(np.searchsorted(votes.participants, participant))
        if row == len(votes.participants) or votes.participants[row] != participant:
            people = np.insert(votes.participants, row, participant)
            begins = np.insert(rows.begins, row, rows.begins[row])
            self.votes = Votes(
                people, votes.statements, Rows(begins, rows.columns, rows.values, rows.width), votes.is_out
            )
            self.sums = Sums(self.sums.people + 1, *self._parts())
        return row

    def _column(self, statement: int) -> int:
        """The column of a statement; a new one gets an empty column."""
        votes, rows = self.votes, self.votes.rows
        column = int(np.searchsorted(votes.statements, statement))
        if column == len(votes.statements) or votes.statements[column] != statement:
            columns = rows.columns + (rows.columns >= column).astype(np.int32)
            self.votes = Votes(
                votes.participants,
                np.insert(votes.statements, column, statement),
                Rows(rows.begins, columns, rows.values, rows.width + 1),
                np.insert(votes.is_out, column, False),
            )
            wider = (
                np.insert(np.insert(part, column, 0, axis=0), column, 0, axis=1) for part in self._parts()
            )
            self.sums = Sums(self.sums.people, *wider)
        return column
