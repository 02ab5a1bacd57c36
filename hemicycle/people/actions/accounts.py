"""Accounts: opened, changed by their own person, locked by whoever has a phrase, unlocked by a recovery."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.usersessions.models import UserSession

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Account, Challenge, Person, Recovery, address_digest
from ..procedure import ACCOUNT, RecoveryState

act = gate(ACCOUNT, queries.offices)


@act
def open_account(account: Account, by: Actor) -> Facts:
    """Begin to keep how a person gets in. `accounts.begin` does it for candidates, `accounts.of` for
    others."""
    return Facts({"person": account.person.reference, "own": account.needs_second_factor})


@act
def change_person(
    account: Account,
    by: Actor,
    *,
    name: str,
    latin_name: str,
    gender: str,
    language: str,
    reads: Sequence[str],
    mail_code: bool = True,
) -> Facts:
    """Names and languages as the person writes them (procedure 1.7). The public name is given elsewhere: it
    goes with the acceptance of a seat, where it is explained who will see it."""
    person = Person.objects.select_for_update().get(pk=account.person_id)
    person.name, person.latin_name, person.gender = name, latin_name, gender
    person.language, person.reads, person.mail_code = language, list(reads), mail_code
    person.full_clean()
    person.save()
    return Facts({"language": language, "reads": list(reads)}, {"name": name, "latin_name": latin_name})


@act
def give_public_name(account: Account, by: Actor, *, public_name: str) -> Facts:
    """The name that public pages may show once the person sits. Called where the person accepts a seat."""
    person = Person.objects.select_for_update().get(pk=account.person_id)
    person.public_name = public_name
    person.save(update_fields=["public_name"])
    return Facts(sealed={"public_name": public_name})


@act
def change_address(account: Account, by: Actor, *, email: str | None) -> Facts:
    """Keep an address that a code has proved, or none. An address opens one account only."""
    if (
        email
        and Person.objects.filter(email_digest=address_digest(email)).exclude(pk=account.person_id).exists()
    ):
        raise Unmet(
            Finding(
                N_("This address cannot be used here. Take another one."),
                {},
                "people.change_address",
            )
        )
    person = Person.objects.select_for_update().get(pk=account.person_id)
    person.email = email
    person.save(update_fields=["email"])
    return Facts({"has_address": email is not None})


@act
def change_phrase(
    account: Account,
    by: Actor,
    *,
    phrase_digest: str,
    lock_digest: str,
    recipient: str,
    wrap: dict[str, Any],
) -> Facts:
    """New phrases; the old ones open and lock nothing from now on."""
    account.phrase_digest, account.lock_digest = phrase_digest, lock_digest
    account.recipient, account.wrap = recipient, wrap
    return Facts()


@act
def lock(account: Account, by: Actor, *, words: str) -> Facts:
    """Close the account and the file to everybody, and end all sessions. `words`: "phrase" or
    "lock_phrase"."""
    account.locked_at = clock.now()
    person = Person.objects.select_for_update().get(pk=account.person_id)
    person.is_active = False
    end_sessions(person)
    person.save()
    return Facts({"words": words})


@act
def unlock(account: Account, by: Actor) -> Facts:
    """Open a locked account again. Nobody can but at the end of a recovery: two clerks, live check, waiting
    time."""
    waited = Recovery.objects.filter(
        person_id=account.person_id, state=RecoveryState.WAITING, wait_until__lte=clock.now()
    )
    if not waited.exists():
        raise Unmet(Finding(N_("A locked account opens only through a recovery."), {}, "people.unlock"))
    account.locked_at = None
    person = Person.objects.select_for_update().get(pk=account.person_id)
    person.is_active = True
    person.save(update_fields=["is_active"])
    return Facts()


def end_sessions(person: Person) -> None:
    """End every session of the person, and what it was about to sign: a new unusable password changes what each
    session is checked against at each request. The caller saves the person."""
    person.set_unusable_password()
    Challenge.objects.filter(person=person).delete()
    UserSession.objects.filter(user=person).delete()
