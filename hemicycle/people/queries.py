"""Questions about persons and offices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.rules.charter import entries as charters
from hemicycle.rules.procedure import Office

from .models import Account, Custodian, Enrolment, Holding, Person, ReaderKey, Recovery
from .procedure import HOLDERS, READERS, CustodianState, HoldingState, ReaderKeyState


def held_at(at: datetime) -> QuerySet[Holding]:
    """Holdings in force at an instant, whatever the clock's command has or has not written."""
    return Holding.objects.filter(
        Q(held_until__isnull=True) | Q(held_until__gt=at), state=HoldingState.HELD, held_from__lte=at
    )


def holdings_beside(
    person_id: int, from_at: datetime, until_at: datetime | None, *, but: int | None = None
) -> list[Holding]:
    """A person's holdings, proposed, held or resting, that share time with a span. `but`: one to leave out."""
    running = [HoldingState.PROPOSED, HoldingState.HELD, HoldingState.RESTING]
    return [
        other
        for other in Holding.objects.filter(person_id=person_id, state__in=running)
        if other.pk != but
        and (other.held_until is None or other.held_until > from_at)
        and (until_at is None or until_at > other.held_from)
    ]


def exclude_each_other(office: charters.Office, other: str) -> bool:
    """Incompatibility counts in both directions, whichever of the two offices names the other (R17)."""
    return other in office.incompatible_with or office.code in law.in_force().office(other).incompatible_with


def actor(person: Person, at: datetime | None = None) -> Actor:
    """The person as an actor: the offices held now (or at an instant)."""
    offices = held_at(at or clock.now()).filter(person=person).values_list("office", flat=True)
    return Actor(person.reference, person.pk, frozenset({*offices, Office.ANYONE}), frozenset(person.reads))


def holders(office: str, at: datetime | None = None) -> QuerySet[Person]:
    """Who holds an office now."""
    return Person.objects.filter(pk__in=held_at(at or clock.now()).filter(office=office).values("person_id"))


def person_of(actor: Actor) -> Person:
    """The row of an actor who is a person."""
    return Person.objects.get(reference=actor.reference)


def bearer(person: Person) -> Actor:
    """Whoever proves a phrase or a code: acts as the person, in no office held."""
    return Actor(person.reference, person.pk, frozenset({Office.ANYONE}), frozenset(person.reads))


def offices(actor: Actor, matter: Holding | Account | Enrolment | Recovery | ReaderKey) -> frozenset[str]:
    """Offices in this room's matters. Nobody decides as a clerk on himself or herself; and what anyone may do
    with an account, only the person whose account it is may do."""
    is_own = actor.person is not None and matter.person_id == actor.person
    return actor.offices - ({Office.SECRETARIAT} if is_own else {Office.ANYONE})


def offices_at_custodian(actor: Actor, custodian: Custodian) -> frozenset[str]:
    """The offices held; nobody has a part in a custodian's key as anyone."""
    return actor.offices - {Office.ANYONE}


def offices_of_second_holder(actor: Actor, custodian: Custodian) -> frozenset[str]:
    """Only the second holder, who has the second sheet, confirms."""
    is_second = actor.person is not None and custodian.holder_two_id == actor.person
    return offices_at_custodian(actor, custodian) if is_second else frozenset()


def visible_to(actor: Actor, model: type[Any]) -> QuerySet[Any]:
    """Holdings, enrolments, recoveries for the Secretariat and for the person; an account and its keys for the
    person; custodians for the offices whose holders they are."""
    if model is Custodian:
        held = actor.holds(*HOLDERS)
        custodians = Custodian.objects.select_related("holder_one", "holder_two")
        return custodians if held else custodians.none()
    rows: QuerySet[Any] = model.objects.select_related("person")
    if actor.holds(Office.SECRETARIAT) and model not in (Account, ReaderKey):
        return rows
    own: QuerySet[Any] = rows.filter(person_id=actor.person) if actor.person is not None else rows.none()
    return own


def account(person: Person) -> Account | None:
    return Account.objects.filter(person=person).first()


def is_locked(person: Person) -> bool:
    """Whether the person's file is closed to everybody. Other rooms filter `person__is_active=True`."""
    return not person.is_active


def has_second_factor(person: Person) -> bool:
    """Whether a passkey or an authenticator app is set up."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    found: bool = Authenticator.objects.filter(user=person, type__in=kinds).exists()
    return found


def has_way_in(person: Person) -> bool:
    """Whether the person has a way in that still counts: a passkey, an authenticator app, a phrase, or codes by
    e-mail."""
    return (
        has_second_factor(person)
        or Account.objects.filter(person=person, phrase_digest__isnull=False).exists()
        or _comes_in_by_mail(person)
    )


def _comes_in_by_mail(person: Person) -> bool:
    """Whether a code by e-mail lets the person in, alone or (who has proved the address as the own one) on the way to
    a second factor.

    Where an office asks for a second factor, an address that nobody has proved here is no way in yet: its person
    enrols with a code handed over (procedure 5.6). An address is proved by an act of its person on the own account.
    """
    if not may_use_mail_code(person):
        return False
    return not must_have_second_factor(person) or Account.objects.filter(person=person).exists()


def charter_offices(person: Person) -> list[charters.Office]:
    """What the charter says of the offices that the person holds now."""
    held = set(held_at(clock.now()).filter(person=person).values_list("office", flat=True))
    return [office for office in law.in_force().offices if office.code in held] if held else []


def must_have_second_factor(person: Person) -> bool:
    """Whether an office held asks for a second factor, or the account was opened by a candidate."""
    if Account.objects.filter(person=person, needs_second_factor=True).exists():
        return True
    return any(office.second_factor for office in charter_offices(person))


def needs_second_factor(person: Person) -> bool:
    """Whether a session of this person counts only with a second factor: it must be there, or it is."""
    return has_second_factor(person) or must_have_second_factor(person)


def may_use_mail_code(person: Person) -> bool:
    """Never for offices that read files, nor for the Bureau; never when switched off or locked."""
    if not person.email or not person.mail_code or not person.is_active:
        return False
    bureau = {str(o) for o in (Office.BUREAU_MEMBER, Office.PRESIDENT, Office.ACTING_PRESIDENT)}
    return not any(office.reads_files or str(office.code) in bureau for office in charter_offices(person))


def of_the_house() -> QuerySet[Person]:
    """Who holds, held or is to hold an office, or was given an enrolment code. Candidates are not among
    them."""
    return Person.objects.filter(Q(holdings__isnull=False) | Q(enrolments__isnull=False)).distinct()


def reading_key(person: Person) -> ReaderKey | None:
    """The key to which what the person is to read is sealed now."""
    return ReaderKey.objects.filter(
        person=person, state=ReaderKeyState.CURRENT, recipient__isnull=False
    ).first()


def opening_keys(person: Person) -> list[ReaderKey]:
    """The keys with which the person may still open something, the current one first."""
    usable = [ReaderKeyState.CURRENT, ReaderKeyState.REPLACED]
    rows = ReaderKey.objects.filter(person=person, state__in=usable, recipient__isnull=False)
    return list(rows.order_by("state", "-pk"))  # "current" comes before "replaced"


def lacks_reading_key(actor: Actor) -> bool:
    """Whether evidence is to be sealed to the actor, by an office held, while there is no key to seal it to."""
    if actor.person is None or not actor.holds(*READERS):
        return False
    current = ReaderKey.objects.filter(person_id=actor.person, state=ReaderKeyState.CURRENT)
    return not current.exists()


def custodian() -> Custodian | None:
    """The custodian to whom evidence is sealed now: the one confirmed last."""
    in_force = [CustodianState.IN_FORCE, CustodianState.RETIRING]
    return Custodian.objects.filter(state__in=in_force).order_by("-pk").first()


def custodians_held(actor: Actor) -> list[Custodian]:
    """The custodians of whose key the actor has a sheet, the one in use first. A retired one still opens what was sealed
    to it before."""
    opening = [CustodianState.IN_FORCE, CustodianState.RETIRING, CustodianState.RETIRED]
    own = Q(holder_one_id=actor.person) | Q(holder_two_id=actor.person)
    return list(Custodian.objects.filter(own, state__in=opening).order_by("-pk")) if actor.person else []


def may_hold_beside(actor: Actor) -> QuerySet[Person]:
    """Who may hold the second sheet beside the actor: holders of an office of custodians that, with one of the
    actor's, makes the pair that the charter names."""
    one, two = law.in_force().evidence.custodians.value
    beside = [other for mine, other in ((one, two), (two, one)) if actor.holds(mine)]
    held = held_at(clock.now()).filter(office__in=beside).values("person_id")
    return Person.objects.filter(pk__in=held, is_active=True).exclude(reference=actor.reference)
