"""Files sealed to a test's own key, and opened with it."""

from __future__ import annotations

import pyrage
from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.candidacy import envelopes, files
from hemicycle.people import wraps
from hemicycle.people.models import Account, Custodian, Person
from hemicycle.people.procedure import AccountState, CustodianState
from hemicycle.record import clock, references
from hemicycle.record.sealing import boxes

from ..cast import Cast

OWNER = "CAND-TEST"
KEY = wraps.new_identity()  # the candidate's
CUSTODIANS = wraps.new_identity()
PHRASE = "tavo remi tavo remi tavo remi tavo"


def keep(data: bytes, name: str = "a.pdf", megabytes: int = 10) -> files.Kept:
    envelope = envelopes.Envelope(OWNER, {"candidate": wraps.recipient_of(KEY)})
    return files.keep(SimpleUploadedFile(name, data), megabytes, envelope)


def uploaded(data: bytes, name: str = "a.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


class Opened:
    """A kept file in the hands of its candidate."""

    def __init__(self, kept: files.Kept, identity: str = KEY) -> None:
        mine = wraps.recipient_of(identity)
        self._one_off = {
            box.part: opened(box.text.encode(), identity).decode()
            for box in kept.boxes
            if box.recipient == mine
        }

    def page(self, name: str, raw: bytes = b"") -> bytes:
        part = "original" if name.endswith(".age") else "copy"
        return opened(
            boxes.unseal_bytes(OWNER, f"file/{name}", raw or files.path(name).read_bytes()),
            self._one_off[part],
        )

    def close(self, name: str, data: bytes) -> bytes:
        return envelopes.close(OWNER, name, data, wraps.recipient_of(self._one_off["copy"]))


def opened(data: bytes, identity: str) -> bytes:
    return bytes(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)]))


def page(kept: files.Kept, number: int = 1) -> bytes:
    return Opened(kept).page(kept.pages[number - 1])


def original(kept: files.Kept) -> bytes:
    return Opened(kept).page(kept.original)


def give_phrase(person: Person, phrase: str = PHRASE) -> Account:
    """An account with a receipt phrase that the test knows, whose key opens the person's evidence."""
    account = Account.objects.filter(person=person).first() or Account(
        person=person, reference=references.new("ACCT"), state=AccountState.OPEN, created_at=clock.now()
    )
    account.recipient = wraps.recipient_of(KEY)
    account.wrap = wraps.with_passphrase(KEY, phrase.replace(" ", ""), 1000)
    account.save()
    return account


def custodian(cast: Cast) -> Custodian:
    """A custodian in force. The state is set by hand: this stands for two acts long ago, which have tests of their own."""
    return Custodian.objects.create(
        recipient=wraps.recipient_of(CUSTODIANS), holder_one=cast.anna, holder_two=cast.marta, check_one="1" * 16,
        check_two="2" * 16, state=CustodianState.IN_FORCE, reference=references.new("CUST"), created_at=clock.now(),
    )  # fmt: skip
