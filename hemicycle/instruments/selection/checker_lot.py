"""Checks that a lottery is lawful and that none is fairer. No solver, no floating point, nothing but Python.

The certificate: `types[i]` is the type of person i; a row says of which people at least `least` and at most `most` sit; each
list counts its people by type. A level says that among the types above the levels before it nobody's smallest chance can
be above `value`: chances weighted by `weights` are at most the rows multiplied by `rows` and the seats by `seats` (linear
duality); or, with a `tree`, no lawful list is worth `bound` under the weights (checker.py). Values are decimal fractions;
what is claimed is claimed to within `within`.
"""

from collections import Counter
from fractions import Fraction
from math import floor
from typing import Any

from .checker import System, refuted, system

Counts = Counter[int]
Fixed = dict[int, Fraction]


def lawful(claim: dict[str, Any]) -> bool:
    """Whether equal types have equal rows, every list meets every row, and the weights are 1 together."""
    marks: dict[int, set[tuple[int, ...]]] = {}
    speaking: list[list[int]] = [[] for _ in claim["types"]]
    for number, row in enumerate(claim["rows"]):
        for person in set(row["who"]):
            speaking[person].append(number)
    for kind, mark in zip(claim["types"], speaking, strict=True):
        marks.setdefault(kind, set()).add(tuple(mark))
    if any(len(different) > 1 for different in marks.values()):
        return False
    size = Counter(claim["types"])
    rows = [({claim["types"][person] for person in row["who"]}, row) for row in claim["rows"]]
    for one in claim["lists"]:
        counts = {int(kind): count for kind, count in one["counts"].items()}
        if any(type(count) is not int or not 0 <= count <= size[kind] for kind, count in counts.items()):
            return False
        if sum(counts.values()) != claim["seats"] or Fraction(one["weight"]) <= 0:
            return False
        for kinds, row in rows:
            if (
                not row["least"]
                <= sum(count for kind, count in counts.items() if kind in kinds)
                <= row["most"]
            ):
                return False
    return sum(Fraction(one["weight"]) for one in claim["lists"]) == 1


def chances(claim: dict[str, Any]) -> dict[int, Fraction]:
    """The exact chance of one person of each type."""
    size = Counter(claim["types"])
    reached = dict.fromkeys(size, Fraction(0))
    for one in claim["lists"]:
        for kind, count in one["counts"].items():
            reached[int(kind)] += Fraction(one["weight"]) * count / size[int(kind)]
    return reached


def by_rows(claim: dict[str, Any], level: dict[str, Any], size: Counts, fixed: Fixed) -> Fraction:
    """What the chances of the level, weighted, cannot exceed: rows and seats times their multipliers."""
    pull = dict.fromkeys(size, Fraction(level["seats"]))
    bound: Fraction = Fraction(level["seats"]) * claim["seats"]
    for number, text in level["rows"].items():
        times, row = Fraction(text), claim["rows"][int(number)]
        bound += times * (row["most"] if times > 0 else row["least"])
        for kind in {claim["types"][person] for person in row["who"]}:
            pull[kind] += times
    for kind, count in size.items():
        taken, weight = pull[kind] * count, Fraction(level["weights"].get(str(kind), 0))
        bound += -taken * fixed[kind] if kind in fixed else max(Fraction(0), weight - taken)
    return bound


def worth(claim: dict[str, Any], level: dict[str, Any], size: Counts) -> System:
    """That a lawful list is worth more than `bound` under the weights of a level: what a tree refutes."""
    counts, rows = system({**claim, "people": len(claim["types"])})
    each = {int(kind): Fraction(text) / size[int(kind)] for kind, text in level["weights"].items()}
    if len(each) == 1:  # more is one person more
        ((kind, value),) = each.items()
        return counts, [*rows, ({kind: 1}, floor(Fraction(level["bound"]) / value) + 1)]
    more = {kind: 1000 * value for kind, value in each.items()}
    return counts, [*rows, (more, 1000 * Fraction(level["bound"]))]


def by_tree(claim: dict[str, Any], level: dict[str, Any], size: Counts, fixed: Fixed) -> Fraction | None:
    """The same, where a tree shows that no whole list is worth more; None when it does not."""
    if list(dict.fromkeys(claim["types"])) != list(range(len(size))) or not refuted(
        worth(claim, level, size), level["tree"]
    ):
        return None
    weights = {int(kind): Fraction(text) for kind, text in level["weights"].items()}
    held = sum((weights.get(kind, Fraction(0)) * value for kind, value in fixed.items()), Fraction(0))
    return Fraction(level["bound"]) - held


def fairest(claim: dict[str, Any]) -> bool:
    """Whether no lottery over lawful lists is fairer: the smallest chance, then the next smallest, and so on."""
    size, reached, within = Counter(claim["types"]), chances(claim), Fraction(claim["within"])
    fixed: Fixed = {}
    for level in claim["levels"]:
        weights = {int(kind): Fraction(weight) for kind, weight in level["weights"].items()}
        if any(weight <= 0 for weight in weights.values()) or not set(level["pinned"]) <= set(weights) - set(
            fixed
        ):
            return False
        bound = (by_tree if "tree" in level else by_rows)(claim, level, size, fixed)
        # The bound holds for the weighted mean of the chances that are still open, so for the smallest of them.
        mean = sum(weight for kind, weight in weights.items() if kind not in fixed)
        if bound is None or bound > (Fraction(level["value"]) + within) * mean:
            return False
        if any(reached[kind] < Fraction(level["value"]) - within for kind in size if kind not in fixed):
            return False
        fixed.update({kind: reached[kind] for kind in level["pinned"]})
    return set(fixed) == set(size)
