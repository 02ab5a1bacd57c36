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


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = verify.main([str(each) for each in arguments])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_a_receipt_is_checked_offline_with_two_kept_keys_and_no_place(
    made: list[Entry], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt, key, policy = tmp_path / "receipt.json", tmp_path / "key", tmp_path / "policy"
    receipt.write_text(receipts.full(made[0]))
    key.write_text((keeping.folder() / "receipt-key").read_text())
    policy.write_text((keeping.folder() / "policy").read_text())
    offline = ("--offline", "--receipt", receipt, "--receipt-key", key)
    code, said = run(capsys, *offline, "--policy", policy)
    assert code == 0 and "its proof leads to 0 of a signed tree of" in said and said.endswith("In order.\n")
    code, said = run(capsys, *offline)
    assert code == 0 and "its proof was not checked: no --policy" in said
    receipt.write_text(receipts.bare(made[-1]))
    code, said = run(capsys, *offline, "--policy", policy)
    assert code == 0 and "it holds no proof yet" in said


def test_offline_a_changed_statement_or_a_foreign_proof_is_refused(
    made: list[Entry], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt, folder = tmp_path / "receipt.json", keeping.folder()
    offline = ("--offline", "--receipt", receipt, "--receipt-key", folder / "receipt-key")
    told, other = json.loads(receipts.full(made[0])), json.loads(receipts.full(made[1]))
    for spoiled in ({"statement": {**told["statement"], "office": "president"}}, {"proof": other["proof"]}):
        receipt.write_text(json.dumps({**told, **spoiled}))
        code, said = run(capsys, *offline, "--policy", folder / "policy")
        assert code == 1 and "NOT IN ORDER: edited" in said, said


@pytest.mark.parametrize("arguments", [["--offline"], ["--offline", "here"], []])
def test_what_cannot_be_meant_is_refused_with_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        verify.main(arguments)
    assert stopped.value.code == 2 and "usage" in capsys.readouterr().err
