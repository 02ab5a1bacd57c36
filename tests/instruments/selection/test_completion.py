"""Finishing a list, mending it, and saying who can still be seated."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.selection.check import Standing, is_lawful
from hemicycle.instruments.selection.completion import Move, complete, nearest, repair, rest_of
from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import Problem, problem_of
from hemicycle.instruments.selection.rule import Rule
from hemicycle.instruments.selection.standing import standing_of_all, why_not
from tests.instruments.selection.pools import every_list, problems


def some_of(data: Any, problem: Problem, most: int) -> list[int]:
    return list(data.draw(st.lists(st.integers(0, len(problem.ids) - 1), max_size=most, unique=True)))


@settings(max_examples=100, deadline=None)
@given(problems(), st.data())
def test_a_list_is_finished_first_in_the_earliest_way(made: tuple[Pool, Problem], data: Any) -> None:
    problem = made[1]
    seated = some_of(data, problem, problem.seats)
    possible = [one for one in every_list(problem) if set(seated) <= set(one)]
    found = complete(problem, seated)
    rest, others = rest_of(problem, seated)
    at = {place: number for number, place in enumerate(others)}

    def kinds(members: Any) -> tuple[int, ...]:
        return tuple(rest.types.counts([at[one] for one in members if one in at]))

    assert all(tuple(one) in possible for one in found)
    assert len({kinds(one) for one in found}) == len(found) == min(3, len({kinds(one) for one in possible}))
    if possible:
        first = min(possible, key=lambda one: sorted(set(one) - set(seated)))
        assert found[0] == list(first)


@settings(max_examples=100, deadline=None)
@given(problems(), st.data())
def test_no_repair_takes_fewer_exchanges_or_better_ranks(made: tuple[Pool, Problem], data: Any) -> None:
    problem = made[1]
    sitting = some_of(data, problem, len(problem.ids))
    gone = [one for one in sitting if data.draw(st.booleans())] if data.draw(st.booleans()) else []
    line = some_of(data, problem, 4)
    stay, in_line = set(sitting) - set(gone), [one for one in line if one not in sitting]

    def worth(one: Any) -> tuple[Any, ...]:
        kept = len(stay & set(one))
        outside = len(set(one) - stay - set(in_line))
        return (-kept, outside, [person not in one for person in in_line])

    possible = [one for one in every_list(problem) if not set(gone) & set(one)]
    found = repair(problem, sitting, gone, line)
    assert (found is None) == (not possible)
    if found is None:
        return
    assert found.members in possible
    assert worth(found.members) == min(map(worth, possible))
    assert set(found.leaves) == stay - set(found.members)
    assert set(found.joins) == set(found.members) - set(sitting)
    assert found.is_proved
    if found.proof is not None:
        assert found.proof.holds()
    moves = [(step.person, step.move) for step in found.steps]
    assert moves == [(one, Move.GONE) for one in gone] + [(one, Move.LEAVES) for one in found.leaves] + [
        (one, Move.JOINS) for one in found.joins
    ]


def women_and_men() -> Problem:
    pool = Pool(tuple("abcdef"), tuple({"g": "f" if name in "acf" else "m"} for name in "abcdef"))
    return problem_of(pool, 4, [Rule("women", (("g", "f"),), least=2), Rule("men", (("g", "m"),), most=2)])


def test_a_repair_says_which_departure_breaks_and_who_mends() -> None:
    found = repair(women_and_men(), [0, 1, 2, 3], [2], [4, 5])
    assert found is not None
    assert (found.members, found.leaves, found.joins) == ((0, 1, 3, 5), (), (5,))
    gone, joins = found.steps
    assert (gone.move, [one.row.rule.name for one in gone.breaks], gone.mends) == (Move.GONE, ["women"], ())
    assert (joins.person, [one.row.rule.name for one in joins.mends]) == (5, ["women"])


def test_a_list_made_by_hand_is_brought_to_the_nearest_lawful_one() -> None:
    problem = women_and_men()
    found = nearest(problem, [0, 1, 3, 4])
    assert found is not None
    assert (len(found.leaves), len(found.joins), found.is_proved) == (1, 1, True)
    assert found.proof is not None
    assert is_lawful(problem, found.members)
    whole = nearest(problem, [0, 1, 2, 3])
    assert whole is not None
    assert (whole.steps, whole.proof, whole.is_proved) == ((), None, True)


def test_who_stands_twice_is_refused() -> None:
    for broken in (lambda: nearest(women_and_men(), [0, 0]), lambda: complete(women_and_men(), [0, 0])):
        with pytest.raises(ValueError, match="twice"):
            broken()


@settings(max_examples=100, deadline=None)
@given(problems(10), st.data())
def test_marks_of_everybody_are_those_of_brute_force(made: tuple[Pool, Problem], data: Any) -> None:
    problem = made[1]
    members = some_of(data, problem, problem.seats - 1)
    lawful = [set(one) for one in every_list(problem) if set(members) <= set(one)]
    marks = standing_of_all(problem, members)
    for person in range(len(problem.ids)):
        if person in members:
            assert marks[person] == Standing.MET
            continue
        chosen = {*members, person}
        if any(len(chosen & set(row.who)) > row.most for row in problem.rows):
            expected = Standing.BROKEN
        else:
            expected = Standing.MET if any(person in one for one in lawful) else Standing.LOST
        assert marks[person] == expected
        if len(problem.ids) >= problem.seats:
            said = why_not(problem, members, person)
            assert (not said) == (expected == Standing.MET)
            assert all(one.standing in (Standing.BROKEN, Standing.LOST) for one in said)


def test_why_not_names_rules_that_only_together_bar_somebody() -> None:
    people = (("m", "no"), ("m", "no"), ("f", "no"), ("f", "no"), ("m", "yes"))
    pool = Pool(tuple("abcde"), tuple({"g": g, "reserve": r} for g, r in people))
    rules = [
        Rule("women", (("g", "f"),), least=1),
        Rule("reserve", (("reserve", "yes"),), least=1, most=1),
        Rule("not d", people=frozenset("d"), most=0),
    ]
    problem = problem_of(pool, 3, rules)
    assert why_not(problem, [0], 2) == []
    assert [(one.row.rule.name, one.standing) for one in why_not(problem, [0], 3)] == [
        ("not d", Standing.BROKEN)
    ]
    # One seat is left, and nobody is both a woman and of the reserve: each rule alone could still be met.
    assert [(one.row.rule.name, one.standing) for one in why_not(problem, [0], 1)] == [
        ("women", Standing.LOST),
        ("reserve", Standing.LOST),
    ]
    with pytest.raises(ValueError, match="sits already"):
        why_not(problem, [1], 1)
