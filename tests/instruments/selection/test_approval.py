"""Exact PAV against trying every list, with and without rules, and a proof that stands without a solver."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.selection import approval
from hemicycle.instruments.selection.approval import is_proved, pav, pav_score
from hemicycle.instruments.selection.bound import Relaxation, bound
from hemicycle.instruments.selection.check import is_lawful
from hemicycle.instruments.selection.endorsements import Endorsements
from hemicycle.instruments.selection.guard import NoLawfulList
from hemicycle.instruments.selection.problem import Problem

from .ballots import elections, lawful_lists, with_rules


def plain_score(made: Endorsements, members: tuple[int, ...]) -> Fraction:
    return sum(
        (
            many
            * sum((Fraction(1, place) for place in range(1, len(ballot & set(members)) + 1)), Fraction(0))
            for ballot, many in made.each()
        ),
        Fraction(0),
    )


@settings(max_examples=60, deadline=None)
@given(elections())
def test_no_list_scores_more(case: tuple[Endorsements, int]) -> None:
    made, seats = case
    best = pav(made, seats)
    every = combinations(range(len(made.candidates)), seats)
    assert best.score == plain_score(made, best.members) == max(plain_score(made, one) for one in every)
    assert pav_score(made, best.members) == best.score == best.bound
    assert best.is_proved and is_proved(made, best)
    assert best.price is None


@settings(max_examples=80, deadline=None)
@given(with_rules())
def test_no_lawful_list_scores_more_and_the_price_is_told(case: tuple[Endorsements, Problem]) -> None:
    made, problem = case
    lists = lawful_lists(problem)
    if not lists:
        with pytest.raises(NoLawfulList):
            pav(made, problem.seats, problem)
        return
    best = pav(made, problem.seats, problem)
    assert is_lawful(problem, best.members)
    assert best.score == max(plain_score(made, one) for one in lists)
    assert best.is_proved and is_proved(made, best, problem)
    if best.free_score is not None:
        every = combinations(range(len(made.candidates)), problem.seats)
        assert best.free_score == max(plain_score(made, one) for one in every)
        assert best.price is None or best.price == 1 - best.score / best.free_score


@settings(max_examples=60, deadline=None)
@given(with_rules(), st.randoms(use_true_random=False))
def test_any_multipliers_bound_every_lawful_list(case: tuple[Endorsements, Problem], chance) -> None:
    """The proof does not lean on the solver: spoilt multipliers bound too, only less closely."""
    made, problem = case
    rows = problem.rows
    nobody = np.full(len(made.candidates), -1, dtype=np.int64)
    _, by = Relaxation(made, problem.seats, rows).solve(nobody)
    spoilt = replace(
        by,
        slopes=np.array([chance.randrange(1 << by.bits) for _ in by.slopes], dtype=np.int64),
        rows=np.array([chance.randrange(-1 << by.bits, 1 << by.bits) for _ in by.rows], dtype=np.int64),
        seats=chance.randrange(-1 << by.bits, 1 << by.bits),
    )
    for one in (by, spoilt):
        value, _ = bound(made, problem.seats, rows, one, nobody)
        for members in lawful_lists(problem):
            assert plain_score(made, members) <= Fraction(value, 1 << one.bits)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_larger_elections_are_proved_by_branching(seed: int) -> None:
    people, chance = 14, random.Random(seed)
    ballots = [chance.sample(range(people), chance.randint(2, 6)) for _ in range(40)]
    made = Endorsements.of([str(one) for one in range(people)], ballots)
    best = pav(made, 5)
    assert is_proved(made, best)
    assert best.score == max(pav_score(made, one) for one in combinations(range(people), 5))


def test_without_time_the_best_so_far_comes_with_a_bound() -> None:
    people, chance = 14, random.Random(30)  # nine branches
    ballots = [chance.sample(range(people), chance.randint(2, 6)) for _ in range(40)]
    made = Endorsements.of([str(one) for one in range(people)], ballots)
    whole = pav(made, 5)
    assert whole.branches > 1
    found = approval._Search(made, 5, (), None, (0, 1, 2, 3, 4), 60.0)
    found._until = 0.0
    assert found.run() is None
    assert found.best <= whole.score * found.unit <= found.open


def test_many_seats_come_with_a_bound_that_is_near() -> None:
    people, chance = 40, random.Random(2)
    ballots = [chance.sample(range(people), chance.randint(5, 20)) for _ in range(30)]
    best = pav(Endorsements.of([str(one) for one in range(people)], ballots), 25)
    assert 0 <= best.gap < Fraction(1, 10**6) * best.score


def test_a_worse_list_or_a_false_score_has_no_proof() -> None:
    made = Endorsements.of("abcd", [[0, 1], [0, 1], [2], [2], [3, 0]])
    best = pav(made, 2)
    assert best.members == (0, 2)
    assert is_proved(made, best)
    assert not is_proved(made, replace(best, members=(0, 3)))
    worse = pav_score(made, (0, 3))
    assert not is_proved(made, replace(best, members=(0, 3), score=worse, bound=worse))
    assert not is_proved(made, replace(best, bound=best.bound + 1))
    assert not is_proved(made, replace(best, proof=None))
