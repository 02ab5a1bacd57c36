"""The cast of a demonstration: who may be signed in with one click. The replay writes it; production has
none."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from hemicycle.record import queries as record

from . import keeping, sheets, wraps
from .models import CastMember, Person

KEYS = 64  # of reading keys and custodians that everybody knows: the cast is smaller
CUSTODIAN = 0  # the number of the custodian's
CANDIDATES = KEYS - 1  # all candidates of the replay have one key: each would be as well known as this
PASSPHRASE = "demonstration"  # noqa: S105 - opens what is invented, and is printed on the page


def is_on() -> bool:
    """Whether this process runs in demonstration mode on a record that was founded as a demonstration."""
    return bool(settings.DEMONSTRATION) and record.is_demonstration()


def cast() -> list[CastMember]:
    """The cast in its order; empty outside a demonstration."""
    return list(CastMember.objects.select_related("person")) if is_on() else []


def add_to_cast(person: Person | None, order: int, title_en: str, title_fr: str, title_ru: str) -> CastMember:
    """Offer a person, or (without one) a visitor of the public pages, on the sign-in page of the
    demonstration."""
    return CastMember.objects.create(
        person=person, order=order, title_en=title_en, title_fr=title_fr, title_ru=title_ru
    )


@lru_cache(maxsize=KEYS)
def identity(number: int) -> str:
    """The identity of that number, which anybody can make: a demonstration keeps nothing from anybody."""
    return wraps.identity_of(_known(f"key {number}"))


def custodian_sheets() -> tuple[sheets.Sheet, sheets.Sheet]:
    """Both sheets of the demonstration's custodian, for whoever plays the two holders."""
    return sheets.split(_known(f"key {CUSTODIAN}"), _known("sheet"))


def _known(of: str) -> bytes:
    return hashlib.sha256(f"hemicycle demonstration {of}".encode()).digest()


@lru_cache(maxsize=1)
def recipients() -> frozenset[str]:
    """What production refuses as a recipient."""
    return frozenset(wraps.recipient_of(identity(number)) for number in range(KEYS))


def recipient(number: int) -> str:
    """The half of that identity to which something is sealed."""
    return wraps.recipient_of(identity(number))


def wrap(number: int) -> wraps.Wrap:
    """The identity of that number under the demonstration's passphrase; few rounds, since it guards nothing."""
    return wraps.with_passphrase(identity(number), PASSPHRASE, rounds=1000)


def has_key(person: Person) -> bool:
    """Whether the person signs with a demonstration key: one of the cast, in a demonstration, and nobody else."""
    return is_on() and CastMember.objects.filter(person=person).exists()


def sign(person: Person, challenge: bytes) -> str:
    """The signature of a challenge with the person's demonstration key, in hex. The server holds that key: it shows
    how signing works, and proves nothing."""
    if not has_key(person):
        raise PermissionError(person.reference)
    return _key(person).sign(challenge).hex()


def is_signed(person: Person, challenge: bytes, signature: str) -> bool:
    """Whether the person's demonstration key signed the challenge. Never outside a demonstration."""
    if not has_key(person):
        return False
    try:
        _key(person).public_key().verify(bytes.fromhex(signature), challenge)
    except (ValueError, InvalidSignature):
        return False
    return True


def _key(person: Person) -> Ed25519PrivateKey:
    seed = bytes.fromhex(keeping.digest("demonstration key", person.reference))
    return Ed25519PrivateKey.from_private_bytes(seed)
