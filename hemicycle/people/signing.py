"""Signing an act with a passkey: who can, what the browser is asked, what its answer proves.

The challenge is computed twice, when it is asked and when the answer comes, each time from what the form says then.
Only the nonce is kept in between; it is used up by the first answer, right or wrong. Two answers at one instant both
find it, and are one and the same form, since its token is signed: the gate lets one of them act.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.record import clock
from hemicycle.web.signing import SIGNATURE, TICKET, NotSigned, Statement

from . import demonstration, doors, passkeys
from .models import Challenge, Person

MINUTES = 5
PASSKEY, DEMONSTRATION = "passkey", "demonstration"


class PeopleSigner:
    """Registered in `urls.py` for the pages of every room (`web.signing.Signer`)."""

    def ask(self, request: HttpRequest, statement: Statement) -> Mapping[str, Any]:
        person = doors.person(request)
        way = way_of(person)
        context: dict[str, Any] = {"template": "people/_sign.html", "way": way, "minutes": MINUTES}
        if not way:
            return {**context, "set_up": reverse("new-passkey")}
        kept = _begin(person)
        challenge = statement.challenge(person.reference, kept.nonce)
        context["ticket"] = kept.ticket
        if way == DEMONSTRATION:
            return {**context, "signature": demonstration.sign(person, challenge)}
        options = passkeys.signing_options(person, challenge)
        return {
            **context,
            "script": "people/passkey.js",
            "public_key": json.dumps(options["publicKey"]),
        }

    def verify(self, request: HttpRequest, statement: Statement) -> str:
        ticket = request.POST.get(TICKET, "")
        if not ticket:
            raise NotSigned
        person = doors.person(request)
        kept = Challenge.objects.filter(pk=ticket, person=person, expires_at__gt=clock.now()).first()
        if kept is None:
            raise NotSigned(_("The few minutes for signing are over, or this was signed before. Sign again."))
        challenge = statement.challenge(person.reference, kept.nonce)
        if demonstration.is_signed(person, challenge, request.POST.get(SIGNATURE, "")):
            return DEMONSTRATION
        try:
            passkeys.verify_signature(request, person, challenge)
        except passkeys.Unproven as error:
            self.use_up(request)
            raise NotSigned(_("The signature does not fit what is to be signed. Sign again.")) from error
        return PASSKEY

    def use_up(self, request: HttpRequest) -> None:
        person = doors.person(request)
        Challenge.objects.filter(pk=request.POST.get(TICKET, ""), person=person).delete()


def way_of(person: Person) -> str:
    """With what the person can sign: "demonstration", "passkey", or nothing yet."""
    if demonstration.has_key(person):
        return DEMONSTRATION
    has_passkey = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()
    return PASSKEY if has_passkey else ""


def _begin(person: Person) -> Challenge:
    return Challenge.objects.create(
        ticket=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        person=person,
        expires_at=clock.now() + timedelta(minutes=MINUTES),
    )
