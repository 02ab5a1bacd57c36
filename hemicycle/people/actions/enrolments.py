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
def ask_enrolment(
    enrolment: Enrolment,
    by: Actor,
    *,
    half: str,
    name: str = "",
    latin_name: str = "",
    language: str = "en",
    reads: Sequence[str] = (),
) -> Facts:
    """Make the first half of a code for a person, who is created here unless the enrolment names one already.

    `half` comes from `phrases.half()`; only its keyed digest is kept. It opens nothing, and lapses like a code when no
    second clerk makes the other. Whoever has a way in needs a recovery: no clerk takes over an account.
    """
    if enrolment.person_id is None:
        if not name.strip():
            raise Unmet(Finding(N_("Say whose enrolment it is."), {}, "people.ask_enrolment"))
        enrolment.person = Person.objects.create_person(
            name=name.strip(),
            latin_name=latin_name.strip(),
            language=language,
            reads=list(reads) or [language],
            created_at=clock.now(),
        )
    person = _checked(enrolment, by, "people.ask_enrolment")
    _close_earlier(person)
    enrolment.code_digest = _half_digest(half)
    return _hand_over(enrolment, half)


@act
def issue_enrolment(enrolment: Enrolment, by: Actor, *, half: str) -> Facts:
    """The second clerk makes the other half, and hands it over too: from now on both together open. Neither clerk
    knows both, so neither comes in as the newcomer. The code's time begins here."""
    _checked(enrolment, by, "people.issue_enrolment")
    enrolment.code_digest = _joined(enrolment.code_digest, half)
    return _hand_over(enrolment, half)


@act
def found_enrolment(enrolment: Enrolment, by: Actor, *, code: str) -> Facts:
    """The first two clerks get whole codes from the founder: nobody is there yet to make the other half."""
    enrolment.code_digest = digests(code)[0]
    return _hand_over(enrolment, code)


@act
def enrol(enrolment: Enrolment, by: Actor, *, way: str) -> Facts:
    """Use both halves: the person has just set up `way` ("passkey" or "phrase") in the same transaction."""
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


def digests(code: str) -> tuple[str, str]:
    """The keyed digests under which an enrolment is found by its code: the halves as typed, and the other way round."""
    typed = phrases.plain_code(code)
    one, two = typed[: phrases.HALF_LENGTH], typed[phrases.HALF_LENGTH :]
    return _joined(_half_digest(one), two), _joined(_half_digest(two), one)


def _half_digest(half: str) -> str:
    return keeping.digest("enrolment half", phrases.plain_code(half))


def _joined(first: str, half: str) -> str:
    """The digest of a whole code. The one of the first half goes into it and is kept no longer, so that nothing that
    is kept tells whether a single half is right."""
    return keeping.digest("enrolment", f"{first} {phrases.plain_code(half)}")


def _hand_over(enrolment: Enrolment, words: str) -> Facts:
    enrolment.expires_at = clock.now() + timedelta(hours=law.in_force().periods.enrolment_code_hours.value)
    enrolment.handover = words
    return Facts({"person": enrolment.person.reference, "expires": enrolment.expires_at})


def _checked(enrolment: Enrolment, by: Actor, article: str) -> Person:
    """The person, locked: somebody else, who has no way in."""
    person = Person.objects.select_for_update().get(pk=enrolment.person_id)
    if person.pk == by.person:
        raise Unmet(Finding(N_("Nobody hands a code to himself or herself."), {}, article))
    if queries.has_way_in(person):
        raise Unmet(
            Finding(
                N_("This person can sign in already; a lost way in takes a recovery by two clerks."),
                {},
                "people.ask_recovery",
            )
        )
    return person


def _close_earlier(person: Person) -> None:
    out = [EnrolmentState.ASKED, EnrolmentState.ISSUED]
    earlier = Enrolment.objects.filter(person=person, state__in=out).first()
    if earlier is None:
        return
    if clock.now() < earlier.expires_at:
        raise Unmet(
            Finding(
                N_("A code, or half of one, is out already; revoke it first."), {}, "people.ask_enrolment"
            )
        )
    expire_enrolment(earlier, CLOCK)
