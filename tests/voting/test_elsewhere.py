"""Votes held elsewhere, and ballots brought to the desk: always two clerks, always a source or the member."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.voting import actions, queries
from hemicycle.voting.models import Ballot, DeskBallot, RollEntry, Vote
from hemicycle.voting.second_clerk import figures
from tests.cast import Cast

from .conftest import ballot, founding_vote, new_vote
from .test_actions import refused

pytestmark = pytest.mark.django_db
Votes = Callable[..., Vote]


def test_the_founding_vote_is_both_unanimous_and_eighty_nil_four(cast: Cast) -> None:
    vote = founding_vote(cast)
    assert vote.state == "entered" and queries.outcome_of(vote) is None
    refused(SamePerson, actions.confirm_elsewhere, vote, cast.actor("anna"))
    actions.confirm_elsewhere(vote, cast.actor("bruno"))
    outcome = queries.outcome_of(vote)
    assert outcome is not None and outcome.unanimous and outcome.carried
    assert (outcome.votes_for, outcome.votes_against, outcome.abstentions, outcome.votes_cast) == (
        80,
        0,
        4,
        80,
    )
    assert queries.abstentions_by_delegation(vote) == {"UA": 1, "TR": 1, "GB": 1, "ES": 1}
    assert not RollEntry.objects.exists() and queries.individual_votes(vote) == []
    assert queries.votes_on("founding").get() == vote


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": "  "},
        {"form": "by_letter"},
        {"abstentions": None},
        {"for_": -1},
        {"for_": 0, "against": 0, "abstentions": 0},
        {"abstentions_by_delegation": {"UA": 1}},
        {"abstentions_by_delegation": {"UA": 5, "TR": -1}},
        {"form": "no_objection"},
        {"form": "individual_votes"},
        {"roll": 83},
        {"casting_vote": "for"},
    ],
    ids=str,
)
def test_figures_that_cannot_be_are_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    vote = new_vote(subject="founding", body="assembly", held_on=date(2025, 10, 1))
    given = {"form": "show_of_hands", "source": "Report", "for_": 80, "against": 0, "abstentions": 4}
    refused(Unmet, actions.record_elsewhere, vote, cast.actor("anna"), **{**given, **wrong})


def test_a_vote_of_tomorrow_cannot_be_recorded(cast: Cast) -> None:
    vote = new_vote(body="assembly", held_on=date(2099, 1, 1))
    refused(Unmet, actions.record_elsewhere, vote, cast.actor("anna"), form="no_objection", source="Minutes")


def test_no_objection_carries_without_figures(cast: Cast) -> None:
    vote = new_vote(body="bureau", held_on=date(2027, 1, 20))
    actions.record_elsewhere(vote, cast.actor("anna"), form="no_objection", source="Minutes of the Bureau")
    actions.confirm_elsewhere(vote, cast.actor("bruno"))
    assert queries.carried(vote) and queries.outcome_of(vote) is None


def test_a_tie_elsewhere_in_the_bureau_carries_only_with_the_casting_vote(cast: Cast) -> None:
    for casting, state in (("", "rejected"), ("for", "carried"), ("against", "rejected")):
        vote = new_vote(body="bureau", held_on=date(2027, 1, 20))
        given = {"for_": 7, "against": 7, "abstentions": 2, "casting_vote": casting}
        actions.record_elsewhere(vote, cast.actor("anna"), form="show_of_hands", source="Minutes", **given)
        actions.confirm_elsewhere(vote, cast.actor("bruno"))
        assert vote.state == state


def test_individual_votes_are_imported_by_name_delegation_and_group(cast: Cast) -> None:
    rows = [
        {"name": "Ada Norrgård", "delegation_code": "SE", "group_code": "SOC", "choice": "for"},
        {"name": "Beat Zurbriggen", "delegation_code": "CH", "group_code": "ALDE", "choice": "for"},
        {"name": "Carla Quintela", "delegation_code": "PT", "group_code": "EPP", "choice": "abstention"},
    ]
    vote = new_vote(body="assembly", held_on=date(2027, 1, 27))
    given = {"form": "individual_votes", "source": "Individual votes, sitting 4", "individual_votes": rows}
    refused(Unmet, actions.record_elsewhere, vote, cast.actor("anna"), **given, for_=3)
    vote = new_vote(body="assembly", held_on=date(2027, 1, 27))
    actions.record_elsewhere(vote, cast.actor("anna"), **given)
    assert queries.individual_votes(vote) == []
    actions.confirm_elsewhere(vote, cast.actor("bruno"))
    assert [(v.name, v.delegation_code, v.choice) for v in queries.individual_votes(vote)] == [
        ("Ada Norrgård", "SE", "for"),
        ("Beat Zurbriggen", "CH", "for"),
        ("Carla Quintela", "PT", "abstention"),
    ]
    assert queries.abstentions_by_delegation(vote) == {"PT": 1}


@pytest.mark.parametrize(
    ("prefix", "casting", "roll", "none", "abstention"),
    [
        (
            "",
            "Casting vote of the President in a tie",
            "How many had the right to vote",
            "none",
            "Abstention",
        ),
        ("/fr", "Voix prépondérante du Président", "droit de vote", "aucune", "Abstention"),
        ("/ru", "Решающий голос Председателя", "право голоса", "не подавался", "Воздерж"),
    ],
)
def test_the_second_clerk_sees_everything_from_which_the_outcome_will_follow(
    cast: Cast, prefix: str, casting: str, roll: str, none: str, abstention: str
) -> None:
    def page(vote: Vote, key: str = "bruno") -> str:
        return cast.client(key).get(f"{prefix}/matters/{vote.reference}/").content.decode()

    tie = new_vote(body="bureau", held_on=date(2027, 1, 20))
    given = {"for_": 7, "against": 7, "abstentions": 2, "casting_vote": "for", "roll": 29}
    actions.record_elsewhere(tie, cast.actor("anna"), form="show_of_hands", source="Minutes", **given)
    shown = [(str(fact.label), str(fact.value)) for fact in figures(tie)][-2:]
    assert shown == [
        ("Casting vote of the President in a tie", "For"),
        ("How many had the right to vote", "29"),
    ]
    assert casting in page(tie) and roll in page(tie)

    rows = [
        {"name": "Ada Norrgård", "delegation_code": "SE", "choice": "for"},
        {"name": "Beat Zurbriggen", "delegation_code": "CH", "choice": "abstention"},
    ]
    named = new_vote(body="assembly", held_on=date(2027, 1, 27))
    actions.record_elsewhere(
        named, cast.actor("anna"), form="individual_votes", source="Report, p. 4", individual_votes=rows
    )
    text = page(named)
    assert none in text and re.search(rf"Beat Zurbriggen.*?{abstention}.*?</tr>", text, re.DOTALL)
    assert "Beat Zurbriggen" not in page(named, "greta"), "until it is confirmed only clerks read the names"
    actions.confirm_elsewhere(named, cast.actor("bruno"))
    assert "entered-title" not in page(named) and figures(named) == []


def test_an_entry_can_be_taken_back_before_it_is_confirmed(cast: Cast) -> None:
    vote = founding_vote(cast)
    actions.withdraw_elsewhere(vote, cast.actor("bruno"))
    assert vote.state == "annulled"
    refused(OutOfOrder, actions.confirm_elsewhere, vote, cast.actor("bruno"))


def at_desk(cast: Cast, vote: Vote, key: str = "henri", choice: str = "for") -> DeskBallot:
    made = DeskBallot(vote=vote, roll_entry=vote.roll.get(person=cast.persons[key]), choice=choice)
    actions.cast_at_desk(made, cast.actor("anna"))
    return made


def test_a_ballot_at_the_desk_counts_when_two_clerks_and_the_member_confirmed_it(
    cast: Cast, opened: Votes
) -> None:
    vote = opened()
    made = at_desk(cast, vote)
    assert queries.turnout(vote).voted == 0
    refused(SamePerson, actions.confirm_desk_ballot, made, cast.actor("anna"), confirmation="in_person")
    refused(Unmet, actions.confirm_desk_ballot, made, cast.actor("bruno"), confirmation="")
    actions.confirm_desk_ballot(made, cast.actor("bruno"), confirmation="signed")
    assert Ballot.objects.get().choice == "for" and queries.turnout(vote).voted == 1
    refused(Unmet, actions.cast, vote, cast.actor("henri"), choice="against")
    assert Entry.objects.get(act="confirm_desk_ballot").facts["confirmation"] == "signed"


def test_two_desk_ballots_at_once_each_need_another_clerk(cast: Cast, opened: Votes) -> None:
    vote = opened()
    first, second = (
        at_desk(cast, vote),
        DeskBallot(vote=vote, roll_entry=vote.roll.get(person=cast.ilse), choice="for"),
    )
    actions.cast_at_desk(second, cast.actor("bruno"))
    refused(SamePerson, actions.confirm_desk_ballot, first, cast.actor("anna"), confirmation="signed")
    refused(SamePerson, actions.confirm_desk_ballot, second, cast.actor("bruno"), confirmation="signed")


def test_no_clerk_confirms_his_or_her_own_ballot(cast: Cast, opened: Votes) -> None:
    vote = opened("henri", "bruno")
    made = at_desk(cast, vote, "bruno")
    refused(Unmet, actions.confirm_desk_ballot, made, cast.actor("bruno"), confirmation="in_person")
    assert not Ballot.objects.exists()


def test_whoever_voted_by_device_meanwhile_keeps_that_vote(cast: Cast, opened: Votes) -> None:
    vote = opened()
    made = at_desk(cast, vote)
    ballot(cast, vote, "henri", "against")
    refused(Unmet, actions.confirm_desk_ballot, made, cast.actor("bruno"), confirmation="signed")
    actions.withdraw_desk_ballot(made, cast.actor("bruno"))
    assert Ballot.objects.get().choice == "against"


def test_no_desk_ballot_in_a_secret_vote_for_another_roll_or_by_a_member(
    cast: Cast, opened: Votes, secret: Votes
) -> None:
    vote, closed = opened(), secret()
    line = closed.roll.get(person=cast.henri)
    refused(
        Unmet,
        actions.cast_at_desk,
        DeskBallot(vote=closed, roll_entry=line, choice="for"),
        cast.actor("anna"),
    )
    refused(
        Unmet, actions.cast_at_desk, DeskBallot(vote=vote, roll_entry=line, choice="for"), cast.actor("anna")
    )
    own = DeskBallot(vote=vote, roll_entry=vote.roll.get(person=cast.henri), choice="for")
    refused(NotEmpowered, actions.cast_at_desk, own, cast.actor("henri"))
