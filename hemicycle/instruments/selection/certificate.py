"""What a lottery shows for itself, as JSON, in the form that checker_lot.py reads."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from .claims import worth
from .leximin import Level
from .lottery import Lottery
from .refutation import refute_system
from .solver import VERSION

WITHIN = "1e-6"  # the reach of the claim: the solver works to 1e-9, and levels that rest on others add up
SPARE = 2e-7  # by so much a bound is written higher than the solver says
PLACES = 15


def lottery_certificate(lottery: Lottery) -> dict[str, Any]:
    """People by position, rules as rows, lists with exact weights, levels with their multipliers.

    Only the rules that can bind are rows; the others bind nobody. Where no proof was found the levels stand under
    `claimed` and not under `levels`: the solver says that no whole list is worth more, and any other exact solver can ask
    again.
    """
    types, problem = lottery.types, lottery.problem
    levels = [_level(level) for level in lottery.fairest.levels]
    said: dict[str, Any] = {
        "kind": "lot",
        "solver": VERSION,
        "people": list(problem.ids),
        "seats": problem.seats,
        "types": [int(one) for one in types.of_person],
        "rows": [
            {
                "rule": problem.rows[place].rule.words,
                "who": list(problem.rows[place].who),
                "least": problem.rows[place].least,
                "most": problem.rows[place].most,
            }
            for place in types.row_numbers
        ],
        "lists": [
            {"weight": str(weight), "counts": {str(one): int(counts[one]) for one in np.flatnonzero(counts)}}
            for weight, counts in zip(lottery.weights, lottery.lists, strict=True)
            if weight > 0
        ],
        "within": WITHIN,
    }
    if lottery.is_relaxed:
        said["levels"] = levels
        return said
    trees = [_with_tree(said, level, bound) for level, bound in zip(levels, lottery.bounds, strict=True)]
    # A level without a tree is the solver's word alone, and so is everything that rests on it.
    said["levels" if all("tree" in level for level in trees) else "claimed"] = trees
    return said


def _with_tree(said: dict[str, Any], level: dict[str, Any], bound: float) -> dict[str, Any]:
    """The level of a lottery by columns, with the tree that refutes any list worth more."""
    told = {name: level[name] for name in ("value", "pinned", "weights")}
    told["bound"] = _text(bound + SPARE)
    tree = refute_system(worth(said, told, Counter(said["types"])))
    return told if tree is None else {**told, "tree": tree}


def _level(level: Level) -> dict[str, Any]:
    return {
        "value": _text(level.value),
        "pinned": list(level.pinned),
        "weights": _sparse(level.weights),
        "rows": _sparse(level.rows),
        "seats": _text(level.seats),
    }


def _sparse(values: Any) -> dict[str, str]:
    return {str(place): _text(values[place]) for place in np.flatnonzero(np.abs(values) > 1e-12)}


def _text(value: float) -> str:
    return f"{value:.{PLACES}f}".rstrip("0").rstrip(".") or "0"
