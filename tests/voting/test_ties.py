"""A tie: who breaks it, who lets it stand, and what it is where nobody may."""

from __future__ import annotations

import pytest

from hemicycle.people.models import Holding
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.voting import actions, queries
from hemicycle.voting.models import Vote
from hemicycle.voting.presentation import outcome_context
from tests.cast import Cast

from .conftest import ballot, close
from .test_actions import Votes, refused


def tied(cast: Cast, vote: Vote) -> Vote:
    ballot(cast, vote, "henri", "for")
    ballot(cast, vote, "ilse", "against")
    close(cast, vote)
    return vote


@pytest.mark.parametrize(("choice", "state"), [("for", "carried"), ("against", "rejected")])
def test_the_president_breaks_a_tie_in_the_bureau(cast: Cast, opened: Votes, choice: str, state: str) -> None:
    vote = tied(cast, opened())
    assert vote.state == "tied" and not queries.carried(vote)
    waiting = outcome_context(vote)["arithmetic"]
    assert waiting[-1].startswith("A tie: the President may break it") and "Rejected." not in waiting
    refused(Unmet, actions.break_tie, vote, cast.actor("greta"), choice="abstention")
    refused(NotEmpowered, actions.break_tie, vote, cast.actor("henri"), choice="for")
    actions.break_tie(vote, cast.actor("greta"), choice=choice)
    outcome = queries.outcome_of(vote)
    assert vote.state == state and outcome is not None and outcome.broken_by == "president"
    assert any("the President broke it" in str(line) for line in outcome.arithmetic)


def test_a_tie_that_the_president_lets_stand_rejects(cast: Cast, opened: Votes) -> None:
    vote = tied(cast, opened())
    actions.leave_tie(vote, cast.actor("greta"))
    assert vote.state == "rejected"


def test_a_tie_is_neither_annulled_nor_left_by_anybody_but_the_president(cast: Cast, opened: Votes) -> None:
    vote = tied(cast, opened())
    for key in ("greta", "anna"):
        refused(OutOfOrder, actions.annul, vote, cast.actor(key), reasons="I would rather have it again.")
    assert "may still break" in refused(Unmet, actions.leave_tie, vote, cast.actor("anna"))
    refused(Unmet, actions.leave_tie, vote, CLOCK)
    refused(NotEmpowered, actions.leave_tie, vote, cast.actor("henri"))
    assert actions.tick() == 0


def test_a_vote_whose_time_is_over_is_counted_and_not_annulled(cast: Cast, opened: Votes) -> None:
    vote = opened()
    assert vote.closes_at is not None
    with clock.set_to(vote.closes_at):
        for key in ("greta", "anna"):
            refused(OutOfOrder, actions.annul, vote, cast.actor(key), reasons="Not that result.")
        actions.close(vote, cast.actor("anna"))


def test_a_tie_of_a_president_who_left_office_is_let_stand(cast: Cast, opened: Votes) -> None:
    vote = tied(cast, opened())
    Holding.objects.filter(person=cast.greta, office="president").update(held_until=clock.now())
    actions.leave_tie(vote, cast.actor("anna"))
    assert vote.state == "rejected" and Entry.objects.get(act="leave_tie").office == "secretariat"


def test_a_tie_in_the_bureau_without_a_president_on_the_roll_rejects(cast: Cast, opened: Votes) -> None:
    assert tied(cast, opened("henri", "ilse", "luca")).state == "rejected"


def test_a_tie_in_the_assembly_rejects(cast: Cast, opened: Votes) -> None:
    assert tied(cast, opened(body="assembly")).state == "rejected"
