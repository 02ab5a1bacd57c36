"""Checks proofs that no list can do what is claimed to be impossible. No solver, no floating point, nothing but Python.

A claim: of `people` (numbered from 0), `seats` sit; of the people `who` of each row at least `least` and at most `most`
sit; no list meets all rows. A row with `lower` and `raise` may be relaxed at that price a place; the claim is then that it
cannot be done for less than `below`. A proof is a tree: nodes split one count in two, leaves add rows up to a contradiction
(Farkas, Theorie der einfachen Ungleichungen, 1902). Whoever doubts builds the claim from the pool and the rules again.
"""

from fractions import Fraction
from math import lcm
from typing import Any

System = tuple[list[int], list[tuple[dict[int, Any], Any]]]  # most of each count; rows: sum of terms >= bound


def system(claim: dict[str, Any]) -> System:
    """Counts per type of people (in order of first place), then lowerings and raisings; rows 2i + 2 and 2i + 3 are row i."""
    marks: list[list[int]] = [[] for _ in range(claim["people"])]
    for number, row in enumerate(claim["rows"]):
        for person in set(row["who"]):
            marks[person].append(number)
    types: dict[tuple[int, ...], int] = {}
    for mark in marks:
        types[tuple(mark)] = types.get(tuple(mark), 0) + 1
    most, cost, seats = list(types.values()), {}, claim["seats"]
    counted: list[dict[int, Any]] = [{} for _ in claim["rows"]]
    for column, speaking in enumerate(types):
        for number in speaking:
            counted[number][column] = 1
    rows: list[tuple[dict[int, Any], Any]] = [
        (dict.fromkeys(range(len(most)), sign), sign * seats) for sign in (1, -1)
    ]
    for row, terms in zip(claim["rows"], counted, strict=True):
        low, high = dict(terms), dict.fromkeys(terms, -1)
        for side, price, room in ((low, "lower", row["least"]), (high, "raise", max(0, seats - row["most"]))):
            if row.get(price) is not None:
                side[len(most)] = 1
                cost[len(most)] = -Fraction(row[price])
                most.append(room)
        rows += [(low, row["least"]), (high, -row["most"])]
    if claim.get("below") is not None:
        below = Fraction(claim["below"])
        step = Fraction(1, lcm(below.denominator, *(price.denominator for price in cost.values())))
        rows.append(
            (cost, step - below)
        )  # prices are multiples of the step: less than `below` is at most one step less
    return most, rows


def contradicts(
    rows: list[Any], leaf: list[Any], low: dict[int, int], high: dict[int, int], most: list[int]
) -> bool:
    """Whether rows, multiplied by numbers that are not negative and added, ask for more than the bounds allow."""
    if any(low.get(column, 0) > high.get(column, most[column]) for column in {*low, *high}):
        return True
    terms: dict[int, Fraction] = {}
    asked = Fraction(0)
    for number, text in leaf:
        times = Fraction(text)
        if times < 0:
            return False
        asked += times * rows[number][1]
        for column, value in rows[number][0].items():
            terms[column] = terms.get(column, Fraction(0)) + times * value
    return asked > sum(
        value * (high.get(column, most[column]) if value > 0 else low.get(column, 0))
        for column, value in terms.items()
    )


def refuted(counts: System, tree: Any) -> bool:
    """Whether the tree proves that the system has no solution in whole numbers."""
    most, rows = counts
    todo: list[tuple[Any, dict[int, int], dict[int, int]]] = [(tree, {}, {})]
    try:
        while todo:
            node, low, high = todo.pop()
            if "leaf" in node:
                if not contradicts(rows, node["leaf"], low, high, most):
                    return False
                continue
            column, at = node["on"], node["at"]
            if type(column) is not int or type(at) is not int or not 0 <= column < len(most):
                return False
            todo.append((node["less"], low, {**high, column: min(at, high.get(column, most[column]))}))
            todo.append((node["more"], {**low, column: max(at + 1, low.get(column, 0))}, high))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return False  # no tree at all
    return True


def meets(claim: dict[str, Any], members: list[int]) -> bool:
    """Whether a full list meets every row of a claim as it stands: a witness."""
    sitting = {one for one in members if 0 <= one < claim["people"]}
    if not len(sitting) == len(members) == claim["seats"]:
        return False
    return all(row["least"] <= len(sitting & set(row["who"])) <= row["most"] for row in claim["rows"])
