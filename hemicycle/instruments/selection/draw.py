"""The draw in public: numbered tickets, a seed in two halves, and a list that anybody draws again from the same files.

A ticket names how many people of each type sit; the seed puts the people of each type in an order, and the first of it
sit. So people of one type keep exactly one chance, whatever rounding the tickets cost. Numbered tickets after Flanigan,
Kehne, Procaccia, Fair sortition made transparent, NeurIPS 2021.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .lottery import Lottery

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Tickets:
    """`number[i]` of the `total` tickets stand for `lists[i]` (types,), in this order; `groups[t]` are the ids of type t."""

    lists: Ints
    number: tuple[int, ...]
    groups: tuple[tuple[str, ...], ...]

    @property
    def total(self) -> int:
        return sum(self.number)

    def chances(self) -> dict[str, Fraction]:
        """The exact chance of each person under the tickets."""
        seats = np.array(self.number, dtype=np.int64) @ self.lists
        return {
            name: Fraction(int(seats[one]), self.total * len(group))
            for one, group in enumerate(self.groups)
            for name in group
        }

    @property
    def digest(self) -> str:
        """SHA-256 of the tickets and groups in one fixed form: what a seed is bound to."""
        lines = [
            f"{number}:" + ",".join(f"{one}={counts[one]}" for one in np.flatnonzero(counts))
            for number, counts in zip(self.number, self.lists, strict=True)
        ]
        lines += [",".join(group) for group in self.groups]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def tickets(lottery: Lottery, total: int = 1000) -> Tickets:
    """The weights of a lottery rounded to `total` tickets, so that chances change little. Lists without ticket go."""
    if total < 1:
        raise ValueError("a lottery has one ticket at least")
    number = np.array([int(weight * total) for weight in lottery.weights], dtype=np.int64)
    # Each list, as what one ticket of it adds to the chance of each type; `gap` is what they all still lack.
    adds = lottery.lists / lottery.types.size
    gap = np.array([float(weight) for weight in lottery.weights]) @ adds * total - number @ adds
    long = (adds**2).sum(axis=1)
    for _ in range(total - int(number.sum())):
        best = int(np.argmin(long - 2 * adds @ gap))
        number[best] += 1
        gap -= adds[best]
    groups = tuple(
        tuple(lottery.problem.ids[place] for place in lottery.types.people_of(one))
        for one in range(len(lottery.types.size))
    )
    used = number > 0
    return Tickets(lottery.lists[used], tuple(int(one) for one in number[used]), groups)


def greatest_change(lottery: Lottery, rounded: Tickets) -> Fraction:
    """By how much rounding to tickets changed anybody's chance, at most."""
    after = rounded.chances()
    before = zip(lottery.problem.ids, lottery.chances(), strict=True)
    return max((abs(after[name] - chance) for name, chance in before), default=Fraction(0))


def commitment(half: str) -> str:
    """What is published before the draw about a half of the seed that is published after it."""
    return hashlib.sha256(f"hemicycle half of a seed\n{half}".encode()).hexdigest()


def joined(halves: Sequence[str]) -> str:
    """The seed of halves, in their order. Nobody who gave one of them could choose it alone."""
    return "\n".join(f"{len(half)}:{half}" for half in halves)


@dataclass(frozen=True)
class Drawn:
    """`ticket` (from 1) was drawn; `ids` sit, in the order of the groups."""

    ticket: int
    ids: tuple[str, ...]


def draw(from_: Tickets, seed: str) -> Drawn:
    """The list that a seed draws. The same tickets and the same seed: the same list, on any machine."""
    base = f"hemicycle lot\n{from_.digest}\n{seed}\n"
    total, ticket, tries = from_.total, 0, 0
    while not ticket:
        number = int.from_bytes(hashlib.sha256(f"{base}ticket {tries}".encode()).digest(), "big")
        # The last, incomplete round of numbers would favour the first tickets.
        if number < 2**256 - 2**256 % total:
            ticket = number % total + 1
        tries += 1
    place = int(np.searchsorted(np.cumsum(from_.number), ticket))
    ids: list[str] = []
    for seats, group in zip(from_.lists[place], from_.groups, strict=True):
        order = sorted(
            group, key=lambda name: (hashlib.sha256(f"{base}person {name}".encode()).digest(), name)
        )
        ids += order[: int(seats)]
    return Drawn(ticket, tuple(ids))


def tickets_as_json(from_: Tickets) -> dict[str, Any]:
    """What a list is drawn from: the tickets, and who is of which type."""
    return {
        "kind": "tickets",
        "groups": [list(group) for group in from_.groups],
        "tickets": [
            {"number": number, "counts": {str(one): int(counts[one]) for one in np.flatnonzero(counts)}}
            for number, counts in zip(from_.number, from_.lists, strict=True)
        ],
        "digest": from_.digest,
    }


def draw_as_json(
    from_: Tickets, halves: Sequence[str], commitments: Sequence[str], result: Drawn
) -> dict[str, Any]:
    """All that `redrawn` needs: the tickets, both halves and what was promised about them, the list."""
    return {
        **tickets_as_json(from_),
        "kind": "draw",
        "seeds": list(halves),
        "commitments": list(commitments),
        "ticket": result.ticket,
        "list": sorted(result.ids),
    }


def tickets_of(said: dict[str, Any]) -> Tickets:
    """The tickets of `tickets_as_json`. Raises LookupError, ValueError or TypeError where it is none."""
    groups = tuple(tuple(str(name) for name in group) for group in said["groups"])
    lists = np.zeros((len(said["tickets"]), len(groups)), dtype=np.int64)
    for row, one in enumerate(said["tickets"]):
        for kind, count in one["counts"].items():
            lists[row, int(kind)] = count
    return Tickets(lists, tuple(int(one["number"]) for one in said["tickets"]), groups)


def redrawn(said: dict[str, Any]) -> bool:
    """Whether the halves are those that were promised, and draw this ticket and this list from these tickets."""
    from_, promised = tickets_of(said), said["commitments"]
    if promised and [commitment(half) for half in said["seeds"]][: len(promised)] != list(promised):
        return False
    result = draw(from_, joined(said["seeds"]))
    return (from_.digest, result.ticket, sorted(result.ids)) == (said["digest"], said["ticket"], said["list"])
