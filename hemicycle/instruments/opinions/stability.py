"""How sure the map is: drawn again and again from four fifths of the participants, each time from the axes on.

The draws come from fixed seeds, so that everybody finds the same. Of many participants at most `MOST` are drawn each time: the
figures are then those of so many, and lower than what all would give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import permutations

import numpy as np

from .axes import Axes, axes_of, placed
from .common import Ground, ground
from .groups import grouped, nearest
from .sums import Sums, sums_of
from .tallies import tallied
from .votes import Flags, Floats, Ints, Rows

SHARE = 0.8
MOST = 2_000
#: What holds in so large a part of the resamples is said to hold.
SURE = 0.9
#: From which likeness in the middle of the resamples groups are said to be stable, and mostly stable.
STABLE, MOSTLY = 0.9, 0.8


@dataclass(frozen=True, slots=True)
class Seen:
    """What resamples are compared with: the whole map. `label` is −1 for participants who voted too little to be in a group."""

    rows: Rows
    sums: Sums
    axes: Axes
    label: Ints
    count: int


@dataclass(frozen=True, slots=True)
class Resample:
    """One resample: how many groups, how alike they are to the map's (adjusted Rand index), common ground, who stayed."""

    count: int
    likeness: float
    ground: Ground
    stayed: Flags


@dataclass(frozen=True, slots=True)
class Stability:
    """`likeness` and `counts`: one figure a resample. The others: the share of resamples in which a statement is supported by
    all groups, rejected by all, divides them; in which a participant stays in the group.
    """

    likeness: Floats
    counts: Ints
    supported: Floats
    rejected: Floats
    divided: Floats
    stayed: Floats

    def middle(self) -> float:
        return float(np.median(self.likeness))

    def least(self) -> float:
        return float(self.likeness.min())

    def verdict(self) -> str:
        """What is said of the groups: `stable` (the worst resample has to give them mostly too), `mostly` or `unstable`."""
        if self.middle() >= STABLE and self.least() >= MOSTLY:
            return "stable"
        return "mostly" if self.middle() >= MOSTLY else "unstable"


def stability(
    seen: Seen, times: int, workers: int = 1, progress: Callable[[int], None] = lambda done: None
) -> Stability:
    """The stability of a map over so many resamples (1 at least), in so many processes."""
    one = partial(resample, seen)
    if workers == 1:
        found = _told(map(one, range(times)), progress)
    else:
        with ProcessPoolExecutor(workers, initializer=_begin, initargs=(seen,)) as pool:
            found = _told(pool.map(_one, range(times), chunksize=4), progress)
    grounds = [each.ground for each in found]
    return Stability(
        np.array([each.likeness for each in found]),
        np.array([each.count for each in found]),
        np.mean([each.supported for each in grounds], axis=0),
        np.mean([each.rejected for each in grounds], axis=0),
        np.mean([each.divided for each in grounds], axis=0),
        np.mean([each.stayed for each in found], axis=0),
    )


def resample(seen: Seen, seed: int) -> Resample:
    """The map of some of the participants, beside the map of all."""
    people = len(seen.rows)
    size = min(round(SHARE * people), MOST)
    order = np.random.default_rng(seed).permutation(people)
    kept, left = np.sort(order[:size]), np.sort(order[size:])
    rows = seen.rows.taken(kept)
    # The sums add up, so that of the two parts only the smaller one is counted.
    sums = sums_of(rows) if len(kept) <= len(left) else seen.sums - sums_of(seen.rows.taken(left))
    is_in = ~seen.axes.is_out
    axes = axes_of(sums, seen.axes.is_out, seen.axes)
    is_grouped = seen.label >= 0
    places = placed(seen.rows, axes)
    groups = grouped(places[kept][is_grouped[kept]])
    if groups is None:
        nowhere = np.zeros(seen.rows.width, bool)
        return Resample(0, 0.0, Ground(nowhere, nowhere, nowhere), np.zeros(people, bool))
    label = np.full(people, -1)
    label[is_grouped] = nearest(places[is_grouped], groups.centres)
    tallies = tallied(rows, label[kept], len(groups)).groups()
    table = np.zeros((seen.count, len(groups)), np.int64)
    np.add.at(table, (seen.label[is_grouped], label[is_grouped]), 1)
    stayed = np.zeros(people, bool)
    for was, now in matched(table):
        stayed |= is_grouped & (seen.label == was) & (label == now)
    return Resample(len(groups), likeness(table), ground(tallies, is_in), stayed)


def likeness(table: Ints) -> float:
    """The adjusted Rand index of two partitions, from the table of how many are in each pair of their groups: 1 for the same
    groups, 0 for what chance would give.
    """
    pairs, rows, columns, whole = (
        float((counts * (counts - 1) // 2).sum())
        for counts in (table, table.sum(1), table.sum(0), table.sum())
    )
    expected = rows * columns / max(1.0, whole)
    most = (rows + columns) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def matched(table: Ints) -> tuple[tuple[int, int], ...]:
    """Which group of one partition goes with which of the other so that most people stay: there are five groups at most."""
    rows, columns = table.shape
    if rows > columns:
        return tuple((was, now) for now, was in matched(table.T))
    best = max(
        permutations(range(columns), rows),
        key=lambda each: sum(int(table[was, now]) for was, now in enumerate(each)),
    )
    return tuple(enumerate(best))


def _told(found: Iterable[Resample], progress: Callable[[int], None]) -> list[Resample]:
    kept: list[Resample] = []
    for each in found:
        kept.append(each)
        progress(len(kept))
    return kept


# What a worker process compares with: handed over once, and not with each resample.
_SEEN: list[Seen] = []


def _begin(seen: Seen) -> None:
    _SEEN[:] = [seen]


def _one(seed: int) -> Resample:
    return resample(_SEEN[0], seed)
