"""The log: leaves with their acts, positions later, checkpoints that witnesses cosign, and a signer that remembers."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from hemicycle.instruments.ledger import leaves, notes, tiles, verify
from hemicycle.instruments.ledger.tree import leaf_hash
from hemicycle.record import clock
from hemicycle.record.log import checking, keys, sequencer, statements, witnesses
from hemicycle.record.models import Checkpoint, Entry, Leaf, Position
from hemicycle.rules.procedure import Refused
from tests.cast import Cast

from . import keeping

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def demonstration(settings) -> None:
    settings.DEMONSTRATION = True


def test_every_act_writes_its_leaf_and_a_refused_one_writes_none(cast: Cast, noon: datetime) -> None:
    made = keeping.history(cast, noon, days=1)
    for entry in made:
        assert statements.commitment(entry.leaf).leaf == bytes(entry.leaf.data)
    before = Leaf.objects.count()
    with pytest.raises(Refused):
        keeping.begin_thing(
            keeping.Holding(person=cast.luca, office="observer", held_from=noon), cast.actor("luca")
        )
    assert Leaf.objects.count() == before


def test_public_acts_are_placed_at_once_and_sensitive_ones_when_the_day_is_over(
    cast: Cast, noon: datetime
) -> None:
    made = keeping.history(cast, noon, days=1)
    told = [entry for entry in made if entry.act != "keep_thing"]
    kept = [entry for entry in made if entry.act == "keep_thing"]
    assert all(Position.objects.filter(leaf__entry=entry).exists() for entry in told)
    assert not Position.objects.filter(leaf__entry__in=kept).exists()
    with clock.set_to(noon + timedelta(days=1)):
        sequencer.sequence()
    places = Position.objects.filter(leaf__entry__in=kept).order_by("number")
    hashes = [leaf_hash(bytes(place.leaf.data)) for place in places]
    assert len(hashes) == len(kept) and hashes == sorted(hashes), (
        "in the order of their hashes, not of their acts"
    )


def test_a_days_leaves_are_filled_up_so_that_their_number_tells_little(cast: Cast, noon: datetime) -> None:
    keeping.history(cast, noon, days=1)
    size = Position.objects.count()
    with clock.set_to(noon + timedelta(days=1)):
        assert sequencer.sequence() == sequencer.FILL * -(-len(waiting(noon)) // sequencer.FILL)
    assert (Position.objects.count() - size) % sequencer.FILL == 0


def waiting(noon: datetime) -> list[Leaf]:
    return list(Leaf.objects.filter(is_prompt=False, written_at__lt=noon + timedelta(hours=1)))


def test_every_leaf_of_the_log_looks_alike(cast: Cast, noon: datetime) -> None:
    keeping.history(cast, noon)
    data = [bytes(leaf.data) for leaf in Leaf.objects.all()]
    assert all(leaves.is_leaf(each) for each in data) and len(set(data)) == len(data)


def test_what_waits_is_committed_to_every_ten_minutes(cast: Cast, noon: datetime) -> None:
    keeping.history(cast, noon, days=1)
    assert Leaf.objects.filter(open_part__kind="pending").count() == 1
    for minutes, number in ((5, 1), (10, 2), (15, 2), (21, 3)):
        with clock.set_to(noon + timedelta(minutes=minutes)):
            sequencer.sequence()
        assert Leaf.objects.filter(open_part__kind="pending").count() == number


def test_a_round_without_anything_new_signs_nothing(cast: Cast, noon: datetime) -> None:
    keeping.history(cast, noon, days=1)
    before = Checkpoint.objects.count()
    assert sequencer.sequence() == 0 and Checkpoint.objects.count() == before


def test_an_open_statement_shows_the_day_and_neither_hour_person_nor_number(
    cast: Cast, noon: datetime
) -> None:
    entry = keeping.history(cast, noon, days=1)[0]
    shown = statements.commitment(entry.leaf).open_part
    assert shown["day"] == "2027-02-09" and shown["act"] == "begin_thing"
    text = leaves.canonical(shown).decode()
    assert entry.actor not in text and "12:00" not in text and '"number"' not in text


def test_a_fact_that_holds_the_reference_of_a_person_is_in_the_sealed_part(
    cast: Cast, noon: datetime
) -> None:
    thing = keeping.Holding(person=cast.luca, office="observer", held_from=noon)
    entry = keeping.begin_thing(thing, cast.actor("anna"), told={"who": ["P-ABCD2345"]})
    shown, sealed = statements.parts(entry)
    assert "P-ABCD2345" not in str(shown) and sealed["facts"] == {"told": {"who": ["P-ABCD2345"]}}
    assert statements.commitment(entry.leaf).leaf == bytes(entry.leaf.data)


def test_an_outsider_checks_the_files_with_the_one_file_verifier(cast: Cast, noon: datetime, capsys) -> None:
    keeping.history(cast, noon)
    (keeping.folder() / "released.jsonl").write_text("")
    assert verify.main([str(keeping.folder())]) == 0
    assert "In order." in capsys.readouterr().out


def test_the_whole_record_is_in_order(cast: Cast, noon: datetime) -> None:
    keeping.history(cast, noon)
    report = checking.check(say=lambda line: None)
    assert report.entries == Entry.objects.count() and report.leaves == report.tree == report.cosigned
    assert report.waiting == 5


def test_a_copy_without_the_key_is_checked_against_the_file_beside_the_log(
    cast: Cast, noon: datetime, settings
) -> None:
    keeping.history(cast, noon)
    settings.LOG_KEYS = settings.LOG_KEYS / "elsewhere"
    said: list[str] = []
    checking.check(say=said.append)
    assert any("key is not here" in line for line in said)


def test_the_signer_refuses_a_smaller_record(cast: Cast, noon: datetime) -> None:
    keeping.history(cast, noon)
    point = transaction.savepoint()
    with connection.cursor() as cursor:
        keeping.unlock(cursor)
        cursor.execute("DELETE FROM record_cosignature")
        cursor.execute("DELETE FROM record_checkpoint WHERE size = (SELECT max(size) FROM record_checkpoint)")
    with pytest.raises(keys.Rewound, match="were signed before"):
        sequencer.sequence(close_day=True)
    transaction.savepoint_rollback(point)


def test_the_signer_refuses_another_tree_of_the_same_size(cast: Cast, noon: datetime) -> None:
    keeping.history(cast, noon)
    last = keys.last_signed()
    assert last is not None
    tiles.write(keys._memory(), notes.Checkpoint(last.origin, last.size, b"x" * 32).text.encode())
    with pytest.raises(keys.Rewound, match="not those"):
        sequencer.sequence(close_day=True)


def test_a_log_that_has_begun_is_not_signed_with_a_new_key(cast: Cast, noon: datetime, settings) -> None:
    keeping.history(cast, noon)
    (settings.LOG_KEYS / "log.key").unlink()
    with pytest.raises(keys.NoKey):
        sequencer.sequence(close_day=True)
    assert not (settings.LOG_KEYS / "log.key").exists()


def test_files_that_were_lost_are_no_reason_to_sign_another_history(cast: Cast, noon: datetime) -> None:
    keeping.history(cast, noon)
    shutil.rmtree(keeping.folder() / "tile")
    before = Checkpoint.objects.count()
    with pytest.raises((keys.Rewound, OSError)):
        sequencer.sequence(close_day=True)
    assert Checkpoint.objects.count() == before


def test_silent_witnesses_hold_nothing_up(cast: Cast, noon: datetime, settings) -> None:
    settings.DEMONSTRATION = False
    silent = notes.Signer("witness.example", notes.COSIGNATURE, b"w" * 32).verifier
    settings.WITNESSES, settings.WITNESS_QUORUM = ((str(silent), "http://127.0.0.1:9"),), 1
    keeping.history(cast, noon)
    assert Checkpoint.objects.count() == 3 and witnesses.published() is None
    assert not (keeping.folder() / "checkpoint").exists(), "nothing is published that no witness has seen"
    report = checking.check(say=lambda line: None)
    assert report.cosigned == 0 and report.tree == report.leaves


def test_a_log_whose_policy_asks_for_no_witness_is_published_all_the_same(
    cast: Cast, noon: datetime, settings
) -> None:
    settings.DEMONSTRATION, settings.WITNESSES, settings.WITNESS_QUORUM = False, (), 0
    keeping.history(cast, noon)
    assert witnesses.published() == Checkpoint.objects.latest("size")
    assert (keeping.folder() / "checkpoint").exists()
    report = checking.check(say=lambda line: None)
    assert report.cosigned == report.tree == report.leaves


def test_a_silent_witness_holds_up_nothing_that_enough_others_have_seen(
    cast: Cast, noon: datetime, monkeypatch
) -> None:
    """While one is asked and does not answer, what the others made up the number of stands published already."""
    silent = notes.Signer("witness.example", notes.COSIGNATURE, b"w" * 32).verifier
    seen = []

    def ask(self, request):
        if self.local is not None:
            return answer(self, request)
        seen.append(checking.check(say=lambda line: None))
        raise OSError("silence")

    answer = witnesses.Known.ask
    monkeypatch.setattr(witnesses.Known, "ask", ask)
    monkeypatch.setattr(
        witnesses, "known", lambda: [witnesses.own(), witnesses.Known(silent, "http://127.0.0.1:9")]
    )
    keeping.history(cast, noon, days=2)
    assert len(seen) >= 2 and all(each.cosigned == each.tree for each in seen)


def test_a_witness_that_was_away_catches_up(cast: Cast, noon: datetime, monkeypatch) -> None:
    ask = witnesses.Known.ask
    monkeypatch.setattr(witnesses.Known, "ask", lambda self, request: (_ for _ in ()).throw(OSError("away")))
    keeping.history(cast, noon, days=2)
    assert witnesses.published() is None
    monkeypatch.setattr(witnesses.Known, "ask", ask)
    assert witnesses.cosign() == 1 and witnesses.cosign() == 0
    latest = Checkpoint.objects.order_by("size").last()
    assert latest is not None and witnesses.published() == latest


@pytest.mark.parametrize(
    "table", ["record_leaf", "record_position", "record_checkpoint", "record_cosignature"]
)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_tables_of_the_log_only_grow(cast: Cast, noon: datetime, table: str, statement: str) -> None:
    keeping.history(cast, noon, days=1)
    column = {
        "record_leaf": "id",
        "record_position": "number",
        "record_checkpoint": "size",
        "record_cosignature": "id",
    }
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table, column[table], column[table]))
