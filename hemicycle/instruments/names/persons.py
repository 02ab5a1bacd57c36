"""How the name of a person in a query agrees with a name of the list: one-to-one alignment and the features of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .align import AGREES, SAME, Alignment, likeness, pair, pair_left
from .fold import first_letters, skeletons
from .index import PARTICLES, Index
from .neighbours import Near

FEATURES = (
    "base",
    "unlike",
    "worst part",
    "second-worst part",
    "parts that contradict",
    "patronymic contradicts",
    "patronymic agrees",
    "patronymic on one side only",
    "left over in the query",
    "left over in the list",
    "initials that agree",
    "initials that contradict",
    "two parts agree, the patronymic apart",
    "three parts agree, the patronymic apart",
    "rarity of what agrees",
    "rarest part that agrees",
    "all parts sound alike",
    "parts that begin otherwise",
    "letters that agree",
    "worst part hardly alike",
    "parts with other consonants",
)

SAME_FATHER = 0.88  # patronymics share long endings: alike in less they are two
CONTRADICTS = FEATURES.index("patronymic contradicts")
ONE_SIDE = FEATURES.index("patronymic on one side only")

_SERVANT = frozenset(
    ("abdul", "abdel", "abdol", "abdoul", "abdal", "abdur", "abdu", "abdus", "abdud", "abdool", "abd")
)
_FATHER = frozenset(("abu", "abou", "ebu", "abo"))
_ARTICLES = frozenset(("al", "el", "ul", "ur", "ar", "us", "as", "ud", "ad", "ol", "an", "az", "ash"))


def joined(words: tuple[str, ...]) -> tuple[str, ...]:
    """Names that Arabic builds of two words made one: Abd al-X, Abdel X, Abu X."""
    if not any(word.startswith(("ab", "eb")) for word in words):
        return words
    put: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        rest = words[place + 1 :]
        if word in ("abd", "abdu") and len(rest) > 1 and rest[0] in _ARTICLES:
            put.append("abdul" + rest[1])
            place += 3
        elif word in _SERVANT and rest and len(rest[0]) > 2:
            put.append("abdul" + rest[0])
            place += 2
        elif word in _FATHER and rest and len(rest[0]) > 2:
            put.append("abu" + rest[0])
            place += 2
        elif word in _FATHER and len(rest) > 1 and rest[0] in _ARTICLES:
            put.append("abu" + rest[1])
            place += 3
        else:
            put.append(word)
            place += 1
    return tuple(put)


def patronymic_place(likes: Sequence[bool], frequencies: Sequence[int], words: int) -> int:
    """Where the patronymic stands: of three or more words the most frequent with its ending; -1 if none."""
    if words < 3:
        return -1
    places = [place for place, like in enumerate(likes) if like]
    if not places:
        return -1
    return max(places, key=lambda place: frequencies[place])


def aligned(query: Sequence[Near], bag: Sequence[int], index: Index, patronymic: int) -> Alignment:
    """Align a query with a bag of the index. `patronymic` is the place of the query's own, or -1."""
    found = Alignment()
    theirs = index.patronymics.get(tuple(bag), -1)
    free_query, free_list = pair(found, query, bag)
    for place, other, _ in found.pairs:  # of two words one may be a patronymic: the other side tells
        if patronymic < 0 and other == theirs and query[place].patronymic_like:
            patronymic = place
        elif theirs < 0 and place == patronymic and index.patronymic_like[bag[other]]:
            theirs = other
    found.patronymics = (patronymic, theirs)
    if free_query and free_list:
        _align_initials(found, query, bag, index, free_query, free_list)
    found.left_query = [place for place in sorted(free_query) if query[place].word not in PARTICLES]
    found.left_list = [place for place in sorted(free_list) if index.words[bag[place]] not in PARTICLES]
    if patronymic in found.left_query and theirs in found.left_list:
        found.left_query.remove(patronymic)
        found.left_list.remove(theirs)
        found.contradicting.append((patronymic, theirs, likeness(query[patronymic], bag[theirs], index)))
    pair_left(found, query, bag, index, likeness)
    found.features = _features(found, query, bag, index)
    return found


def _align_initials(
    found: Alignment,
    query: Sequence[Near],
    bag: Sequence[int],
    index: Index,
    free_query: set[int],
    free_list: set[int],
) -> None:
    for place in sorted(free_query):
        mine = query[place]
        for other in sorted(free_list):
            word = index.words[bag[other]]
            if not (mine.is_initial or len(word) == 1):
                continue
            if mine.first_letters & index.first_letters(bag[other]):
                found.initials.append((place, other))
                free_query.discard(place)
                free_list.discard(other)
                break


def _features(found: Alignment, query: Sequence[Near], bag: Sequence[int], index: Index) -> list[float]:
    weight_sum = like_sum = rarity = rarest = otherwise = letters = consonants = 0.0
    full = 0
    values: list[float] = []
    patronymic, theirs = found.patronymics
    patronymic_agrees = patronymic_contradicts = 0.0
    for place, other, value in found.pairs:
        mine, word = query[place], index.words[bag[other]]
        weight = min(mine.told, index.told[bag[other]]) if value < SAME else mine.told
        weight_sum += weight
        like_sum += weight * value
        is_particle = mine.word in PARTICLES
        if not is_particle:
            values.append(value)
        if value < SAME and not is_particle:
            if not mine.first_letters & first_letters(word):
                otherwise += 1 - value
            if not skeletons(mine.word) & skeletons(word):
                consonants += 5 / max(4, len(mine.reading))
        if place == patronymic and other == theirs:
            patronymic_agrees = float(value >= SAME_FATHER)
            patronymic_contradicts = max(0.0, SAME_FATHER - value) * 5
            continue
        rarity += weight * value
        letters += value * len(mine.reading)
        if not is_particle:
            full += 1
            if weight > rarest and value >= AGREES:
                rarest = weight
    values.sort()
    contradicting, unlike_initials, other_father = _contradictions(found, query, bag, index)
    one_side = float((patronymic < 0) != (theirs < 0))
    return [
        1.0,
        1 - like_sum / weight_sum if weight_sum else 1.0,
        1 - values[0] if values else 1.0,
        1 - values[1] if len(values) > 1 else 0.0,
        contradicting,
        max(patronymic_contradicts, other_father),
        patronymic_agrees,
        one_side,
        sum(query[place].told for place in found.left_query) / 10,
        sum(index.told[bag[place]] for place in found.left_list) / 10,
        float(len(found.initials)),
        unlike_initials,
        float(full >= 2),
        float(full >= 3),
        rarity / 10,
        rarest / 10,
        float(found.is_whole),
        otherwise * 3,
        min(letters, 30.0) / 10,
        max(0.0, AGREES - values[0]) * 5 if values else 0.0,
        consonants,
    ]


def _contradictions(
    found: Alignment, query: Sequence[Near], bag: Sequence[int], index: Index
) -> tuple[float, float, float]:
    """How much parts contradict, how many initials do, and how much the patronymics do."""
    parts = initials = patronymics = 0.0
    for place, other, value in found.contradicting:
        if query[place].is_initial or len(index.words[bag[other]]) == 1:
            initials += 1.0
        elif (place, other) == found.patronymics:
            patronymics = 1.5 - value
        else:
            parts += 1.25 - value
    return parts, initials, patronymics


def with_patronymic_elsewhere(
    found: Alignment, query: Sequence[Near], patronymics: Sequence[int], index: Index
) -> Alignment | None:
    """The alignment when this name has no patronymic, but the entry's other names have, and none agrees; else None."""
    mine = query[found.patronymics[0]]
    if any(mine.close.get(word, 0.0) >= SAME_FATHER for word in patronymics):
        return None
    value, word = max((likeness(mine, word, index), word) for word in patronymics)
    if value >= SAME_FATHER:
        return None
    features = list(found.features)
    features[CONTRADICTS] = 1.5 - value
    features[ONE_SIDE] = 0.0
    return replace(found, features=features, elsewhere=word)
