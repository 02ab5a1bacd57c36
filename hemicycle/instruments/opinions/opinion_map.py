"""The map of votes at hand: what is drawn of them, what the groups have in common, how sure it is, who builds bridges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .axes import Axes
from .bridging import VOTES, Bridging, bridging
from .common import Ground, ground
from .passes import FEWEST, Drawn, drawn
from .stability import Seen, Stability, stability
from .sums import Sums
from .votes import Flags, Rows, Votes

RESAMPLES = 50


@dataclass(frozen=True, slots=True)
class OpinionMap:
    votes: Votes
    drawn: Drawn
    ground: Ground

    def is_in(self) -> Flags:
        """The statements that were not moderated out."""
        return ~self.votes.is_out

    def stability(
        self, times: int = RESAMPLES, workers: int = 1, progress: Callable[[int], None] = lambda done: None
    ) -> Stability:
        """How like this map those of resamples are."""
        drawn = self.drawn
        seen = Seen(self.votes.rows, drawn.sums, drawn.axes, drawn.label, len(drawn.groups))
        return stability(seen, times, workers, progress)

    def bridging(self) -> Bridging:
        """The bridging scores of the statements that are in and that enough voted on (0 for the others)."""
        return bridging(without(self.votes.rows, ~self.is_scored()), self.drawn.axes.first)

    def is_scored(self) -> Flags:
        """The statements that get a bridging score."""
        return np.asarray(self.is_in() & (self.drawn.overall.voted[0] >= VOTES))


def opinion_map(
    votes: Votes, fewest: int = FEWEST, sums: Sums | None = None, before: Axes | None = None
) -> OpinionMap | None:
    """The map; None when there are too few voters, or no two groups to be told apart. `sums`, `before`: see `passes.drawn`."""
    if not len(votes.participants):
        return None
    found = drawn([votes.rows], votes.is_out, fewest, sums=sums, before=before)
    return None if found is None else OpinionMap(votes, found, ground(found.tallies, ~votes.is_out))


def without(rows: Rows, is_out: Flags) -> Rows:
    """The votes without those on statements that are out."""
    is_kept = ~is_out[rows.columns]
    begins = np.concatenate(([0], np.cumsum(is_kept)))[rows.begins]
    return Rows(begins, rows.columns[is_kept], rows.values[is_kept], rows.width)
