"""Passkeys: what the browser is asked, and what its answer proves. The checking is fido2's, through
allauth."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from fido2.webauthn import UserVerificationRequirement

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
    return _ceremony(auth.get_credentials(person), challenge)[0]


def verify_signature(request: HttpRequest, person: Person, challenge: bytes) -> None:
    """Whether a passkey of this person, with user verification, signed this challenge in this request. Raises
    `Unproven`. When a key signed is not kept with the key: the entry of the act says it, and of a ballot only that."""
    answer = _answer(request)
    credentials = auth.get_credentials(person)
    state = _ceremony(credentials, challenge)[1]
    try:
        auth.get_server().authenticate_complete(state, credentials, answer)
    except (ValidationError, ValueError, KeyError, TypeError) as error:
        raise Unproven from error


def _ceremony(credentials: list[Any], challenge: bytes) -> tuple[dict[str, Any], Mapping[str, Any]]:
    options, state = auth.get_server().authenticate_begin(
        credentials=credentials,
        user_verification=UserVerificationRequirement.REQUIRED,
        challenge=challenge,
    )
    return dict(options), state


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
