"""A person is forgotten: the row stays, empty, so that the record can still be read to the end (procedure 1.6)."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from hemicycle.record import erasure
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.record.forgetting import forget_salts
from hemicycle.rules.findings import N_, Finding, Unmet

from ..models import Account, Person
from ..procedure import HoldingState
from .accounts import act, end_sessions


@act
def erase_person(account: Account, by: Actor) -> Facts:
    """Erase names, address, ways in and sessions of somebody who holds nothing here. `account` may be unsaved, for a
    person who never had one. The room that asks knows what the person may still hold in other rooms.
    """
    person = Person.objects.select_for_update().get(pk=account.person_id)
    if person.holdings.exclude(state=HoldingState.REFUSED).exists():
        raise Unmet(
            Finding(N_("Who holds or held an office is not erased with a file."), {}, "people.erase_person")
        )
    _shut(person)
    blank = Person(pk=person.pk, reference=person.reference, created_at=person.created_at)
    blank.password, blank.is_active, blank.mail_code = person.password, False, False
    blank.save()
    account.phrase_digest, account.lock_digest, account.locked_at = None, None, None
    account.recipient, account.wrap = "", None
    account.person = blank
    person.recoveries.update(ground="")
    person.holdings.update(ground="")
    person.reader_keys.update(recipient=None, wraps=[])
    matters = [account.reference]
    for rows in (person.recoveries, person.enrolments, person.holdings, person.reader_keys):
        matters += rows.values_list("reference", flat=True)
    forget_salts(matters, room="people")
    erasure.destroy([person.reference, *matters])
    return Facts({"person": person.reference})


def _shut(person: Person) -> None:
    """Every way in and every session ends. The caller saves the person."""
    keys = list(UserSession.objects.filter(user=person).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    end_sessions(person)
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
