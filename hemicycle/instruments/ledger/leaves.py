"""What a leaf of the log says: a salted commitment of fixed length, and the statement that opens it.

A leaf is one byte of version, 32 bytes of commitment, and zeros up to 64 bytes, whatever it speaks of: neither length
nor look tells an act from another. Who gets the statement and its salt can check the leaf; nobody can guess it.

A statement has an open part and, where there is one, a sealed part, of which the open part holds a commitment under a
salt of its own. So the day of an act can be shown and its hour and author stay closed, and both are still covered.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VERSION = b"\x01"
LENGTH = 64  # bytes of a leaf
SALT = 32  # bytes of a salt
SEALED = "sealed"  # the key under which the open part holds the commitment to the sealed part


def canonical(statement: Mapping[str, Any]) -> bytes:
    """The one spelling of a statement: JSON, keys sorted, no spaces, ASCII only. No floats: they have many spellings."""
    _no_floats(statement)
    return json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _no_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a statement holds no floats")
    if isinstance(value, Mapping):
        for key, each in value.items():
            if not isinstance(key, str):
                raise TypeError("the keys of a statement are texts")
            _no_floats(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _no_floats(each)


def commit(salt: bytes, statement: Mapping[str, Any]) -> bytes:
    """HMAC-SHA256 of a statement under its salt: 32 bytes."""
    if len(salt) != SALT:
        raise ValueError(f"a salt has {SALT} bytes")
    return hmac.new(salt, canonical(statement), hashlib.sha256).digest()


def leaf(commitment: bytes) -> bytes:
    """The bytes that go into the log for a commitment."""
    return (VERSION + commitment).ljust(LENGTH, b"\x00")


def is_leaf(data: bytes) -> bool:
    """Whether these bytes have the form of a leaf of this version."""
    return len(data) == LENGTH and data[:1] == VERSION and not any(data[33:])


@dataclass(frozen=True)
class Commitment:
    """A statement with the salts that open it: `open_part` already holds the commitment to `sealed_part`."""

    open_part: Mapping[str, Any]
    salt: bytes
    sealed_part: Mapping[str, Any] | None = None
    sealed_salt: bytes | None = None

    @property
    def leaf(self) -> bytes:
        return leaf(commit(self.salt, self.open_part))

    def holds(self) -> bool:
        """Whether the sealed part is the one that the open part speaks of."""
        if self.sealed_part is None or self.sealed_salt is None:
            return SEALED not in self.open_part
        return bool(self.open_part.get(SEALED) == commit(self.sealed_salt, self.sealed_part).hex())


def make(open_part: Mapping[str, Any], sealed_part: Mapping[str, Any] | None = None) -> Commitment:
    """Commit to a statement under fresh salts."""
    if SEALED in open_part:
        raise ValueError(f"{SEALED!r} is not a key of a statement")
    _no_floats(open_part)
    salt = secrets.token_bytes(SALT)
    if sealed_part is None:
        return Commitment(dict(open_part), salt)
    sealed_salt = secrets.token_bytes(SALT)
    both = {**open_part, SEALED: commit(sealed_salt, sealed_part).hex()}
    return Commitment(both, salt, dict(sealed_part), sealed_salt)
