"""Why rules cannot be met together."""

from __future__ import annotations

from hypothesis import given, settings

from hemicycle.instruments.selection.conflict import _quick_explain, conflict, find
from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import Problem, problem_of
from hemicycle.instruments.selection.rule import Rule
from tests.instruments.selection.pools import every_list, problems


def only(problem: Problem, rows: list[int]) -> Problem:
    return problem.without(set(range(len(problem.rows))) - set(rows))


@settings(max_examples=100, deadline=None)
@given(problems(10))
def test_a_conflict_is_impossible_and_smallest_by_brute_force(made: tuple[Pool, Problem]) -> None:
    problem = made[1]
    found = conflict(problem)
    assert (found is None) == bool(every_list(problem))
    if found is None:
        return
    rows = list(found.rows)
    assert not every_list(only(problem, rows))
    for number, witness in zip(rows, found.witnesses, strict=True):
        others = [one for one in rows if one != number]
        assert witness in every_list(only(problem, others))
    assert found.proof is not None
    assert found.proof.holds()
    assert [bound.who for bound in found.proof.claim.rows] == [row.who for row in found.parts]
    assert len(found.sentences) == len(rows)


@settings(max_examples=80, deadline=None)
@given(problems())
def test_statutory_rules_that_contradict_each_other_are_named_alone(made: tuple[Pool, Problem]) -> None:
    problem = made[1]
    statutory = [number for number, row in enumerate(problem.rows) if row.rule.is_statutory]
    found = conflict(problem)
    if found is not None and not every_list(only(problem, statutory)):
        assert all(row.rule.is_statutory for row in found.parts)


@settings(max_examples=80, deadline=None)
@given(problems())
def test_quickxplain_finds_a_smallest_set_too(made: tuple[Pool, Problem]) -> None:
    problem = made[1]
    every = list(range(len(problem.rows)))
    if every_list(problem):
        return
    rows = _quick_explain(lambda some: find(problem, some)[0] is not None, [], every, False)
    assert not every_list(only(problem, rows))
    assert all(every_list(only(problem, [one for one in rows if one != number])) for number in rows)


def test_words_name_numbers_and_articles() -> None:
    pool = Pool(("a", "b", "c"), ({"gender": "f"}, {"gender": "m"}, {"gender": "m"}))
    rules = [
        Rule("gender = f", (("gender", "f"),), least=1, is_statutory=True, article="4.2"),
        Rule("gender = m", (("gender", "m"),), least=2, most=2),
        Rule("everybody", people=frozenset("ab"), least=0),
    ]
    found = conflict(problem_of(pool, 2, rules))
    assert found is not None
    assert found.summary == (
        "These 2 rules cannot be met together with 2 seats: gender = f: at least 1; gender = m: exactly 2."
    )
    assert found.sentences == [
        "gender = f: at least 1, of 1 in the pool (statutory, article 4.2).",
        "gender = m: exactly 2, of 2 in the pool.",
    ]


def test_too_few_people_are_no_rules_fault() -> None:
    pool = Pool(("a", "b"), ({"gender": "f"}, {"gender": "m"}))
    found = conflict(problem_of(pool, 3, [Rule("gender = f", (("gender", "f"),), least=1)]))
    assert found is not None
    assert found.rows == ()
    assert found.summary == "There are 2 people for 3 seats: no rule is to blame."
