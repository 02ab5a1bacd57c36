"""Claims that something is impossible, as sums of whole numbers: what a proof is about, before any proof.

A claim: of `people` (numbered from 0), `seats` sit; of the people `who` of each row at least `least` and at most `most`
sit; no list meets all rows. A row with `lower` and `raise` may be relaxed at that price a place; the claim is then that it
cannot be done for less than `below`, unless the rows are relaxed at least as far as one of `known` says: a list of
[row, lowered, raised]. Whoever doubts a claim builds it from the pool and the rules again.
"""

from collections import Counter
from fractions import Fraction
from math import floor, lcm
from typing import Any, NamedTuple

SIDES = ("lower", "raise")
Said = dict[str, Any]
Row = tuple[dict[int, Any], Any]


class System(NamedTuple):
    """Counts from 0 to `most`; `rows`: a sum of terms is at least a bound; `known`: counts that are at least so many."""

    most: list[int]
    rows: list[Row]
    known: list[dict[int, int]]


def system(claim: Said) -> System:
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
    known = []
    for one in claim.get("known", ()):
        amounts = [by for _, *both in one for by in both]
        if not any(amounts) or min(amounts) < 0:
            raise ValueError("what is known goes nowhere, or back")
        sides = ((row, name, by) for row, *both in one for name, by in zip(SIDES, both, strict=True))
        known.append({columns[row, name]: by for row, name, by in sides if by})
    return System(most, rows, known)


def weights_of(level: Said) -> dict[int, Fraction]:
    """The weights of a level of a lottery, by type."""
    return {int(kind): Fraction(weight) for kind, weight in level["weights"].items()}


def worth(claim: Said, level: Said, size: Counter[int]) -> System:
    """That a lawful list is worth more than `bound` under the weights of a level: what a tree refutes."""
    counts = system({**claim, "people": len(claim["types"])})
    each = {kind: weight / size[kind] for kind, weight in weights_of(level).items()}
    more: Row = ({kind: 1000 * value for kind, value in each.items()}, 1000 * Fraction(level["bound"]))
    if len(each) == 1:  # more is one person more
        ((kind, value),) = each.items()
        more = ({kind: 1}, floor(Fraction(level["bound"]) / value) + 1)
    return counts._replace(rows=[*counts.rows, more])
