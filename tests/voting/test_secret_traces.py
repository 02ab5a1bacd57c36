"""After a secret vote: what the database keeps beside the columns (physical order, transaction numbers, a dump) links
nobody to a choice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from hemicycle.instruments.ledger.tree import leaf_hash
from hemicycle.people import queries as people
from hemicycle.record.log import sequencer, statements
from hemicycle.record.models import Entry, Position
from hemicycle.voting import actions
from hemicycle.voting.models import RollEntry, SecretBallot, Vote
from tests.cast import Cast, found

from .conftest import ballot, close, crowd, new_vote, roll_of

Votes = Callable[..., Vote]
CHOICES = ("for", "against", "abstention", "against", "for", "for")
# What is random by intention, and what is only a number of a row (PostgreSQL gives none twice).
RANDOM = re.compile(
    r"s\d\.[\w-]+\.[\w-]+|X'[0-9a-fA-F]*'|\\\\x[0-9a-f]+|\b[0-9a-f]{16,}\b|\b[A-Z]{1,5}-[0-9A-Z]{6,}\b|argon2[^,']*|![^,']{40}"
)


def test_one_transaction_writes_all_choices_and_in_the_order_of_the_alphabet(
    own_database: None, noon: datetime, on_postgres: bool
) -> None:
    cast = found()
    persons = crowd(len(CHOICES))
    vote = new_vote(body="political_affairs")
    actions.call_vote(vote, cast.actor("anna"), roll=roll_of(persons))
    actions.open_vote(vote, cast.actor("anna"))
    for person, choice in zip(persons, CHOICES, strict=True):
        actions.cast(Vote.objects.get(pk=vote.pk), people.actor(person), choice=choice)
    actions.close(Vote.objects.get(pk=vote.pk), cast.actor("anna"))
    ballots, lines = SecretBallot._meta.db_table, RollEntry._meta.db_table
    order, stamp = ("ctid", "xmin::text") if on_postgres else ("rowid", "0")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT choice, {stamp} FROM {ballots} ORDER BY {order}")
        rows = cursor.fetchall()
        cursor.execute(f"SELECT DISTINCT {stamp} FROM {lines}")
        written = cursor.fetchall()
    assert [row[0] for row in rows] == sorted(CHOICES)
    assert len({row[1] for row in rows}) == 1 == len(written)


def dump(on_postgres: bool) -> list[str]:
    """Every row of every table as text, in physical order, without what is random."""
    if not on_postgres:
        assert connection.connection is not None
        return [RANDOM.sub("*", line) for line in connection.connection.iterdump()]
    found = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY t.ctid')
            found += [re.sub(r"\d+", "#", RANDOM.sub("*", f"{table} {row[0]}")) for row in cursor.fetchall()]
    # The server may sweep what was rolled back, and use its place again: the places of ballots are looked at above.
    return sorted(found)


def test_a_dump_says_the_same_when_two_voters_had_chosen_the_other_way_round(
    cast: Cast, secret: Votes, on_postgres: bool
) -> None:
    dumps: list[list[str]] = []
    told: list[list[Any]] = []
    for henri, ilse in (("for", "against"), ("against", "for")):
        with transaction.atomic():
            vote = secret()
            for key, choice in (("henri", henri), ("ilse", ilse), ("katia", "for")):
                ballot(cast, vote, key, choice)
            close(cast, vote)
            dumps.append(dump(on_postgres))
            told.append(
                [
                    (entry.act, RANDOM.sub("*", str(statements.parts(entry)[0])))
                    for entry in Entry.objects.order_by("number")
                ]
            )
            transaction.set_rollback(True)
    assert any("political_affairs" in line for line in dumps[0])
    assert dumps[0] == dumps[1]
    assert told[0] == told[1], "nor what the leaves of the log commit to"


def test_the_log_places_the_ballots_of_a_day_in_the_order_of_their_hashes(cast: Cast, secret: Votes) -> None:
    vote = secret()
    for key in ("henri", "ilse", "katia", "luca"):
        ballot(cast, vote, key, "for")
    close(cast, vote)
    sequencer.sequence(close_day=True)
    rows = Position.objects.filter(leaf__is_prompt=False).order_by("number")
    placed = [leaf_hash(bytes(row.leaf.data)) for row in rows]
    entries = Entry.objects.filter(act="cast", matter=vote.reference)
    assert placed == sorted(placed) and Position.objects.count() > sequencer.FILL
    assert all(not entry.leaf.is_prompt for entry in entries)
