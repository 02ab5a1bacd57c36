"""EJR+ and PJR+ against their definitions, by trying every group, and the rules that are known to meet them."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.selection.endorsements import Endorsements
from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import problem_of
from hemicycle.instruments.selection.proportionality import ejr_plus, pjr_plus
from hemicycle.instruments.selection.rule import may_not_sit
from hemicycle.instruments.selection.sequential import equal_shares, phragmen

from .ballots import elections


def broken_for(made: Endorsements, members: tuple[int, ...], *, together: bool) -> set[int]:
    """By definition: every group of ballots, every level, every candidate outside."""
    ballots, seats, found = list(made.each()), len(members), set()
    sitting = frozenset(members)
    for size in range(1, len(ballots) + 1):
        for group in combinations(ballots, size):
            common = frozenset.intersection(*(ballot for ballot, _ in group)) - sitting
            voters = sum(many for _, many in group)
            for level in range(1, seats + 1):
                if voters * seats < level * made.voters:
                    continue
                if together:
                    short = len(frozenset().union(*(ballot for ballot, _ in group)) & sitting) < level
                else:
                    short = all(len(ballot & sitting) < level for ballot, _ in group)
                if short:
                    found |= common
    return found


@settings(max_examples=150, deadline=None)
@given(elections(ballots=6), st.randoms(use_true_random=False))
def test_both_axioms_are_decided_as_defined(case: tuple[Endorsements, int], chance) -> None:
    made, seats = case
    members = tuple(chance.sample(range(len(made.candidates)), seats))
    for finding, together in ((ejr_plus(made, members), False), (pjr_plus(made, members), True)):
        assert {group.candidate for group in finding.groups} == broken_for(made, members, together=together)
        ballots = list(made.each())
        for group in finding.groups:
            who = [ballots[number] for number in group.ballots]
            assert group.candidate not in members
            assert all(group.candidate in ballot for ballot, _ in who)
            assert sum(many for _, many in who) == group.voters >= group.needed
            assert group.needed * seats >= group.level * made.voters
            if together:
                union = frozenset().union(*(ballot for ballot, _ in who)) & set(members)
                assert len(union) < group.level
            else:
                assert all(len(ballot & set(members)) < group.level for ballot, _ in who)


@settings(max_examples=150, deadline=None)
@given(elections())
def test_equal_shares_meets_ejr_plus(case: tuple[Endorsements, int]) -> None:
    made, seats = case
    assert ejr_plus(made, equal_shares(made, seats).members).holds


@settings(max_examples=150, deadline=None)
@given(elections())
def test_phragmen_meets_pjr_plus(case: tuple[Endorsements, int]) -> None:
    made, seats = case
    assert pjr_plus(made, phragmen(made, seats).members).holds


def test_a_group_that_is_left_out_is_named() -> None:
    """Six of ten voters, five seats: they deserve three, and one of theirs outside; they have two each, four together."""
    made = Endorsements.of("abcdefg", [[0, 1, 6], [2, 3, 6], [4]], [3, 3, 4])
    ejr = ejr_plus(made, [0, 1, 2, 3, 4])
    assert [(g.level, g.candidate, g.voters, g.needed) for g in ejr.groups] == [(3, 6, 6, 6)]
    assert not ejr.holds and "EJR+ is broken: 6 voters" in ejr.words
    pjr = pjr_plus(made, [0, 1, 2, 3, 4])
    assert pjr.holds and "PJR+ holds" in pjr.words


def test_what_the_rules_force_is_named() -> None:
    """Half of the voters endorse a alone, whom a rule keeps off the list: without it there is no violation."""
    made = Endorsements.of("abc", [[0], [1, 2]], [2, 2])
    problem = problem_of(Pool(made.candidates, ({}, {}, {})), 2, [may_not_sit("a")])
    for rule in (equal_shares, phragmen):
        assert pjr_plus(made, rule(made, 2).members).holds
        choice = rule(made, 2, problem)
        assert choice.members == (1, 2) and choice.steps[0].barred == (0,)
        for finding in (ejr_plus(made, choice.members), pjr_plus(made, choice.members)):
            assert [(group.level, group.candidate, group.voters) for group in finding.groups] == [(1, 0, 2)]


def test_a_list_names_everybody_once() -> None:
    made = Endorsements.of("ab", [[0]])
    for members in ([], [0, 0]):
        with pytest.raises(ValueError, match="each of them once"):
            ejr_plus(made, members)
