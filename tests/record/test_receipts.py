"""Receipts: a promise at once, a proof later, the same for the same act; and what is said when a promise is broken."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from hemicycle.instruments.ledger import tiles, verify
from hemicycle.instruments.ledger.tree import leaf_hash
from hemicycle.record import clock
from hemicycle.record.log import keys, receipts, sequencer, witnesses
from hemicycle.record.models import Entry, Leaf
from tests.cast import Cast

from . import keeping


@pytest.fixture
def made(cast: Cast, noon: datetime, settings: Any) -> list[Entry]:
    settings.DEMONSTRATION = True
    return keeping.history(cast, noon)


def check(text: str, place: Path | None = None) -> str:
    """What the one-file verifier says of a receipt, with nothing but the files of the log."""
    folder = place or keeping.folder()
    (folder / "released.jsonl").write_text("")
    policy = verify.read_policy((folder / "policy").read_text())
    _, hashes, _ = verify.verify(verify.Record(str(folder)), policy, say=lambda line: None)
    key = verify.read_key((folder / "receipt-key").read_text())
    return verify.check_receipt(text, key, policy, hashes)


def test_a_receipt_is_checked_with_the_files_of_the_log_alone(made: list[Entry]) -> None:
    told = json.loads(receipts.full(made[0]))
    assert told["statement"]["act"] == "begin_thing" and told["sealed"]["actor"] == made[0].actor
    assert check(receipts.full(made[0])).endswith("stands at 0")
    assert check(receipts.bare(made[0])).endswith("stands at 0")


def test_the_same_act_gives_the_same_promise_again(made: list[Entry]) -> None:
    for entry in made[:6]:
        assert receipts.promise(entry.leaf) == receipts.promise(Leaf.objects.get(entry=entry))


def test_the_bare_receipt_names_nobody_and_nothing(made: list[Entry]) -> None:
    text = receipts.bare(made[1])
    for word in (
        made[1].matter,
        made[1].actor,
        "demonstration",
        "record",
        "pace",
        "tell_thing",
        "secretariat",
    ):
        assert word not in text


def test_a_sensitive_act_waits_for_its_place_and_then_has_its_proof(
    made: list[Entry], noon: datetime
) -> None:
    waiting = made[-1]
    assert "proof" not in json.loads(receipts.full(waiting))
    with clock.set_to(noon + timedelta(days=3)):
        sequencer.sequence()
        witnesses.cosign()
    waiting = Entry.objects.get(pk=waiting.pk)
    told = json.loads(receipts.full(waiting))
    assert told["proof"].startswith("c2sp.org/tlog-proof@v1")
    assert "stands at" in check(receipts.full(waiting))


def test_a_promise_that_was_not_kept_is_a_fault_and_a_fresh_one_waits(made: list[Entry], monkeypatch) -> None:
    waiting = receipts.bare(made[-1])
    monkeypatch.setattr(verify, "PATIENCE", timedelta(days=-10_000))
    with pytest.raises(verify.Fault) as fault:
        check(waiting)
    assert fault.value.kind == "deleted" and "promised" in fault.value.where
    monkeypatch.setattr(verify, "PATIENCE", timedelta(days=10_000))
    assert "waits" in check(waiting)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told["statement"].update(act="other"),
        lambda told: told.update(sealed={**told["sealed"], "actor": "P-OTHER"}),
        lambda told: told.update(promise=told["promise"].replace("2027", "2026")),
        lambda told: told.update(promise=told["promise"].replace("receipt ", "other ")),
        lambda told: told.update(promise=""),
        lambda told: told.update(proof=told["proof"].replace("index 0", "index 1")),
    ],
)
def test_a_receipt_that_was_changed_is_refused(made: list[Entry], spoil) -> None:
    told = json.loads(receipts.full(made[0]))
    spoil(told)
    with pytest.raises(verify.Fault) as fault:
        check(json.dumps(told))
    assert fault.value.kind == "edited"


def test_a_receipt_of_another_key_is_refused(made: list[Entry]) -> None:
    text = receipts.bare(made[0])
    Path(settings.LOG_KEYS / "receipt.key").unlink()
    tiles.write(keeping.folder() / "receipt-key", f"{keys.receipt_signer().verifier}\n".encode())
    with pytest.raises(verify.Fault):
        check(text)


def test_the_proof_of_a_receipt_holds_without_the_record(made: list[Entry]) -> None:
    told = json.loads(receipts.full(made[0]))
    policy = verify.read_policy(witnesses.policy_text())
    leaf = bytes(made[0].leaf.data)
    assert verify.check_proof(told["proof"], leaf, policy)[0] == 0
    with pytest.raises(verify.Fault):
        verify.check_proof(told["proof"], leaf[:-1] + b"\x01", policy)
    assert leaf_hash(leaf)
