"""The fast rules elect as the definitions do, within the rules of a list, and can be replayed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.selection import guard as guards
from hemicycle.instruments.selection import sequential
from hemicycle.instruments.selection.check import is_lawful
from hemicycle.instruments.selection.endorsements import Endorsements
from hemicycle.instruments.selection.guard import NoLawfulList
from hemicycle.instruments.selection.measures import Gains, TabledGains
from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import Problem, problem_of
from hemicycle.instruments.selection.replay import replay
from hemicycle.instruments.selection.rule import Rule
from hemicycle.instruments.selection.sequential import (
    EQUAL_SHARES,
    PAV,
    PHRAGMEN,
    Choice,
    Step,
    equal_shares,
    phragmen,
    sequential_pav,
)

from .ballots import elections, lawful_lists, with_rules

RULES: list[Callable[..., Choice]] = [sequential_pav, phragmen, equal_shares]
Election = tuple[Endorsements, int]


def amounts_by_pav(made: Endorsements, elected: list[int]) -> dict[int, Fraction]:
    return {
        one: sum(
            (Fraction(many, len(ballot & set(elected)) + 1) for ballot, many in made.each() if one in ballot),
            Fraction(0),
        )
        for one in range(len(made.candidates))
        if one not in elected
    }


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=120, deadline=None)
@given(case=elections())
def test_every_step_is_that_of_plain_fractions(rule: Callable[..., Choice], case: Election) -> None:
    made, seats = case
    choice = rule(made, seats)
    assert len(set(choice.members)) == seats
    assert replay(made, choice)


@settings(max_examples=60, deadline=None)
@given(case=elections())
def test_sequential_pav_takes_the_greatest_gain_and_the_first_of_a_tie(case: Election) -> None:
    made, seats = case
    elected: list[int] = []
    for step in sequential_pav(made, seats).steps:
        amounts = amounts_by_pav(made, elected)
        best = max(amounts.values())
        assert step.elected == min(one for one, amount in amounts.items() if amount == best)
        assert (step.amount or 0) == best
        elected.append(step.elected)


@settings(max_examples=60, deadline=None)
@given(case=elections())
def test_both_ways_of_sequential_pav_agree(case: Election) -> None:
    made, seats = case
    assert TabledGains.fits(made, seats)
    steps = []
    for kind in (TabledGains, Gains):
        course = sequential._Course(made, seats, None)
        course.run(kind(PAV, made, seats))
        steps.append(course.filled(PAV).steps)
    assert steps[0] == steps[1]


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=30, deadline=None)
@given(case=elections())
def test_without_room_for_a_table_the_choice_is_the_same(rule: Callable[..., Choice], case: Election) -> None:
    made, seats = case
    lean = Endorsements(made.candidates, made.starts, made.approved, made.weights)
    lean.__dict__["table"] = None
    assert lean.ranked is None
    assert rule(lean, seats) == rule(made, seats)


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6))
def test_large_elections_replay_too(rule: Callable[..., Choice], seed: int) -> None:
    people, chance = 30, random.Random(seed)
    ballots = [[one for one in range(people) if chance.random() < 0.2] for _ in range(60)]
    made = Endorsements.of([str(one) for one in range(people)], ballots)
    seats = chance.choice((12, 24))  # beyond 20 the whole numbers of sequential PAV outgrow 53 bits
    assert replay(made, rule(made, seats))


def test_near_ties_that_floats_cannot_tell_are_told() -> None:
    """A load of 1/3 + 1/3 + 1/3 beside one of 1, and thousands of voters beside one more."""
    many = 10**15
    made = Endorsements.of("abc", [[0], [1], [2]], [many, many + 1, many])
    for rule in RULES:
        assert rule(made, 3).members == (1, 0, 2)
        assert rule(made, 3).steps[1].tied == (0, 2)


def test_equal_shares_of_a_small_case_by_hand() -> None:
    """Three seats, six voters, half a seat each: four endorse a and b, two endorse c."""
    made = Endorsements.of("abc", [[0, 1], [2]], [4, 2])
    choice = equal_shares(made, 3)
    assert choice.members == (0, 1, 2)
    assert [step.amount for step in choice.steps] == [Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)]
    assert [step.tied for step in choice.steps] == [(0, 1), (1,), (2,)]
    assert {step.rule for step in choice.steps} == {EQUAL_SHARES}


def test_equal_shares_goes_on_with_phragmen_from_what_is_left() -> None:
    """Nobody can be paid for: ten voters with 2/10 each and four people with at most four voters."""
    made = Endorsements.of("abcd", [[0], [1], [2, 3]], [4, 3, 3])
    choice = equal_shares(made, 2)
    assert {step.rule for step in choice.steps} == {PHRAGMEN}
    assert choice.members == (0, 1)
    assert choice.steps[0].amount == Fraction(1, 4) - Fraction(1, 5)
    assert choice.steps[1].tied == (1, 2, 3)


def test_whom_nobody_endorses_comes_last_in_the_order_of_the_pool() -> None:
    made = Endorsements.of("abcd", [[2], []], [1, 1])
    for rule in RULES:
        choice = rule(made, 3)
        assert choice.members == (2, 0, 1)
        assert choice.steps[1].amount is None and choice.steps[1].tied == (0, 1, 3)


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=60, deadline=None)
@given(case=with_rules())
def test_the_list_is_lawful_whenever_a_lawful_one_exists(
    rule: Callable[..., Choice], case: tuple[Endorsements, Problem]
) -> None:
    made, problem = case
    lists = lawful_lists(problem)
    if not lists:
        with pytest.raises(NoLawfulList):
            rule(made, problem.seats, problem)
        return
    choice = rule(made, problem.seats, problem)
    assert is_lawful(problem, choice.members)
    assert replay(made, choice, problem)
    # Who was barred stood in no lawful list with those elected before, and who was elected stood in one.
    for place, step in enumerate(choice.steps):
        before = set(choice.members[:place])
        for one in step.barred:
            assert not any(before | {one} <= set(members) for members in lists)
        assert any(before | {step.elected} <= set(members) for members in lists)


def test_without_rules_that_bind_no_solver_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the solver was called")

    monkeypatch.setattr(guards, "Model", refuse)
    made = Endorsements.of("abc", [[0, 1], [2]])
    pool = Pool(made.candidates, ({"side": "n"}, {"side": "s"}, {"side": "s"}))
    idle = problem_of(pool, 2, [Rule("south", (("side", "s"),), least=0, most=2)])
    for rule in RULES:
        assert rule(made, 2).members == rule(made, 2, idle).members


def test_other_people_or_too_many_seats_are_refused() -> None:
    made = Endorsements.of("abc", [[0]])
    with pytest.raises(ValueError, match="seats"):
        phragmen(made, 4)
    stranger = problem_of(Pool(("x", "y", "z"), ({}, {}, {})), 2, [])
    with pytest.raises(ValueError, match="other people"):
        phragmen(made, 2, stranger)


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=60, deadline=None)
@given(case=elections(), chance=st.randoms(use_true_random=False))
def test_a_list_with_one_member_exchanged_is_refused(
    rule: Callable[..., Choice], case: Election, chance
) -> None:
    made, seats = case
    choice = rule(made, seats)
    outside = [one for one in range(len(made.candidates)) if one not in choice.members]
    if not outside:
        return
    place, other = chance.randrange(seats), chance.choice(outside)
    members = list(choice.members)
    members[place] = other
    steps = list(choice.steps)
    assert not replay(made, replace(choice, members=tuple(members)))
    steps[place] = replace(steps[place], elected=other)
    assert not replay(made, Choice(choice.rule, tuple(members), tuple(steps)))


def test_a_changed_step_is_refused() -> None:
    made = Endorsements.of("abc", [[0, 1], [2], [1, 2]])
    choice = phragmen(made, 2)
    first = choice.steps[0]

    def altered(step: Step) -> Choice:
        return replace(choice, steps=(step, *choice.steps[1:]))

    assert first.amount is not None
    assert replay(made, choice)
    assert not replay(made, altered(replace(first, amount=first.amount + Fraction(1, 10**30))))
    assert not replay(made, altered(replace(first, tied=(first.elected,))))
    assert not replay(made, altered(replace(first, rule=PAV)))
    assert not replay(made, altered(replace(first, barred=(0,))))
    assert not replay(made, replace(choice, rule="lot"))
