"""The cheapest ways out of a conflict, all of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings

from hemicycle.instruments.selection import checker
from hemicycle.instruments.selection.claims import system
from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import Problem, problem_of
from hemicycle.instruments.selection.refutation import refute_all_but_known
from hemicycle.instruments.selection.relaxation import Change, relaxations
from hemicycle.instruments.selection.rule import Rule
from tests.instruments.selection.pools import problems


def every_change(problem: Problem) -> dict[tuple[Change, ...], Fraction]:
    """What each list of the right length would ask for, and its price; lists that break a statutory rule are left out."""
    found = {}
    for chosen in combinations(range(len(problem.ids)), problem.seats):
        changes, cost = [], Fraction(0)
        for number, row in enumerate(problem.rows):
            count = len(set(chosen) & set(row.who))
            short, over = max(0, row.least - count), max(0, count - row.most)
            if (short or over) and row.rule.is_statutory:
                break
            if short or over:
                changes.append(Change(number, short, over))
                cost += short * (1 + Fraction(2, row.least)) if short else over
        else:
            found[tuple(changes)] = cost
    return found


@settings(max_examples=100, deadline=None)
@given(problems(10))
def test_all_the_cheapest_relaxations_and_no_others(made: tuple[Pool, Problem]) -> None:
    problem = made[1]
    by_force = every_change(problem)
    found = relaxations(problem, limit=10_000)
    if not by_force:
        assert found.cost is None
        assert found.blocked is not None
        assert all(row.rule.is_statutory for row in found.blocked.parts)
        return
    cheapest = min(by_force.values())
    assert found.cost == cheapest
    assert {one.changes for one in found.listed} == {
        one for one, cost in by_force.items() if cost == cheapest
    }
    assert len({one.changes for one in found.listed}) == len(found.listed)
    for one in found.listed:
        raised = {change.row: change for change in one.changes}
        for number, row in enumerate(problem.rows):
            change = raised.get(number, Change(number, 0, 0))
            count = len(set(one.witness) & set(row.who))
            assert row.least - change.lowered <= count <= row.most + change.raised
        assert len(set(one.witness)) == problem.seats
        assert one.cost == cheapest
    sizes = [len(one.changes) for one in found.listed]
    assert sizes == sorted(sizes)
    if cheapest:
        assert found.proof is not None
        assert found.proof.holds()
        assert found.proof.claim.below == cheapest
        assert found.completeness is not None
        assert found.completeness.holds()
        known = found.completeness.claim.known
        assert len(known) == len(found.listed)
        for place in range(len(known)):
            fewer = replace(found.completeness.claim, known=known[:place] + known[place + 1 :])
            assert refute_all_but_known(fewer) is None
            assert not checker.refuted(system(fewer.as_json()), found.completeness.tree)


def both() -> Problem:
    pool = Pool(tuple("abcd"), ({"g": "f"}, {"g": "f"}, {"g": "m"}, {"g": "m"}))
    rules = [
        Rule("f", (("g", "f"),), most=0),
        Rule("m", (("g", "m"),), most=1),
        Rule("a", people=frozenset("a"), least=1),
    ]
    return problem_of(pool, 2, rules)


def test_relaxations_are_told_in_numbers_and_more_are_announced() -> None:
    found = relaxations(both())
    assert found.cost == 1
    assert [found.sentences(one) for one in found.listed] == [["f: at most 1 instead of 0."]]
    pool = Pool(tuple("abcd"), tuple({"g": name} for name in "abcd"))
    problem = problem_of(pool, 2, [Rule(name, (("g", name),), most=0) for name in "abcd"])
    few = relaxations(problem, limit=4)
    assert (few.cost, len(few.listed), few.has_more, few.completeness) == (2, 4, True, None)
    every = relaxations(problem, limit=6)
    assert (len(every.listed), every.has_more) == (6, False)
    assert every.completeness is not None


def test_lowering_a_small_minimum_costs_more_than_a_large_one() -> None:
    pool = Pool(tuple("abcde"), tuple({"g": name} for name in "ffmmm"))
    rules = [Rule("f", (("g", "f"),), least=2), Rule("m", (("g", "m"),), least=3)]
    found = relaxations(problem_of(pool, 4, rules))
    assert found.cost == Fraction(5, 3)
    assert [one.changes for one in found.listed] == [(Change(1, 1, 0),)]


def test_rules_that_can_be_met_need_nothing() -> None:
    pool = Pool(tuple("ab"), ({"g": "f"}, {"g": "m"}))
    found = relaxations(problem_of(pool, 1, [Rule("f", (("g", "f"),), least=1)]))
    assert (found.cost, found.has_more, found.proof, found.blocked) == (0, False, None, None)
    assert [(one.changes, one.witness) for one in found.listed] == [((), (0,))]


def test_a_rule_that_no_change_touches_may_be_what_leaves_no_other_way() -> None:
    people = [{"gender": "f", "org": "a"}] * 4 + [{"gender": "m", "org": "c"}]
    pool = Pool(tuple(f"p{number}" for number in range(5)), tuple(people))
    women = Rule("women", (("gender", "f"),), least=1, most=2)
    men, from_c = Rule("men", (("gender", "m"),), least=1), Rule("from c", (("org", "c"),), most=0)
    found = relaxations(problem_of(pool, 1, [women, men, from_c]))
    assert [one.changes for one in found.listed] == [(Change(1, 1, 0),)]
    assert found.completeness is not None and found.completeness.holds()
