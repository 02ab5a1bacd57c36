"""Evidence sealed to people, not to the server (ADR 0006).

A file that comes in gets two identities that exist for this file only: one for the original, one for the copy in pixels. What
is kept is sealed to them with age, below a layer under the data key of the candidacy, so that erasure reaches every
copy. The identities themselves are kept in small boxes (`EvidenceKey`), each sealed to one person: to the candidate and to
the custodian at once, to readers when they are assigned. The server forgets them when the request ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import pyrage

from hemicycle.people import queries as people
from hemicycle.people import unlocking, wraps
from hemicycle.record.sealing import boxes

from .models import Candidacy, Evidence, EvidenceKey
from .models.contents import COPY, ORIGINAL

CANDIDATE, CUSTODIAN = "candidate", "custodian"


class Closing(Protocol):
    """What closes the pages of one file."""

    def close(self, name: str, data: bytes) -> bytes: ...


class Opening(Closing, Protocol):
    """What opens a page of a file and closes its successor."""

    def page(self, name: str, raw: bytes) -> bytes: ...


class NoHolder(Exception):
    """Nobody is there to whom the file could be sealed: `code` is `phrase` or `custodian`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Locked(Exception):
    """The identity at hand opens none of the boxes of this evidence."""


@dataclass(frozen=True)
class Box:
    """The identity of one part of a file, sealed to one recipient."""

    part: str
    holder: str
    recipient: str
    text: str


class Envelope:
    """A file on its way in. `holders`: to whom it is sealed, recipient by holder."""

    def __init__(self, owner: str, holders: Mapping[str, str]) -> None:
        self.owner, self._holders = owner, holders
        self._identities = {part: wraps.new_identity() for part in (COPY, ORIGINAL)}

    def close(self, name: str, data: bytes) -> bytes:
        """A page of the copy."""
        return close(self.owner, name, data, wraps.recipient_of(self._identities[COPY]))

    def close_original(self, name: str, data: bytes) -> bytes:
        return close(self.owner, name, data, wraps.recipient_of(self._identities[ORIGINAL]))

    def boxes(self) -> tuple[Box, ...]:
        """Both identities, sealed to every holder."""
        return tuple(
            Box(part, holder, recipient, seal_to(recipient, identity))
            for part, identity in self._identities.items()
            for holder, recipient in self._holders.items()
        )


class Reopened:
    """The copy of a file that its candidate changes: pages are closed to the same identity as before."""

    def __init__(self, held: Evidence, identity: str) -> None:
        self._held, self._one_off = held, open_box(held, COPY, identity)

    def page(self, name: str, raw: bytes) -> bytes:
        """A page in the clear, in memory; `raw` is its file. Raises `record.sealing.boxes.Tampered`."""
        return open_page(self._held, name, raw, self._one_off)

    def close(self, name: str, data: bytes) -> bytes:
        return close(self._held.candidacy.reference, name, data, wraps.recipient_of(self._one_off))


def envelope_for(candidacy: Candidacy) -> Envelope:
    """An envelope to the candidate and to the custodian in office. Raises `NoHolder`."""
    own, custodian = unlocking.recipient(candidacy.person), people.custodian()
    if not own:
        raise NoHolder("phrase")
    if custodian is None:
        raise NoHolder("custodian")
    return Envelope(candidacy.reference, {CANDIDATE: own, CUSTODIAN: custodian.recipient})


def close(owner: str, name: str, data: bytes, recipient: str) -> bytes:
    """Seal bytes to a recipient, and that under the data key of the owner; bound to the name of the file."""
    inner = pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient)])
    return boxes.seal_bytes(owner, f"file/{name}", inner)


def strip(held: Evidence, name: str, raw: bytes) -> bytes:
    """The file without the layer of the house: an age file, as its readers open it. Raises `Tampered`, `Destroyed`."""
    return boxes.unseal_bytes(held.candidacy.reference, f"file/{name}", raw)


def open_page(held: Evidence, name: str, raw: bytes, one_off: str) -> bytes:
    """A file in the clear, with the identity of its part. Raises `Tampered`, `Destroyed`, `Locked`."""
    inner = strip(held, name, raw)
    try:
        return bytes(pyrage.decrypt(inner, [pyrage.x25519.Identity.from_str(one_off)]))
    except pyrage.DecryptError:
        raise Locked(held.name) from None


def open_box(held: Evidence, part: str, identity: str) -> str:
    """The identity of a part of this evidence, from the box that the given identity opens. Raises `Locked`."""
    found = held.keys.filter(part=part, recipient=wraps.recipient_of(identity)).first()
    if found is None:
        raise Locked(held.name)
    try:
        opened = pyrage.decrypt(found.box.encode(), [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError:
        raise Locked(held.name) from None
    return bytes(opened).decode()


def seal_to(recipient: str, identity: str) -> str:
    """A box: an identity as a small armored age file that one recipient opens."""
    sealed = pyrage.encrypt(identity.encode(), [pyrage.x25519.Recipient.from_str(recipient)], armored=True)
    return bytes(sealed).decode()


def keep_boxes(held: Evidence, made: tuple[Box, ...]) -> None:
    """Write the boxes of a file beside it; a holder's earlier box for the same part is replaced."""
    for box in made:
        row = EvidenceKey.objects.filter(evidence=held, part=box.part, holder=box.holder).first()
        row = row or EvidenceKey(evidence=held, part=box.part, holder=box.holder)
        row.recipient, row.box = box.recipient, box.text
        row.save()
