"""Finishing a list that is begun, and mending one that is broken with the fewest exchanges."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .check import Verdict, check
from .problem import Problem, Row
from .refutation import Refutation, refute
from .search import Search


def rest_of(problem: Problem, seated: Collection[int]) -> tuple[Problem, list[int]]:
    """What is left to decide when `seated` sit: a problem over the others, and the position of each of them before.

    A rule that is broken already has a maximum below zero there, so nothing meets it.
    """
    sitting = frozenset(seated)
    if len(sitting) != len(seated):
        raise ValueError("somebody stands on the list twice")
    if len(sitting) > problem.seats:
        raise ValueError(f"{len(sitting)} people are seated on {problem.seats} seats")
    others = [place for place in range(len(problem.ids)) if place not in sitting]
    at = {place: number for number, place in enumerate(others)}
    rows = []
    for row in problem.rows:
        who = tuple(at[place] for place in row.who if place in at)
        count = len(row.who) - len(who)
        rows.append(Row(row.rule, who, max(0, row.least - count), row.most - count))
    ids = tuple(problem.ids[place] for place in others)
    return Problem(ids, problem.seats - len(sitting), tuple(rows)), others


def complete(problem: Problem, seated: Collection[int], *, how_many: int = 3) -> list[list[int]]:
    """Full lawful lists (positions, ascending) that hold `seated`: up to `how_many`, none when there is none.

    The first is the earliest: no other has an earlier first newcomer, of those with the same first none an earlier second,
    and so on. Each further list differs from all before it in the type of somebody at least: it is the earliest of those
    that take fewer people of one type of each list before, the type whose first person is earliest where that is possible.
    """
    rest, others = rest_of(problem, seated)
    found: list[list[int]] = []
    while len(found) < how_many:
        one = _other(rest, found, [])
        if one is None:
            break
        found.append(one)
    return [sorted([*seated, *(others[place] for place in one)]) for one in found]


Limit = tuple[list[int], int]  # people, and how many of them sit at most


def _other(rest: Problem, before: Sequence[list[int]], limits: list[Limit]) -> list[int] | None:
    """The earliest list within limits that is unlike each list before."""
    if not before:
        return _earliest(rest, limits)
    first = set(before[0])
    if any(len(first.intersection(who)) > most for who, most in limits):
        return _other(rest, before[1:], limits)
    for number in dict.fromkeys(int(rest.types.of_person[place]) for place in sorted(first)):
        who = rest.types.people_of(number)
        limited = [*limits, (who, len(first.intersection(who)) - 1)]
        if _limited(rest, limited).best() is not None:
            found = _other(rest, before[1:], limited)
            if found is not None:
                return found
    return None


def _limited(rest: Problem, limits: Sequence[Limit], marks: int = 0) -> Search:
    search = Search(rest, [*(who for who, _ in limits), *([()] * marks)])
    for row, (_, most) in enumerate(limits, len(rest.rows)):
        search.most[row] = most
    return search


def _earliest(rest: Problem, limits: Sequence[Limit]) -> list[int] | None:
    """The list whose positions come first in the order of the alphabet, by halving the stretch where the next can be."""
    search = _limited(rest, limits, 2)
    settled, ahead = len(search.least) - 2, len(search.least) - 1
    found = search.best()
    if found is None:
        return None
    for seat in range(rest.seats):
        low = found[seat - 1] + 1 if seat else 0
        # Nobody before `low` can be next; somebody at found[seat] can.
        while low < found[seat]:
            middle = (low + found[seat]) // 2
            search.incidence[ahead] = False
            search.incidence[ahead, low : middle + 1] = True
            search.least[ahead] = 1
            trial = search.best()
            if trial is None:
                low = middle + 1
            else:
                found = trial
        search.least[ahead], search.is_active[ahead] = 0, False
        search.incidence[settled, found[seat]] = True
        search.least[settled] = seat + 1
    return found


class Move(StrEnum):
    GONE = "gone"  # sat, and does not any more
    LEAVES = "leaves"  # sits, and has to be exchanged
    JOINS = "joins"


@dataclass(frozen=True)
class Step:
    """One person's move, and the verdicts after it on the rules that it took further from being met, or brought nearer."""

    person: int
    move: Move
    breaks: tuple[Verdict, ...]
    mends: tuple[Verdict, ...]


@dataclass(frozen=True)
class Repair:
    """The nearest full lawful list: `members` and `leaves` ascending, `joins` those of the succession list first.

    `steps`: who is gone, who leaves, who joins, in this order. `proof`: no lawful list keeps more of those who could stay.
    None with `is_proved` True: everybody stays for whom there is a seat; with False: claimed by the solver, not proved.
    """

    members: tuple[int, ...]
    leaves: tuple[int, ...]
    joins: tuple[int, ...]
    steps: tuple[Step, ...]
    proof: Refutation | None
    is_proved: bool


def nearest(problem: Problem, members: Collection[int]) -> Repair | None:
    """The lawful list that keeps most of `members`, a list made by hand, which may also be too short or too long."""
    return repair(problem, members, ())


def repair(
    problem: Problem, sitting: Collection[int], gone: Collection[int], succession: Sequence[int] = ()
) -> Repair | None:
    """The fewest exchanges that make the list full and lawful again after `gone` left it; None when nothing does.

    Of the lists with the fewest further exchanges one that takes the fewest from outside the succession list; of these the
    one with the first of the succession list if she can be taken, then the second, and so on. Those who are gone do not
    come back. What is still open then, the solver settles; it answers the same question in the same way.
    """
    if len(set(sitting)) != len(sitting):
        raise ValueError("somebody stands on the list twice")
    stay = sorted(set(sitting) - set(gone))
    in_line = [one for one in dict.fromkeys(succession) if one not in set(sitting) | set(gone)]
    first = len(problem.rows)
    staying, left, line = first, first + 1, first + 2
    search = Search(problem, [stay, gone, in_line, *([one] for one in in_line)])
    search.most[left], search.is_active[left] = 0, True
    search.weight[staying] = 1.0
    found = search.best()
    if found is None:
        return None
    kept = len(set(found).intersection(stay))
    proof, is_proved = None, kept == min(len(stay), problem.seats)
    if not is_proved:
        search.least[staying] = kept + 1
        proof = refute(search.claim())
        is_proved = proof is not None
    search.least[staying] = search.most[staying] = kept
    search.weight[staying] = 0.0
    if in_line:
        found = _by_rank(search, line, in_line, found)
    return _told(problem, search, found, sitting, gone, in_line, (proof, is_proved))


def _by_rank(search: Search, line: int, in_line: Sequence[int], found: list[int]) -> list[int]:
    """Most of the succession list, and of the lists with so many the one with the earliest ranks."""
    search.weight[line] = 1.0
    found = search.best() or found
    many = len(set(found).intersection(in_line))
    search.weight[line] = 0.0
    search.least[line] = many
    taken = 0
    for rank, person in enumerate(in_line, line + 1):
        if taken == many:
            break
        search.least[rank], search.is_active[rank] = 1, True
        if person not in found:
            trial = search.best()
            if trial is None:
                search.least[rank] = search.most[rank] = 0
                continue
            found = trial
        taken += 1
    return found


def _told(
    problem: Problem,
    search: Search,
    found: Sequence[int],
    sitting: Collection[int],
    gone: Collection[int],
    in_line: Sequence[int],
    proved: tuple[Refutation | None, bool],
) -> Repair:
    """What happened, person by person."""
    leaves = sorted(set(sitting) - set(gone) - set(found))
    new = set(found) - set(sitting)
    joins = [one for one in in_line if one in new]
    joins += sorted(new.difference(joins))
    now = list(sitting)
    steps = []
    moves = [(one, Move.GONE) for one in gone if one in set(sitting)]
    moves += [(one, Move.LEAVES) for one in leaves] + [(one, Move.JOINS) for one in joins]
    for person, move in moves:
        rows = np.flatnonzero(search.incidence[: len(problem.rows), person])
        part = Problem(problem.ids, problem.seats, tuple(problem.rows[row] for row in rows))
        before = check(part, now)
        now = [*now, person] if move is Move.JOINS else [one for one in now if one != person]
        after = check(part, now)
        pairs = [(a.short + a.over - b.short - b.over, a) for a, b in zip(after, before, strict=True)]
        steps.append(
            Step(
                person,
                move,
                tuple(a for more, a in pairs if more > 0),
                tuple(a for more, a in pairs if more < 0),
            )
        )
    return Repair(tuple(sorted(found)), tuple(leaves), tuple(joins), tuple(steps), *proved)
