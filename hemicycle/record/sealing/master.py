"""The master key, under which the data keys lie in their store. It stands apart from the store and from the database.

A key service takes its place through the setting KEY_SERVICE: the dotted name of a callable that returns a `KeyService`.
"""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.module_loading import import_string


class WrongMaster(Exception):
    """A data key that this master key does not open."""


class KeyService(Protocol):
    """What wraps data keys. `owner` is bound to the wrap: a key put under another name does not open."""

    def wrap(self, key: bytes, owner: str) -> bytes: ...
    def unwrap(self, wrapped: bytes, owner: str) -> bytes: ...
    def __hash__(self) -> int: ...


class Local:
    """AES-256-GCM under a key of 32 bytes that this process holds."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def wrap(self, key: bytes, owner: str) -> bytes:
        nonce = secrets.token_bytes(12)
        return nonce + self._cipher.encrypt(nonce, key, f"data key of {owner}".encode())

    def unwrap(self, wrapped: bytes, owner: str) -> bytes:
        try:
            return self._cipher.decrypt(wrapped[:12], wrapped[12:], f"data key of {owner}".encode())
        except InvalidTag:
            raise WrongMaster(owner) from None


def service() -> KeyService:
    """The key service of this house."""
    return _service(settings.KEY_SERVICE, settings.MASTER_KEY)


@lru_cache(maxsize=4)
def _service(named: str, key: bytes) -> KeyService:
    if named:
        made: KeyService = import_string(named)()
        return made
    return Local(key)
