"""A sealed text as it stands in a column or a file: AES-256-GCM under the owner's data key.

    s1.CAND-7Q2M….<nonce and ciphertext in URL-safe base 64>

`place` (table, row, column) is bound to it as associated data: what is copied to another place does not open there.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import keystore

MARK = "s1."


class Tampered(Exception):
    """A sealed text that was changed, or moved from the place where it was sealed."""


def seal(owner: str, place: str, text: str) -> str:
    """Seal a text for a column. The owner's key is drawn on first use."""
    return f"{MARK}{owner}.{base64.urlsafe_b64encode(seal_bytes(owner, place, text.encode())).decode()}"


def unseal(place: str, sealed: str) -> str:
    """The text again. Raises `Tampered`, `keystore.Destroyed`, `keystore.Unavailable`."""
    mark, owner, body = f"{sealed}..".split(".")[:3]
    try:
        if f"{mark}." != MARK:
            raise ValueError
        raw = base64.urlsafe_b64decode(body)
    except ValueError:
        raise Tampered(place) from None
    return unseal_bytes(owner, place, raw).decode()


def owner_of(sealed: str) -> str:
    """Under whose key a sealed text lies."""
    return sealed.split(".")[1]


def seal_bytes(owner: str, place: str, data: bytes) -> bytes:
    """Nonce (12 bytes), ciphertext and tag (16 bytes)."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(keystore.key_for(owner, make=True)).encrypt(nonce, data, place.encode())


def unseal_bytes(owner: str, place: str, raw: bytes) -> bytes:
    """What `seal_bytes` sealed. Raises `Tampered`, `keystore.Destroyed`, `keystore.Unavailable`."""
    try:
        return AESGCM(keystore.key_for(owner, make=False)).decrypt(raw[:12], raw[12:], place.encode())
    except (InvalidTag, ValueError):
        raise Tampered(place) from None
