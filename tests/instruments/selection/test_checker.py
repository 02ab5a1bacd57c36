"""The checker of proofs, and the maker of them, against brute force."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.selection import checker
from hemicycle.instruments.selection.checker import meets
from hemicycle.instruments.selection.claims import system
from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import Problem
from hemicycle.instruments.selection.refutation import Bound, Claim, bounds_of, refute
from tests.instruments.selection.pools import every_list, problems


def claim_of(problem: Problem) -> Claim:
    return Claim(len(problem.ids), problem.seats, bounds_of(problem.rows))


numbers = st.sampled_from(("0", "1", "1/2", "2", "7/3", "-1"))
leaves = st.builds(
    lambda leaf: {"leaf": leaf}, st.lists(st.tuples(st.integers(0, 12), numbers).map(list), max_size=5)
)
trees = st.recursive(
    leaves,
    lambda inside: st.builds(
        lambda on, at, less, more: {"on": on, "at": at, "less": less, "more": more},
        st.integers(0, 4),
        st.sampled_from((-1, 0, 1, 2)),
        inside,
        inside,
    ),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None)
@given(problems())
def test_what_is_impossible_is_proved_and_what_is_possible_is_not(made: tuple[Pool, Problem]) -> None:
    problem = made[1]
    claim = claim_of(problem)
    proof = refute(claim)
    assert (proof is None) == bool(every_list(problem))
    if proof is not None:
        assert proof.holds()
        whole = json.loads(json.dumps(proof.as_json()))
        assert checker.refuted(system(whole["claim"]), whole["tree"])


@settings(max_examples=80, deadline=None)
@given(problems(), trees)
def test_no_tree_whatsoever_refutes_what_is_possible(made: tuple[Pool, Problem], tree: Any) -> None:
    if every_list(made[1]):
        assert not checker.refuted(system(claim_of(made[1]).as_json()), tree)


@settings(max_examples=80, deadline=None)
@given(problems(), st.data())
def test_a_proof_does_not_hold_for_rules_that_were_eased(made: tuple[Pool, Problem], data: Any) -> None:
    proof = refute(claim_of(made[1]))
    if proof is None or not proof.claim.rows:
        return
    place = data.draw(st.integers(0, len(proof.claim.rows) - 1))
    rows = list(proof.claim.rows)
    rows[place] = Bound(rows[place].who, 0, proof.claim.people)
    eased = replace(proof.claim, rows=tuple(rows))
    if checker.refuted(system(eased.as_json()), proof.tree):
        assert refute(eased) is not None  # it may do without that rule, if what it proves is still true


@settings(max_examples=80, deadline=None)
@given(problems(), st.data())
def test_a_proof_that_was_tampered_with_proves_nothing_false(made: tuple[Pool, Problem], data: Any) -> None:
    """A number of the tree is changed: what is then accepted must still be true, which each list can deny."""
    problem = made[1]
    proof = refute(claim_of(problem))
    if proof is None:
        return
    text = json.dumps(proof.tree)
    digits = [place for place, sign in enumerate(text) if sign.isdigit()]
    if digits:
        place = data.draw(st.sampled_from(digits))
        text = text[:place] + str(data.draw(st.integers(0, 9))) + text[place + 1 :]
    possible = next((p for p in range(len(problem.rows)) if every_list(problem.without([p]))), None)
    if possible is not None:
        counts = system(claim_of(problem.without([possible])).as_json())
        assert not checker.refuted(counts, json.loads(text))


def odd() -> Claim:
    """One of each pair among three: halves could do it, whole people cannot."""
    pairs = [(0, 1, 3), (1, 2, 4), (0, 2, 5)]
    return Claim(7, 2, (*(Bound(who, 1, 1) for who in pairs), Bound((3, 4, 5), 0, 0)))


def test_what_only_whole_numbers_forbid_takes_a_branch() -> None:
    proof = refute(odd())
    assert proof is not None
    assert proof.holds()
    assert proof.leaves > 1


def test_a_tree_beyond_the_limit_is_given_up() -> None:
    triple = [(0, 1), (1, 2), (0, 2)]
    claim = Claim(
        30, 15, tuple(Bound(tuple(3 * k + one for one in pair), 1, 1) for k in range(10) for pair in triple)
    )
    assert refute(claim, nodes=1) is None
    assert refute(claim) is not None


@pytest.mark.parametrize(
    "tree",
    [
        {},
        None,
        [],
        {"leaf": [[99, "1"]]},
        {"leaf": [[0, "a"]]},
        {"leaf": [[0, "-1"], [1, "-1"]]},
        {"leaf": [[0, "1/0"]]},
        {"on": 0, "at": 0.5, "less": {"leaf": []}, "more": {"leaf": []}},
        {"on": -1, "at": 0, "less": {"leaf": []}, "more": {"leaf": []}},
        {"on": True, "at": 0, "less": {"leaf": []}, "more": {"leaf": []}},
        {"on": 0, "at": 0, "less": {"leaf": []}},
    ],
)
def test_what_is_no_proof_is_refused(tree: Any) -> None:
    claim = Claim(3, 2, (Bound((0,), 1, 1),))
    assert not checker.refuted(system(claim.as_json()), tree)


@settings(max_examples=100, deadline=None)
@given(problems(7), st.data())
def test_a_witness_is_judged_as_brute_force_judges(made: tuple[Pool, Problem], data: Any) -> None:
    problem = made[1]
    claim = claim_of(problem).as_json()
    members = data.draw(st.lists(st.integers(0, len(problem.ids) - 1), max_size=len(problem.ids)))
    is_list = len(set(members)) == len(members) and tuple(sorted(members)) in every_list(problem)
    assert meets(claim, members) == is_list


def test_a_price_is_refuted_up_to_the_cheapest_and_not_beyond() -> None:
    """Two of nobody's kind: two places at 1 + 2/2 each."""
    row = Bound((), 2, 2, Fraction(2), Fraction(1))
    proof = refute(Claim(3, 2, (row,), Fraction(4)))
    assert proof is not None
    assert proof.holds()
    assert refute(Claim(3, 2, (row,), Fraction(9, 2))) is None
