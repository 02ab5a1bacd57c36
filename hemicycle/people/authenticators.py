"""The authenticator app on a telephone (TOTP) and recovery codes: set up, checked, removed. The checking is
allauth's."""

from __future__ import annotations

import io
from urllib.parse import quote, urlencode

import segno
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.http import HttpRequest

from . import keeping, queries
from .models import Person

SECRET = "people.app"  # noqa: S105 - the name of a place in the session


def secret(request: HttpRequest) -> str:
    """The secret that is being set up in this session; sealed where the session is kept."""
    sealed = request.session.get(SECRET)
    if sealed is None:
        sealed = request.session[SECRET] = keeping.seal("set-up", auth.generate_totp_secret())
    return keeping.unseal("set-up", sealed)


def has_app(person: Person) -> bool:
    found: bool = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()
    return found


def picture(label: str, secret_text: str) -> str:
    """The QR code that an authenticator app reads, as SVG with its sizes in attributes (no inline style)."""
    out = io.BytesIO()
    query = urlencode({"secret": secret_text, "issuer": settings.MFA_TOTP_ISSUER})
    url = f"otpauth://totp/{quote(label or settings.MFA_TOTP_ISSUER)}?{query}"
    segno.make(url, micro=False, error="m").save(
        out, kind="svg", scale=5, border=4, xmldecl=False, svgns=True, svgclass="qr", lineclass=None, dark="#000",
        light="#fff",
    )  # fmt: skip
    return out.getvalue().decode()


def activate(request: HttpRequest, person: Person, typed: str) -> bool:
    """Keep the app if the code typed from it is right; replaces an app set up before."""
    chosen = secret(request)
    if not auth.validate_totp_code(chosen, typed):
        return False
    Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()
    auth.TOTP.activate(person, chosen)
    request.session.pop(SECRET, None)
    return True


def check(person: Person, typed: str) -> str | None:
    """Which second factor the typed code proves: "totp", "recovery_codes" or None. A code counts once."""
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        found = Authenticator.objects.filter(user=person, type=kind).first()
        if found is not None and found.wrap().validate_code(typed):
            return str(kind.value)
    return None


def check_nothing(typed: str) -> None:
    """The work of `check` for a phrase that nobody has, so that both take as long."""
    Authenticator.objects.filter(user_id=0, type=Authenticator.Type.TOTP).first()
    auth.validate_totp_code(auth.generate_totp_secret(), typed)
    Authenticator.objects.filter(user_id=0, type=Authenticator.Type.RECOVERY_CODES).first()


def new_recovery_codes(person: Person) -> list[str]:
    """Ten codes in place of any earlier ones."""
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(person).generate_codes()
    return codes


def remove(person: Person, key: int) -> bool:
    """Remove a passkey or the app; False if it is the last second factor of somebody who needs one, or not
    theirs."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    own = Authenticator.objects.select_for_update().filter(user=person, type__in=kinds)
    found = own.filter(pk=key).first()
    if found is None:
        return False
    if own.count() == 1 and queries.must_have_second_factor(person):
        return False
    found.delete()
    if not queries.has_second_factor(person):
        Authenticator.objects.filter(user=person).delete()
    return True
