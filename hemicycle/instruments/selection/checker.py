"""Checks proofs that no list can do what is claimed (claims.py). No solver, no floating point, nothing but Python.

A proof is a tree: nodes split one count in two; leaves add rows up to a contradiction (Farkas, Theorie der einfachen
Ungleichungen, 1902), or say which of the known ways out has been reached.
"""

from collections import defaultdict
from fractions import Fraction
from typing import Any

from .claims import System

Box = tuple[dict[int, int], dict[int, int]]  # the least and the most of counts, where a branch changed them


def contradicts(counts: System, leaf: list[Any], box: Box) -> bool:
    """Whether rows, multiplied by numbers that are not negative and added, ask for more than the box allows."""
    low, high = box
    terms, asked = defaultdict[int, Fraction](Fraction), Fraction(0)
    for number, text in leaf:
        times, row = Fraction(text), counts.rows[number]
        if times < 0:
            return False
        asked += times * row[1]
        for column, value in row[0].items():
            terms[column] += times * value
    return asked > sum(
        value * (high.get(column, counts.most[column]) if value > 0 else low.get(column, 0))
        for column, value in terms.items()
    )


def is_empty(counts: System, box: Box) -> bool:
    low, high = box
    return any(low.get(column, 0) > high.get(column, counts.most[column]) for column in {*low, *high})


def refuted(counts: System, tree: Any) -> bool:
    """Whether the tree proves that the system has no solution in whole numbers but those that are known."""
    todo: list[tuple[Any, Box]] = [(tree, ({}, {}))]
    try:
        while todo:
            node, (low, high) = todo.pop()
            if is_empty(counts, (low, high)):
                continue
            if "known" in node:
                if any(low.get(column, 0) < by for column, by in counts.known[node["known"]].items()):
                    return False
            elif "leaf" in node:
                if not contradicts(counts, node["leaf"], (low, high)):
                    return False
            else:
                on, at = node["on"], node["at"]
                if type(on) is not int or type(at) is not int or not 0 <= on < len(counts.most):
                    return False
                todo.append((node["less"], (low, {**high, on: min(at, high.get(on, counts.most[on]))})))
                todo.append((node["more"], ({**low, on: max(at + 1, low.get(on, 0))}, high)))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return False  # no tree at all
    return True


def meets(claim: dict[str, Any], members: list[int]) -> bool:
    """Whether a full list meets every row of a claim as it stands: a witness."""
    sitting = {one for one in members if 0 <= one < claim["people"]}
    if not len(sitting) == len(members) == claim["seats"]:
        return False
    return all(row["least"] <= len(sitting & set(row["who"])) <= row["most"] for row in claim["rows"])
