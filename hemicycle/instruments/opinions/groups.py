"""Groups of participants on the map: k-means for two to five groups, the number by the best silhouette.

No chance is drawn: the same places give the same groups, whatever the order of the participants.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import cdist

from .votes import Floats, Ints

MOST_GROUPS = 5
#: A group of fewer people is never formed: it would tell who they are.
SMALLEST = 5
#: Of more people an even part decides: this many for where the centres lie, after which all are grouped around them,
SAMPLE = 2_500
#: and this many for how many groups there are.
JUDGED = 1_000
_TURNS = 500


@dataclass(frozen=True, slots=True)
class Groups:
    """`label` of each place, largest group first; `centres`; `silhouette`, and `within`, the sum of squares within the groups."""

    label: Ints
    centres: Floats
    silhouette: float
    within: float

    def __len__(self) -> int:
        return len(self.centres)


def grouped(places: Floats, most: int = MOST_GROUPS) -> Groups | None:
    """The groups of these places (n by 2); None when no two groups of `SMALLEST` people or more can be told apart.

    When every partition has a smaller group, the few of the best one are set aside and the rest is parted; all are then in
    the group that is nearest.
    """
    kept = places
    while len(kept):
        partitions = _judged(kept, most)
        for value, found in partitions:
            centres = settled(kept, found)
            if _sizes(kept, centres).min() >= SMALLEST:
                label = nearest(places, centres)
                order = np.lexsort((centres[:, 1], centres[:, 0], -np.bincount(label)))
                label, centres = np.argsort(order)[label], centres[order]
                return Groups(label, centres, value, within(places, centres, label))
        if not partitions:
            return None
        centres = partitions[0][1]
        rest = kept[_sizes(kept, centres)[nearest(kept, centres)] >= SMALLEST]
        kept = rest if len(rest) < len(kept) else kept[:0]
    return None


def _judged(places: Floats, most: int) -> list[tuple[float, Floats]]:
    """The mean silhouette and the centres of each number of groups, the best first."""
    judged = _even_part(places, JUDGED)
    apart = cdist(judged, judged)
    found = [
        (float(silhouettes(apart, nearest(judged, centres), len(centres)).mean()), centres)
        for centres in _partitions(_even_part(places, SAMPLE), most)
    ]
    return sorted(found, key=lambda one: -round(one[0], 12))


def _sizes(places: Floats, centres: Floats) -> Ints:
    return np.bincount(nearest(places, centres), minlength=len(centres))


def nearest(places: Floats, centres: Floats) -> Ints:
    """The nearest centre of each place; of two that are as near, the first."""
    label: Ints = np.argmin((centres**2).sum(1)[:, None] / 2 - centres @ places.T, axis=0)
    return label


def settled(places: Floats, centres: Floats) -> Floats:
    """Lloyd's steps until nobody changes the group; a centre that nobody is near to stays where it is."""
    before = np.zeros(0, np.int64)
    for _ in range(_TURNS):
        label = nearest(places, centres)
        if np.array_equal(label, before):
            break
        before = label
        counts = np.bincount(label, minlength=len(centres))
        sums = [np.bincount(label, places[:, side], len(centres)) for side in (0, 1)]
        means = np.column_stack(sums) / np.maximum(1, counts)[:, None]
        centres = np.where(counts[:, None] > 0, means, centres)
    return centres


def within(places: Floats, centres: Floats, label: Ints) -> float:
    """The sum of the squared distances to one's own centre."""
    return float(((places - centres[label]) ** 2).sum())


def silhouettes(apart: Floats, label: Ints, count: int) -> Floats:
    """How much nearer each place is to its own group than to the next one, -1 to 1; `apart` are all distances."""
    member = np.zeros((len(label), count))
    member[np.arange(len(label)), label] = 1
    sizes = member.sum(0)
    total = apart @ member
    each = np.arange(len(label))
    own = total[each, label] / np.maximum(1, sizes[label] - 1)
    mean = total / np.maximum(1, sizes)
    mean[:, sizes == 0] = np.inf
    mean[each, label] = np.inf
    other = mean.min(1)
    larger = np.maximum(own, other)
    value = np.divide(other - own, larger, out=np.zeros_like(own), where=larger > 0)
    return np.where(sizes[label] > 1, value, 0.0)


def _even_part(places: Floats, most: int) -> Floats:
    """All places when they are few; otherwise every so many of them, from left to right."""
    order = np.lexsort((places[:, 1], places[:, 0]))
    if len(places) <= most:
        return places[order]
    return places[order[np.linspace(0, len(places) - 1, most).round().astype(np.int64)]]


def _partitions(places: Floats, most: int) -> Iterator[Floats]:
    """For 2, 3, … groups the centres with the least sum of squares of those that these starts lead to."""
    centres = places.mean(0)[None] if len(places) else np.zeros((0, 2))
    distinct = np.unique(places, axis=0)
    for count in range(2, min(most, len(distinct)) + 1):
        found = [settled(places, start) for start in _starts(places, centres, distinct[:count])]
        worth = [within(places, one, nearest(places, one)) for one in found]
        centres = found[int(np.argmin(worth))]
        yield centres


def _starts(places: Floats, centres: Floats, outmost: Floats) -> Iterator[Floats]:
    """Each of the groups there were, cut in two across its longer side; and the places farthest to the left."""
    label = nearest(places, centres)
    for group in range(len(centres)):
        members = places[label == group]
        if len(members) < 2:
            continue
        _, sides = np.linalg.eigh(np.cov(members.T))
        along = (members - centres[group]) @ sides[:, 1]
        is_beyond = along > 0
        if is_beyond.any() and not is_beyond.all():
            halves = members[is_beyond].mean(0), members[~is_beyond].mean(0)
            yield np.vstack((np.delete(centres, group, axis=0), *halves))
    yield outmost
