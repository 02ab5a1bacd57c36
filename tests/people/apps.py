"""An authenticator app for tests."""

from __future__ import annotations

import time

from allauth.mfa.totp.internal import auth as totp

from hemicycle.people.models import Person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def app_code(secret: str = SECRET, ahead: int = 0) -> str:
    """The six digits that an authenticator app shows now (or some half minutes ahead)."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + ahead))


def give_app(person: Person) -> None:
    """The person has set up an authenticator app with the known secret."""
    totp.TOTP.activate(person, SECRET)
