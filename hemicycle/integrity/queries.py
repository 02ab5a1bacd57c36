"""Questions about ties, contacts and voices."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from hemicycle.assembly import queries as assembly
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import clock, law
from hemicycle.record import queries as record
from hemicycle.record.actors import Actor
from hemicycle.rules.charter import Charter
from hemicycle.rules.procedure import Office

from .models import Alarm, CallerCheck, Contact, Effect, FileOpening, Interest
from .procedure import HOUSE, AlarmState, CheckState, ContactState, InterestState

#: An interest counts from its declaration, also while disputed; an allegation counts only once decided.
IN_EFFECT = (InterestState.DECLARED, InterestState.DISPUTED, InterestState.DECIDED)

Subject = str | Collection[str]


def _subjects(subject: Subject) -> list[str]:
    return [subject] if isinstance(subject, str) else list(subject)


def interests_on(subject: Subject) -> QuerySet[Interest]:
    """Interests in effect on a matter or person, or on any of several (a list and all who stand on it)."""
    return Interest.objects.filter(subject__in=_subjects(subject), state__in=IN_EFFECT).select_related(
        "person"
    )


def has_interest(person_id: int | None, subject: Subject) -> bool:
    return person_id is not None and interests_on(subject).filter(person_id=person_id).exists()


def effects(person_ids: Iterable[int], subject: Subject, body_code: str, charter: Charter) -> dict[int, str]:
    """The effect per person who has an interest, for a whole roll in one query; the strongest of several
    counts.

    The floor of the base (`charter.interests.base_floor`) is the outcome's to keep: it knows the whole roll.
    """
    usual = charter.interests.effect.of(assembly.body_kind(body_code)).value
    order = list(Effect.values)
    found: dict[int, str] = {}
    rows = interests_on(subject).filter(person_id__in=list(person_ids)).values_list("person_id", "effect")
    for person_id, override in rows:
        effect = override or usual
        if person_id not in found or order.index(effect) > order.index(found[person_id]):
            found[person_id] = effect
    return found


def effect(person_id: int | None, subject: Subject, body_code: str, charter: Charter) -> str:
    """`none`, `disclosed`, `out_of_vote` or `out_of_vote_and_base`, as the charter has it for that body
    (4.1).
    """
    if person_id is None:
        return "none"
    return effects([person_id], subject, body_code, charter).get(person_id, "none")


def recused(person_id: int | None, subject: Subject) -> bool:
    """Whether an interest takes the person out of assignment and discussion of a file (4.1)."""
    return has_interest(person_id, subject) and law.in_force().interests.removes_assignment.value


def recused_from(person_id: int | None) -> list[str]:
    """Every subject whose assignment and discussion an interest takes the person out of (4.1); one query."""
    if person_id is None or not law.in_force().interests.removes_assignment.value:
        return []
    found = Interest.objects.filter(person_id=person_id, state__in=IN_EFFECT)
    return list(found.values_list("subject", flat=True).distinct())


def contacts_on(subject: Subject) -> QuerySet[Contact]:
    """Contacts entered on a call or list, published or not; for the house."""
    return (
        Contact.objects.filter(subject__in=_subjects(subject), erased_at=None)
        .exclude(state=ContactState.WITHDRAWN)
        .select_related("entered_by")
    )


def published_contacts(subject: Subject) -> list[dict[str, Any]]:
    """The public register on a subject, as it reads after corrections: rows of plain values, by day."""
    rows = []
    for contact in Contact.objects.filter(
        subject__in=_subjects(subject), state=ContactState.PUBLISHED, erased_at=None
    ):
        facts = {
            "participants": contact.participants_public,
            "place": contact.place,
            "hospitality": contact.hospitality,
        }
        rows.append(
            {
                "reference": contact.reference,
                "met_on": contact.met_on,
                "initiated_by": contact.initiated_by,
                "language": contact.language,
                **record.corrected(contact.reference, facts),
            }
        )
    return rows


def may_assess(person_id: int | None, at: datetime | None = None) -> bool:
    """Who handles contributions may not assess (4.3): asked on the holdings in force, whoever granted
    them.
    """
    if person_id is None:
        return False
    return not people.held_at(at or clock.now()).filter(person_id=person_id, office=Office.TREASURER).exists()


def proved_until(person_id: int, clerk_id: int | None, at: datetime | None = None) -> datetime | None:
    """Until when a check between these two, proved on both sides, lets them speak of a file or list (4.2)."""
    rows = CallerCheck.objects.filter(person_id=person_id, clerk_id=clerk_id, state=CheckState.PROVED)
    latest = rows.filter(expires_at__gt=at or clock.now()).order_by("-expires_at")
    return latest.values_list("expires_at", flat=True).first()


def open_check_for(person_id: int | None, at: datetime | None = None) -> CallerCheck | None:
    """The check that a signed-in person must see now, if there is one."""
    if person_id is None:
        return None
    return CallerCheck.objects.filter(
        person_id=person_id,
        state__in=[CheckState.OPENED, CheckState.CALLER_PROVED],
        expires_at__gt=at or clock.now(),
    ).first()


def offices(actor: Actor, matter: Any) -> frozenset[str]:
    """Offices held, less those that the matter takes away, plus the one that it gives to whoever is
    called.
    """
    held = assembly.offices(actor, matter)
    if isinstance(matter, Interest):
        return _offices_on_interest(held, actor, matter)
    if isinstance(matter, CallerCheck) and matter.pk is not None:
        if actor.person == matter.person_id:
            return frozenset({Office.CANDIDATE})
        return held - {Office.CANDIDATE} if actor.person == matter.clerk_id else held & {Office.CLOCK}
    return held


def _offices_on_interest(held: frozenset[str], actor: Actor, interest: Interest) -> frozenset[str]:
    """The charter names who decides a disputed interest; nobody decides in a case of one's own."""
    named = law.in_force().interests.disputed_decided_by.value
    held = held | {Office.INTEGRITY_OFFICER} if named in held else held - {Office.INTEGRITY_OFFICER}
    own = {interest.person_id, interest.alleged_by_id, interest.disputed_by_id}
    if interest.pk is not None and actor.person in own:
        held -= {Office.INTEGRITY_OFFICER}
    return frozenset(held)


def visible_interests(actor: Actor) -> QuerySet[Interest]:
    """One's own, those one raised, and all of them for the Secretariat, the President and the integrity
    officer.
    """
    every = Interest.objects.select_related("person")
    named = law.in_force().interests.disputed_decided_by.value
    if actor.holds(Office.SECRETARIAT, Office.PRESIDENT, Office.INTEGRITY_OFFICER, named):
        return every
    if actor.person is None:
        return every.none()
    return every.filter(Q(person=actor.person) | Q(alleged_by=actor.person) | Q(disputed_by=actor.person))


def visible_contacts(actor: Actor) -> QuerySet[Contact]:
    """Office-holders see every entry; others what is published."""
    every = Contact.objects.filter(erased_at=None).select_related("entered_by")
    return every if actor.holds(*HOUSE) else every.filter(state=ContactState.PUBLISHED)


def visible_checks(actor: Actor) -> QuerySet[CallerCheck]:
    """The two who speak with one another, and nobody else."""
    if actor.person is None:
        return CallerCheck.objects.none()
    return CallerCheck.objects.filter(Q(person=actor.person) | Q(clerk=actor.person)).select_related(
        "person", "clerk"
    )


def to_decide(actor: Actor) -> list[Interest]:
    """Disputed and alleged interests that wait for the actor's decision."""
    named = law.in_force().interests.disputed_decided_by.value
    if actor.person is None or not actor.holds(named):
        return []
    waiting = Interest.objects.filter(state__in=[InterestState.DISPUTED, InterestState.ALLEGED])
    return [i for i in waiting if actor.person not in (i.person_id, i.alleged_by_id, i.disputed_by_id)]


# --- openings of sealed files (11.2) --------------------------------------------------------------------------------


def opened_since(person: Person, since: datetime) -> list[datetime]:
    """When the person opened files after an instant, the first opening first. One query."""
    rows = FileOpening.objects.filter(person=person, created_at__gt=since).order_by("created_at")
    return list(rows.values_list("created_at", flat=True))


def openings_of(file: str, at: datetime | None = None) -> list[FileOpening]:
    """What the person concerned is shown of a file's openings, the last first: those put off only once their day has
    come, and then as put off. One query."""
    shown = Q(shown_from__isnull=True) | Q(shown_from__lte=at or clock.now())
    return list(FileOpening.objects.filter(shown, file=file))


def offices_on_opening(actor: Actor, opening: FileOpening) -> frozenset[str]:
    """Whoever opens a file does so in the office in which its room let it open. Nobody puts off an opening of one's
    own, or of a file from which an interest keeps."""
    if opening.pk is None:
        return frozenset({opening.office})
    held = actor.offices
    if opening.person_id == actor.person or recused(actor.person, opening.file):
        return held & {Office.ANYONE}
    return held


def visible_openings(actor: Actor) -> QuerySet[FileOpening]:
    """The trace of all reading, for the integrity officer; never what the files hold."""
    every = FileOpening.objects.select_related("person")
    if not actor.holds(Office.INTEGRITY_OFFICER):
        return every.none()
    return every.exclude(file__in=recused_from(actor.person))


def visible_alarms(actor: Actor) -> QuerySet[Alarm]:
    """For the integrity officer; nobody sees the alarm about himself or herself."""
    every = Alarm.objects.select_related("person")
    return every.exclude(person=actor.person) if actor.holds(Office.INTEGRITY_OFFICER) else every.none()


def alarms_to_answer(actor: Actor) -> list[Alarm]:
    return list(visible_alarms(actor).filter(state=AlarmState.RAISED))


def put_off(file: str) -> set[str]:
    """References of a file's openings that are not to be shown yet."""
    rows = FileOpening.objects.filter(file=file, shown_from__gt=clock.now())
    return set(rows.values_list("reference", flat=True))
