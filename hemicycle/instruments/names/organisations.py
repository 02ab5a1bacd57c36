"""How the name of an organisation in a query agrees with one of the list; legal forms and common words tell little."""

from __future__ import annotations

from collections.abc import Sequence

from .align import AGREES, SAME, Alignment, likeness, pair, pair_left
from .index import Index
from .neighbours import Near

FEATURES = (
    "base",
    "unlike",
    "worst part",
    "parts that contradict",
    "numbers that differ",
    "share left over in the query",
    "share left over in the list",
    "left over in the query",
    "left over in the list",
    "rarity of what agrees",
    "rarest part that agrees",
    "all parts sound alike",
)


def aligned(query: Sequence[Near], bag: Sequence[int], index: Index) -> Alignment:
    """Align a query with a bag of the index."""
    found = Alignment()
    free_query, free_list = pair(found, query, bag)
    found.left_query, found.left_list = sorted(free_query), sorted(free_list)
    pair_left(found, query, bag, index, likeness)
    weight_sum = like_sum = rarest = 0.0
    worst = 1.0
    for place, other, value in found.pairs:
        weight = min(query[place].told, index.told[bag[other]]) if value < SAME else query[place].told
        weight_sum += weight
        like_sum += weight * value
        worst = min(worst, value)
        if value >= AGREES:
            rarest = max(rarest, weight)
    numbers = contradicting = query_left = list_left = 0.0
    for place, other, value in found.contradicting:
        word = index.words[bag[other]]
        numbers += float(word.isdigit() and query[place].word.isdigit())
        contradicting += 1.25 - value
        query_left += query[place].told
        list_left += index.told[bag[other]]
    query_left += sum(query[place].told for place in found.left_query)
    list_left += sum(index.told[bag[place]] for place in found.left_list)
    found.features = [
        1.0,
        1 - like_sum / weight_sum if weight_sum else 1.0,
        1 - worst if found.pairs else 1.0,
        contradicting,
        numbers,
        query_left / (query_left + weight_sum) if query_left else 0.0,
        list_left / (list_left + weight_sum) if list_left else 0.0,
        query_left / 10,
        list_left / 10,
        like_sum / 10,
        rarest / 10,
        float(not (query_left or list_left) and worst >= SAME),
    ]
    return found
