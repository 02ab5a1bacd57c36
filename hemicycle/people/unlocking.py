"""The key with which a person opens what was sealed to her, while she is signed in (ADR 0006).

The identity is drawn with the receipt phrase and kept wrapped under it (`wraps.py`): whoever holds the server, the
database and every key of the house does not have it. Whoever types the phrase gives it to the memory of one request.
For the rest of the session it lies in the session's row under a key that only the browser's cookie holds; nothing of it is
written anywhere else, and the cookie ends with the browser.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import phrases, wraps
from .models import Account, Person

COOKIE = "unlock"
PLACE = "people.unlock"


def draw(phrase: str) -> tuple[str, wraps.Wrap]:
    """A new identity under a receipt phrase: its recipient, and the wrap that may be kept."""
    identity = wraps.new_identity()
    return wraps.recipient_of(identity), wrap(identity, phrase)


def wrap(identity: str, phrase: str) -> wraps.Wrap:
    """The identity under a receipt phrase, however it will be typed. A phrase has more than 80 bits."""
    return wraps.with_passphrase(identity, phrases.plain(phrase), settings.WRAP_ROUNDS)


def by_phrase(request: HttpRequest, account: Account, typed: str) -> bool:
    """Open the person's identity with the phrase for the rest of this session; False if it does not open it."""
    if not account.recipient or account.wrap is None:
        return False
    try:
        identity = wraps.opened(account.wrap, account.recipient, passphrase=phrases.plain(typed))
    except wraps.Unreadable:
        return False
    remember(request, identity)
    return True


def remember(request: HttpRequest, identity: str) -> None:
    """Keep an identity for this session. `hand_out` gives the browser its half."""
    key, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
    sealed = nonce + AESGCM(key).encrypt(nonce, identity.encode(), PLACE.encode())
    request.session[PLACE] = base64.b64encode(sealed).decode()
    request.unlock_key = base64.urlsafe_b64encode(key).decode()  # type: ignore[attr-defined]


def identity(request: HttpRequest, person: Person) -> str | None:
    """The identity of the signed-in person, if this browser opened it in this session."""
    held = request.session.get(PLACE)
    given = getattr(request, "unlock_key", None) or request.COOKIES.get(COOKIE, "")
    if not held or not given:
        return None
    try:
        sealed, key = base64.b64decode(held), base64.urlsafe_b64decode(given)
        found = AESGCM(key).decrypt(sealed[:12], sealed[12:], PLACE.encode()).decode()
    except (ValueError, InvalidTag):
        return None
    return found if wraps.recipient_of(found) == recipient(person) else None


def recipient(person: Person) -> str:
    """To whom files of this person are sealed; empty where no receipt phrase was ever made."""
    account = Account.objects.filter(person=person).first()
    return account.recipient if account else ""


def hand_out(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser the key of this session's identity, and take it back where the session has none."""
    key = getattr(request, "unlock_key", None)
    if key is not None:
        response.set_cookie(
            COOKIE, key, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Strict"
        )
    elif COOKIE in request.COOKIES and not request.user.is_authenticated:
        response.delete_cookie(COOKIE, samesite="Strict")
