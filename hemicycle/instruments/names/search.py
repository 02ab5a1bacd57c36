"""Candidates: the bags of a list whose words, weighed by rarity, come nearest to those of a query."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .index import Index
from .neighbours import Near

WITHIN = 0.72
AT_LEAST = 0.4
MOST = 40


class Search:
    """One dense row of sums over all bags, used again for every query."""

    def __init__(self, index: Index) -> None:
        self._sums: npt.NDArray[np.float32] = np.zeros(len(index.bags), np.float32)

    def candidates(self, query: Sequence[Near]) -> list[int]:
        """At most `MOST` bags, the nearest first. A bag counts the nearest of its words for each word of the query."""
        sums = self._sums
        asked = [near for near in query if len(near.bags)]
        whole = sum(near.told for near in query)
        if not asked:
            return []
        for near in asked:
            # Bags stand nearest last: where one stands twice, the last and nearest value stays.
            sums[near.bags] = sums[near.bags] + near.closeness * np.float32(near.told / 255)
        touched = np.concatenate([near.bags for near in _telling(asked, AT_LEAST * whole)])
        values = sums[touched]
        floor = max(float(values.max()) * WITHIN, AT_LEAST * whole)
        found = np.array(sorted(set(touched[values >= floor].tolist())), np.int32)
        values = sums[found]
        for near in asked:
            sums[near.bags] = 0
        if len(found) > MOST:
            kept = np.argpartition(-values, MOST)[:MOST]
            found, values = found[kept], values[kept]
        order = np.lexsort((found, -values))
        return [int(number) for number in found[order]]


def _telling(query: Sequence[Near], floor: float) -> list[Near]:
    """The fewest words, those in few names first, without which no name can reach the floor."""
    by_size = sorted(query, key=lambda near: len(near.bags))
    rest = sum(near.told for near in query)
    for place, near in enumerate(by_size):
        rest -= near.told
        if rest < floor:
            return by_size[: place + 1]
    return by_size
