"""Accounts as services: begun by a candidate without e-mail, found by a phrase, locked from any device."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction

from hemicycle.record import clock
from hemicycle.rules.procedure import OutOfOrder

from . import actions, keeping, phrases, queries, unlocking, wraps
from .models import Account, Person
from .procedure import AccountState


@dataclass(frozen=True)
class Begun:
    """A new account with its phrases, which exist nowhere else: show them once."""

    person: Person
    account: Account
    phrase: str
    lock_phrase: str


def begin(language: str) -> Begun:
    """Open an account for a candidate, without name, address or telephone. One transaction, one entry.

    `language` is one of the platform's ("en", "fr", "ru"). The caller shows the phrases once and leads on
    to the second factor (page `second-factor`).
    """
    phrase, lock_phrase = phrases.opening(), phrases.locking()
    recipient, wrap = unlocking.draw(phrase)
    with transaction.atomic():
        person = Person.objects.create_person(
            name="", language=language, reads=[language], created_at=clock.now()
        )
        account = Account(
            person=person,
            phrase_digest=phrase_digest(phrase),
            lock_digest=lock_digest(lock_phrase),
            recipient=recipient,
            wrap=wrap,
            needs_second_factor=True,
        )
        actions.open_account(account, queries.bearer(person))
    return Begun(person, account, phrase, lock_phrase)


def of(person: Person) -> Account:
    """The person's account, opened now if there is none yet (office-holders)."""
    found = queries.account(person)
    if found is None:
        found = Account(person=person)
        actions.open_account(found, queries.bearer(person))
    return found


def new_phrases(person: Person, identity: str | None = None) -> tuple[str, str]:
    """Receipt phrase and lock phrase in place of the old ones.

    `identity`: what the old phrase opened, where the session has it (`unlocking.identity`); then the new phrase opens the
    same evidence. Without it a new identity is drawn, and evidence sealed before stays sealed to the old one.
    """
    phrase, lock_phrase = phrases.opening(), phrases.locking()
    if identity is None:
        recipient, wrap = unlocking.draw(phrase)
    else:
        recipient, wrap = wraps.recipient_of(identity), unlocking.wrap(identity, phrase)
    with transaction.atomic():
        actions.change_phrase(
            of(person),
            queries.bearer(person),
            phrase_digest=phrase_digest(phrase),
            lock_digest=lock_digest(lock_phrase),
            recipient=recipient,
            wrap=wrap,
        )
    return phrase, lock_phrase


def give_public_name(person: Person, public_name: str) -> None:
    """For the room in which a person accepts a seat: the name that public pages may show."""
    with transaction.atomic():
        actions.give_public_name(of(person), queries.bearer(person), public_name=public_name)


def by_phrase(typed: str) -> Account | None:
    """The open account that a receipt phrase opens. One indexed look-up, whether or not it is known."""
    return (
        Account.objects.select_related("person")
        .filter(phrase_digest=phrase_digest(typed), state=AccountState.OPEN)
        .first()
    )


def lock_by(typed: str) -> bool:
    """Lock the file whose receipt phrase or lock phrase this is; False if it is neither, or locked
    already."""
    for words, field, digest in (
        ("phrase", "phrase_digest", phrase_digest(typed)),
        ("lock_phrase", "lock_digest", lock_digest(typed)),
    ):
        account = Account.objects.filter(**{field: digest}).select_related("person").first()
        if account is not None:
            # Locked already, or by the other phrase at this instant: it is locked, and that is the answer.
            with suppress(OutOfOrder):
                actions.lock(account, queries.bearer(account.person), words=words)
            return True
    return False


def phrase_digest(phrase: str) -> str:
    return keeping.digest("phrase", phrases.plain(phrase))


def lock_digest(phrase: str) -> str:
    return keeping.digest("lock", phrases.plain(phrase))
