"""The two sheets of a custodian's key: how a half is written on paper, read back and joined. Plain Python.

The browser makes and joins the same sheets (`static/people/unsealing.js`); here they are for `hemicycle unseal`, for
the demonstration and for the tests. A sheet is, in Crockford's base 32 and groups of four: its number (1 byte), the
first 4 bytes of SHA-256 of the recipient, 32 bytes of share, and the first 3 bytes of SHA-256 of the text below and all
of that. The shares are random bytes, and the key's bytes XOR these: either alone tells nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from . import phrases, wraps

LABEL = b"hemicycle custodian share"
LETTERS = 64


@dataclass(frozen=True)
class Sheet:
    """One half as it was read: which sheet, of which key, and the share."""

    number: int
    tag: bytes
    share: bytes

    @property
    def body(self) -> bytes:
        return bytes([self.number]) + self.tag + self.share

    @property
    def check(self) -> str:
        """What the server may know of it: 16 hexadecimal digits."""
        return hashlib.sha256(LABEL + b" check" + self.body).hexdigest()[:16]

    def __str__(self) -> str:
        bits = int.from_bytes(self.body + _sum(self.body), "big")
        letters = "".join(phrases.CROCKFORD[bits >> shift & 31] for shift in range(315, -1, -5))
        return "-".join(letters[i : i + 4] for i in range(0, LETTERS, 4))


def split(secret: bytes, first: bytes) -> tuple[Sheet, Sheet]:
    """The two sheets of an identity's 32 bytes, the first share being `first`."""
    tag = _tag(wraps.recipient_of(wraps.identity_of(secret)))
    return Sheet(1, tag, first), Sheet(2, tag, _xor(secret, first))


def read(typed: str) -> Sheet:
    """A sheet as it was typed. Raises `wraps.Unreadable`."""
    letters = phrases.plain_code(typed)
    if len(letters) != LETTERS:
        raise wraps.Unreadable(f"a sheet has {LETTERS} letters and digits, this has {len(letters)}")
    bits = 0
    for letter in letters:
        bits = bits << 5 | phrases.CROCKFORD.index(letter)
    whole = bits.to_bytes(40, "big")
    body = whole[:37]
    if whole[37:] != _sum(body) or body[0] not in (1, 2):
        raise wraps.Unreadable("this is not a sheet of a custodian's key, or a letter is wrong")
    return Sheet(body[0], body[1:5], body[5:])


def join(one: Sheet, two: Sheet) -> str:
    """The identity of two sheets, in either order. Raises `wraps.Unreadable`."""
    if one.number == two.number:
        raise wraps.Unreadable("this is the same sheet twice")
    identity = wraps.identity_of(_xor(one.share, two.share))
    if not one.tag == two.tag == _tag(wraps.recipient_of(identity)):
        raise wraps.Unreadable("these sheets are of two different keys")
    return identity


def _tag(recipient: str) -> bytes:
    return hashlib.sha256(recipient.encode()).digest()[:4]


def _sum(body: bytes) -> bytes:
    return hashlib.sha256(LABEL + body).digest()[:3]


def _xor(one: bytes, two: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, two, strict=True))
