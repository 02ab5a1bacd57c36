"""How secrets of accounts are kept: keyed digests for what is only compared, sealing for what must be read
back.

Keys are derived from the platform's secret key, so that a copy of the database alone compares and opens
nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.cache import cache

HANDOVER_SECONDS = 30 * 60


class Unreadable(Exception):
    """A sealed text that these keys do not open."""


def _key(purpose: str) -> bytes:
    return hmac.new(
        settings.SECRET_KEY.encode(), f"hemicycle.people.{purpose}".encode(), hashlib.sha256
    ).digest()


def digest(purpose: str, text: str) -> str:
    """Keyed digest of a text for one purpose, in hex (64 characters)."""
    return hmac.new(_key(purpose), text.encode(), hashlib.sha256).hexdigest()


def seal(purpose: str, text: str) -> str:
    """The text under AES-256-GCM, in URL-safe base 64; the purpose is bound to it."""
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(_key(purpose)).encrypt(nonce, text.encode(), purpose.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(purpose: str, sealed: str) -> str:
    """The text again. Raises `Unreadable` when it was changed, or sealed under other keys."""
    try:
        raw = base64.urlsafe_b64decode(sealed.encode())
        return AESGCM(_key(purpose)).decrypt(raw[:12], raw[12:], purpose.encode()).decode()
    except (ValueError, InvalidTag) as error:
        raise Unreadable(purpose) from error


def hand_over(text: str) -> str:
    """Keep a text for the one page that shows it; returns the token of that page. It is gone after 30
    minutes."""
    token = secrets.token_urlsafe(24)
    # Sealed under the token too, of which only a digest is kept: a copy of everything opens nothing.
    cache.set(
        f"people.handover.{digest('handover', token)}", seal(f"handover {token}", text), HANDOVER_SECONDS
    )
    return token


def handed_over(token: str) -> str | None:
    """The text behind a token, or None once it was put away or too old."""
    sealed = cache.get(f"people.handover.{digest('handover', token)}")
    return unseal(f"handover {token}", sealed) if sealed is not None else None


def put_away(token: str) -> None:
    """The person has written it down: nobody sees it again."""
    cache.delete(f"people.handover.{digest('handover', token)}")
