"""Pairs of ballots of one voter at the same instant: one is recorded, the other is told so, whatever the form says.

Two hundred pairs here; `make faults` races ten thousand (HEMICYCLE_RACES).
"""

from __future__ import annotations

import os
import threading
import uuid
from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from django.db import connections

from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import acts, clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.voting import actions
from hemicycle.voting.models import Ballot, Vote
from tests.cast import found
from tests.conftest import NOON
from tests.voting.conftest import crowd, new_vote, roll_of

RACES = int(os.environ.get("HEMICYCLE_RACES", "200"))


@pytest.mark.parametrize("body", ["bureau", "political_affairs"])
def test_of_two_ballots_of_one_voter_at_the_same_instant_one_is_recorded(
    own_database: None, noon: datetime, body: str
) -> None:
    cast = found()
    persons = crowd(RACES // 2)
    vote = new_vote(body=body)
    actions.call_vote(vote, cast.actor("anna"), roll=roll_of(persons))
    actions.open_vote(vote, cast.actor("anna"))
    answers = race(vote, persons)
    assert Counter(len(set(pair)) for pair in zip(*answers, strict=True)) == {2: len(persons)}
    assert Counter([*answers[0], *answers[1]]) == {"recorded": len(persons), "refused": len(persons)}
    recorded = Entry.objects.filter(act="cast", matter=vote.reference)
    assert recorded.count() == recorded.values("actor").distinct().count() == len(persons)
    vote.refresh_from_db()
    assert vote.roll.filter(has_voted=True).count() == len(persons)
    if vote.is_secret:
        assert vote.roll.exclude(ciphertext=None).count() == len(persons)
    else:
        assert (
            Ballot.objects.count() == Ballot.objects.values("roll_entry").distinct().count() == len(persons)
        )


def race(vote: Vote, persons: list[Person]) -> list[list[str]]:
    """Two threads, each on a connection of its own, cast for the same voter again and again at the same instant. Every
    other pair sends the same form twice, as a double click does."""
    answers: list[list[str]] = [[], []]
    start = threading.Barrier(2, timeout=60)
    tokens = [(uuid.uuid4().hex, uuid.uuid4().hex) for _ in persons]

    def one(side: int) -> None:
        try:
            for number, person in enumerate(persons):
                once = tokens[number][side if number % 2 else 0]
                start.wait()
                answers[side].append(ballot(vote.pk, person, ("for", "against")[side], once))
        finally:
            start.abort()
            connections.close_all()

    threads = [threading.Thread(target=one, args=(side,)) for side in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def ballot(vote: int, person: Person, choice: str, once: str) -> str:
    kept: Any = Vote.objects.get(pk=vote)
    try:
        with clock.set_to(NOON), acts.submission(once, None, "passkey"):
            actions.cast(kept, people.actor(person), choice=choice)
    except (Unmet, acts.AlreadyRecorded):
        return "refused"
    return "recorded"
