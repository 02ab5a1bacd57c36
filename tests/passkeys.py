"""A passkey in software: what a telephone does when its owner touches it, without a telephone."""

from __future__ import annotations

import json
import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from hemicycle.people.models import Person

FLAG = AuthenticatorData.FLAG


class Passkey:
    """One key of one person. `knows_its_person`: whether it says that it verified who touched it."""

    def __init__(self, *, knows_its_person: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.flags = FLAG.UP | (FLAG.UV if knows_its_person else FLAG(0))

    def give_to(self, person: Person) -> Passkey:
        """Set the key up for a person, as the enrolment page leaves it."""
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        host = sha256(settings.SIGN_IN_HOST.encode())
        made = AuthenticatorData.create(host, self.flags | FLAG.AT, 0, data)
        credential = {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "response": {
                "clientDataJSON": websafe_encode(self._said("webauthn.create", b"0" * 32)),
                "attestationObject": websafe_encode(AttestationObject.create("none", made, {})),
            },
            "clientExtensionResults": {"credProps": {"rk": True}},
        }
        Authenticator.objects.create(
            user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Invented", "credential": credential}
        )
        return self

    def signed(self, asked: Any) -> dict[str, str]:
        """The fields that a browser sends for what a page asks to be signed."""
        if "public_key" not in asked:  # the demonstration key is the server's
            return {"signing": asked.get("ticket", ""), "credential": asked.get("signature", "")}
        challenge = json.loads(asked["public_key"])["challenge"]
        return {"signing": asked["ticket"], "credential": self.assertion(challenge)}

    def assertion(self, challenge: str) -> str:
        """The browser's answer, as JSON, to a challenge in URL-safe base 64."""
        said = self._said("webauthn.get", challenge)
        data = AuthenticatorData.create(sha256(settings.SIGN_IN_HOST.encode()), self.flags, 1)
        signature = self.key.sign(data + sha256(said), ec.ECDSA(hashes.SHA256()))
        return json.dumps(
            {
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "type": "public-key",
                "response": {
                    "clientDataJSON": websafe_encode(said),
                    "authenticatorData": websafe_encode(data),
                    "signature": websafe_encode(signature),
                    "userHandle": None,
                },
                "clientExtensionResults": {},
            }
        )

    def _said(self, kind: str, challenge: bytes | str) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, f"https://{settings.SIGN_IN_HOST}")


_held: dict[int, Passkey] = {}


def of(person: Person) -> Passkey:
    """The passkey that a person of the tests always has at hand; set up when it is first needed."""
    key = _held.get(person.pk)
    if (
        key is None
        or not Authenticator.objects.filter(user=person, data__credential__id=websafe_encode(key.id)).exists()
    ):
        key = _held[person.pk] = Passkey().give_to(person)
    return key
