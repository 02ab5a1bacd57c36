"""Who may see points, objections, letters and assessorships; the files themselves are in access.py."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office

from ..models import AdversePoint, Assessorship, Objection, OutcomeLetter, Reading
from ..procedure import AssessorshipState, ExaminationState
from .access import _PEOPLE, BLIND, _mine, _open_to

#: Of a point: raised in the new reading that its file is in.
RUNNING = Q(examination__state=ExaminationState.READ_AGAIN, round=F("examination__round"))


def visible_points(actor: Actor) -> QuerySet[AdversePoint]:
    """The person once notified; the Secretariat; who raised it; the other readers once blindness is lifted."""
    every = AdversePoint.objects.select_related("raised_by", *(f"examination__{p}" for p in _PEOPLE))
    if actor.person is None:
        return every.none()
    seen = Q(examination__candidacy__person_id=actor.person, notified_at__isnull=False)
    opened = _mine(actor).filter(opened_at__isnull=False)
    seen |= Q(raised_by_id=actor.person, examination__in=opened.values("examination"))
    given = opened.filter(given_at__isnull=False)
    seen |= Q(examination__in=given.values("examination")) & ~Q(examination__state__in=BLIND) & ~RUNNING
    # What a running new reading raises, its own readers see when all of them have given (3.2).
    here = {"examination": OuterRef("examination"), "round": OuterRef("round")}
    missing = Reading.objects.filter(**here, released_at__isnull=True, given_at__isnull=True)
    seen |= RUNNING & Exists(given.filter(**here)) & ~Exists(missing)
    anew = opened.filter(is_review=True)
    seen |= Q(examination__in=anew.values("examination"), round__lt=F("examination__round"))
    if actor.holds(Office.SECRETARIAT):
        reads = _mine(actor).values("examination")
        seen |= ~Q(examination__candidacy__person_id=actor.person) & ~Q(examination__in=reads)
    return every.filter(_open_to(actor, "examination__"), seen)


def visible_objections(actor: Actor) -> QuerySet[Objection]:
    """The candidate who objects, the Secretariat, and the office that decides; never the assessor."""
    every = Objection.objects.select_related(
        "reading__assessor", *(f"reading__examination__{p}" for p in _PEOPLE)
    )
    if actor.person is None:
        return every.none()
    seen = Q(reading__examination__candidacy__person_id=actor.person)
    if actor.holds(Office.SECRETARIAT, Office.INTEGRITY_OFFICER):
        seen |= ~Q(reading__assessor_id=actor.person)
    return every.filter(_open_to(actor, "reading__examination__"), seen)


def visible_letters(actor: Actor) -> QuerySet[OutcomeLetter]:
    """The person to whom it is written, and the Secretariat that sends it; a clerk who reads is no clerk of that file."""
    every = OutcomeLetter.objects.select_related(*_PEOPLE)
    if actor.person is None:
        return every.none()
    seen = Q(candidacy__person_id=actor.person)
    if actor.holds(Office.SECRETARIAT):
        reads = _mine(actor).values("examination__candidacy")
        seen |= ~Q(candidacy__person_id=actor.person) & ~Q(candidacy__in=reads)
    return every.filter(_open_to(actor), seen)


def visible_assessorships(actor: Actor) -> QuerySet[Assessorship]:
    """The Secretariat's list. Candidates see capacity and organisation with their own examination only."""
    rows = Assessorship.objects.select_related("person").filter(state=AssessorshipState.CURRENT)
    return rows if actor.holds(Office.SECRETARIAT) else rows.none()
