"""Whether a list represents the endorsements in proportion: EJR+ and PJR+, proved or refuted by a group of voters.

Brill and Peters, Robust and Verifiable Proportionality Axioms for Multiwinner Voting (EC 2023). With n voters and k seats,
a group of l*n/k voters who all endorse one person that is not on the list deserves l seats. EJR+ holds when in every such
group somebody has at least l of the list among those she endorses; PJR+ when the group has so many together. EJR+ implies
PJR+. Both are decided in whole numbers; no solver.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from .endorsements import Endorsements, Ints


@dataclass(frozen=True)
class Group:
    """`voters` endorse `candidate`, who does not sit. They deserve `level` seats, for which `needed` (rounded up) of
    them suffice; each of them, or all together, have `level - 1` at most. `ballots`: which ones."""

    level: int
    candidate: int
    voters: int
    needed: int
    ballots: tuple[int, ...]


@dataclass(frozen=True)
class Finding:
    """`checked` candidates were looked at; `groups`: one per candidate who shows that the axiom is broken."""

    axiom: str
    checked: int
    groups: tuple[Group, ...]

    @property
    def holds(self) -> bool:
        return not self.groups

    @property
    def words(self) -> str:
        if self.holds:
            return f"{self.axiom} holds: checked for each of {self.checked} people who do not sit"
        worst = self.groups[0]
        return (
            f"{self.axiom} is broken: {worst.voters} voters, of whom {worst.needed} suffice for "
            f"{worst.level} seats, all endorse one person who does not sit; broken for {len(self.groups)} of "
            f"{self.checked} people who do not sit"
        )


def ejr_plus(given: Endorsements, members: Collection[int]) -> Finding:
    """EJR+ of a list of len(members) seats. In time linear in the endorsements."""
    seats, outside = _sides(given, members)
    seated = given.seated(members)
    counts = np.zeros((len(given.candidates), seats + 1), dtype=np.int64)
    np.add.at(counts, (given.approved, seated[given.ballot_of]), given.weights[given.ballot_of])
    # below[c, l - 1]: voters for c with fewer than l seated; they suffice for l seats when below * seats >= l * voters.
    below = np.cumsum(counts, axis=1)[:, :seats]
    broken = below * seats >= np.arange(1, seats + 1) * given.voters
    groups = []
    for candidate in outside:
        if not broken[candidate].any():
            continue
        level = int(np.flatnonzero(broken[candidate])[0]) + 1
        who = given.supporters[candidate]
        groups.append(_group(given, level, candidate, seats, who[seated[who] < level]))
    return Finding("EJR+", len(outside), tuple(groups))


def pjr_plus(given: Endorsements, members: Collection[int]) -> Finding:
    """PJR+ of a list of len(members) seats.

    A broken PJR+ breaks EJR+ for the same candidate, so only those are looked at. For one candidate: is there a part T of
    the list so that the voters for her who endorse nobody of the list outside T suffice for |T| + 1 seats? The most that
    k * voters - n * |T| can be is a greatest closure, found by a greatest flow (Picard 1976).
    """
    seats, outside = _sides(given, members)
    list_ = sorted(members)
    suspects = [group.candidate for group in ejr_plus(given, members).groups]
    groups = []
    for candidate in suspects:
        who = given.supporters[candidate]
        shares: dict[frozenset[int], list[int]] = {}
        for ballot in who.tolist():
            own = given.approved[given.starts[ballot] : given.starts[ballot + 1]]
            shares.setdefault(frozenset(own.tolist()).intersection(list_), []).append(ballot)
        kinds = list(shares)
        supply = [seats * int(given.weights[shares[kind]].sum()) for kind in kinds]
        inside = _closure(kinds, supply, given.voters)
        part = frozenset().union(*(kinds[number] for number in inside))
        gain = sum(supply[number] for number in inside) - given.voters * len(part)
        if gain >= given.voters:
            ballots = np.array(sorted(b for number in inside for b in shares[kinds[number]]), dtype=np.int64)
            groups.append(_group(given, len(part) + 1, candidate, seats, ballots))
    return Finding("PJR+", len(outside), tuple(groups))


def _sides(given: Endorsements, members: Collection[int]) -> tuple[int, list[int]]:
    sitting = set(members)
    if not sitting or len(sitting) != len(members):
        raise ValueError("a list has members, and each of them once")
    return len(sitting), [one for one in range(len(given.candidates)) if one not in sitting]


def _group(given: Endorsements, level: int, candidate: int, seats: int, ballots: Ints) -> Group:
    needed = -(-level * given.voters // seats)
    return Group(
        level, candidate, int(given.weights[ballots].sum()), needed, tuple(int(ballot) for ballot in ballots)
    )


def _closure(kinds: list[frozenset[int]], supply: list[int], price: int) -> list[int]:
    """Of kinds of voters who bring `supply` and need all their members, at `price` each: whom to take for most gain.

    The greatest flow from kinds to members (each takes `price` at most) by augmenting paths; the kinds from which
    something can still flow, or which these reach back, are the greatest gain.
    """
    left = list(supply)
    taken: dict[int, dict[int, int]] = {one: {} for kind in kinds for one in kind}  # member -> kind -> flow
    room = dict.fromkeys(taken, price)
    while True:
        came, back, end = _reached(kinds, left, taken, room)
        if end is None:
            return sorted(back)
        steps: list[tuple[int, int, int | None]] = []  # (kind, member it gives to, member it gives less to)
        one: int | None = end
        while one is not None:
            kind = came[one]
            steps.append((kind, one, back[kind]))
            one = back[kind]
        source = steps[-1][0]
        less = (taken[before][kind] for kind, _, before in steps if before is not None)
        amount = min(left[source], room[end], *less)
        for kind, member, before in steps:
            taken[member][kind] = taken[member].get(kind, 0) + amount
            if before is not None:
                taken[before][kind] -= amount
        left[source] -= amount
        room[end] -= amount


def _reached(
    kinds: list[frozenset[int]], left: list[int], taken: dict[int, dict[int, int]], room: dict[int, int]
) -> tuple[dict[int, int], dict[int, int | None], int | None]:
    """Breadth first from the kinds with something left: member -> kind, kind -> member, and a member with room."""
    came: dict[int, int] = {}
    back: dict[int, int | None] = {kind: None for kind, rest in enumerate(left) if rest}
    todo = list(back)
    for kind in todo:
        for one in sorted(kinds[kind]):
            if one in came:
                continue
            came[one] = kind
            if room[one]:
                return came, back, one
            for other, amount in taken[one].items():
                if amount and other not in back:
                    back[other] = one
                    todo.append(other)
    return came, back, None
