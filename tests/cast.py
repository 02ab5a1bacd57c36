"""The cast of every test: invented people, and a record founded under the first charter."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.test import Client
from django.test.client import FakePayload

from hemicycle.people import queries as people
from hemicycle.people.models import Holding, Person
from hemicycle.people.procedure import HoldingState
from hemicycle.record import clock, references
from hemicycle.record.actors import Actor
from hemicycle.record.models import CharterVersion
from hemicycle.rules import charter as charters
from hemicycle.rules.charter import Charter

from . import passkeys
from .laying import laid

CHARTER = Path(__file__).parent.parent / "charters" / "pace-2025" / "1.0.toml"

# key: (name, Latin name, offices, languages read)
PEOPLE: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "anna": ("Anna Lindqvist", "", ("secretariat",), ("en", "fr", "ru")),
    "bruno": ("Bruno Castellane", "", ("secretariat",), ("en", "fr")),
    "clara": ("Clara Okonjo-Weiss", "", ("assessor",), ("en", "ru")),
    "david": ("Dávid Szentmihályi", "", ("assessor",), ("en", "fr", "ru")),
    "elena": ("Eléna Vasquier", "", ("assessor",), ("en", "fr", "ru")),
    "farid": ("Farid Halimov", "", ("assessor", "reviewer"), ("en", "ru")),
    "greta": ("Greta Aurland", "", ("president", "bureau_member", "delegate"), ("en",)),
    "henri": ("Henri Delacombe", "", ("bureau_member", "delegate"), ("fr",)),
    "ilse": ("Ilse Brandtner", "", ("bureau_member", "delegate"), ("en", "fr")),
    "jonas": ("Jonas Petrauskis", "", ("secretary_general",), ("en",)),
    "katia": ("Katia Morvan", "", ("general_rapporteur", "delegate"), ("en", "fr")),
    "luca": ("Luca Ferrandi", "", ("delegate",), ("en",)),
    "marta": ("Marta Iversen", "", ("integrity_officer",), ("en",)),
    "nadia": ("Надия Ерёмкина", "Nadiya Yeryomkina", (), ("ru",)),
    "oleg": ("Олег Тымпыров", "Oleg Tympyrov", (), ("ru",)),
    "pavel": ("Павел Сорожин", "Pavel Sorozhin", (), ("ru", "en")),
    "quiet": ("Rosa Quiet", "", (), ("en",)),
}


class Cast:
    """`cast.anna` is a person, `cast.actor("anna")` the actor now, `cast.client("anna")` a signed-in browser."""

    def __init__(self, persons: dict[str, Person]) -> None:
        self.persons = persons

    def __getattr__(self, key: str) -> Person:
        try:
            return self.__dict__["persons"][key]
        except KeyError:
            raise AttributeError(key) from None

    def actor(self, key: str) -> Actor:
        return people.actor(self.persons[key])

    def client(self, key: str) -> Browser:
        """A client signed in as the person, with the second factor given in this session."""
        return sign_in(self.persons[key])


class Reader(Client):
    """A browser whose person says why when a sealed file asks for it, and then has the page that was asked for."""

    OPENING = re.compile(r"^(/fr|/ru)?/matters/[^/]+/(re)?open_file/\?next=")

    def request(self, **request: Any) -> Any:
        body = request["wsgi.input"].read() if "wsgi.input" in request else b""
        request.pop("wsgi.input", None)
        response = super().request(**request, **{"wsgi.input": FakePayload(body)})
        asked = response.headers.get("Location", "")
        if not self.OPENING.match(asked):
            return response
        answer = {"once": uuid.uuid4().hex, "reason": "assessment", "text": "", "language": "en"}
        assert self.post(asked, answer).status_code == 302, "the file did not open"
        return super().request(**request, **{"wsgi.input": FakePayload(body)})


class Browser(Reader):
    """A client whose person has a passkey, and uses it where a page asks for a signature.

    With `signs = False` it stops at that page, as a person does who reads it.
    """

    signs = True
    holder: Person | None = None

    def post(self, path: str, data: Any = None, *args: Any, **extra: Any) -> Any:
        answer = super().post(path, data, *args, **extra)
        asked = signature_asked(answer)
        if asked is None or not self.signs or self.holder is None:
            return answer
        key = passkeys.of(self.holder)
        if not asked["way"]:  # the person had no passkey before
            asked = signature_asked(super().post(path, data, *args, **extra))
        return super().post(path, {**(data or {}), **key.signed(asked)}, *args, **extra)


def signature_asked(answer: Any) -> Any:
    """What a page tells the browser to have signed, or nothing."""
    return answer.context.get("signing") if answer.context else None


def sign_in(person: Person, browser: type[Client] = Browser) -> Any:
    """A signed-in client whose session says that a passkey with user verification was used. `Client` itself as the
    browser neither signs nor answers why a sealed file is opened."""
    client: Any = browser()
    client.holder = person
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "at": clock.now().timestamp(), "passwordless": True}
    ]
    session.save()
    return client


@lru_cache(maxsize=1)
def charter() -> Charter:
    return charters.load(CHARTER)


@laid
def found() -> Cast:
    """Charter in force since 30 days, and the whole cast with their offices since then."""
    since = clock.now() - timedelta(days=30)
    law = charter()
    CharterVersion.objects.create(
        reference=law.reference, text=law.text, digest=law.digest, in_force_from=since
    )
    return everybody(since)


def everybody(since: datetime) -> Cast:
    """The whole cast with their offices; in few questions, for thousands of tests begin with it."""
    persons = {key: person(key, since) for key in PEOPLE}
    Person.objects.bulk_create(persons.values())
    Holding.objects.bulk_create(
        # The state is set by hand: these fixtures stand for a grant long ago; acts on offices have tests of their own.
        Holding(
            person=persons[key], office=office, held_from=since, state=HoldingState.HELD, version=1,
            reference=references.new("HOLD"), created_at=since,
        )
        for key in PEOPLE
        for office in PEOPLE[key][2]
    )  # fmt: skip
    return Cast(persons)


def person(key: str, since: datetime) -> Person:
    """Not saved yet."""
    name, latin, _offices, reads = PEOPLE[key]
    made = Person(
        name=name,
        latin_name=latin,
        public_name=latin or name,
        reads=list(reads),
        language=reads[0],
        created_at=since,
    )
    made.set_unusable_password()
    return made
