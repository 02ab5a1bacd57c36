"""The two codes of a caller check: derived, never stored, short enough to be read out over a telephone."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from hemicycle.record import references

from .models import CallerCheck

LENGTH = 6  # 27**6 codes, of which a caller may guess as many as the charter allows

CALLER, CLERK = "caller", "clerk"


def code(check: CallerCheck, side: str) -> str:
    """The code of one side, as shown: `7K3 M9Q`. Without the house's key and the nonce nobody can work it out."""
    message = f"caller-check:{check.reference}:{check.nonce}:{side}".encode()
    number = int.from_bytes(hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest(), "big")
    letters = []
    for _ in range(LENGTH):
        number, index = divmod(number, len(references.ALPHABET))
        letters.append(references.ALPHABET[index])
    drawn = "".join(letters)
    return f"{drawn[:3]} {drawn[3:]}"


def is_right(check: CallerCheck, side: str, heard: str) -> bool:
    """Whether a code that was heard and typed is the right one; case, spaces and hyphens do not matter."""
    typed = "".join(char for char in heard.upper() if char.isalnum())
    return hmac.compare_digest(typed.encode(), code(check, side).replace(" ", "").encode())
