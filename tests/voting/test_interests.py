"""Declared interests: before the call, before the first ballot, and after it (article 3.5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hemicycle.gallery.votes import roll_of
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered
from hemicycle.voting import actions, queries
from hemicycle.voting.models import SecretBallot, Vote
from tests.cast import Cast

from .conftest import ballot, close, hand_out
from .test_actions import refused

pytestmark = pytest.mark.django_db
Votes = Callable[..., Vote]


def declare(cast: Cast, key: str, effect: str = "out_of_vote") -> None:
    """An interest in the person whom the vote is about."""
    given = {"subject": cast.nadia.reference, "kind": "family", "effect": effect}
    integrity.declare(Interest(), cast.actor(key), **given)


def effects(vote: Vote) -> dict[str, str]:
    return dict(vote.roll.values_list("name", "effect"))


def test_an_interest_declared_before_the_call_stands_on_the_roll(cast: Cast, opened: Votes) -> None:
    declare(cast, "henri")
    vote = opened(subject=cast.nadia.reference)
    assert effects(vote)["Henri Delacombe"] == "out_of_vote"
    assert queries.turnout(vote).roll == 3
    refused(NotEmpowered, actions.cast, vote, cast.actor("henri"), choice="for")
    page = cast.client("henri").get(f"/vote/{vote.reference}/").content.decode()
    assert "You do not vote here" in page and 'value="for"' not in page


def test_an_interest_in_somebody_whom_the_vote_concerns_counts_too(cast: Cast, opened: Votes) -> None:
    declare(cast, "henri")
    vote = opened(concerns=[cast.nadia.reference, cast.oleg.reference])
    assert effects(vote)["Henri Delacombe"] == "out_of_vote"


def test_a_disclosed_interest_takes_nobody_out(cast: Cast, opened: Votes) -> None:
    declare(cast, "henri", "disclosed")
    vote = opened(subject=cast.nadia.reference)
    assert effects(vote)["Henri Delacombe"] == "disclosed"
    ballot(cast, vote, "henri", "for")


def test_an_interest_declared_between_call_and_opening_is_frozen_at_the_opening(
    cast: Cast, called: Votes
) -> None:
    vote = called(subject=cast.nadia.reference)
    declare(cast, "henri", "out_of_vote_and_base")
    actions.open_vote(vote, cast.actor("anna"))
    assert effects(vote)["Henri Delacombe"] == "out_of_vote_and_base" and vote.issue == 2


def test_the_voter_file_of_belenios_leaves_out_whoever_declared_an_interest_since_the_call(
    cast: Cast, called: Votes
) -> None:
    for key in ("henri", "ilse"):
        cast.persons[key].email = f"{key}@example.org"
        cast.persons[key].save()
    vote = called("henri", "ilse", "katia", body="political_affairs", subject=cast.nadia.reference)
    for key in ("henri", "katia"):
        declare(cast, key)
    hand_out(cast, vote)
    address = f"/vote/{vote.reference}/roll.txt"
    told = cast.client("anna").get(address).content.decode()
    assert told.split() == [f"ilse@example.org,{cast.ilse.reference}"]
    assert "no address" not in cast.client("anna").get(f"/matters/{vote.reference}/").content.decode()
    Interest.objects.update(effect="disclosed")
    assert cast.client("anna").get(address).content.decode().split()[0].startswith("henri@")


def test_before_the_first_ballot_the_roll_is_issued_again(cast: Cast, opened: Votes) -> None:
    vote = opened(subject=cast.nadia.reference)
    declare(cast, "henri")
    ballot(cast, vote, "ilse", "for")
    vote.refresh_from_db()
    assert effects(vote)["Henri Delacombe"] == "out_of_vote" and vote.issue == 2


def test_the_roll_is_issued_again_by_hand_only_before_the_first_ballot(cast: Cast, opened: Votes) -> None:
    vote = opened(subject=cast.nadia.reference)
    declare(cast, "henri")
    actions.reissue_roll(vote, cast.actor("anna"))
    assert effects(vote)["Henri Delacombe"] == "out_of_vote"
    ballot(cast, vote, "ilse", "for")
    refused(Unmet, actions.reissue_roll, vote, cast.actor("anna"))


def test_after_the_first_ballot_the_late_interest_refuses_the_ballot_and_keeps_the_base(
    cast: Cast, opened: Votes
) -> None:
    vote = opened(subject=cast.nadia.reference)
    ballot(cast, vote, "ilse", "for")
    declare(cast, "henri", "out_of_vote_and_base")
    text = refused(Unmet, actions.cast, vote, cast.actor("henri"), choice="for")
    assert "interest" in text
    assert effects(vote)["Henri Delacombe"] == "none" and queries.turnout(vote).roll == 4
    ballot(cast, vote, "katia", "for")
    close(cast, vote)
    outcome = queries.outcome_of(vote)
    assert outcome is not None and outcome.roll == 4
    line = vote.roll.get(name="Henri Delacombe")
    assert (line.effect, line.late_effect) == ("none", "out_of_vote_and_base")
    assert line.interest == "declared after voting had begun: no ballot counts, the base stays"


def test_an_interest_that_was_decided_to_weigh_less_leaves_the_line_as_it_was_frozen(
    cast: Cast, opened: Votes
) -> None:
    declare(cast, "henri")
    vote = opened(subject=cast.nadia.reference)
    ballot(cast, vote, "ilse", "for")
    Interest.objects.update(effect="disclosed")
    close(cast, vote)
    line = vote.roll.get(name="Henri Delacombe")
    assert (line.effect, line.late_effect) == ("out_of_vote", "none")


def test_a_disclosed_interest_declared_late_is_told_and_refuses_nothing(cast: Cast, opened: Votes) -> None:
    vote = opened(subject=cast.nadia.reference)
    ballot(cast, vote, "henri", "for")
    declare(cast, "henri", "disclosed")
    close(cast, vote)
    assert queries.refused_ballots(vote) == 0
    assert vote.roll.get(name="Henri Delacombe").interest == "disclosed, votes"


def test_a_ballot_cast_before_the_interest_was_declared_is_refused_at_the_close(
    cast: Cast, opened: Votes
) -> None:
    vote = opened(subject=cast.nadia.reference)
    for key, choice in (("henri", "for"), ("ilse", "against"), ("katia", "for"), ("luca", "against")):
        ballot(cast, vote, key, choice)
    declare(cast, "henri")
    refused(Unmet, actions.change, vote, cast.actor("henri"), choice="against")
    close(cast, vote)
    outcome = queries.outcome_of(vote)
    assert outcome is not None and (outcome.votes_for, outcome.votes_against) == (1, 2)
    assert queries.refused_ballots(vote) == 1 and vote.state == "rejected"
    assert [v.is_refused for v in queries.individual_votes(vote)] == [True, False, False, False]


def test_a_secret_ballot_of_a_late_interest_is_destroyed_unopened(cast: Cast, secret: Votes) -> None:
    vote = secret(subject=cast.nadia.reference)
    for key, choice in (("henri", "against"), ("ilse", "for"), ("katia", "for")):
        ballot(cast, vote, key, choice)
    declare(cast, "henri")
    close(cast, vote)
    assert list(SecretBallot.objects.values_list("choice", flat=True)) == ["for", "for"]
    assert queries.refused_ballots(vote) == 1
    assert roll_of(vote).interests_number == 1 and roll_of(vote).interests == []


def test_a_recused_president_does_not_break_the_tie(cast: Cast, opened: Votes) -> None:
    vote = opened(subject=cast.nadia.reference)
    ballot(cast, vote, "henri", "for")
    ballot(cast, vote, "ilse", "against")
    declare(cast, "greta")
    refused(NotEmpowered, actions.close, vote, cast.actor("greta"))
    close(cast, vote)
    outcome = queries.outcome_of(vote)
    assert vote.state == "rejected" and outcome is not None
    assert any("declared interest" in str(line) for line in outcome.arithmetic)


def test_a_president_who_declares_after_the_close_does_not_break_the_tie(cast: Cast, opened: Votes) -> None:
    vote = opened(subject=cast.nadia.reference)
    ballot(cast, vote, "henri", "for")
    ballot(cast, vote, "ilse", "against")
    close(cast, vote)
    assert vote.state == "tied"
    declare(cast, "greta")
    refused(NotEmpowered, actions.break_tie, vote, cast.actor("greta"), choice="for")
    refused(NotEmpowered, actions.leave_tie, vote, cast.actor("greta"))
    assert actions.tick() == 1
    vote.refresh_from_db()
    assert vote.state == "rejected" and Entry.objects.get(act="leave_tie").office == "clock"
    assert vote.roll.get(name="Greta Aurland").has_interest
