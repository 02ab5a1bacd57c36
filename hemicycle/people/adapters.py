"""What of allauth the house answers itself: no network address is kept, secrets are sealed, passkeys say no
name."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from hemicycle.record import clock

from . import keeping
from .models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by `accounts.begin` and by enrolment, never by allauth's own pages."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """A pseudonym of the address that is another one every day, written as an address of no network."""
        return pseudonym(str(super().get_client_ip(request)))


def pseudonym(address: str) -> str:
    """Keyed daily pseudonym of a network address, for counting only. IPv6: of the /64 that one subscriber
    has."""
    parsed = ipaddress.ip_address(address)
    if parsed.version == 6:
        parsed = ipaddress.IPv6Network(f"{parsed}/64", strict=False).network_address
    key = hmac.new(settings.SECRET_KEY.encode(), f"address {clock.today()}".encode(), hashlib.sha256).digest()
    drawn = hmac.new(key, str(parsed).encode(), hashlib.sha256).digest()
    return str(ipaddress.IPv6Address(b"\xfd" + drawn[:7] + bytes(8)))  # counters look at the first 64 bits


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def encrypt(self, text: str) -> str:
        return keeping.seal("authenticator", text)

    def decrypt(self, encrypted_text: str) -> str:
        return keeping.unseal("authenticator", encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": settings.SIGN_IN_HOST, "name": settings.SIGN_IN_HOST}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        """A passkey may be copied to a maker's cloud: it carries the random reference, never a name (1.4)."""
        return {
            "id": user_pk_to_url_str(user).encode(),
            "display_name": user.reference,
            "name": user.reference,
        }
