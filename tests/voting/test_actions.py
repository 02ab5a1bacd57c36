"""Calling, casting, changing, closing: each act done, and each refusal leaving everything as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from hemicycle.assembly import actions as assembly
from hemicycle.assembly.actions.charter import form_bodies
from hemicycle.assembly.models import Body, BodySeat, Representation
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, FOUNDER
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.voting import actions, queries
from hemicycle.voting.models import Ballot, RollEntry, SecretBallot, Vote, VoteKey
from tests.cast import Cast, charter

from .balloting import offered_to, send
from .conftest import ballot, close, member, new_vote

pytestmark = pytest.mark.django_db
Votes = Callable[..., Vote]


def picture() -> tuple[Any, ...]:
    """Everything in this room and the record, to show that a refusal changed nothing."""
    tables = (Vote, RollEntry, Ballot, SecretBallot, VoteKey)
    rows = (list(model.objects.order_by("pk").values()) for model in tables)
    return (*rows, Entry.objects.count())


def refused(error: type[Exception], act: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    before = picture()
    with pytest.raises(error) as caught:
        act(*args, **kwargs)
    assert picture() == before
    return str(caught.value)


def test_a_call_freezes_rule_charter_and_roll(called: Votes) -> None:
    vote = called()
    assert (vote.state, vote.method, vote.charter) == ("called", "open", "pace-2025/1.0")
    rule = queries.rule_of(vote)
    assert (rule.threshold_is, rule.tie, rule.president_votes) == ("more_than", "president", "tie")
    assert list(vote.roll.values_list("name", "capacity", "right"))[:2] == [
        ("Greta Aurland", "president", "tie"),
        ("Henri Delacombe", "group_chair", "always"),
    ]


def test_a_roll_with_one_human_twice_is_refused(cast: Cast) -> None:
    roll = [member(cast, "henri"), member(cast, "henri")]
    refused(Unmet, actions.call_vote, new_vote(), cast.actor("anna"), roll=roll)


def test_an_empty_roll_is_refused(cast: Cast) -> None:
    refused(Unmet, actions.call_vote, new_vote(), cast.actor("anna"), roll=[])


def test_another_kind_of_ballot_than_the_charters_is_refused(cast: Cast) -> None:
    vote = new_vote(method="secret")
    refused(Unmet, actions.call_vote, vote, cast.actor("anna"), roll=[member(cast, "henri")])


def test_a_delegate_does_not_call_votes(cast: Cast) -> None:
    refused(NotEmpowered, actions.call_vote, new_vote(), cast.actor("luca"), roll=[member(cast, "henri")])


def stand_in(cast: Cast) -> None:
    """Two clerks have recorded that Katia stands in for Henri in the Bureau."""
    form_bodies(charter(), FOUNDER)
    now, bureau = clock.now(), Body.objects.get(code="bureau")
    seat = BodySeat.objects.create(
        body=bureau, person=cast.henri, name="Henri Delacombe", capacity="group_chair", held_from=now
    )
    asked = Representation()
    assembly.ask_replacement(
        asked, cast.actor("anna"), seat=seat, person=cast.katia, from_at=now, until_at=now + timedelta(days=1)
    )
    assembly.confirm_replacement(asked, cast.actor("bruno"))


def test_a_group_chair_may_be_represented_and_an_ex_officio_head_may_not(cast: Cast, called: Votes) -> None:
    vote = called("greta", "henri", "ilse")
    chair, other = vote.roll.get(capacity="group_chair"), vote.roll.get(capacity="vice_president")
    words: dict[str, Any] = {"line": chair, "name": "Katia Morvan", "person": cast.katia}
    refused(Unmet, actions.replace, vote, cast.actor("anna"), **words)
    chair.refresh_from_db()
    assert chair.person == cast.henri, "no clerk alone lets somebody vote in another's place"
    stand_in(cast)
    actions.replace(vote, cast.actor("anna"), **words)
    chair.refresh_from_db()
    assert (chair.name, chair.replaces, chair.person) == ("Katia Morvan", "Henri Delacombe", cast.katia)
    assert vote.issue == 2
    refused(
        Unmet, actions.replace, vote, cast.actor("anna"), line=other, name="Luca Ferrandi", person=cast.luca
    )


def test_a_vote_at_a_sitting_closes_after_the_charters_minutes(opened: Votes, noon: datetime) -> None:
    vote = opened()
    assert vote.state == "open" and vote.opened_at == noon
    assert vote.closes_at is not None and timedelta(0) < vote.closes_at - noon < timedelta(hours=12)


def test_a_written_vote_runs_for_days(opened: Votes, noon: datetime) -> None:
    vote = opened(manner="written")
    assert vote.closes_at is not None and vote.closes_at - noon >= timedelta(days=1)


def test_a_ballot_is_recorded_and_counted_only_after_the_close(cast: Cast, opened: Votes) -> None:
    vote = opened()
    ballot(cast, vote, "henri", "for")
    assert queries.turnout(vote) == queries.Turnout(1, 4)
    assert queries.individual_votes(vote) == [] and queries.outcome_of(vote) is None
    for key, choice in (("ilse", "for"), ("katia", "against"), ("luca", "abstention")):
        ballot(cast, vote, key, choice)
    close(cast, vote)
    outcome = queries.outcome_of(vote)
    assert outcome is not None and outcome.carried and vote.state == "carried"
    assert (outcome.votes_for, outcome.votes_against, outcome.abstentions, outcome.votes_cast) == (2, 1, 1, 3)
    assert [(v.name, v.choice) for v in queries.individual_votes(vote)] == [
        ("Henri Delacombe", "for"),
        ("Ilse Brandtner", "for"),
        ("Katia Morvan", "against"),
        ("Luca Ferrandi", "abstention"),
    ]


def test_an_open_ballot_can_be_changed_until_the_close(cast: Cast, opened: Votes) -> None:
    vote = opened()
    ballot(cast, vote, "henri", "for")
    actions.change(vote, cast.actor("henri"), choice="against")
    assert list(vote.ballots.values_list("choice", flat=True)) == ["against"]
    refused(Unmet, actions.change, vote, cast.actor("henri"), choice="against")
    refused(Unmet, actions.change, vote, cast.actor("ilse"), choice="for")
    close(cast, vote)
    refused(OutOfOrder, actions.change, vote, cast.actor("henri"), choice="for")


@pytest.mark.parametrize("choice", ["", "yes", "FOR", "for ", "null"])
def test_a_choice_that_is_none_of_the_three_is_refused(cast: Cast, opened: Votes, choice: str) -> None:
    refused(Unmet, actions.cast, opened(), cast.actor("henri"), choice=choice)


def test_nobody_votes_twice(cast: Cast, opened: Votes) -> None:
    vote = opened()
    ballot(cast, vote, "henri", "for")
    refused(Unmet, actions.cast, vote, cast.actor("henri"), choice="for")


def test_whoever_is_not_on_the_roll_does_not_vote(cast: Cast, opened: Votes) -> None:
    vote = opened("henri", "ilse")
    refused(NotEmpowered, actions.cast, vote, cast.actor("luca"), choice="for")
    refused(NotEmpowered, actions.cast, vote, cast.actor("anna"), choice="for")


def test_the_president_of_the_bureau_does_not_vote_unless_there_is_a_tie(cast: Cast, opened: Votes) -> None:
    refused(NotEmpowered, actions.cast, opened(), cast.actor("greta"), choice="for")


def test_after_the_closing_time_no_ballot_is_taken_even_if_no_clock_ran(cast: Cast, opened: Votes) -> None:
    vote = opened()
    ballot(cast, vote, "henri", "for")
    assert vote.closes_at is not None
    with clock.set_to(vote.closes_at):
        assert vote.standing(clock.now()) == "counting" and vote.state == "open"
        refused(OutOfOrder, actions.cast, vote, cast.actor("ilse"), choice="for")
        refused(OutOfOrder, actions.change, vote, cast.actor("henri"), choice="against")
    with clock.set_to(vote.closes_at - timedelta(microseconds=1)):
        ballot(cast, vote, "ilse", "for")


def test_the_clock_opens_and_closes_what_is_due(cast: Cast, called: Votes, noon: datetime) -> None:
    vote = called(opens_at=noon + timedelta(hours=1), closes_at=noon + timedelta(hours=2))
    assert actions.tick() == 0
    with clock.set_to(noon + timedelta(hours=1)):
        assert actions.tick() == 1
        ballot(cast, vote, "henri", "for")
        ballot(cast, vote, "ilse", "for")
        assert actions.tick() == 0
    with clock.set_to(noon + timedelta(hours=3)):
        assert actions.tick() == 1
    vote.refresh_from_db()
    assert vote.state == "carried" and vote.closed_at == noon + timedelta(hours=2)


def test_a_vote_that_would_close_before_it_opens_is_refused(cast: Cast, noon: datetime) -> None:
    vote = new_vote(opens_at=noon + timedelta(hours=2), closes_at=noon + timedelta(hours=1))
    refused(Unmet, actions.call_vote, vote, cast.actor("anna"), roll=[member(cast, "henri")])


@pytest.mark.parametrize(
    ("manner", "least"), [("sitting", timedelta(minutes=10)), ("written", timedelta(days=5))]
)
def test_a_vote_is_open_for_the_charters_period_at_least(
    cast: Cast, called: Votes, noon: datetime, manner: str, least: timedelta
) -> None:
    short = noon + least - timedelta(seconds=1)
    vote = new_vote(manner=manner, closes_at=short)
    assert "at least" in refused(
        Unmet, actions.call_vote, vote, cast.actor("anna"), roll=[member(cast, "henri")]
    )
    vote = new_vote(manner=manner, opens_at=noon + timedelta(seconds=1), closes_at=noon + least)
    refused(Unmet, actions.call_vote, vote, cast.actor("anna"), roll=[member(cast, "henri")])
    vote = called(manner=manner)
    refused(Unmet, actions.open_vote, vote, cast.actor("anna"), closes_at=short)
    vote = called(manner=manner, closes_at=noon + least)
    with clock.set_to(noon + timedelta(seconds=1)):
        refused(Unmet, actions.open_vote, vote, cast.actor("anna"))
        actions.open_vote(vote, cast.actor("anna"), closes_at=clock.now() + least)
        assert vote.state == "open"


def test_a_vote_that_the_clock_opens_late_closes_later(called: Votes, noon: datetime) -> None:
    opens, closes = noon + timedelta(minutes=5), noon + timedelta(minutes=15)
    vote = called(opens_at=opens, closes_at=closes)
    with clock.set_to(opens + timedelta(minutes=2)):
        assert actions.tick() == 1
        vote.refresh_from_db()
        assert vote.closes_at == closes + timedelta(minutes=2)


def test_a_written_vote_closes_early_only_when_all_have_voted(cast: Cast, opened: Votes) -> None:
    vote = opened("henri", "ilse", manner="written")
    ballot(cast, vote, "henri", "for")
    refused(Unmet, actions.close, vote, cast.actor("anna"))
    ballot(cast, vote, "ilse", "for")
    actions.close(vote, cast.actor("anna"))
    assert vote.state == "carried"


def test_a_vote_at_a_sitting_closes_before_the_charters_minutes_only_when_all_have_voted(
    cast: Cast, opened: Votes, noon: datetime
) -> None:
    vote = opened("henri", "ilse", closes_at=noon + timedelta(hours=2))
    ballot(cast, vote, "henri", "for")
    least = noon + timedelta(minutes=10)
    with clock.set_to(least - timedelta(seconds=1)):
        for key in ("anna", "greta"):
            told = refused(Unmet, actions.close, vote, cast.actor(key))
            assert str(least) in told and "1 of 2" in told
        assert "close" not in offered_to(cast, vote, "anna")
    with clock.set_to(least):
        assert "close" in offered_to(cast, vote, "anna")
        actions.close(vote, cast.actor("anna"))
    assert vote.closed_at == least
    early = opened("henri", "ilse", closes_at=noon + timedelta(hours=2))
    for key in ("henri", "ilse"):
        ballot(cast, early, key, "for")
    actions.close(early, cast.actor("anna"))
    assert early.closed_at == noon


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", "this vote can be closed from 9\u00a0February"),
        ("/fr", "ce vote peut être clos à partir du 9\u00a0février"),
        ("/ru", "это голосование можно закрыть с 9\u00a0февраля"),
    ],
)
def test_the_refusal_of_an_early_close_names_the_instant_in_the_readers_language(
    cast: Cast, opened: Votes, prefix: str, words: str
) -> None:
    vote = opened()
    answer = send(cast.client("anna"), f"{prefix}/matters/{vote.reference}/close/", {})
    vote.refresh_from_db()
    assert answer.status_code == 422 and words in answer.content.decode() and vote.state == "open"


def test_an_annulled_vote_has_no_outcome_and_needs_reasons(cast: Cast, opened: Votes) -> None:
    vote = opened()
    ballot(cast, vote, "henri", "for")
    refused(Unmet, actions.annul, vote, cast.actor("anna"), reasons=" ")
    actions.annul(vote, cast.actor("anna"), reasons="The question named the wrong list.")
    assert vote.state == "annulled" and queries.outcome_of(vote) is None
    assert (vote.annulled_because, vote.annulled_language) == ("The question named the wrong list.", "en")
    assert queries.individual_votes(vote) == []
    refused(OutOfOrder, actions.close, vote, cast.actor("anna"))


def test_without_a_quorum_the_vote_is_void(cast: Cast, opened: Votes) -> None:
    vote = opened("greta", "henri", "ilse", "katia", "luca", "anna", "bruno", "clara", "david")
    ballot(cast, vote, "henri", "for")
    close(cast, vote)
    outcome = queries.outcome_of(vote)
    assert vote.state == "void" and outcome is not None and outcome.quorum == "not_met"
    assert not queries.carried(vote)


def test_the_assemblys_quorum_is_verified_only_when_asked(cast: Cast, opened: Votes) -> None:
    vote = opened("henri", "ilse", "luca", body="assembly")
    ballot(cast, vote, "henri", "for")
    close(cast, vote)
    assert vote.state == "carried"
    asked = opened("henri", "ilse", "luca", body="assembly")
    actions.ask_quorum(asked, cast.actor("ilse"))
    refused(Unmet, actions.ask_quorum, asked, cast.actor("luca"))
    ballot(cast, asked, "henri", "for")
    close(cast, asked)
    assert asked.state == "void"


def test_in_the_bureau_the_quorum_is_not_a_matter_of_request(cast: Cast, opened: Votes) -> None:
    refused(Unmet, actions.ask_quorum, opened(), cast.actor("henri"))


def test_only_the_clock_acts_for_the_clock(cast: Cast, opened: Votes) -> None:
    vote = opened()
    assert vote.closes_at is not None
    with clock.set_to(vote.closes_at + timedelta(minutes=5)):
        actions.close(vote, CLOCK)
    assert Entry.objects.get(act="close").office == "clock"
    assert vote.state == "void"  # nobody voted
