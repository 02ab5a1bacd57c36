"""Claims that something is impossible, as sums of whole numbers: what a proof is about, before any proof.

A claim: of `people` (numbered from 0), `seats` sit; of the people `who` of each row at least `least` and at most `most`
sit; no list meets all rows. A row with `lower` and `raise` may be relaxed at that price a place; the claim is then that it
cannot be done for less than `below`, unless the rows are relaxed at least as far as one of `known` says: a list of
[row, lowered, raised]. Whoever doubts a claim builds it from the pool and the rules again.
"""

from collections import Counter
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

Row = tuple[dict[int, Any], Any]


class System(NamedTuple):
    """Counts from 0 to `most`; `rows`: a sum of terms is at least a bound; `known`: counts that are at least so many."""

    most: list[int]
    rows: list[Row]
    known: list[dict[int, int]]


def system(claim: dict[str, Any]) -> System:
    """Counts per type of people (in order of first place), then lowerings and raisings; rows 2i + 2 and 2i + 3 are row i."""
    seats, members = claim["seats"], [frozenset(row["who"]) for row in claim["rows"]]
    types = Counter(tuple(person in who for who in members) for person in range(claim["people"]))
    most, prices, columns = list(types.values()), {}, {}
    rows: list[Row] = [(dict.fromkeys(range(len(most)), sign), sign * seats) for sign in (1, -1)]
    for number, row in enumerate(claim["rows"]):
        low = {column: 1 for column, mark in enumerate(types) if mark[number]}
        high = dict.fromkeys(low, -1)
        for side, name, room in ((low, "lower", row["least"]), (high, "raise", max(0, seats - row["most"]))):
            if row.get(name) is not None:
                columns[number, name] = len(most)
                side[len(most)], prices[len(most)] = 1, -Fraction(row[name])
                most.append(room)
        rows += [(low, row["least"]), (high, -row["most"])]
    if claim.get("below") is not None:  # prices are multiples of a step: less than `below` is a step less
        below = Fraction(claim["below"])
        step = Fraction(1, lcm(below.denominator, *(price.denominator for price in prices.values())))
        rows.append((prices, step - below))
    for one in claim.get("known", ()):
        if not any(by for _, *both in one for by in both) or any(by < 0 for _, *both in one for by in both):
            raise ValueError("what is known goes nowhere, or back")
    known = [
        {
            columns[row, name]: by
            for row, *both in one
            for name, by in zip(("lower", "raise"), both, strict=True)
            if by
        }
        for one in claim.get("known", ())
    ]
    return System(most, rows, known)


def meets(claim: dict[str, Any], members: list[int]) -> bool:
    """Whether a full list meets every row of a claim as it stands: a witness."""
    sitting = {one for one in members if 0 <= one < claim["people"]}
    if not len(sitting) == len(members) == claim["seats"]:
        return False
    return all(row["least"] <= len(sitting & set(row["who"])) <= row["most"] for row in claim["rows"])
