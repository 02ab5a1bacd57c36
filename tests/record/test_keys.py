"""The key of the log is changed by two clerks; what the old one signed stays true."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from hemicycle.instruments.ledger import notes, verify
from hemicycle.record import clock
from hemicycle.record.actions import ask_new_key, confirm_new_key, withdraw_new_key
from hemicycle.record.acts import SamePerson
from hemicycle.record.log import checking, keys, sequencer, witnesses
from hemicycle.record.models import Checkpoint, LogKey
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests.cast import Cast

from . import keeping


@pytest.fixture
def record(cast: Cast, noon: datetime, settings: Any) -> Cast:
    settings.DEMONSTRATION = True
    keeping.history(cast, noon)
    return cast


def asked(cast: Cast) -> LogKey:
    key = LogKey(ground="The machine was replaced.")
    ask_new_key(key, cast.actor("anna"))
    return key


def test_after_two_clerks_the_new_key_signs_and_the_old_one_stays_known(record: Cast, noon: datetime) -> None:
    old = keys.signer(has_begun=True).verifier
    key = asked(record)
    assert keys.signer(has_begun=True).verifier == old, "asked for, it signs nothing yet"
    confirm_new_key(key, record.actor("bruno"))
    new = keys.signer(has_begun=True).verifier
    assert str(new) == key.verifier and new != old and new.name == old.name
    with clock.set_to(noon + timedelta(days=4)):
        sequencer.sequence()
        witnesses.cosign()
    latest = Checkpoint.objects.order_by("size").last()
    assert latest is not None
    assert set(notes.Note.read(latest.note).signed_by([old, new])) == {new}
    policy = witnesses.policy_text()
    assert str(old) in policy and str(new) in policy
    checking.check(say=lambda line: None)
    (keeping.folder() / "released.jsonl").write_text("")
    verify.verify(verify.Record(str(keeping.folder())), verify.read_policy(policy), say=lambda line: None)


def test_a_reader_who_kept_the_old_key_only_sees_that_another_one_signs(record: Cast, noon: datetime) -> None:
    kept = verify.read_policy(witnesses.policy_text())
    confirm_new_key(asked(record), record.actor("bruno"))
    with clock.set_to(noon + timedelta(days=4)):
        sequencer.sequence()
        witnesses.cosign()
    with pytest.raises(verify.Fault) as fault:
        verify.verify(verify.Record(str(keeping.folder())), kept, say=lambda line: None)
    assert fault.value.kind == "rewritten"


def test_nobody_changes_the_key_alone(record: Cast) -> None:
    key = asked(record)
    with pytest.raises(SamePerson):
        confirm_new_key(key, record.actor("anna"))
    with pytest.raises(NotEmpowered):
        confirm_new_key(key, record.actor("luca"))
    assert LogKey.objects.get().state == "asked" and not LogKey.objects.get().follows


def test_the_second_clerk_finds_what_waits_and_the_first_does_not(record: Cast) -> None:
    key = asked(record)
    assert (
        f"/matters/{key.reference}/confirm_new_key/" in record.client("bruno").get("/desk/").content.decode()
    )
    assert key.reference not in record.client("anna").get("/desk/").content.decode()


def test_one_change_at_a_time_and_never_without_a_ground(record: Cast) -> None:
    with pytest.raises(Unmet):
        ask_new_key(LogKey(ground=" "), record.actor("anna"))
    key = asked(record)
    with pytest.raises(NotEmpowered):
        withdraw_new_key(key, record.actor("luca"))
    with pytest.raises(NotEmpowered):
        ask_new_key(LogKey(ground="Mine."), record.actor("luca"))
    with pytest.raises(Unmet):
        ask_new_key(LogKey(ground="Again."), record.actor("bruno"))
    withdraw_new_key(key, record.actor("anna"))
    with pytest.raises(OutOfOrder):
        confirm_new_key(key, record.actor("bruno"))
    assert LogKey.objects.count() == 1


def test_a_second_change_follows_the_first(record: Cast, noon: datetime) -> None:
    first = asked(record)
    confirm_new_key(first, record.actor("bruno"))
    with clock.set_to(noon + timedelta(hours=1)):
        second = asked(record)
        confirm_new_key(second, record.actor("bruno"))
    assert second.follows == first.verifier
    assert [str(key) for key in keys.verifiers(has_begun=True)] == [
        first.follows,
        first.verifier,
        second.verifier,
    ]


@pytest.mark.parametrize("prefix", ["", "/fr", "/ru"])
def test_the_clerks_find_the_keys_and_nobody_else(record: Cast, prefix: str) -> None:
    key = asked(record)
    page = record.client("bruno").get(f"{prefix}/assembly/keys/").content.decode()
    assert key.reference in page
    page = record.client("bruno").get(f"{prefix}/matters/{key.reference}/").content.decode()
    assert key.verifier.split("+")[1] in page and re.search(
        r'lang="en"[^>]*>\s*The machine was replaced', page
    )
    assert record.client("luca").get(f"{prefix}/assembly/keys/").status_code == 404
    assert record.client("luca").get(f"{prefix}/matters/{key.reference}/").status_code == 404
