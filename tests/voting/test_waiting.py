"""What waits for whom, and which buttons a vote shows: nothing that would be refused, and nothing left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from hemicycle.people.models import Holding
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet
from hemicycle.voting import actions
from hemicycle.voting.models import DeskBallot, Vote
from tests.cast import Cast

from .balloting import LANGUAGES, offered_to
from .conftest import ballot, founding_vote, member, new_vote
from .test_actions import refused
from .test_interests import declare
from .test_ties import tied

pytestmark = pytest.mark.django_db
Votes = Callable[..., Vote]


def waits(cast: Cast, key: str, reference: str, prefix: str = "") -> bool:
    """Whether a matter stands among what waits for this person after sign-in."""
    return reference in cast.client(key).get(f"{prefix}/desk/").content.decode()


def at_desk(cast: Cast, vote: Vote, key: str = "henri") -> DeskBallot:
    made = DeskBallot(vote=vote, roll_entry=vote.roll.get(person=cast.persons[key]), choice="against")
    actions.cast_at_desk(made, cast.actor("anna"))
    return made


def test_an_entry_waits_for_every_clerk_but_the_one_who_made_it(cast: Cast) -> None:
    vote = founding_vote(cast)
    assert waits(cast, "bruno", vote.reference) and not waits(cast, "anna", vote.reference)
    assert not waits(cast, "greta", vote.reference)


def test_a_tie_waits_only_for_the_president_who_presides_by_that_roll(cast: Cast) -> None:
    vote = new_vote()
    roll = [member(cast, "luca", "president"), member(cast, "henri"), member(cast, "ilse")]
    actions.call_vote(vote, cast.actor("anna"), roll=roll)
    actions.open_vote(vote, cast.actor("anna"))
    tied(cast, vote)
    assert vote.state == "tied"
    assert not waits(cast, "greta", vote.reference) and not waits(cast, "luca", vote.reference)
    assert "break_tie" not in offered_to(cast, vote, "greta")
    refused(Unmet, actions.break_tie, vote, cast.actor("greta"), choice="for")


def test_a_tie_no_longer_waits_for_a_president_who_declared_an_interest(cast: Cast, opened: Votes) -> None:
    vote = tied(cast, opened(subject=cast.nadia.reference))
    address = f"/vote/{vote.reference}/"
    assert waits(cast, "greta", vote.reference)
    assert "Break the tie" in cast.client("greta").get(address).content.decode()
    assert {"break_tie", "leave_tie"} <= offered_to(cast, vote, "greta")
    declare(cast, "greta")
    assert not waits(cast, "greta", vote.reference)
    text = cast.client("greta").get(address).content.decode()
    assert "Break the tie" not in text and "which you cannot break" in text
    assert not {"break_tie", "leave_tie"} & offered_to(cast, vote, "greta")


def test_a_clerk_is_offered_to_let_a_tie_stand_only_when_nobody_may_break_it(
    cast: Cast, opened: Votes
) -> None:
    vote = tied(cast, opened())
    assert "leave_tie" not in offered_to(cast, vote, "anna")
    Holding.objects.filter(person=cast.greta, office="president").update(held_until=clock.now())
    assert "leave_tie" in offered_to(cast, vote, "anna")
    actions.leave_tie(vote, cast.actor("anna"))


def test_the_quorum_is_offered_where_it_can_be_asked_for_and_only_once(cast: Cast, opened: Votes) -> None:
    assert "ask_quorum" not in offered_to(cast, opened(), "henri")
    vote = opened("henri", "ilse", body="assembly")
    assert "ask_quorum" in offered_to(cast, vote, "henri")
    actions.ask_quorum(vote, cast.actor("henri"))
    assert "ask_quorum" not in offered_to(cast, vote, "ilse")


def test_the_roll_is_offered_for_a_new_issue_until_the_first_ballot(cast: Cast, opened: Votes) -> None:
    vote = opened()
    assert "reissue_roll" in offered_to(cast, vote, "anna")
    ballot(cast, vote, "henri", "for")
    assert "reissue_roll" not in offered_to(cast, vote, "anna")


def test_a_running_written_vote_is_offered_for_the_close_when_all_who_still_may_have_voted(
    cast: Cast, opened: Votes, noon: datetime
) -> None:
    vote = opened("henri", "ilse", manner="written", subject=cast.nadia.reference)
    ballot(cast, vote, "henri", "for")
    with clock.set_to(noon + timedelta(hours=1)):
        assert "close" not in offered_to(cast, vote, "anna")
        refused(Unmet, actions.close, vote, cast.actor("anna"))
        declare(cast, "ilse")  # her ballot would be refused from now on: nobody is left to wait for
        assert "close" in offered_to(cast, vote, "anna")
        actions.close(vote, cast.actor("anna"))
    assert vote.state == "carried"


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_a_ballot_at_the_desk_waits_for_every_clerk_but_the_one_who_entered_it(
    cast: Cast, opened: Votes, prefix: str
) -> None:
    vote = opened()
    made = at_desk(cast, vote)
    assert waits(cast, "bruno", made.reference, prefix)
    assert not any(waits(cast, key, made.reference, prefix) for key in ("anna", "henri", "greta", "jonas"))
    actions.confirm_desk_ballot(made, cast.actor("bruno"), confirmation="signed")
    assert not waits(cast, "bruno", made.reference, prefix)


def test_the_page_of_a_vote_lists_the_desk_ballots_that_wait_and_never_the_choice(
    cast: Cast, opened: Votes
) -> None:
    vote = opened()
    made = at_desk(cast, vote)
    address = f"/matters/{vote.reference}/"
    for key in ("anna", "bruno"):
        text = cast.client(key).get(address).content.decode()
        assert f"/matters/{made.reference}/" in text and "wait for the second clerk" in text
        assert "Against" not in text
    for key in ("greta", "ilse"):
        assert made.reference not in cast.client(key).get(address).content.decode()
    actions.withdraw_desk_ballot(made, cast.actor("anna"))
    assert made.reference not in cast.client("bruno").get(address).content.decode()


def test_a_desk_ballot_waits_for_nobody_once_its_vote_is_over_or_its_voter_has_voted(
    cast: Cast, opened: Votes
) -> None:
    vote = opened()
    made = at_desk(cast, vote)
    assert vote.closes_at is not None
    with clock.set_to(vote.closes_at):
        assert not waits(cast, "bruno", made.reference)
    ballot(cast, vote, "henri", "for")
    assert not waits(cast, "bruno", made.reference)
