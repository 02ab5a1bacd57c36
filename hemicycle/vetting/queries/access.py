"""Who acts in an examination, and who may see what of it. Blindness and closed files are kept here and nowhere else."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from hemicycle.candidacy.models import Candidacy
from hemicycle.integrity import queries as integrity
from hemicycle.people import queries as people
from hemicycle.record import law
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules import terms
from hemicycle.rules.charter import Charter
from hemicycle.rules.procedure import Office

from ..models import (
    GONE,
    AdversePoint,
    CoordinationQuestion,
    Examination,
    Hit,
    Objection,
    OutcomeLetter,
    Reading,
    ReadingFinding,
    ServiceEntry,
)
from ..procedure import ExaminationState

BLIND = (ExaminationState.ASSIGNING, ExaminationState.READING)
ANEW = (ExaminationState.UNDER_REVIEW, ExaminationState.READ_AGAIN)
_PEOPLE = "candidacy__person", "candidacy__call__session", "candidacy__slate"


def charter_of(examination: Examination) -> Charter:
    """The law of the call: its criteria, bars and periods."""
    return law.by_reference(examination.charter)


def examination_of(matter: Matter) -> Examination | None:
    if isinstance(matter, Examination):
        return matter
    if isinstance(matter, Reading | AdversePoint | Hit | CoordinationQuestion):
        return matter.examination
    if isinstance(matter, Objection):
        return matter.reading.examination
    if isinstance(matter, OutcomeLetter | ServiceEntry):
        return Examination.objects.filter(candidacy=matter.candidacy).first()
    return None


def candidacy_of(matter: Matter) -> Candidacy | None:
    examination = examination_of(matter)
    if examination is not None:
        return examination.candidacy
    return matter.candidacy if isinstance(matter, OutcomeLetter | ServiceEntry) else None


def is_shut(candidacy: Candidacy) -> bool:
    """Whether a file is closed to everybody but its person: withdrawn, erased, or locked by the phrase (1.4, 1.6)."""
    return candidacy.state in GONE or people.is_locked(candidacy.person)


def live_readings(examination: Examination) -> QuerySet[Reading]:
    """Readings that were not released, by ordinal, with their assessors."""
    return Reading.objects.filter(examination=examination, released_at__isnull=True).select_related(
        "assessor"
    )


def is_open_to(examination: Examination, actor: Actor) -> bool:
    """Whether the actor may read what was said of a file that is visible to them: opinion, dissents, request for review.

    A reader knows no more than the public head before the own reading is opened (3.1).
    """
    mine = live_readings(examination).filter(assessor_id=actor.person).first()
    return mine is None or mine.opened_at is not None


def objection_until(reading: Reading) -> datetime | None:
    """Until when the candidate may object to a reader before the file opens; `None` once these were accepted (3.1)."""
    accepted = reading.examination.readers_accepted_at
    if accepted is not None and accepted >= reading.assigned_at:
        return None
    days = charter_of(reading.examination).periods.objection_days.value
    return reading.assigned_at + timedelta(days=days)


def review_due(examination: Examination) -> datetime | None:
    """Until when the opinion on review is to be given, from the day on which it was asked for (3.5)."""
    if examination.review_asked_at is None:
        return None
    days = charter_of(examination).periods.review_days.value
    return terms.deadline(timezone.localtime(examination.review_asked_at), days=days)


# --- offices -------------------------------------------------------------------------------------------------------


def offices(actor: Actor, matter: Matter) -> frozenset[str]:
    """Offices held for a time, less those that the file takes away, plus those that it gives.

    Nobody acts in an office on the own candidacy. A recused person keeps no office on the file. An assessor acts only
    where a reading of the file is held, and then in no other office: a clerk who reads is no clerk of that file.
    """
    held = actor.offices
    candidacy = candidacy_of(matter)
    if actor.person is None or candidacy is None:
        return held
    if candidacy.person_id == actor.person:
        return frozenset({Office.ANYONE, Office.CANDIDATE})
    held = held - {Office.ASSESSOR, Office.REVIEWER, Office.CANDIDATE}
    if integrity.recused(actor.person, subjects_of(candidacy)):
        return held & {Office.ANYONE}
    given = _reading_office(actor, matter)
    return frozenset({Office.ANYONE, given}) if given else held


def subjects_of(candidacy: Candidacy) -> list[str]:
    """Every reference under which an interest in a file may be declared."""
    slate = [candidacy.slate.reference] if candidacy.slate is not None else []
    return [candidacy.reference, candidacy.person.reference, *slate]


def reviewing_offices(charter: Charter) -> frozenset[str]:
    """Who may review: the charter's office, and assessors who did not read before (3.5)."""
    return frozenset({charter.vetting.review_by.value, Office.ASSESSOR})


def _reading_office(actor: Actor, matter: Matter) -> str:
    """The office that a live reading of this file gives to its assessor; empty without one."""
    examination = examination_of(matter)
    if examination is None or examination.pk is None:
        return ""
    if isinstance(matter, Reading):
        reading = matter if matter.assessor_id == actor.person and matter.released_at is None else None
    else:
        reading = live_readings(examination).filter(assessor_id=actor.person).first()
    if reading is None:
        return ""
    if examination.state in ANEW and reading.round != examination.round and not isinstance(matter, Reading):
        return Office.ANYONE  # who read before has no voice in the review, or in a new reading
    reads_anew = examination.state == ExaminationState.READ_AGAIN and reading.round == examination.round
    may_review = reading.is_review and actor.holds(*reviewing_offices(charter_of(examination)))
    if reading.is_review and not (may_review and reads_anew):
        return Office.REVIEWER if may_review else ""
    of_file = AdversePoint | ServiceEntry | Hit | CoordinationQuestion
    if isinstance(matter, of_file) and reading.opened_at is None:
        return Office.ANYONE
    if isinstance(matter, ServiceEntry) and matter.reading_id not in (None, reading.pk):
        return Office.ANYONE  # what another reader found is that reader's
    return Office.ASSESSOR if may_review or actor.holds(Office.ASSESSOR) else ""


# --- who may see -----------------------------------------------------------------------------------------------------


def _open_to(actor: Actor, path: str = "") -> Q:
    """Files that are not closed and from which no interest keeps the actor.

    The person's phrase closes the file to everybody else, at every door (1.4).
    """
    shut = Q(**{f"{path}candidacy__state__in": GONE})
    mine = Q(**{f"{path}candidacy__person_id": actor.person})
    shut |= Q(**{f"{path}candidacy__person__is_active": False}) & ~mine
    if actor.person is not None and law.in_force().interests.removes_assignment.value:
        subjects = integrity.visible_interests(actor).filter(
            person_id=actor.person, state__in=integrity.IN_EFFECT
        ).values("subject")  # fmt: skip
        tied = (
            Q(**{f"{path}candidacy__reference__in": subjects})
            | Q(**{f"{path}candidacy__person__reference__in": subjects})
            | Q(**{f"{path}candidacy__slate__reference__in": subjects})
        )
        shut |= tied & ~mine
    return ~shut


def _mine(actor: Actor) -> QuerySet[Reading]:
    """The actor's own live readings, once no interest was declared: what opens an examination to an assessor."""
    if not actor.holds(*reviewing_offices(law.in_force())):
        return Reading.objects.none()
    return Reading.objects.filter(assessor_id=actor.person, released_at__isnull=True)


def visible_to(actor: Actor) -> QuerySet[Examination]:
    """The candidate, the Secretariat, and the readers once they declared; nobody when the file is closed."""
    every = Examination.objects.select_related(*_PEOPLE)
    if actor.person is None:
        return every.none()
    seen = Q(candidacy__person_id=actor.person)
    seen |= Q(pk__in=_mine(actor).filter(declared_at__isnull=False).values("examination"))
    if actor.holds(Office.SECRETARIAT):
        seen |= ~Q(candidacy__person_id=actor.person)
    return every.filter(_open_to(actor), seen)


def not_ones_own(actor: Actor) -> QuerySet[Examination]:
    """Files of others that a clerk sees as a clerk: neither the own candidacy nor one that the clerk reads."""
    own = Q(candidacy__person_id=actor.person) | Q(pk__in=_mine(actor).values("examination"))
    return visible_to(actor).exclude(own)


def visible_readings(actor: Actor) -> QuerySet[Reading]:
    """One's own; the other readers' once blindness is lifted; for the Secretariat that they exist, not what they say."""
    every = Reading.objects.select_related("assessor", *(f"examination__{p}" for p in _PEOPLE))
    if actor.person is None:
        return every.none()
    mine = _mine(actor)
    seen = Q(pk__in=mine.values("pk"))
    seen |= Q(examination__in=mine.filter(given_at__isnull=False).values("examination")) & LIFTED
    if actor.holds(Office.SECRETARIAT):
        seen |= ~Q(examination__readings__in=mine) & ~Q(examination__candidacy__person_id=actor.person)
    return every.filter(_open_to(actor, "examination__"), seen).distinct()


#: Readings that others than their reader may see: the first ones when all are given, those of a review or of a new reading
#: when its opinion is given.
LIFTED = (Q(is_review=False) & ~Q(examination__state__in=BLIND)) | (
    Q(is_review=True)
    & (
        Q(examination__state__in=[ExaminationState.CONCLUDED, ExaminationState.REVIEWED])
        | Q(examination__state__in=ANEW, round__lt=F("examination__round"))
    )
)


def told_round(examination: Examination) -> int:
    """The round of the opinion as it stands: while a review or a new reading runs, the one before it."""
    return examination.round - (examination.state in ANEW)


def readable_readings(examination: Examination, actor: Actor) -> QuerySet[Reading]:
    """Readings of one file whose content the actor may read now: the blindness of procedure 3.2.

    Each reader reads the own one. All first readings open together, to the readers and the Secretariat, when the last
    is given; the third reader, too, sees neither before. Reviewers read them once they opened the file. Candidates
    read theirs in the letter.
    """
    rows = live_readings(examination).prefetch_related("findings")
    if actor.person is None or is_shut(examination.candidacy):
        return rows.none()
    if integrity.recused(actor.person, subjects_of(examination.candidacy)):
        return rows.none()
    own = _mine(actor).filter(examination=examination).first()
    open_now = Q(assessor_id=actor.person) if own is not None else Q(pk__in=[])
    if (own is not None and (own.given_at is not None or (own.is_review and own.opened_at is not None))) or (
        own is None and actor.holds(Office.SECRETARIAT) and examination.candidacy.person_id != actor.person
    ):
        open_now |= LIFTED & Q(given_at__isnull=False)
    return rows.filter(open_now)


def findings_of(examination: Examination, actor: Actor) -> list[ReadingFinding]:
    """Every finding that the actor may read now, in the order of the readings."""
    return [
        finding for reading in readable_readings(examination, actor) for finding in reading.findings.all()
    ]
