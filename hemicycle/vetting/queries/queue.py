"""Everything that waits for one assessor or reviewer, in one list by due date. As many questions for one file as for many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import F, Q, QuerySet

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office

from ..models import UNANSWERED, AdversePoint, Hit, Judgement, Objection, Reading, ReadingFinding, Voice
from ..procedure import UNREAD, ExaminationState, ObjectionState, PointState, ReadingState
from .access import ANEW, charter_of, objection_until, visible_readings
from .outcomes import asked
from .screening import UNJUDGED, visible_hits
from .visible import visible_points


class Work(StrEnum):
    """What is to be done next with one piece of the queue."""

    DECLARE = "declare"  # say whether an interest ties the reader to the file
    WAIT = "wait"  # the candidate may still object, or an objection is not decided
    OPEN = "open"
    READ = "read"  # findings are missing
    GIVE = "give"  # nothing is missing
    JUDGE = "judge"  # names on lists
    ANSWER = "answer"  # a point whose reply came, or whose time to reply is over
    DRAFT = "draft"  # no opinion was put to the readers
    AGREE = "agree"
    CONCLUDE = "conclude"  # all have spoken, and nothing stands against giving the opinion


@dataclass(frozen=True)
class Piece:
    """One line of the queue. `matter`: what the next act is taken on; `reading`: the own reading of the file.

    `missing` of `of` findings have no verdict or no reasons, `missing` names wait; `opens_at`: when the time to object is over.
    """

    work: Work
    matter: Matter
    reading: Reading
    due: datetime | None = None
    missing: int = 0
    of: int = 0
    opens_at: datetime | None = None

    @property
    def can_be_done(self) -> bool:
        return self.work != Work.WAIT


def queue(actor: Actor) -> list[Piece]:
    """What waits for the actor: first what is due first; what has no date follows, file by file."""
    if not actor.holds(Office.ASSESSOR, Office.REVIEWER):
        return []
    with law.held():
        mine = list(visible_readings(actor).filter(assessor_id=actor.person))
        pieces = [*_readings(mine, actor), *_names(mine, actor), *_points(mine, actor), *_opinions(mine)]
    return sorted(pieces, key=lambda p: (p.due is None, p.due or clock.now(), p.reading.reference))


def given(actor: Actor) -> list[Reading]:
    """The actor's readings that are given, latest first."""
    rows = visible_readings(actor).filter(assessor_id=actor.person, state=ReadingState.GIVEN)
    return list(rows.order_by("-given_at", "pk"))


def left(actor: Actor) -> QuerySet[Reading]:
    """The actor's readings that went to somebody else, latest first; nothing of their files is open to the actor any more."""
    rows = Reading.objects.filter(assessor_id=actor.person, released_at__isnull=False)
    return rows.order_by("-released_at", "pk") if actor.person is not None else rows.none()


def complete(readings: Collection[Reading]) -> dict[int, set[str]]:
    """The keys on which each reading has a verdict and reasons; what they say is not opened. One question."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = ReadingFinding.objects.filter(reading__in=[reading.pk for reading in readings])
    for reading, key in rows.exclude(verdict="").exclude(reasons="").values_list("reading_id", "key"):
        found[reading].add(key)
    return found


def incomplete(reading: Reading) -> list[str]:
    """Criteria and bars of one reading that still need a verdict or reasons, in the charter's order."""
    done = complete([reading])[reading.pk]
    return [row.key for row in asked(charter_of(reading.examination)) if row.key not in done]


def _readings(mine: Iterable[Reading], actor: Actor) -> Iterator[Piece]:
    unread = [reading for reading in mine if reading.state in UNREAD]
    done = complete([reading for reading in unread if reading.state == ReadingState.OPEN])
    raised = Objection.objects.filter(reading__assessor_id=actor.person, state=ObjectionState.RAISED)
    objected = set(raised.values_list("reading_id", flat=True))
    for reading in unread:
        if reading.state == ReadingState.ASSIGNED:
            yield Piece(Work.DECLARE, reading, reading, reading.due_at)
        elif reading.state == ReadingState.DECLARED:
            until = objection_until(reading)
            over = until is None or clock.now() >= until
            work = Work.OPEN if over and reading.pk not in objected else Work.WAIT
            yield Piece(work, reading, reading, reading.due_at, opens_at=None if over else until)
        else:
            keys = {row.key for row in asked(charter_of(reading.examination))}
            left = len(keys - done[reading.pk])
            work = Work.READ if left else Work.GIVE
            yield Piece(work, reading, reading, reading.due_at, missing=left, of=len(keys))


def _names(mine: Iterable[Reading], actor: Actor) -> Iterator[Piece]:
    """Names on lists, one line a file: those that the actor has not judged in their present turn."""
    judged = Judgement.objects.filter(reading__assessor_id=actor.person, turn=F("hit__turn")).exclude(who="")
    rows = visible_hits(actor).filter(state__in=UNJUDGED).exclude(pk__in=judged.values("hit"))
    by_file: dict[int, list[Hit]] = defaultdict(list)
    for hit in rows.select_related(None).only("pk", "reference", "examination_id", "state"):
        by_file[hit.examination_id].append(hit)
    for reading in mine:
        hits = by_file.get(reading.examination_id)
        if hits:
            due = None if reading.given_at else reading.due_at
            yield Piece(Work.JUDGE, hits[0], reading, due, missing=len(hits))


def _points(mine: Iterable[Reading], actor: Actor) -> Iterator[Piece]:
    """Points that a reader may answer now: not while the person's request for more time is undecided."""
    stages = (ExaminationState.AGREEING, ExaminationState.READ_AGAIN)
    own = {r.examination_id: r for r in _given(mine) if r.examination.state in stages}
    ready = Q(state__in=[PointState.REPLIED, PointState.REPLY_OVER])
    ready |= Q(state=PointState.NOTIFIED, reply_due__lte=clock.now())
    asks = ~Q(extension_asked="") & Q(extension_decided_at__isnull=True, replied_at__isnull=True)
    rows = visible_points(actor).filter(ready, examination__in=own)
    for point in rows.exclude(asks):
        yield Piece(Work.ANSWER, point, own[point.examination_id])


def _given(mine: Iterable[Reading]) -> list[Reading]:
    """Own readings that are given, of the round in which the file is."""
    return [r for r in mine if r.given_at is not None and r.round == r.examination.round]


def _opinions(mine: Iterable[Reading]) -> Iterator[Piece]:
    """Opinions of files of which every reading is given: to be put, agreed or given."""
    stages = (ExaminationState.AGREEING, *ANEW)
    own = [r for r in _given(mine) if r.examination.state in stages]
    files = [reading.examination_id for reading in own]
    readers: dict[tuple[int, int], list[tuple[int, bool]]] = defaultdict(list)
    live = Reading.objects.filter(examination__in=files, released_at__isnull=True)
    for pk, file, round_, at in live.values_list("pk", "examination_id", "round", "given_at"):
        readers[file, round_].append((pk, at is not None))
    spoken = set(Voice.objects.filter(examination__in=files).values_list("reading_id", flat=True))
    points = AdversePoint.objects.filter(examination__in=files, state__in=UNANSWERED)
    hits = Hit.objects.filter(examination__in=files, state__in=UNJUDGED)
    held_up = {file for rows in (points, hits) for file in rows.values_list("examination_id", flat=True)}
    for reading in own:
        others = readers[reading.examination_id, reading.round]
        if not all(is_given for _pk, is_given in others):
            continue
        due = reading.due_at if reading.is_review else None
        if not reading.examination.draft:
            yield Piece(Work.DRAFT, reading.examination, reading, due)
        elif reading.pk not in spoken:
            yield Piece(Work.AGREE, reading.examination, reading, due)
        elif spoken.issuperset(pk for pk, _given in others) and reading.examination_id not in held_up:
            yield Piece(Work.CONCLUDE, reading.examination, reading, due)
