"""The fair lot: leximin as brute force finds it, proved without a solver, drawn again by anybody."""

from __future__ import annotations

import copy
import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from hemicycle.instruments.selection import checker_fairest, checker_lot
from hemicycle.instruments.selection.certificate import lottery_certificate
from hemicycle.instruments.selection.columns import leximin_by_columns
from hemicycle.instruments.selection.draw import commitment, draw, greatest_change, joined, tickets
from hemicycle.instruments.selection.lottery import Lottery, any_list, fair_lottery
from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import Problem, problem_of
from hemicycle.instruments.selection.rule import Rule, not_together

from .pools import every_list, problems

REACH = 1e-6


def leximin_by_brute_force(problem: Problem) -> list[float]:
    """Leximin over every lawful list, by another solver interface: at each level, ask of each person how far it goes."""
    lists = every_list(problem)
    people = len(problem.ids)
    sits = np.array([[float(one in chosen) for one in range(people)] for chosen in lists]).T
    fixed: dict[int, float] = {}
    while len(fixed) < people:
        left = [one for one in range(people) if one not in fixed]
        best = _highest(sits, fixed, left, left)
        level = best[0]
        pinned = [
            one
            for one in left
            if _highest(sits, {**fixed, **dict.fromkeys(left, level)}, [one], [])[0] <= level + 1e-7
        ]
        assert pinned
        fixed.update(dict.fromkeys(pinned, level))
    return [fixed[one] for one in range(people)]


def _highest(
    sits: Any, at_least: dict[int, float], raised: list[int], unbound: list[int]
) -> tuple[float, Any]:
    """The highest level that all of `raised` reach together, while everybody in `at_least` keeps that chance."""
    lists = sits.shape[1]
    rows, right = [], []
    for one in raised:
        rows.append(np.append(-sits[one], 1.0))
        right.append(0.0)
    for one, value in at_least.items():
        if one not in unbound:
            rows.append(np.append(-sits[one], 0.0))
            right.append(-value + 1e-9)
    found = linprog(
        np.append(np.zeros(lists), -1.0),
        A_ub=np.array(rows),
        b_ub=right,
        A_eq=[np.append(np.ones(lists), 0.0)],
        b_eq=[1.0],
        bounds=[(0, 1)] * lists + [(0, 1)],
    )
    assert found.success
    return -found.fun, found.x


def odd_pool() -> Problem:
    """Three pairs that may not sit together, as a ring of five: the relaxation promises more than whole lists give."""
    pool = Pool(tuple("abcdef"), ({},) * 6)
    ring = [not_together(one, other) for one, other in zip("abcde", "bcdea", strict=True)]
    return problem_of(pool, 3, ring)


@settings(max_examples=60, deadline=None)
@given(made=problems(7))
def test_the_lot_is_leximin_as_brute_force_finds_it(made: tuple[Pool, Problem]) -> None:
    _, problem = made
    lottery = fair_lottery(problem)
    if not every_list(problem):
        assert lottery is None
        return
    assert lottery is not None
    got = sorted(float(chance) for chance in lottery.chances())
    assert got == pytest.approx(sorted(leximin_by_brute_force(problem)), abs=REACH)


@settings(max_examples=60, deadline=None)
@given(made=problems(8))
def test_every_lottery_is_lawful_and_proves_itself_without_a_solver(made: tuple[Pool, Problem]) -> None:
    _, problem = made
    lottery = fair_lottery(problem)
    assume(lottery is not None)
    assert lottery is not None
    claim = json.loads(json.dumps(lottery_certificate(lottery)))
    assert checker_lot.lawful(claim)
    assert sum(lottery.weights) == 1
    assert sum(lottery.chances()) == problem.seats
    assert checker_fairest.fairest(claim)


@settings(max_examples=40, deadline=None)
@given(made=problems(7))
def test_both_ways_to_the_fairest_chances_agree(made: tuple[Pool, Problem]) -> None:
    _, problem = made
    lottery = fair_lottery(problem)
    assume(lottery is not None)
    assert lottery is not None
    first = any_list(problem.types, problem.seats)
    assert first is not None
    generated = leximin_by_columns(problem.types, problem.seats, first[None, :])
    reached = generated.weights @ generated.lists / problem.types.size
    each = [float(reached[one]) for one in problem.types.of_person]
    assert each == pytest.approx([float(one) for one in lottery.chances()], abs=REACH)


def test_where_the_relaxation_promises_too_much_whole_lists_decide() -> None:
    """Of a ring of five at most two can sit, so with three seats f always sits; the relaxation alone would say more."""
    problem = odd_pool()
    lottery = fair_lottery(problem)
    assert lottery is not None
    assert not lottery.is_relaxed
    chances = dict(zip(problem.ids, lottery.chances(), strict=True))
    assert float(chances["f"]) == pytest.approx(1.0, abs=REACH)
    assert [float(chances[one]) for one in "abcde"] == pytest.approx([0.4] * 5, abs=REACH)
    assert len(every_list(problem)) == 5
    claim = lottery_certificate(lottery)
    assert all("tree" in level for level in claim["levels"])
    assert checker_fairest.fairest(claim)
    claim["levels"][0]["bound"] = "0.1"
    assert not checker_fairest.fairest(claim)


def test_three_who_exclude_each_other_in_pairs_are_proved_too() -> None:
    """In fractions a half of each could sit, whole lists take one of the three: found by chance, once not proved."""
    declared = [
        {"gender": "f" if one in (0, 2, 3, 4, 5, 6) else "m", "org": "c" if one in (2, 7) else "a"}
        for one in range(8)
    ]
    rules = [
        Rule("gender = f", (("gender", "f"),), least=2),
        Rule("org = c", (("org", "c"),), most=1),
        not_together("p1", "p2"),
    ]
    problem = problem_of(Pool(tuple(f"p{one}" for one in range(8)), tuple(declared)), 3, rules)
    lottery = fair_lottery(problem)
    assert lottery is not None and not lottery.is_relaxed
    assert checker_fairest.fairest(lottery_certificate(lottery))


def test_no_list_is_worth_more_than_a_level_says_by_another_solver() -> None:
    """The bound of each level, asked again of scipy's own solver over whole lists."""
    problem = odd_pool()
    lottery = fair_lottery(problem)
    assert lottery is not None
    types = problem.types
    chances = lottery.fairest.chances
    fixed: dict[int, float] = {}
    for level in lottery.fairest.levels:
        found = milp(
            -level.weights / types.size,
            constraints=[
                LinearConstraint(types.matrix, types.least, types.most),
                LinearConstraint(np.ones((1, len(types.size))), problem.seats, problem.seats),
            ],
            bounds=Bounds(0, types.size),
            integrality=np.ones(len(types.size)),
        )
        held = sum(level.weights[one] * value for one, value in fixed.items())
        assert -found.fun - held <= level.value + 1e-6
        fixed.update({one: float(chances[one]) for one in level.pinned})
    assert set(fixed) == set(range(len(types.size)))


@settings(max_examples=30, deadline=None)
@given(made=problems(8), data=st.data())
def test_a_certificate_that_was_changed_is_refused(made: tuple[Pool, Problem], data: Any) -> None:
    _, problem = made
    lottery = fair_lottery(problem)
    assume(lottery is not None and lottery.is_relaxed)
    assert lottery is not None
    claim = lottery_certificate(lottery)
    what = data.draw(st.sampled_from(("weight", "value", "count", "drop")))
    changed = copy.deepcopy(claim)
    if what == "weight":
        changed["lists"][0]["weight"] = str(Fraction(changed["lists"][0]["weight"]) * Fraction(9, 10))
    elif what == "value":
        changed["levels"][0]["value"] = str(Fraction(changed["levels"][0]["value"]) - Fraction(1, 100))
    elif what == "count":
        kind = next(iter(changed["lists"][0]["counts"]))
        changed["lists"][0]["counts"][kind] += 1
    else:
        changed["levels"].pop()
    assert not (checker_lot.lawful(changed) and checker_fairest.fairest(changed))


def test_people_of_one_type_have_one_chance_under_the_tickets_too() -> None:
    pool = Pool(
        tuple(f"p{one}" for one in range(7)), tuple({"g": "f" if one < 3 else "m"} for one in range(7))
    )
    problem = problem_of(pool, 3, [Rule("g = f", (("g", "f"),), least=1, most=2)])
    lottery = fair_lottery(problem)
    assert lottery is not None
    numbered = tickets(lottery, 10)
    after = numbered.chances()
    assert len({after[f"p{one}"] for one in range(3)}) == 1
    assert len({after[f"p{one}"] for one in range(3, 7)}) == 1
    assert sum(after.values()) == 3
    assert greatest_change(lottery, numbered) <= Fraction(1, 10)


@settings(max_examples=40, deadline=None)
@given(made=problems(8), seed=st.text(max_size=20))
def test_what_is_drawn_is_lawful_and_drawn_again_from_the_same_seed(
    made: tuple[Pool, Problem], seed: str
) -> None:
    pool, problem = made
    lottery = fair_lottery(problem)
    assume(lottery is not None)
    assert lottery is not None
    numbered = tickets(lottery, 100)
    drawn = draw(numbered, seed)
    assert tuple(sorted(pool.position[name] for name in drawn.ids)) in every_list(problem)
    assert draw(tickets(lottery, 100), seed) == drawn
    assert 1 <= drawn.ticket <= 100


def test_a_seed_of_a_known_lottery_draws_a_known_list_on_every_machine() -> None:
    pool = Pool(tuple("abcdefgh"), ({},) * 8)
    lottery = fair_lottery(problem_of(pool, 3, []))
    assert isinstance(lottery, Lottery)
    drawn = draw(tickets(lottery, 4), joined(["first half", "second half"]))
    assert (drawn.ticket, drawn.ids) == (4, ("g", "a", "h"))


def test_tickets_come_up_evenly() -> None:
    """4,000 seeds over four tickets: each within five standard deviations of a thousand."""
    pool = Pool(tuple("abcd"), tuple({"n": name} for name in "abcd"))
    problem = problem_of(pool, 1, [Rule(f"n = {one}", (("n", one),), most=1) for one in "abcd"])
    lottery = fair_lottery(problem)
    assert lottery is not None
    numbered = tickets(lottery, 4)
    seen = [draw(numbered, str(seed)).ids[0] for seed in range(4000)]
    assert all(abs(seen.count(one) - 1000) < 5 * (4000 * 3 / 16) ** 0.5 for one in "abcd")


def test_two_halves_join_in_one_way_only() -> None:
    assert joined(["a", "bc"]) != joined(["ab", "c"])
    assert commitment("a") != commitment("b")


def unfair() -> dict[str, Any]:
    """Exactly one of four A and one of B and C: B gets a quarter where a half is fair. The levels are made up."""
    return {
        "types": [0, 0, 0, 0, 1, 2], "seats": 2, "within": "1e-6",
        "rows": [{"who": [0, 1, 2, 3], "least": 1, "most": 1}],
        "lists": [{"weight": "1/4", "counts": {"0": 1, "1": 1}}, {"weight": "3/4", "counts": {"0": 1, "2": 1}}],
        "levels": [
            {"value": "0.25", "weights": {"0": "1", "1": "1e-12"}, "pinned": [0, 1], "rows": {"0": "0.25"}, "seats": "0"},
            {"value": "0.75", "weights": {"2": "1"}, "pinned": [2], "rows": {"0": "-1"}, "seats": "1"},
        ],
    }  # fmt: skip


def test_nobody_is_pinned_by_a_weight_that_holds_nobody() -> None:
    claim = unfair()
    assert checker_lot.lawful(claim)
    assert not checker_fairest.fairest(claim)


def test_keys_written_otherwise_do_not_hide_a_weight() -> None:
    claim = unfair()
    claim["levels"] = [
        {
            "value": "0.25",
            "weights": {"00": "1", "01": "1", "02": "1"},
            "pinned": [0, 1, 2],
            "rows": {},
            "seats": "0",
        }
    ]
    assert not checker_fairest.fairest(claim)
