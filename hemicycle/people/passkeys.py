"""Passkeys: what the browser is asked, and what its answer proves. The checking is fido2's, through
allauth."""

from __future__ import annotations

import base64
import json
from functools import lru_cache
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import AttestationObject, UserVerificationRequirement

from .models import Person


class Unproven(Exception):
    """The browser's answer proves nothing: wrong key, wrong challenge, too late, or not an answer at all."""


def credential_ids(person: Person) -> list[str]:
    """The ids of the person's passkeys, in base64url as a browser writes them."""
    rows = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    ids = [auth.WebAuthn(row).authenticator_data.credential_data.credential_id for row in rows]
    return [base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in ids]


def request_options(person: Person | None = None) -> dict[str, Any]:
    """What `navigator.credentials.get` is called with; with a person, only this person's keys count."""
    options: dict[str, Any] = auth.begin_authentication(person)
    return options


def creation_options(person: Person) -> dict[str, Any]:
    """What `navigator.credentials.create` is called with: a key that the device keeps and that knows its
    person."""
    options: dict[str, Any] = auth.begin_registration(person, passwordless=True)
    return options


def prove(request: HttpRequest, person: Person | None = None) -> Person:
    """The person whose passkey signed the challenge of this session. Raises `Unproven`."""
    answer = _answer(request)
    try:
        claimed = auth.extract_user_from_response(answer)
        found: Authenticator = auth.complete_authentication(claimed, answer)
    except (ValidationError, ValueError, KeyError, TypeError) as error:
        # However an answer is malformed, it proves nothing, and says nothing of who is known here.
        raise Unproven from error
    if not isinstance(claimed, Person) or not claimed.is_active or (person and person.pk != claimed.pk):
        raise Unproven
    found.record_usage()
    return claimed


def signing_options(person: Person, challenge: bytes) -> dict[str, Any]:
    """What `navigator.credentials.get` is called with to sign a challenge: the person's own keys, person verified."""
    options, _state = _server(settings.SIGN_IN_HOST).authenticate_begin(
        auth.get_credentials(person), UserVerificationRequirement.REQUIRED, challenge
    )
    return dict(options)


def verify_signature(request: HttpRequest, person: Person, challenge: bytes) -> None:
    """Whether a passkey of this person, with user verification, signed this challenge in this request. Raises
    `Unproven`. When a key signed is not kept with the key: the entry of the act says it, and of a ballot only that."""
    answer, server = _answer(request), _server(settings.SIGN_IN_HOST)
    _options, state = server.authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED, challenge=challenge
    )
    try:
        server.authenticate_complete(state, _public_keys(person), answer)
    except (ValidationError, ValueError, KeyError, TypeError) as error:
        raise Unproven from error


@lru_cache(1)
def _server(host: str) -> Fido2Server:
    """What checks answers for this host; to make one takes longer than to check a signature."""
    return auth.get_server()


def _public_keys(person: Person) -> list[Any]:
    """The public keys of the person's passkeys, out of what the browser sent when they were made. Of that, only this part
    is parsed: a ballot of six hundred at once waits for it."""
    rows = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    sent = (
        data["credential"]["response"]["attestationObject"] for data in rows.values_list("data", flat=True)
    )
    return [AttestationObject(websafe_decode(each)).auth_data.credential_data for each in sent]


def add(request: HttpRequest, person: Person, name: str) -> None:
    """Keep the new passkey of the browser's answer. Raises `Unproven`."""
    answer = _answer(request)
    try:
        auth.parse_registration_response(answer)
        auth.complete_registration(answer)
    except (ValidationError, ValueError, KeyError, TypeError) as error:
        raise Unproven from error
    auth.WebAuthn.add(person, name, answer)


def _answer(request: HttpRequest) -> dict[str, Any]:
    raw = request.POST.get("credential", "")
    try:
        answer = json.loads(raw)
    except ValueError as error:
        raise Unproven from error
    if not isinstance(answer, dict) or not isinstance(answer.get("response"), dict):
        raise Unproven
    if not all(
        isinstance(part, str) for part in (answer.get("id"), answer["response"].get("clientDataJSON"))
    ):
        raise Unproven
    return answer
