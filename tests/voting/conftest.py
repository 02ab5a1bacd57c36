"""Votes of an invented Bureau: called and opened through the real acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from hemicycle.assembly.queries import RollMember
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.voting import actions, queries
from hemicycle.voting.models import Vote, VoterFile
from tests.cast import Cast

CAPACITIES = {"greta": "president", "henri": "group_chair"}


def member(cast: Cast, key: str, capacity: str = "") -> RollMember:
    person = cast.persons[key]
    capacity = capacity or CAPACITIES.get(key, "vice_president")
    return RollMember(person.pk, person.shown_name, capacity, "XX", "G1", presides=capacity == "president")


def new_vote(**fields: Any) -> Vote:
    given = {
        "subject": "LIST-TEST",
        "question_en": "Is the list approved?",
        "question_fr": "La liste est-elle approuvée ?",
        "question_ru": "Утверждается ли список?",
        "body": "bureau",
    }
    return Vote(**{**given, **fields})


def crowd(number: int) -> list[Person]:
    """So many invented members with accounts."""
    return [
        Person.objects.create_person(name=f"Member {i}", created_at=clock.now(), language="en")
        for i in range(number)
    ]


def roll_of(persons: Sequence[Person], capacity: str = "vice_president") -> list[RollMember]:
    return [RollMember(person.pk, person.name, capacity, "XX", "") for person in persons]


def hand_out(cast: Cast, vote: Vote) -> VoterFile:
    """Two clerks agree that the roll leaves the house with its addresses, and the first signs for saving it."""
    file = VoterFile(vote=vote)
    actions.ask_voter_file(file, cast.actor("anna"))
    actions.hand_out_voter_file(file, cast.actor("bruno"))
    actions.save_voter_file(file, cast.actor("anna"))
    return file


@pytest.fixture
def called(cast: Cast) -> Callable[..., Vote]:
    """`called("henri", "ilse", body="bureau", ...)`: a vote called by a clerk, with these members on its roll."""

    def make(*keys: str, **fields: Any) -> Vote:
        vote = new_vote(**fields)
        roll = [member(cast, key) for key in keys or ("greta", "henri", "ilse", "katia", "luca")]
        actions.call_vote(vote, cast.actor("anna"), roll=roll)
        return vote

    return make


@pytest.fixture
def opened(cast: Cast, called: Callable[..., Vote]) -> Callable[..., Vote]:
    def make(*keys: str, **fields: Any) -> Vote:
        vote = called(*keys, **fields)
        actions.open_vote(vote, cast.actor("anna"))
        return vote

    return make


@pytest.fixture
def secret(opened: Callable[..., Vote]) -> Callable[..., Vote]:
    """A vote of a committee, which the charter makes secret."""

    def make(*keys: str, **fields: Any) -> Vote:
        return opened(*(keys or ("henri", "ilse", "katia", "luca")), body="political_affairs", **fields)

    return make


def ballot(cast: Cast, vote: Vote, key: str, choice: str) -> None:
    vote.refresh_from_db()
    actions.cast(vote, people.actor(cast.persons[key]), choice=choice)


def close(cast: Cast, vote: Vote, key: str = "anna") -> Entry:
    """Close by hand at the first instant at which the charter lets a vote be closed that not all have given."""
    assert vote.opened_at is not None
    with clock.set_to(vote.opened_at + queries.least(vote)):
        return actions.close(vote, cast.actor(key))


def founding_vote(cast: Cast) -> Vote:
    """The vote by which the platform was created, as its sources tell it (R1)."""
    vote = new_vote(subject="founding", body="assembly", held_on=date(2025, 10, 1))
    actions.record_elsewhere(
        vote,
        cast.actor("anna"),
        form="show_of_hands",
        source="Official report of the sitting, Resolution 2621 (2025)",
        for_=80,
        against=0,
        abstentions=4,
        abstentions_by_delegation={"UA": 1, "TR": 1, "GB": 1, "ES": 1},
    )
    return vote
