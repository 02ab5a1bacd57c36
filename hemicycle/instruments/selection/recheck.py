"""What `hemicycle compose --recheck` says of each kind of certificate: no solver, only the checkers."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from math import floor

from . import checker, checker_fairest, checker_lot
from .checker import meets
from .claims import system
from .draw import redrawn

Checked = list[tuple[str, bool | None]]
VERDICTS = {True: "holds", False: "DOES NOT HOLD", None: "is claimed, not proved"}


def _recheck_list(said: dict) -> Checked:  # type: ignore[type-arg]
    return [("The list is full and meets every rule", meets(said["claim"], said["members"]))]


def _recheck_lot(said: dict) -> Checked:  # type: ignore[type-arg]
    fair = checker_fairest.fairest(said) if "levels" in said else None
    return [
        ("Every list of the lottery is lawful, equal people are treated alike", checker_lot.lawful(said)),
        ("No lottery over lawful lists is fairer", fair),
        (
            "The tickets are those that the weights buy, over these people",
            _are_its_tickets(said),
        ),
        *_recheck_draw(said["draw"]),
    ]


def _are_its_tickets(said: dict) -> bool:  # type: ignore[type-arg]
    groups: dict[int, list[str]] = {}
    for name, kind in zip(said["people"], said["types"], strict=True):
        groups.setdefault(kind, []).append(name)
    tickets = said["draw"]["tickets"]
    total = sum(one["number"] for one in tickets)
    # Each list has the whole tickets that its weight buys; what is left over goes one by one.
    bought: Counter[str] = Counter()
    for one in said["lists"]:
        bought[_key(one["counts"])] += floor(Fraction(one["weight"]) * total)
    given = Counter({_key(one["counts"]): one["number"] for one in tickets})
    are_of_it = len(given) == len(tickets) and given.keys() <= bought.keys()
    fair = are_of_it and all(
        number <= given[key] <= number + len(said["lists"]) for key, number in bought.items()
    )
    return fair and said["draw"]["groups"] == [groups[kind] for kind in sorted(groups)]


def _key(counts: dict) -> str:  # type: ignore[type-arg]
    return json.dumps(counts, sort_keys=True)


def _recheck_draw(said: dict) -> Checked:  # type: ignore[type-arg]
    """What a draw proves by itself. That it was promised before, only who kept the promise can say."""
    promised = "\n".join(said["commitments"]) or "nothing"
    return [
        (f"The seed draws ticket {said['ticket']} and this list from these tickets", redrawn(said)),
        (f"Tickets with this digest were promised before the draw\n{said['digest']}", None),
        (f"Halves were promised before the draw as\n{promised}", None),
    ]


def _recheck_conflict(said: dict) -> Checked:  # type: ignore[type-arg]
    if said["is_possible"]:
        return [("There is no conflict", None)]
    told: Checked = []
    for name, line in (
        ("conflict", "These rules cannot be met together"),
        ("cheapest", "No change is cheaper"),
        ("complete", "No other change is as cheap"),
    ):
        proof = said.get(name)
        holds = None if proof is None else checker.refuted(system(proof["claim"]), proof["tree"])
        if name == "complete" and proof is not None:
            price = said["cheapest"]["claim"] if said.get("cheapest") else None
            holds = bool(holds and price and _are_the_cheapest(price, proof["claim"]))
        told.append((line, holds))
    return told


def _are_the_cheapest(cheapest: dict, complete: dict) -> bool:  # type: ignore[type-arg]
    """Whether each change that is known costs the proved price, and nothing else of that price is left out."""
    price = Fraction(cheapest["below"])
    rows = complete["rows"]
    costs = [
        sum(
            lowered * Fraction(rows[row].get("lower") or 0) + raised * Fraction(rows[row].get("raise") or 0)
            for row, lowered, raised in one
        )
        for one in complete["known"]
    ]
    of_same = (cheapest["people"], cheapest["seats"]) == (complete["people"], complete["seats"])
    return of_same and Fraction(complete["below"]) > price and bool(costs) and set(costs) == {price}


def _recheck_choice(said: dict) -> Checked:  # type: ignore[type-arg]
    return [("The choice: run it again on the same files, every step stands in the certificate", None)]


RECHECKS = {
    "list": _recheck_list,
    "lot": _recheck_lot,
    "draw": _recheck_draw,
    "conflict": _recheck_conflict,
    "choice": _recheck_choice,
}
