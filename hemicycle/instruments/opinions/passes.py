"""The map in three passes over shards: sums, places, tallies. What a pass does to a shard is a pure function, and what comes of it
is added up or put in a row; so an engine that can map a function over shards can run it. See docs/scale.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from operator import add
from typing import Any

import numpy as np

from .axes import Axes, axes_of, placed
from .groups import Groups, grouped
from .sums import Sums, sums_of
from .tallies import Tallies, tallied
from .votes import Flags, Floats, Ints, Rows

#: Who voted on fewer statements (or on all, when there are fewer) is placed on the map, but in no group.
ENOUGH = 7
#: Fewer voters have no groups, unless the charter says otherwise.
FEWEST = 15

#: Votes at hand, or how to come by them: a shard that is read from a file in each pass need not be kept.
Shard = Rows | Callable[[], Rows]
#: `map`, that of a pool of processes, or that of an engine: a function and shards in, results in the order of the shards out.
Each = Callable[..., Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """`label`: the group of each participant, −1 for none. `overall`: tallies of all participants, in one row."""

    sums: Sums
    axes: Axes
    places: Floats
    groups: Groups
    label: Ints
    tallies: Tallies
    overall: Tallies


def summed(shards: Sequence[Shard], each: Each = map) -> Sums:
    """The first pass."""
    sums: Sums = reduce(add, each(_sums, shards))
    return sums


def drawn(
    shards: Sequence[Shard],
    is_out: Flags,
    fewest: int = FEWEST,
    each: Each = map,
    sums: Sums | None = None,
    before: Axes | None = None,
) -> Drawn | None:
    """The map; None when there are fewer than `fewest` voters, or no two groups to be told apart.

    `sums` when they are known already, `before` when the map is to point as an earlier one did.
    """
    sums = summed(shards, each) if sums is None else sums
    axes = axes_of(sums, is_out, before)
    found = list(each(partial(_places, axes), shards))
    places = np.vstack([part for part, _ in found])
    counts = np.concatenate([part for _, part in found])
    is_voter = counts >= max(1, min(ENOUGH, len(is_out)))
    groups = grouped(places[is_voter]) if is_voter.sum() >= fewest else None
    if groups is None:
        return None
    label = np.full(len(places), -1)
    label[is_voter] = groups.label
    cuts = np.cumsum([len(part) for part, _ in found])[:-1]
    tallies: Tallies = reduce(add, each(partial(_tallies, len(groups)), shards, np.split(label, cuts)))
    return Drawn(sums, axes, places, groups, label, tallies.groups(), tallies.overall())


def _rows(shard: Shard) -> Rows:
    return shard if isinstance(shard, Rows) else shard()


def _sums(shard: Shard) -> Sums:
    return sums_of(_rows(shard))


def _places(axes: Axes, shard: Shard) -> tuple[Floats, Ints]:
    rows = _rows(shard)
    return placed(rows, axes), rows.counts()


def _tallies(count: int, shard: Shard, label: Ints) -> Tallies:
    return tallied(_rows(shard), label, count)
