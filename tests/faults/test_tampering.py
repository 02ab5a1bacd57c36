"""Somebody with the whole server changes the record: every change is found, and named by its class.

Ten changes of each of seven classes here; `make faults` makes a thousand (HEMICYCLE_MUTATIONS). The insider drops the
triggers first, has the database and the files, and for the last two classes also the log's key, but no witness's. Both
verifiers look at each change: `hemicycle verify` through Django, and the one file on the data folder, or on an export of
its tables where the database is no file.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from hemicycle.instruments.ledger import verify
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.log import checking, sequencer, witnesses
from hemicycle.record.models import Entry
from hemicycle.voting import actions
from tests.cast import Cast, found
from tests.record import keeping
from tests.voting.conftest import crowd, new_vote, roll_of

from .mutations import CLASSES, OUTSIDE, Place, forget, sign_again

ROUNDS = int(os.environ.get("HEMICYCLE_MUTATIONS", "70")) // 7


@pytest.fixture
def record(own_database: None, noon: datetime, settings: Any) -> Iterator[tuple[Cast, Path]]:
    settings.DEMONSTRATION = True
    cast = found()
    keeping.history(cast, noon)
    (keeping.folder() / "released.jsonl").write_text("")
    copy = settings.LOG_FOLDER.parent.with_name("copy-" + settings.LOG_FOLDER.parent.name)
    shutil.copytree(settings.LOG_FOLDER.parent, copy)
    yield cast, copy
    shutil.rmtree(copy)


@pytest.mark.parametrize("kind", sorted(CLASSES))
def test_every_change_is_found_and_named(record: tuple[Cast, Path], kind: str) -> None:
    _, copy = record
    chance = random.Random(kind)
    in_order(copy)
    for number in range(ROUNDS):
        mutate = CLASSES[kind][number % len(CLASSES[kind])]
        with transaction.atomic(), connection.cursor() as cursor:
            keeping.unlock(cursor)
            expected = mutate(Place(cursor, chance))
            with pytest.raises(verify.Fault) as inside:
                checking.check(say=lambda line: None)
            beside = outside(copy, tables(settings.LOG_FOLDER.parent))
            transaction.set_rollback(True)
        assert inside.value.kind in expected, (mutate.__name__, inside.value)
        assert beside[0] == 1 and named(beside[1]) in expected, (mutate.__name__, beside)
        if mutate in OUTSIDE:
            seen = outside(copy, [str(keeping.folder())])
            assert seen[0] == 1 and named(seen[1]) in expected, (mutate.__name__, seen)
        put_back(copy)
    in_order(copy)


FALSE = {
    "one vote more": {"for": 4},
    "another need": {"needed": 1},
    "all figures agree, and the ballots say otherwise": {"for": 4, "votes_cast": 5, "base": 5},
    "two have changed sides": {"for": 1, "against": 3},
}


@pytest.mark.parametrize("said", FALSE)
def test_a_false_outcome_is_found_though_log_and_witnesses_signed_it(
    record: tuple[Cast, Path], noon: datetime, said: str
) -> None:
    """Nobody kept anything, all keys are in one hand, and the record agrees with itself but for its arithmetic."""
    cast, copy = record
    entry = voted(cast, noon)
    assert (entry.facts["for"], entry.facts["against"], entry.facts["needed"]) == (3, 1, 3)
    shutil.rmtree(copy)
    shutil.copytree(settings.LOG_FOLDER.parent, copy)
    in_order(copy)
    with transaction.atomic(), connection.cursor() as cursor:
        keeping.unlock(cursor)
        place = Place(cursor, random.Random(said))
        facts = json.dumps({**entry.facts, **FALSE[said]})
        place.sql("UPDATE record_entry SET facts = %s WHERE number = %s", facts, entry.pk)
        if said.startswith("two"):
            place.sql("UPDATE record_entry SET after = 'rejected' WHERE number = %s", entry.pk)
        sign_again(place, entry)
        forget()
        place.sql("DELETE FROM record_cosignature")
        for seen in settings.LOG_FOLDER.parent.glob("witness/*/checkpoint"):
            seen.unlink()
        witnesses.cosign()
        with pytest.raises(verify.Fault) as inside:
            checking.check(say=lambda line: None)
        # The salts of the choices are sealed in the database.
        arguments = tables(settings.LOG_FOLDER.parent, exported=True)
        published = settings.LOG_FOLDER / "checkpoint"
        shutil.copy(published, copy / "record" / "checkpoint")
        beside = outside(copy, arguments)
        transaction.set_rollback(True)
    assert inside.value.kind == "edited" and beside[0] == 1 and named(beside[1]) == "edited", beside
    assert any(word in inside.value.where for word in ("add up", "needed", "ballots")), inside.value


def voted(cast: Cast, noon: datetime) -> Entry:
    """An open vote of four, 3 to 1, closed and in the log: the entry of its outcome."""
    persons = crowd(4)
    vote = new_vote(body="bureau")
    with clock.set_to(noon + timedelta(days=3)):
        actions.call_vote(vote, cast.actor("anna"), roll=roll_of(persons))
        actions.open_vote(vote, cast.actor("anna"))
        for person, choice in zip(persons, ("for", "against", "for", "against"), strict=True):
            actions.cast(vote, people.actor(person), choice=choice)
        actions.change(vote, people.actor(persons[3]), choice="for")
        entry = actions.close(vote, cast.actor("anna"))
    with clock.set_to(noon + timedelta(days=4)):
        sequencer.sequence()
        witnesses.cosign()
    return entry


def test_an_untouched_copy_in_any_folder_is_in_order(record: tuple[Cast, Path], tmp_path: Path) -> None:
    _, copy = record
    moved = tmp_path / "a copy, elsewhere"
    shutil.copytree(copy, moved)
    code, text = outside(copy, tables(moved))
    assert code == 0, text
    assert "memories     signer, witness" in text
    for name in ("keys", "witness"):
        shutil.rmtree(moved / name)
    code, text = outside(copy, tables(moved))
    assert code == 0 and "memories     none in this folder" in text, text


def in_order(copy: Path) -> None:
    checking.check(say=lambda line: None)
    for arguments in (tables(settings.LOG_FOLDER.parent), [str(keeping.folder())]):
        code, text = outside(copy, arguments)
        assert code == 0, text
    put_back(copy)


def tables(home: Path, *, exported: bool = False) -> list[str]:
    """The data folder with its tables as they stand in this transaction, as arguments for the one-file verifier."""
    if connection.vendor == "sqlite" and not exported:
        assert connection.connection is not None
        (home / "hemicycle.sqlite3").write_bytes(connection.connection.serialize())
        return [str(home)]
    path = home / "export.jsonl"
    path.unlink(missing_ok=True)
    checking.export(path)
    return [str(home), "--export", str(path)]


def outside(copy: Path, arguments: list[str]) -> tuple[int, str]:
    """What the one file says to a reader who kept policy and checkpoint long ago: exit code and text."""
    kept = copy / "record"
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = verify.main(
            [*arguments, "--policy", str(kept / "policy"), "--since", str(kept / "checkpoint")]
        )
    return code, said.getvalue()


def named(text: str) -> str:
    """The class in the last line."""
    last = text.splitlines()[-1]
    assert last.startswith("NOT IN ORDER: "), text
    return last.split(": ")[1]


def put_back(copy: Path) -> None:
    shutil.rmtree(settings.LOG_FOLDER.parent)
    shutil.copytree(copy, settings.LOG_FOLDER.parent)
