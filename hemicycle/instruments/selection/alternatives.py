"""Several lawful lists that are as unlike each other as can be, so that a body has a choice and not a proposal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .completion import complete, rest_of
from .pool import Pool
from .problem import Problem
from .search import Search


@dataclass(frozen=True)
class Alternative:
    """A full lawful list (positions, ascending).

    `differs_by`: how many of its people the most similar of the lists before it does not hold (of the first list: 0).
    `gains`, `loses`: by how many more, or fewer, than the first list it holds of the people of a rule (by its name) and,
    where a pool was given, of each value (`host = LT`); equal counts are left out.
    """

    members: tuple[int, ...]
    differs_by: int
    gains: Mapping[str, int]
    loses: Mapping[str, int]


def alternatives(
    problem: Problem, how_many: int, seated: Collection[int] = (), *, pool: Pool | None = None
) -> list[Alternative]:
    """Up to `how_many` different lists that all hold `seated`.

    Greedy, one after another: the first is the earliest of `complete`; each next one is as far as any lawful list can be
    from the most similar of those before it, exactly. The whole set need not have the greatest smallest difference.
    """
    first = complete(problem, seated, how_many=1)
    if not first or how_many < 1:
        return []
    rest, others = rest_of(problem, seated)
    at = {place: number for number, place in enumerate(others)}
    lists = [[at[place] for place in first[0] if place in at]]
    differences = [0]
    while len(lists) < how_many:
        farthest = _farthest(rest, lists)
        if farthest is None:
            break
        lists.append(farthest)
        differences.append(min(rest.seats - len(set(farthest).intersection(before)) for before in lists[:-1]))
    whole = [sorted([*seated, *(others[number] for number in members)]) for members in lists]
    return [
        _beside(problem, pool, whole[0], members, by) for members, by in zip(whole, differences, strict=True)
    ]


def _farthest(rest: Problem, lists: Sequence[list[int]]) -> list[int] | None:
    """The list with the fewest people in common with the most similar of `lists`, by halving; None when all are known.

    Each list before is a row of its own, so that the search tells apart within a type who sat where.
    """
    search = Search(rest, lists)
    rows = slice(len(rest.rows), len(search.least))
    search.is_active[rows] = True
    low, high = (
        0,
        rest.seats - 1,
    )  # in common: nobody can do with fewer than `low`; `high` was done, or is to be tried
    search.most[rows] = high
    best = search.best()
    if best is None:
        return None
    while True:
        high = max(len(set(best).intersection(before)) for before in lists)
        if low >= high:
            return best
        middle = (low + high) // 2
        search.most[rows] = middle
        trial = search.best()
        if trial is None:
            low = middle + 1
        else:
            best = trial


def _beside(
    problem: Problem, pool: Pool | None, first: Sequence[int], members: Sequence[int], by: int
) -> Alternative:
    more = _counts(problem, pool, members)
    more.subtract(_counts(problem, pool, first))
    gains = {name: count for name, count in more.items() if count > 0}
    loses = {name: -count for name, count in more.items() if count < 0}
    return Alternative(tuple(members), by, gains, loses)


def _counts(problem: Problem, pool: Pool | None, members: Sequence[int]) -> Counter[str]:
    """How many sit of each rule's people and of each value. A rule that is named like a value stands for it."""
    is_in = np.zeros(len(problem.ids), dtype=bool)
    is_in[list(members)] = True
    values = Counter(
        f"{feature} = {value}"
        for place in members
        for feature, value in (pool.declared[place].items() if pool else ())
        if value
    )
    rules = Counter({row.rule.name: int(is_in[list(row.who)].sum()) for row in problem.rows})
    return Counter({**values, **rules})
