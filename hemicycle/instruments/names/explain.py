"""What a hit rests on: aligned parts, what is left over, each feature with its value and weight, and one sentence.

The score is the logistic function of the sum of value times weight, so that anybody can add it up again.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import TYPE_CHECKING, TypedDict

from . import dates
from .align import SAME
from .weights import BIRTH

if TYPE_CHECKING:
    from .part import Compared, Part

WRITTEN, SOUNDS, GENDER, SPELT, INITIAL, CONTRADICTS = (
    "written alike",
    "sounds alike",
    "other gender's ending",
    "spelt closely",
    "initial",
    "contradicts",
)


class Pair(TypedDict):
    """Two parts that stand for each other; closeness from 0 to 1."""

    query: str
    listed: str
    closeness: float
    agreement: str


class Feature(TypedDict):
    """One summand: value times weight."""

    name: str
    value: float
    weight: float


class Explanation(TypedDict):
    """All that a score rests on, ready for JSON."""

    query: str
    listed: str
    pairs: list[Pair]
    left_in_query: list[str]
    left_in_list: list[str]
    patronymic_elsewhere: str
    signals: list[str]
    features: list[Feature]
    sum: float
    score: float
    sentence: str


def probability(log_odds: float) -> float:
    """A score from 0 to 1, to six digits: above 0.5 is a hit. It ranks; it is no probability of guilt or identity."""
    return round(1 / (1 + exp(-max(-40.0, min(40.0, log_odds)))), 6)


def recomputed(explanation: Explanation) -> float:
    """The score again, from the features of the explanation alone."""
    return probability(sum(feature["value"] * feature["weight"] for feature in explanation["features"]))


def explained(
    query: str, listed: str, part: Part, compared: Compared, birth: int | None, signals: Sequence[str]
) -> Explanation:
    """The explanation of one comparison; features of value 0 are left out."""
    found = compared.alignment
    bag = [part.index.words[word] for word in part.index.bags[compared.bag]]
    words = compared.words
    pairs = [
        Pair(
            query=words[mine],
            listed=bag[theirs],
            closeness=round(value, 4),
            agreement=_agreement(part, words[mine], bag[theirs], value),
        )
        for mine, theirs, value in found.pairs
    ]
    pairs += [
        Pair(query=words[mine], listed=bag[theirs], closeness=0.0, agreement=INITIAL)
        for mine, theirs in found.initials
    ]
    pairs += [
        Pair(query=words[mine], listed=bag[theirs], closeness=round(value, 4), agreement=CONTRADICTS)
        for mine, theirs, value in found.contradicting
    ]
    features = [
        Feature(name=name, value=round(value, 6), weight=weight)
        for name, value, weight in zip(part.features, found.features, part.weights, strict=True)
        if value
    ]
    if birth is not None:
        features.append(Feature(name=dates.FEATURES[birth], value=1.0, weight=BIRTH[birth]))
    total = sum(feature["value"] * feature["weight"] for feature in features)
    told = Explanation(
        query=query,
        listed=listed,
        pairs=pairs,
        left_in_query=[words[place] for place in found.left_query],
        left_in_list=[bag[place] for place in found.left_list],
        patronymic_elsewhere=part.index.words[found.elsewhere] if found.elsewhere >= 0 else "",
        signals=list(signals),
        features=features,
        sum=round(total, 6),
        score=probability(total),
        sentence="",
    )
    told["sentence"] = _sentence(told, None if birth is None else dates.FEATURES[birth])
    return told


def _agreement(part: Part, mine: str, theirs: str, value: float) -> str:
    if mine == theirs:
        return WRITTEN
    if value >= SAME:
        return SOUNDS
    return GENDER if part.neighbours.is_other_gender(mine, theirs) else SPELT


def _sentence(told: Explanation, birth: str | None) -> str:
    """One sentence for a clerk: what agrees, what does not, what stands on one side only."""
    said = []
    for agreement, words in (
        (WRITTEN, "{} written alike"),
        (SOUNDS, "{} sound alike"),
        (SPELT, "{} spelt closely"),
        (GENDER, "{} with the other gender's ending"),
        (INITIAL, "{} as an initial"),
        (CONTRADICTS, "{} do not agree"),
    ):
        of_kind = [
            pair["query"] if pair["query"] == pair["listed"] else f"{pair['query']}/{pair['listed']}"
            for pair in told["pairs"]
            if pair["agreement"] == agreement
        ]
        if of_kind:
            said.append(words.format(", ".join(of_kind)))
    for side, left in (("query", told["left_in_query"]), ("list", told["left_in_list"])):
        if left:
            said.append(f"{', '.join(left)} only in the {side}")
    if told["patronymic_elsewhere"]:
        said.append(f"another name of this entry has the patronymic {told['patronymic_elsewhere']}")
    if birth:
        said.append(birth)
    if told["signals"]:
        said.append("typed with " + ", ".join(told["signals"]))
    return f"“{told['query']}” beside “{told['listed']}”: {'; '.join(said)}."
