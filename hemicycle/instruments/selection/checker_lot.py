"""Checks that a lottery over lists is lawful, and what chance it gives to whom. No solver, no floating point.

The certificate: `types[i]` is the type of person i; a row says of which people at least `least` and at most `most` sit; each
list counts its people by type and has a weight.
"""

from collections import Counter
from fractions import Fraction
from typing import Any


def kinds_of(claim: dict[str, Any], row: dict[str, Any]) -> set[int]:
    """The types of which a row speaks."""
    who = frozenset(row["who"])
    return {kind for person, kind in enumerate(claim["types"]) if person in who}


def lawful(claim: dict[str, Any]) -> bool:
    """Whether equal types have equal rows, every list meets every row, and the weights are 1 together."""
    size, members = Counter(claim["types"]), [frozenset(row["who"]) for row in claim["rows"]]
    marks = {(kind, tuple(person in who for who in members)) for person, kind in enumerate(claim["types"])}
    if len(marks) > len(size):
        return False
    rows = [(kinds_of(claim, row), row) for row in claim["rows"]]
    for one in claim["lists"]:
        counts = {int(kind): count for kind, count in one["counts"].items()}
        if any(type(count) is not int or not 0 <= count <= size[kind] for kind, count in counts.items()):
            return False
        if sum(counts.values()) != claim["seats"] or Fraction(one["weight"]) <= 0:
            return False
        for kinds, row in rows:
            if not row["least"] <= sum(counts.get(kind, 0) for kind in kinds) <= row["most"]:
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
