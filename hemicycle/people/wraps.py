"""Keys of people as the server may keep them: what a wrap is, and how it is opened in Python.

The browser makes and opens the same formats (`static/people/unsealing.js`); here they are for `hemicycle unseal`, the
demonstration and the tests. Plain Python: no Django, no database.

A wrap is an identity (`AGE-SECRET-KEY-1...`) under a key that the server never has. In JSON, bytes in base64:

    {"kind": "passphrase", "rounds": 600000, "salt", "nonce", "box"}   key = PBKDF2-HMAC-SHA256(passphrase, NFKC)
    {"kind": "prf", "credential", "salt", "nonce", "box"}              key = HKDF-SHA256(PRF output, salt, info)

`box` is AES-256-GCM of the identity's text, with the recipient (`age1...`) as associated data.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
import unicodedata
from collections.abc import Mapping
from typing import Any

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

ROUNDS = 600_000
INFO = b"hemicycle reader key"
HEAD = "AGE-SECRET-KEY-1"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
BOX = len(HEAD) + 58 + 16  # every identity has 58 letters after its head; AES-GCM adds 16 bytes
SIZES = {"passphrase": {"salt": 16, "nonce": 12, "box": BOX}, "prf": {"salt": 32, "nonce": 12, "box": BOX}}
CREDENTIAL = re.compile(r"[A-Za-z0-9_-]{1,1400}")  # base64url; a credential's id has 1,023 bytes at most

Wrap = dict[str, Any]


class Unreadable(ValueError):
    """What is no wrap, no identity, no recipient, or does not open; the message says which, in English."""


def recipient(text: str) -> str:
    """The recipient (`age1...`) as age writes it. Raises `Unreadable` for everything else."""
    try:
        return str(pyrage.x25519.Recipient.from_str(text))
    except (pyrage.RecipientError, ValueError) as error:
        raise Unreadable("this is not a recipient that age knows") from error


def recipient_of(identity: str) -> str:
    """The half of an identity that may be known. Raises `Unreadable`."""
    return str(_identity(identity).to_public())


def new_identity() -> str:
    """An identity that nobody had before."""
    return str(pyrage.x25519.Identity.generate())


def read_identity(typed: str) -> str:
    """An identity as it was typed from a sheet of paper: spaces, hyphens and case do not matter."""
    letters = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", typed).upper())
    if not letters.startswith("AGESECRETKEY1"):
        raise Unreadable("an identity begins with AGE-SECRET-KEY-1")
    identity = HEAD + letters.removeprefix("AGESECRETKEY1")
    _identity(identity)
    return identity


def identity_of(secret: bytes) -> str:
    """The identity with these 32 bytes, in bech32 as age writes it. For keys that anybody may know (a demonstration's);
    all others are drawn in a browser."""
    bits = int.from_bytes(secret, "big") << 4  # 256 bits fill 52 letters of five but for four
    letters = [bits >> shift & 31 for shift in range(255, -1, -5)]
    human = HEAD[:-1].lower()
    spread = [ord(letter) >> 5 for letter in human] + [0] + [ord(letter) & 31 for letter in human]
    sum_ = _bech32_sum([*spread, *letters, 0, 0, 0, 0, 0, 0]) ^ 1
    letters += [sum_ >> shift & 31 for shift in range(25, -1, -5)]
    return HEAD + "".join(BECH32[letter] for letter in letters).upper()


def _bech32_sum(values: list[int]) -> int:
    """The remainder of BIP 173."""
    sum_ = 1
    for value in values:
        top = sum_ >> 25
        sum_ = (sum_ & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            sum_ ^= term if top >> bit & 1 else 0
    return sum_


def holds_secret(text: str) -> bool:
    """Whether a text holds an identity, however it is spaced: nothing of the kind may reach the server."""
    return "AGESECRETKEY" in re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())


def check(wrap: object, least_rounds: int = ROUNDS) -> Wrap:
    """The wrap, if it is one and has nothing besides. Raises `Unreadable`. It cannot be told whether it opens."""
    kind = wrap.get("kind") if isinstance(wrap, dict) else None
    if not isinstance(wrap, dict) or kind not in SIZES:
        raise Unreadable("this is not a wrap")
    if set(wrap) != {"kind", *SIZES[kind], "credential" if kind == "prf" else "rounds"}:
        raise Unreadable("a wrap has exactly the fields of its kind")
    for name, size in SIZES[kind].items():
        if len(_bytes(wrap, name)) != size:
            raise Unreadable(f"{name} has {size} bytes")
    if kind == "prf":
        if not isinstance(wrap["credential"], str) or not CREDENTIAL.fullmatch(wrap["credential"]):
            raise Unreadable("credential is the id of a passkey")
    elif type(wrap["rounds"]) is not int or not least_rounds <= wrap["rounds"] <= 10_000_000:
        raise Unreadable(f"rounds are at least {least_rounds}")
    return wrap


def with_passphrase(identity: str, passphrase: str, rounds: int = ROUNDS, salt: bytes = b"") -> Wrap:
    """Wrap an identity under a passphrase."""
    salt = salt or secrets.token_bytes(16)
    key = _passphrase_key(passphrase, salt, rounds)
    return {"kind": "passphrase", "rounds": rounds, "salt": _text(salt), **_box(identity, key)}


def with_output(identity: str, credential: str, output: bytes, salt: bytes) -> Wrap:
    """Wrap an identity under the secret that a passkey drew for `salt`."""
    key = _passkey_key(output, salt)
    return {"kind": "prf", "credential": credential, "salt": _text(salt), **_box(identity, key)}


def opened(wrap: Mapping[str, Any], recipient: str, *, passphrase: str = "", output: bytes = b"") -> str:
    """The identity in a wrap. Raises `Unreadable` when the passphrase, or the passkey's output, does not open it."""
    salt = _bytes(wrap, "salt")
    if wrap["kind"] == "prf":
        key = _passkey_key(output, salt)
    else:
        key = _passphrase_key(passphrase, salt, wrap["rounds"])
    try:
        plain = AESGCM(key).decrypt(_bytes(wrap, "nonce"), _bytes(wrap, "box"), recipient.encode())
    except InvalidTag as error:
        raise Unreadable("the passphrase or passkey does not open this wrap") from error
    identity = plain.decode()
    if recipient_of(identity) != recipient:
        raise Unreadable("the wrap holds the identity of another recipient")
    return identity


def _passphrase_key(passphrase: str, salt: bytes, rounds: int) -> bytes:
    words = " ".join(unicodedata.normalize("NFKC", passphrase).split())
    return PBKDF2HMAC(hashes.SHA256(), 32, salt, rounds).derive(words.encode())


def _passkey_key(output: bytes, salt: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, INFO).derive(output)


def _box(identity: str, key: bytes) -> Wrap:
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(key).encrypt(nonce, identity.encode(), recipient_of(identity).encode())
    return {"nonce": _text(nonce), "box": _text(sealed)}


def _identity(text: str) -> Any:
    try:
        return pyrage.x25519.Identity.from_str(text)
    except (pyrage.IdentityError, ValueError) as error:
        raise Unreadable("this is not an identity; is a letter wrong?") from error


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(wrap: Mapping[str, Any], name: str) -> bytes:
    try:
        return base64.b64decode(wrap[name], validate=True)
    except (binascii.Error, TypeError, ValueError, KeyError) as error:
        raise Unreadable(f"{name} is not base64") from error
