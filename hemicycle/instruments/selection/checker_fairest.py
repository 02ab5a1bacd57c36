"""Checks that no lottery over lawful lists is fairer than a lawful one. No solver, no floating point.

A level of the certificate says that among the types above the levels before it nobody's smallest chance can be above
`value`: chances weighted by `weights` are at most the rows multiplied by `rows` and the seats by `seats` (linear duality);
or, with a `tree`, no lawful list is worth `bound` under the weights (checker.py). Values are decimal fractions; what is
claimed is claimed to within `within`. A type is `pinned` at its chance where no lottery as fair gives it a hundredth more.
"""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from .checker import refuted
from .checker_lot import chances, kinds_of
from .claims import Said, weights_of, worth

HELD = Fraction(1, 100)
Chances = Mapping[int, Fraction]


def by_rows(claim: Said, level: Said, size: Counter[int], fixed: Chances) -> Fraction:
    """What the chances of the level, weighted, cannot exceed: rows and seats times their multipliers."""
    seats, weights = Fraction(level["seats"]), weights_of(level)
    pull, bound = dict.fromkeys(size, seats), Fraction(seats * claim["seats"])
    for number, text in level["rows"].items():
        times, row = Fraction(text), claim["rows"][int(number)]
        bound += times * (row["most"] if times > 0 else row["least"])
        for kind in kinds_of(claim, row):
            pull[kind] += times
    for kind, count in size.items():
        taken, weight = pull[kind] * count, weights.get(kind, Fraction(0))
        bound += -taken * fixed[kind] if kind in fixed else max(Fraction(0), weight - taken)
    return bound


def by_tree(claim: Said, level: Said, size: Counter[int], fixed: Chances) -> Fraction | None:
    """The same, where a tree shows that no whole list is worth more; None when it does not."""
    if list(size) != list(range(len(size))) or not refuted(worth(claim, level, size), level["tree"]):
        return None
    weights = weights_of(level)
    return Fraction(level["bound"]) - sum(weights.get(kind, 0) * value for kind, value in fixed.items())


def fairest(claim: Said) -> bool:
    """Whether no lottery over lawful lists is fairer: the smallest chance, then the next smallest, and so on."""
    size, reached, within = Counter[int](claim["types"]), chances(claim), Fraction(claim["within"])
    fixed: dict[int, Fraction] = {}
    for level in claim["levels"]:
        weights, least = weights_of(level), Fraction(level["value"]) - within
        if any(weight <= 0 for weight in weights.values()) or set(level["pinned"]) - (weights.keys() - fixed):
            return False
        bound = (by_tree if "tree" in level else by_rows)(claim, level, size, fixed)
        # The bound holds for the weighted mean of the chances that are still open, so for the smallest of them.
        mean = sum(weight for kind, weight in weights.items() if kind not in fixed)
        if bound is None or bound > (least + 2 * within) * mean:
            return False
        if any(bound - least * mean > HELD * weights[kind] for kind in level["pinned"]):
            return False
        if any(reached[kind] < least for kind in size if kind not in fixed):
            return False
        fixed.update({kind: reached[kind] for kind in level["pinned"]})
    return set(fixed) == set(size)
