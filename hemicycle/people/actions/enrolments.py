"""Enrolment by a one-time code that is handed over in person (procedure 5.6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from hemicycle.record import clock, law
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import keeping, phrases, queries
from ..models import Enrolment, Person
from ..procedure import ENROLMENT, EnrolmentState

act = gate(ENROLMENT, queries.offices)


@act
def issue_enrolment(
    enrolment: Enrolment,
    by: Actor,
    *,
    code: str,
    name: str = "",
    latin_name: str = "",
    language: str = "en",
    reads: Sequence[str] = (),
) -> Facts:
    """Make a code for a person, who is created here unless the enrolment names one already.

    `code` comes from `phrases.code()`; only its keyed digest is kept. Whoever has a way in needs a
    recovery: no clerk alone can take over an account.
    """
    now = clock.now()
    if enrolment.person_id is None:
        if not name.strip():
            raise Unmet(Finding(N_("Say whose enrolment it is."), {}, "people.issue_enrolment"))
        enrolment.person = Person.objects.create_person(
            name=name.strip(),
            latin_name=latin_name.strip(),
            language=language,
            reads=list(reads) or [language],
            created_at=now,
        )
    person = Person.objects.select_for_update().get(pk=enrolment.person_id)
    if person.pk == by.person:
        raise Unmet(Finding(N_("Nobody hands a code to himself or herself."), {}, "people.issue_enrolment"))
    if queries.has_way_in(person):
        raise Unmet(
            Finding(
                N_("This person can sign in already; a lost way in takes a recovery by two clerks."),
                {},
                "people.ask_recovery",
            )
        )
    _close_earlier(person)
    enrolment.code_digest = digest(code)
    enrolment.expires_at = now + timedelta(hours=law.in_force().periods.enrolment_code_hours.value)
    enrolment.handover = code
    return Facts({"person": person.reference, "expires": enrolment.expires_at})


@act
def enrol(enrolment: Enrolment, by: Actor, *, way: str) -> Facts:
    """Use the code: the person has just set up `way` ("passkey" or "phrase") in the same transaction."""
    enrolment.used_at = clock.now()
    return Facts({"way": way})


@act
def expire_enrolment(enrolment: Enrolment, by: Actor) -> Facts:
    if clock.now() < enrolment.expires_at:
        raise Unmet(Finding(N_("The code has not expired."), {}, "people.expire_enrolment"))
    return Facts({"expired": enrolment.expires_at})


@act
def revoke_enrolment(enrolment: Enrolment, by: Actor) -> Facts:
    return Facts()


def digest(code: str) -> str:
    """The keyed digest under which an enrolment is found by its code."""
    return keeping.digest("enrolment", phrases.plain_code(code))


def _close_earlier(person: Person) -> None:
    earlier = Enrolment.objects.filter(person=person, state=EnrolmentState.ISSUED).first()
    if earlier is None:
        return
    if clock.now() < earlier.expires_at:
        raise Unmet(Finding(N_("A code is out already; revoke it first."), {}, "people.issue_enrolment"))
    expire_enrolment(earlier, CLOCK)
