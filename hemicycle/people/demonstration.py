"""The cast of a demonstration: who may be signed in with one click. The replay writes it; production has
none."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from hemicycle.record import queries as record

from . import keeping
from .models import CastMember, Person


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
