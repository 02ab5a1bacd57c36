"""Whether a person can still be seated: of one person with the rules that bar her, or of everybody at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from .check import Standing, Verdict, check
from .completion import rest_of
from .conflict import conflict
from .problem import Problem
from .refutation import refute
from .search import Search

WALK = 25  # exchanges in a row by which one lawful list settles who can be seated


def why_not(problem: Problem, members: Collection[int], candidate: int) -> list[Verdict]:
    """The rules because of which nobody can put this person on the next free seat; empty when one can.

    First the rules that she would break at once, or that the seats left free could not meet each by itself. Where there is
    none, a smallest set of rules that the free seats cannot meet together any more, each as LOST.
    """
    if candidate in members:
        raise ValueError(f"{problem.ids[candidate]} sits already")
    verdicts = check(problem, [*members, candidate])
    broken = [one for one in verdicts if one.standing in (Standing.BROKEN, Standing.LOST)]
    if broken:
        return broken
    rest, others = rest_of(problem, [*members, candidate])
    if len(others) < rest.seats:
        raise ValueError("there are fewer people than seats")
    found = conflict(rest)
    if found is None:
        return []
    lost = (verdicts[number] for number in found.rows)
    return [Verdict(one.row, one.count, Standing.LOST, one.short, one.over) for one in lost]


def standing_of_all(problem: Problem, members: Collection[int]) -> list[Standing]:
    """Per person: MET who sits or can be seated next, BROKEN whom a maximum bars, LOST after whom no list is lawful.

    Decided per type: first the maxima; then one lawful list settles everybody whom one exchange brings into it; for a type
    that is left a list with it is sought, and where there is none the proof bars other types with it.
    """
    rest, others = rest_of(problem, members)
    if rest.seats < 1:
        raise ValueError("no seat is free")
    standing = [Standing.MET] * len(problem.ids)
    types = rest.types
    # A maximum that was reached before is a row of zeros here; one that was broken before bars everybody.
    full = [row for row in rest.rows if row.most <= 0]
    is_barred = np.zeros(len(types.size), dtype=bool)
    for row in full:
        is_barred[types.of_person[list(row.who)] if row.most == 0 else slice(None)] = True
    can_sit = _seatable(rest, is_barred)
    for place, number in zip(others, types.of_person, strict=True):
        if is_barred[number]:
            standing[place] = Standing.BROKEN
        elif not can_sit[number]:
            standing[place] = Standing.LOST
    return standing


def _seatable(rest: Problem, is_barred: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(types,) whether somebody of the type is in a lawful list."""
    types = rest.types
    search = Search(rest, [()])
    mark = len(rest.rows)
    can_sit = np.zeros(len(types.size), dtype=bool)
    is_open = ~is_barred
    found = search.best()
    while found is not None:
        _exchange(rest, found, can_sit)
        is_open &= ~can_sit
        found = None
        while is_open.any() and found is None:
            number = int(np.argmax(is_open))
            search.incidence[mark] = types.of_person == number
            search.least[mark] = 1
            found = search.best()
            if found is None:
                is_open &= ~_barred_alike(rest, search, mark, number)
    return can_sit


def _exchange(rest: Problem, members: Sequence[int], can_sit: NDArray[np.bool_]) -> None:
    """Marks the types of a lawful list, and those that one exchange of a person brings into it.

    Then walks on over lawful lists, an exchange a step: it costs a fiftieth of a search by the solver. The walk is drawn
    from a fixed seed; it decides only what is settled sooner.
    """
    types = rest.types
    drawn = np.random.default_rng(0)
    counts = types.counts(members)
    has = types.matrix > 0
    sums = (types.matrix @ counts).astype(np.int64)
    can_sit |= counts > 0
    for _ in range(WALK):
        moves = []
        for number in np.flatnonzero(counts):
            without = sums - has[:, number]
            fits = has[without < types.least].all(axis=0) & ~has[without >= types.most].any(axis=0)
            can_sit |= fits
            fits &= counts < types.size
            moves += (
                [(number, other) for other in drawn.choice(np.flatnonzero(fits), 1)] if fits.any() else []
            )
        if can_sit.all() or not moves:
            break
        number, other = moves[int(drawn.integers(len(moves)))]
        counts[number] -= 1
        counts[other] += 1
        sums += has[:, other].astype(np.int64) - has[:, number]


def _barred_alike(rest: Problem, search: Search, mark: int, number: int) -> NDArray[np.bool_]:
    """(types,) what cannot sit for the same reason as a type for which there is no list: by the rows of the proof alone.

    A type that counts for no more of their minima and for no fewer of their maxima could be exchanged for the first one.
    """
    types = rest.types
    alike = np.zeros(len(types.size), dtype=bool)
    alike[number] = True
    proof = refute(search.claim())
    if proof is None:
        return alike
    rows = np.flatnonzero(search.is_active)[list(proof.used)]
    used = np.isin(types.row_numbers, rows[rows != mark])
    has, one = types.matrix[used] > 0, (types.matrix[used] > 0)[:, [number]]
    needs = (types.least[used] > 0)[:, None]
    caps = (types.most[used] < rest.seats)[:, None]
    alike |= (~(needs & has & ~one) & ~(caps & ~has & one)).all(axis=0)
    return alike
