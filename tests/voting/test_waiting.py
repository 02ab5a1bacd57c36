"""What waits for whom, and which buttons a vote shows: nothing that would be refused, and nothing left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from hemicycle.people.models import Holding
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet
from hemicycle.voting import actions
from hemicycle.voting.models import Vote
from tests.cast import Cast

from .balloting import offered_to
from .conftest import ballot, founding_vote, member, new_vote
from .test_actions import refused, tied
from .test_interests import declare

pytestmark = pytest.mark.django_db
Votes = Callable[..., Vote]


def waits(cast: Cast, key: str, reference: str, prefix: str = "") -> bool:
    """Whether a matter stands among what waits for this person after sign-in."""
    return reference in cast.client(key).get(f"{prefix}/desk/").content.decode()


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
