"""The acts on interests, contacts and caller checks."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from hemicycle.people import queries as people
from hemicycle.people.models import Language, Person
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.record.due import take_each
from hemicycle.record.models import Entry
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import codes, queries
from ..models import CallerCheck, Contact, Interest
from ..procedure import CHECK, CONTACT, INTEREST, CheckState, ContactState, InterestState

interest_act = gate(INTEREST, queries.offices)
contact_act = gate(CONTACT, queries.offices)
check_act = gate(CHECK, queries.offices)
PUBLISHED_WITH = ("CALL", "LIST")


def _fill(matter: Any, **values: Any) -> None:
    """Values given to an act replace those of the unsaved matter; none given leaves it as it is."""
    for name, value in values.items():
        if value is not None:
            setattr(matter, name, value)


@interest_act
def declare(
    interest: Interest,
    by: Actor,
    *,
    subject: str | None = None,
    kind: str | None = None,
    text: str | None = None,
    language: str | None = None,
    effect: str | None = None,
) -> Facts:
    """Declare an interest of one's own. It counts at once, in votes, assignments and discussions (4.1)."""
    _fill(interest, subject=subject, kind=kind, text=text, language=language, effect=effect)
    interest.person = people.person_of(by)
    interest.declared_at = clock.now()
    _subject_exists(interest.subject, "integrity.declare")
    if queries.has_interest(interest.person_id, interest.subject):
        raise Unmet(Finding(N_("You have declared an interest here already."), article="integrity.declare"))
    return _facts(interest)


def _subject_exists(reference: str, article: str) -> None:
    """An interest or a contact is about a matter that the record knows, or about a person."""
    known = (
        Entry.objects.filter(matter=reference).exists() or Person.objects.filter(reference=reference).exists()
    )
    if not known:
        raise Unmet(
            Finding(N_("The record knows no matter %(reference)s."), {"reference": reference}, article)
        )


def _facts(interest: Interest) -> Facts:
    plain = {
        "person": interest.person.reference,
        "subject": interest.subject,
        "kind": interest.kind,
        "effect": interest.effect,
    }
    return Facts(plain, sealed={"text": interest.text} if interest.text else {})


@interest_act
def allege(
    interest: Interest,
    by: Actor,
    *,
    person: Person | None = None,
    subject: str | None = None,
    kind: str | None = None,
    text: str | None = None,
    language: str | None = None,
) -> Facts:
    """Say that somebody has an interest that he or she has not declared. It has no effect until it is decided."""
    _fill(interest, person=person, subject=subject, kind=kind, text=text, language=language)
    interest.alleged_by = people.person_of(by)
    interest.declared_at = clock.now()
    article = "integrity.allege"
    _subject_exists(interest.subject, article)
    problems = []
    if interest.person_id == by.person:
        problems.append(Finding(N_("Your own interest is yours to declare."), article=article))
    if not interest.text.strip():
        problems.append(Finding(N_("Say what the interest is."), article=article))
    if queries.has_interest(interest.person_id, interest.subject):
        problems.append(Finding(N_("That interest is declared already."), article=article))
    if problems:
        raise Unmet(*problems)
    return _facts(interest)


@interest_act
def dispute(interest: Interest, by: Actor, *, reasons: str, language: str = Language.ENGLISH) -> Facts:
    """Dispute a declared interest. It keeps its effect until the named office has decided."""
    if interest.person_id == by.person:
        raise Unmet(Finding(N_("Nobody disputes an interest of one's own."), article="integrity.dispute"))
    interest.disputed_by = people.person_of(by)
    interest.dispute, interest.dispute_language = reasons, language
    return Facts({"subject": interest.subject}, sealed={"reasons": reasons})


@interest_act
def decide(
    interest: Interest,
    by: Actor,
    *,
    stands: bool,
    reasons: str,
    effect: str = "",
    language: str = Language.ENGLISH,
) -> Facts:
    """The named office decides with reasons whether there is an interest, and may give it another effect."""
    interest.decision, interest.decision_language = reasons, language
    if effect:
        interest.effect = effect
    return Facts(
        {"subject": interest.subject, "effect": interest.effect, "stands": stands},
        sealed={"reasons": reasons},
        to=InterestState.DECIDED if stands else InterestState.DISMISSED,
    )


@interest_act
def end_interest(interest: Interest, by: Actor, *, reasons: str, language: str = Language.ENGLISH) -> Facts:
    """The tie is over. The integrity officer records it, so that nobody sheds an interest on the day of a vote."""
    interest.ended_at = clock.now()
    interest.ending, interest.ending_language = reasons, language
    return Facts({"subject": interest.subject}, sealed={"reasons": reasons})


@interest_act
def withdraw_allegation(interest: Interest, by: Actor) -> Facts:
    if interest.alleged_by_id != by.person:
        raise Unmet(
            Finding(N_("Only who said so may take it back."), article="integrity.withdraw_allegation")
        )
    return Facts({"subject": interest.subject})


@contact_act
def enter_contact(
    contact: Contact,
    by: Actor,
    *,
    subject: str | None = None,
    met_on: date | None = None,
    participants: str | None = None,
    participants_public: str | None = None,
    place: str | None = None,
    hospitality: str | None = None,
    initiated_by: str | None = None,
    language: str | None = None,
) -> Facts:
    """Enter a meeting, a meal, a call about a call or a list: who, when, where, at whose expense (4.2)."""
    _fill(
        contact,
        subject=subject,
        met_on=met_on,
        participants=participants,
        participants_public=participants_public,
        place=place,
        hospitality=hospitality,
        initiated_by=initiated_by,
        language=language,
    )
    contact.entered_by = people.person_of(by)
    if contact.subject.partition("-")[0] not in PUBLISHED_WITH:
        # The register is published with the sheet of a call and its lists; elsewhere an entry would never be read.
        raise Unmet(
            Finding(N_("A contact is entered on a call or on a list."), article="integrity.enter_contact")
        )
    _subject_exists(contact.subject, "integrity.enter_contact")
    return _contact_facts(contact, "integrity.enter_contact")


def _contact_facts(contact: Contact, article: str) -> Facts:
    if contact.met_on > clock.today():
        raise Unmet(Finding(N_("A contact is entered once it has taken place."), article=article))
    return Facts(
        {"subject": contact.subject, "met_on": contact.met_on, "hospitality": bool(contact.hospitality)},
        sealed={"participants": contact.participants, "place": contact.place},
    )


def _own(contact: Contact, by: Actor, article: str) -> None:
    if contact.entered_by_id != by.person:
        raise Unmet(Finding(N_("Only who entered a contact may change the entry."), article=article))


@contact_act
def complete_contact(
    contact: Contact,
    by: Actor,
    *,
    participants: str,
    participants_public: str,
    place: str,
    hospitality: str = "",
) -> Facts:
    """Add what was left out, before the register is published."""
    _own(contact, by, "integrity.complete_contact")
    _fill(
        contact,
        participants=participants,
        participants_public=participants_public,
        place=place,
        hospitality=hospitality,
    )
    return _contact_facts(contact, "integrity.complete_contact")


@contact_act
def withdraw_contact(contact: Contact, by: Actor, *, reasons: str, language: str = Language.ENGLISH) -> Facts:
    """Take back an entry made in error; the record keeps that there was one."""
    _own(contact, by, "integrity.withdraw_contact")
    contact.withdrawal, contact.withdrawal_language = reasons, language
    return Facts({"subject": contact.subject}, sealed={"reasons": reasons})


@contact_act
def publish_contact(contact: Contact, by: Actor) -> Facts:
    """Publish the entry with the decision sheet. From now on it is mended by a correction of the record (7.4)."""
    contact.published_at = clock.now()
    return Facts({"subject": contact.subject, "met_on": contact.met_on})


def publish_contacts(subject: queries.Subject, by: Actor) -> int:
    """Publish every contact entered on a subject, one act each; return how many. For the decision sheet."""
    waiting = queries.contacts_on(subject).filter(state=ContactState.ENTERED)
    for contact in waiting:
        publish_contact(contact, by)
    return len(waiting)


@check_act
def open_check(check: CallerCheck, by: Actor, *, person: Person | None = None) -> Facts:
    """Begin a check while somebody is on the line: the person sees a code when signed in, and reads it out."""
    if person is not None:
        check.person = person
    check.clerk = people.person_of(by)
    now = clock.now()
    if check.person_id == check.clerk_id:
        raise Unmet(Finding(N_("Nobody checks his or her own voice."), article="integrity.open_check"))
    if queries.open_check_for(check.person_id, now) is not None:
        raise Unmet(
            Finding(N_("A check with this person is under way already."), article="integrity.open_check")
        )
    check.nonce = secrets.token_hex(16)
    check.expires_at = now + timedelta(minutes=law.in_force().periods.caller_check_minutes.value)
    return Facts({"person": check.person.reference, "expires": check.expires_at})


@check_act
def enter_caller_code(check: CallerCheck, by: Actor, *, code: str) -> Facts:
    """The clerk enters what the caller reads out; a wrong code is counted, the last allowed ends the check."""
    return _entered(check, codes.CALLER, code, CheckState.CALLER_PROVED, CheckState.OPENED)


@check_act
def enter_clerk_code(check: CallerCheck, by: Actor, *, code: str) -> Facts:
    """The person enters what the clerk reads out: now both know whom they speak with, for the charter's minutes."""
    facts = _entered(check, codes.CLERK, code, CheckState.PROVED, CheckState.CALLER_PROVED)
    if facts.to == CheckState.PROVED:
        check.expires_at = clock.now() + timedelta(minutes=law.in_force().periods.caller_check_minutes.value)
    return facts


def _entered(check: CallerCheck, side: str, heard: str, right: str, again: str) -> Facts:
    if codes.is_right(check, side, heard):
        return Facts({"failures": check.failures}, to=right)
    check.failures += 1
    check.last_failed_at = clock.now()
    at_most = law.in_force().interests.caller_check_attempts.value
    return Facts({"failures": check.failures}, to=CheckState.FAILED if check.failures >= at_most else again)


@check_act
def close_check(check: CallerCheck, by: Actor) -> Facts:
    return Facts({"failures": check.failures})


@check_act
def lapse_check(check: CallerCheck, by: Actor) -> Facts:
    return Facts({"failures": check.failures})


def tick() -> int:
    """Write down the checks whose minutes are over; return how many."""
    running = [CheckState.OPENED, CheckState.CALLER_PROVED, CheckState.PROVED]
    return take_each(lapse_check, CallerCheck.objects.filter(state__in=running, expires_at__lte=clock.now()))
