"""Votes: worked cases, and what holds for every vote."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.rules.charter import BODIES, load
from hemicycle.rules.majority import VoteRule, base_after_interests, count, tally

CASES = tomllib.loads((Path(__file__).parent / "cases" / "votes.toml").read_text(encoding="utf-8"))["case"]
PACE = load(Path(__file__).parents[2] / "charters" / "pace-2025" / "1.0.toml")
FIGURES = ("roll", "seats", "president", "out_of_vote", "out_of_base", "quorum_asked", "present")


def rule_of(written: str | dict[str, str]) -> VoteRule:
    if isinstance(written, str):
        return VoteRule.of(PACE.votes.of(written), base_floor=PACE.interests.base_floor.value)
    exact = {
        key: Fraction(value) if key in ("threshold", "quorum", "base_floor") else value
        for key, value in written.items()
    }
    return VoteRule(**exact)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES, ids=[case["words"] for case in CASES])
def test_worked_case(case: dict[str, Any]) -> None:
    votes_for, against, abstentions = case["votes"]
    outcome = count(
        rule_of(case["rule"]),
        votes_for=votes_for,
        votes_against=against,
        abstentions=abstentions,
        **{key: case[key] for key in FIGURES if key in case},
    )
    expected = {key: value for key, value in case.items() if key not in ("words", "rule", "votes", *FIGURES)}
    assert {key: getattr(outcome, key) for key in expected} == expected


def test_the_founding_vote_says_both_figures_and_unanimity() -> None:
    outcome = count(rule_of("assembly"), votes_for=80, votes_against=0, abstentions=4, roll=306, seats=306)
    assert [str(line) for line in outcome.arithmetic] == [
        "Quorum: 102 (1/3 of 306); not verified, as nobody asked for it.",
        "For: 80. Against: 0. Abstentions: 4. Votes cast: 80.",
        "More than 1/2 of 80 votes cast: 41 needed.",
        "Unanimous: nobody among those who cast a vote voted against.",
        "Carried.",
    ]


def test_a_broken_tie_is_told_with_the_figures_before_it() -> None:
    outcome = count(
        rule_of("bureau"), votes_for=12, votes_against=12, abstentions=2, roll=38, president="for"
    )
    lines = [str(line) for line in outcome.arithmetic]
    assert "For: 12. Against: 12. Abstentions: 2. Votes cast: 24." in lines
    assert "A tie: the President broke it and voted for." in lines
    assert "More than 1/2 of 25 votes cast: 13 needed." in lines


@given(
    votes=st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)),
    extra=st.integers(0, 60),
    body=st.sampled_from(BODIES),
    president=st.sampled_from(("absent", "present", "recused")),
)
def test_what_holds_for_every_vote(
    votes: tuple[int, int, int], extra: int, body: str, president: Any
) -> None:
    votes_for, against, abstentions = votes
    roll = sum(votes) + extra
    outcome = count(
        rule_of(body),
        votes_for=votes_for,
        votes_against=against,
        abstentions=abstentions,
        roll=roll,
        seats=roll,
        president=president,
    )
    assert outcome.votes_cast == votes_for + against
    assert outcome.unanimous == (against == 0 and votes_for > 0)
    assert outcome.tie == (votes_for == against > 0)
    if outcome.carried:
        assert votes_for > against and outcome.quorum != "not_met"
    if outcome.quorum in ("met", "not_verified", "none"):
        assert outcome.carried == (votes_for > against)
    assert all(str(line) for line in outcome.arithmetic)


@given(votes=st.tuples(st.integers(0, 40), st.integers(0, 40)), more=st.integers(0, 200))
def test_abstentions_never_change_what_the_votes_cast_decide(votes: tuple[int, int], more: int) -> None:
    rule = VoteRule()
    few = count(rule, votes_for=votes[0], votes_against=votes[1], abstentions=0, roll=300)
    many = count(rule, votes_for=votes[0], votes_against=votes[1], abstentions=more, roll=300)
    assert (few.carried, few.unanimous, few.needed) == (many.carried, many.unanimous, many.needed)


@given(base=st.integers(0, 400), data=st.data(), floor=st.fractions(0, 1, max_denominator=20))
def test_interests_never_bring_the_base_under_its_floor(
    base: int, data: st.DataObject, floor: Fraction
) -> None:
    out = data.draw(st.integers(0, base))
    left = base_after_interests(base, out, floor)
    assert base * floor <= left <= base
    assert left >= base - out


def test_a_special_decision_needs_two_thirds() -> None:
    from dataclasses import replace

    votes = PACE.votes.assembly
    named = replace(votes, special_decisions=replace(votes.special_decisions, value=("composition.ratify",)))  # type: ignore[type-var]
    rule = VoteRule.of(named, base_floor=Fraction(1, 2), decision="composition.ratify")
    assert (rule.threshold, rule.threshold_is) == (Fraction(2, 3), "at_least")
    assert VoteRule.of(named, base_floor=Fraction(1, 2), decision="other").threshold == Fraction(1, 2)


@pytest.mark.parametrize(
    "figures",
    [
        {"votes_for": -1},
        {"votes_for": 20},
        {"votes_for": 8, "out_of_vote": 3},
        {"votes_for": 8, "present": 7},
        {"votes_for": 5, "votes_against": 5, "president": "for"},
    ],
)
def test_figures_that_cannot_be_are_refused(figures: dict[str, Any]) -> None:
    given_figures = {"votes_for": 0, "votes_against": 0, "abstentions": 0, **figures}
    with pytest.raises(ValueError, match=r"cannot be|casting vote"):
        count(VoteRule(), roll=10, **given_figures)


def test_choices_are_tallied_and_an_unknown_one_is_refused() -> None:
    assert tally(["for", "for", "against", "abstain"]) == (2, 1, 1)
    with pytest.raises(ValueError, match="maybe"):
        tally(["for", "maybe"])
