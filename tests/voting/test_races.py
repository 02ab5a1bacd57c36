"""Many at the same instant, each on a connection of its own: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import acts
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import OutOfOrder
from hemicycle.voting import actions, queries
from hemicycle.voting.models import Ballot, SecretBallot, Vote
from tests.cast import Cast, found
from tests.conftest import at_once

from .conftest import close, crowd, new_vote, roll_of

pytestmark = pytest.mark.usefixtures("own_database")


@pytest.fixture
def founded(own_database: None, noon: datetime) -> Cast:
    """A founded record that is really committed, so that other connections see it."""
    return found()


def open_vote(cast: Cast, persons: list[Person], **fields: Any) -> Vote:
    vote = new_vote(**fields)
    actions.call_vote(vote, cast.actor("anna"), roll=roll_of(persons))
    actions.open_vote(vote, cast.actor("anna"))
    return vote


def voting(vote: Vote, person: Person, choice: str, once: str | None = None) -> Callable[[], object]:
    def job() -> object:
        mine = Vote.objects.get(pk=vote.pk)
        with acts.submission(once, None, "passkey"):
            return actions.cast(mine, people.actor(person), choice=choice)

    return job


@pytest.mark.parametrize("body", ["bureau", "political_affairs"])
def test_ballots_at_the_same_instant_are_all_there_once(founded: Cast, body: str) -> None:
    persons = crowd(24)
    vote = open_vote(founded, persons, body=body)
    at_once(
        *(voting(vote, person, ("for", "against", "abstention")[i % 3]) for i, person in enumerate(persons))
    )
    assert queries.turnout(vote) == queries.Turnout(24, 24)
    actions.close(vote, founded.actor("anna"))
    outcome = queries.outcome_of(vote)
    assert outcome is not None
    assert (outcome.votes_for, outcome.votes_against, outcome.abstentions) == (8, 8, 8)
    assert Ballot.objects.count() + SecretBallot.objects.count() == 24


def test_one_form_sent_six_times_at_once_is_one_ballot(founded: Cast) -> None:
    persons = crowd(2)
    vote = open_vote(founded, persons)
    answers = at_once(*(voting(vote, persons[0], "for", once="a" * 32) for _ in range(6)))
    assert sum(isinstance(answer, Entry) for answer in answers) == 1, answers
    assert sum(isinstance(answer, acts.AlreadyRecorded) for answer in answers) == 5
    assert Ballot.objects.count() == 1 == Entry.objects.filter(act="cast").count()


def test_one_voter_with_six_forms_at_once_has_one_ballot(founded: Cast) -> None:
    persons = crowd(2)
    vote = open_vote(founded, persons)
    answers = at_once(
        *(voting(vote, persons[0], ("for", "against")[i % 2], once=str(i) * 32) for i in range(6))
    )
    assert sum(isinstance(answer, Entry) for answer in answers) == 1, answers
    assert Ballot.objects.count() == 1


def test_a_close_amid_the_ballots_counts_exactly_those_that_were_recorded(founded: Cast) -> None:
    persons = crowd(16)
    vote = open_vote(founded, persons, body="political_affairs")
    jobs = [voting(vote, person, "for") for person in persons]
    jobs.insert(8, lambda: close(founded, Vote.objects.get(pk=vote.pk)))
    answers = at_once(*jobs)
    vote.refresh_from_db()
    recorded = sum(isinstance(answer, Entry) and answer.act == "cast" for answer in answers)
    assert recorded == Entry.objects.filter(act="cast").count() == SecretBallot.objects.count()
    assert vote.outcome is not None and vote.outcome["votes_for"] == recorded
    assert not vote.roll.exclude(ciphertext=None).exists()


def test_two_who_close_at_once_close_once(founded: Cast) -> None:
    vote = open_vote(founded, crowd(3))

    def closing(key: str) -> Callable[[], object]:
        return lambda: close(founded, Vote.objects.get(pk=vote.pk), key)

    answers = at_once(closing("anna"), closing("bruno"))
    assert sum(isinstance(answer, Entry) for answer in answers) == 1, answers
    assert Entry.objects.filter(act="close").count() == 1


@pytest.mark.sqlite_only  # PostgreSQL's files are the server's: dead rows are vacuumed, logs are the operator's
def test_after_the_close_no_file_of_the_database_holds_a_sealed_ballot(founded: Cast) -> None:
    persons = crowd(3)
    vote = open_vote(founded, persons, body="political_affairs")
    for person, choice in zip(persons, ("for", "against", "for"), strict=True):
        voting(vote, person, choice)()
    key = bytes(vote.key.key)
    sealed = [bytes(text) for text in vote.roll.values_list("ciphertext", flat=True)]
    actions.close(Vote.objects.get(pk=vote.pk), founded.actor("anna"))
    path = Path(str(connection.settings_dict["NAME"]))
    for file in path.parent.glob(path.name + "*"):
        held = file.read_bytes()
        assert key not in held, file.name
        assert not any(text in held for text in sealed), file.name


def test_first_ballots_at_once_freeze_the_interests_once_and_none_is_lost(founded: Cast) -> None:
    """Two whose own interest was declared since the opening, and the others, all first: on PostgreSQL they share a lock."""
    persons = [founded.henri, founded.ilse, *crowd(6)]
    vote = open_vote(founded, persons, subject=founded.nadia.reference)
    for key in ("henri", "ilse"):
        interest = Interest(
            subject=founded.nadia.reference, kind="family", text="Cousins.", effect="disclosed"
        )
        integrity.declare(interest, founded.actor(key))
    answers = at_once(*(voting(vote, person, "for") for person in persons))
    assert all(isinstance(answer, Entry) for answer in answers), answers
    vote.refresh_from_db()
    assert vote.issue == 2 and Ballot.objects.count() == len(persons)
    assert {line.person_id for line in vote.roll.filter(effect="disclosed")} == {
        founded.henri.pk,
        founded.ilse.pk,
    }


def test_a_vote_that_is_annulled_among_ballots_has_no_ballot_after_it(founded: Cast) -> None:
    persons = crowd(10)
    vote = open_vote(founded, persons)

    def annul() -> object:
        return actions.annul(Vote.objects.get(pk=vote.pk), founded.actor("anna"), reasons="A mistake.")

    jobs = [voting(vote, person, "for") for person in persons]
    answers = at_once(*jobs[:5], annul, *jobs[5:])
    assert all(isinstance(answer, Entry | OutOfOrder) for answer in answers), answers
    entries = list(
        Entry.objects.filter(matter=vote.reference).order_by("number").values_list("act", flat=True)
    )
    cast = entries.count("cast")
    assert entries.count("annul") == 1 and cast == sum(isinstance(answer, Entry) for answer in answers) - 1
    assert vote.roll.filter(has_voted=True).count() == cast
    assert Entry.objects.get(matter=vote.reference, act="annul").facts["voted"] == cast
