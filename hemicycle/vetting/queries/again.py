"""New readings of files whose opinion is given: which runs, on what ground one may begin, and what keeps it back (6.9)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet

from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import Office

from ..models import Cause, Examination, Hit, LetterKind, NewReading, Reading
from ..procedure import ExaminationState
from ..procedure.screening import HitState

UNJUDGED = (HitState.RAISED, HitState.HALF)


def new_reading(examination: Examination) -> NewReading | None:
    """The new reading that the present round of a file is; `None` in the first one and in a review."""
    return NewReading.objects.filter(examination=examination, round=examination.round).first()


def opinion_at(examination: Examination) -> datetime | None:
    """When the opinion as it stands was given."""
    again = new_reading(examination)
    given = (examination.concluded_at, examination.reviewed_at, again.given_at if again is not None else None)
    return max((at for at in given if at is not None), default=None)


def causes(examination: Examination) -> list[str]:
    """The causes on which the file may be read again now. What the house itself can see must be there: a name confirmed
    since the opinion, or one that waits and no reader in office."""
    found = [Cause.INCIDENT, Cause.BUREAU, Cause.NEW_FACT]
    since = opinion_at(examination)
    if since is not None and examination.hits.filter(state=HitState.SAME, decided_at__gt=since).exists():
        found.append(Cause.HIT)
    if examination.hits.filter(state__in=UNJUDGED).exists() and not _has_reader_in_office(examination):
        found.append(Cause.NO_JUDGE)
    return [cause.value for cause in found]


def _has_reader_in_office(examination: Examination) -> bool:
    holders = people.holders(Office.ASSESSOR) | people.holders(Office.REVIEWER)
    live = Reading.objects.filter(examination=examination, released_at__isnull=True)
    return live.filter(assessor__in=holders.values("pk")).exists()


def why_not_read_again(examination: Examination) -> str:
    """Why a file is not read again now; empty where it may be."""
    until = examination.review_until if examination.state == ExaminationState.CONCLUDED else None
    if until is not None and clock.now() < until:
        return N_(
            "The person may still ask for a review. Until that time is over, the file is not read again."
        )
    letters = examination.candidacy.letters.filter(kind=LetterKind.NOT_CHOSEN)
    is_over = examination.candidacy.call.session.closes_on < clock.today()
    if is_over or letters.exists():
        return N_("Nothing is to be decided on this person any more. The file is not read again.")
    return ""


def to_read_again(files: QuerySet[Examination]) -> QuerySet[Examination]:
    """Those of these files that show a cause themselves: a name confirmed since the opinion, or one that nobody can judge."""
    settled = (ExaminationState.CONCLUDED, ExaminationState.REVIEWED)
    rows = files.filter(state__in=settled, candidacy__call__session__closes_on__gte=clock.today())
    rows = rows.exclude(candidacy__letters__kind=LetterKind.NOT_CHOSEN)
    rows = rows.exclude(state=ExaminationState.CONCLUDED, review_until__gt=clock.now())
    hits = Hit.objects.filter(state=HitState.SAME, decided_at__gt=F("examination__concluded_at"))
    hits = hits.exclude(examination__reviewed_at__gte=F("decided_at"))
    hits = hits.exclude(examination__new_readings__given_at__gte=F("decided_at"))
    holders = people.holders(Office.ASSESSOR) | people.holders(Office.REVIEWER)
    read = Reading.objects.filter(released_at__isnull=True, assessor__in=holders.values("pk"))
    waits = Q(hits__state__in=UNJUDGED) & ~Q(pk__in=read.values("examination"))
    return rows.filter(Q(pk__in=hits.values("examination")) | waits).distinct()
