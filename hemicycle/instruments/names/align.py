"""One-to-one alignment: which word of a query stands for which word of a name on the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from .fold import coarse
from .index import Index
from .neighbours import Near

SAME = 0.99
AGREES = 0.8


@dataclass(slots=True)
class Alignment:
    """Which word of the query stands for which of the list; places are positions in the two sequences."""

    pairs: list[tuple[int, int, float]] = field(default_factory=list)
    initials: list[tuple[int, int]] = field(default_factory=list)
    contradicting: list[tuple[int, int, float]] = field(default_factory=list)
    left_query: list[int] = field(default_factory=list)
    left_list: list[int] = field(default_factory=list)
    patronymics: tuple[int, int] = (-1, -1)
    features: list[float] = field(default_factory=list)
    elsewhere: int = -1  # the word of a patronymic that another name of the same entry has

    @property
    def is_whole(self) -> bool:
        """Whether every part sounds alike and none is left over."""
        no_rest = not (self.left_query or self.left_list or self.contradicting or self.initials)
        return no_rest and bool(self.pairs) and all(value >= SAME for _, _, value in self.pairs)


def pair(found: Alignment, query: Sequence[Near], bag: Sequence[int]) -> tuple[set[int], set[int]]:
    """Pair the nearest words first; returns the places left over on both sides."""
    free_query = set(range(len(query)))
    free_list = set(range(len(bag)))
    options = []
    for place, near in enumerate(query):
        close = near.close
        for other, word in enumerate(bag):
            value = close.get(word)
            if value is not None:
                options.append((value, near.told, place, other))
    options.sort(reverse=True)
    for value, _, place, other in options:
        if place in free_query and other in free_list:
            free_query.discard(place)
            free_list.discard(other)
            found.pairs.append((place, other, value))
    return free_query, free_list


def pair_left(
    found: Alignment,
    query: Sequence[Near],
    bag: Sequence[int],
    index: Index,
    like: Callable[[Near, int, Index], float],
) -> None:
    """Pair what is left over on both sides: such parts contradict, the more the less they are alike."""
    left_query, left_list = found.left_query, found.left_list
    if not (left_query and left_list):
        return
    options = sorted(
        (
            (like(query[place], bag[other], index), place, other)
            for place in left_query
            for other in left_list
        ),
        reverse=True,
    )
    for value, place, other in options:
        if place in left_query and other in left_list:
            left_query.remove(place)
            left_list.remove(other)
            found.contradicting.append((place, other, value))


def likeness(near: Near, word: int, index: Index) -> float:
    """How alike two words are that are no neighbours."""
    other = index.readings[index.first_reading[word]]
    return round(float(OSA.normalized_similarity(coarse(near.reading), coarse(other))), 4)
