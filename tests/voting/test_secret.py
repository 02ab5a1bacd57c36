"""Secret votes: a ciphertext on the voter's line until the close, and nothing that links afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from hemicycle.record.models import Entry, Opening
from hemicycle.rules.findings import Unmet
from hemicycle.voting import actions, queries, urn
from hemicycle.voting.models import Ballot, RollEntry, SecretBallot, Vote, VoteKey
from tests.cast import Cast

from .conftest import ballot, close
from .test_actions import refused

pytestmark = pytest.mark.django_db
Votes = Callable[..., Vote]


def test_a_committee_votes_by_secret_ballot_and_opening_makes_a_key(secret: Votes, called: Votes) -> None:
    before = called(body="political_affairs")
    assert before.method == "secret" and not VoteKey.objects.filter(vote=before).exists()
    vote = secret()
    assert len(VoteKey.objects.get(vote=vote).key) == 32
    assert not vote.is_individual_public


def test_until_the_close_a_ballot_is_ciphertext_of_one_length(cast: Cast, secret: Votes) -> None:
    vote = secret()
    for key, choice in (("henri", "for"), ("ilse", "against"), ("katia", "abstention")):
        ballot(cast, vote, key, choice)
    sealed = [bytes(line.ciphertext) for line in vote.roll.exclude(ciphertext=None)]
    assert {len(text) for text in sealed} == {urn.NONCE + urn.LENGTH + 16}
    assert len(set(sealed)) == 3
    assert not any(word in text for text in sealed for word in (b"for", b"against", b"abstention"))
    assert not Ballot.objects.exists() and not SecretBallot.objects.exists()


def test_the_entry_of_a_secret_ballot_says_only_that_somebody_voted(cast: Cast, secret: Votes) -> None:
    ballot(cast, secret(), "henri", "against")
    entry = Entry.objects.get(act="cast")
    assert entry.facts == {"position": 1} and entry.publicity == "house"
    assert not Opening.objects.filter(entry=entry).exists()


def test_a_secret_ballot_cannot_be_changed_or_cast_twice(cast: Cast, secret: Votes) -> None:
    vote = secret()
    ballot(cast, vote, "henri", "for")
    refused(Unmet, actions.change, vote, cast.actor("henri"), choice="against")
    refused(Unmet, actions.cast, vote, cast.actor("henri"), choice="against")


def test_the_close_writes_the_choices_sorted_and_destroys_key_and_ciphertexts(
    cast: Cast, secret: Votes
) -> None:
    vote = secret()
    for key, choice in (("luca", "for"), ("ilse", "against"), ("henri", "for"), ("katia", "abstention")):
        ballot(cast, vote, key, choice)
    close(cast, vote)
    assert list(vote.secret_ballots.order_by("pk").values_list("number", "choice")) == [
        (1, "abstention"),
        (2, "against"),
        (3, "for"),
        (4, "for"),
    ]
    assert vote.state == "carried"
    assert not VoteKey.objects.exists()
    assert not vote.roll.exclude(ciphertext=None).exists()
    assert queries.individual_votes(vote) == []


def everything_but_ids(vote: Vote) -> dict[str, Any]:
    """Every row of the whole database except times and random references, as an inquisitive operator sees it."""
    skipped = {"at", "created_at", "opened_at", "closed_at", "closes_at", "opens_at", "reference", "matter", "once",
               "salt", "sealed_salt", "data", "written_at", "last_login", "actor", "password", "in_force_from", "held_from", "session_key", "session_data"}  # fmt: skip
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in ("record", "voting"):
            names = [f.attname for f in model._meta.concrete_fields if f.attname not in skipped]
            found[model._meta.label] = list(model._default_manager.order_by("pk").values_list(*names))
    found["facts"] = [
        {
            key: value
            for key, value in facts.items()
            if not str(value).startswith("hmac") and not key.endswith("_at")
        }
        for facts in Entry.objects.order_by("number").values_list("facts", flat=True)
    ]
    found.pop("record.Entry"), found.pop("record.Opening"), found.pop("record.CharterVersion")
    return found


def test_two_votes_with_the_choices_swapped_leave_the_same_rows(cast: Cast, secret: Votes) -> None:
    """If who chose what stood anywhere in the tables, swapping the choices of two voters would change some row."""
    from django.db import transaction

    pictures = []
    for henri, ilse in (("for", "against"), ("against", "for")):
        with transaction.atomic():
            vote = secret()
            first = vote.pk
            for key, choice in (("henri", henri), ("ilse", ilse), ("katia", "for")):
                ballot(cast, vote, key, choice)
            close(cast, vote)
            picture = everything_but_ids(vote)
            transaction.set_rollback(True)
        pictures.append((first, picture))
    shifted = pictures[1][0] - pictures[0][0]
    if shifted == 0:  # SQLite gives the rolled-back ids again; PostgreSQL's sequences move on
        assert pictures[0][1] == pictures[1][1]
    ballots = "voting.SecretBallot"
    assert [row[2:] for row in pictures[0][1][ballots]] == [row[2:] for row in pictures[1][1][ballots]]


def test_a_ciphertext_moved_to_another_line_is_found_out_and_nothing_is_counted(
    cast: Cast, secret: Votes
) -> None:
    vote = secret()
    ballot(cast, vote, "henri", "for")
    ballot(cast, vote, "ilse", "against")
    first, second = vote.roll.get(person=cast.henri), vote.roll.get(person=cast.ilse)
    RollEntry.objects.filter(pk=first.pk).update(ciphertext=second.ciphertext)
    RollEntry.objects.filter(pk=second.pk).update(ciphertext=first.ciphertext)
    refused(urn.Tampered, close, cast, vote)


def test_an_annulled_secret_vote_destroys_the_ballots_unopened(cast: Cast, secret: Votes) -> None:
    vote = secret()
    ballot(cast, vote, "henri", "for")
    actions.annul(vote, cast.actor("anna"), reasons="Called for the wrong committee.")
    assert not VoteKey.objects.exists() and not vote.roll.exclude(ciphertext=None).exists()
    assert not SecretBallot.objects.exists()


def test_a_secret_vote_in_which_all_vote_alike_is_known_to_tell_all(cast: Cast, secret: Votes) -> None:
    vote = secret()
    assert not queries.tells_all(vote)
    for key in ("henri", "ilse", "luca"):
        ballot(cast, vote, key, "for")
    close(cast, vote)
    assert queries.tells_all(vote)
    mixed = secret()
    ballot(cast, mixed, "henri", "for")
    ballot(cast, mixed, "ilse", "abstention")
    close(cast, mixed)
    assert not queries.tells_all(mixed)
