"""Which files of a call are compared with each other, and who may see what this asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version as version_of

from django.db.models import Count, Q, QuerySet

from hemicycle.candidacy.models import Call
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office

from ..models import (
    GONE,
    ComparedFile,
    Comparison,
    CoordinationNote,
    CoordinationQuestion,
    Examination,
    Reading,
)
from ..procedure.coordination import QuestionState
from .access import BLIND, _mine, _open_to, visible_readings
from .others import open_files_of, others_of_call
from .screening import under_way


def comparable(call: Call) -> QuerySet[Examination]:
    """The open files of a call: not withdrawn, not locked by their person's phrase, the outcome not told yet."""
    rows = _open_files().filter(candidacy__call=call)
    return rows.select_related("candidacy__call__session", "candidacy__person").order_by("pk")


def _open_files() -> QuerySet[Examination]:
    return under_way().exclude(candidacy__state__in=GONE).filter(candidacy__person__is_active=True)


def calls_to_compare() -> list[Call]:
    """Calls that have ended with two open files or more, one of which no comparison holds."""
    held = ComparedFile.objects.filter(is_left_out=False).values("examination")
    new = _open_files().exclude(pk__in=held)
    ended = Call.objects.filter(closes_at__lte=clock.now(), pk__in=new.values("candidacy__call"))
    return [call for call in ended.order_by("pk") if comparable(call).count() > 1]


def made_by() -> str:
    return f"hemicycle {version_of('hemicycle')}"


def visible_comparisons(actor: Actor) -> QuerySet[Comparison]:
    """The Secretariat sees that files are compared, and how far it is; of what is asked it sees nothing."""
    done = Count("files", filter=Q(files__done_at__isnull=False))
    rows = Comparison.objects.select_related("call__session").annotate(total=Count("files"), done=done)
    return rows if actor.holds(Office.SECRETARIAT) else rows.none()


def visible_questions(actor: Actor) -> QuerySet[CoordinationQuestion]:
    """Whoever reads the file, once it is open, while another of the files concerned is open too and no interest keeps the
    actor from it. Nobody else: not the person, who hears of it as an adverse point; no other office.
    """
    every = CoordinationQuestion.objects.select_related(
        "examination__candidacy__person", "examination__candidacy__call__session",
        "examination__candidacy__slate",
    )  # fmt: skip
    if actor.person is None:
        return every.none()
    opened = _mine(actor).filter(opened_at__isnull=False)
    rows = every.filter(_open_to(actor, "examination__"), examination__in=opened.values("examination"))
    rows = rows.exclude(state=QuestionState.LAPSED)
    return every.filter(pk__in=[row.pk for row in _with_open_others(rows, actor)])


def _with_open_others(rows: Iterable[CoordinationQuestion], actor: Actor) -> Iterable[CoordinationQuestion]:
    others: dict[
        int, set[str]
    ] = {}  # asked once a call; a question never names its own file among the others
    for row in rows:
        call = row.examination.candidacy.call_id
        if call not in others:
            others[call] = set(open_files_of(call, actor).values_list("reference", flat=True))
        if not others[call].isdisjoint(row.evidence["others"]):
            yield row


@dataclass(frozen=True)
class Others:
    """What a reader of one file may know of the others of its call: which are open, which of them are the reader's own (no
    interest declared, 3.1), and which questions the reader has answered."""

    open: frozenset[str]
    mine: Mapping[str, Reading]
    answered: frozenset[int]

    def count(self, question: CoordinationQuestion) -> int:
        return len(self.open.intersection(question.evidence["others"]))

    def readings(self, question: CoordinationQuestion) -> list[Reading]:
        """The only names that the other files of a question have."""
        return [self.mine[name] for name in question.evidence["others"] if name in self.mine]


def others_of(examination: Examination, actor: Actor) -> Others:
    """Three queries, however many questions there are."""
    others = others_of_call(examination, actor)
    mine = visible_readings(actor).filter(
        assessor_id=actor.person, released_at__isnull=True, declared_at__isnull=False, examination__in=others
    )
    answered = CoordinationNote.objects.filter(
        question__examination=examination, reading__assessor_id=actor.person
    )
    return Others(
        frozenset(others.values_list("reference", flat=True)),
        {reading.examination.reference: reading for reading in mine.order_by("pk")},
        frozenset(answered.values_list("question", flat=True)),
    )


def has_answered(question: CoordinationQuestion, actor: Actor) -> bool:
    return question.notes.filter(reading__assessor_id=actor.person).exists()


def notes_for(question: CoordinationQuestion, actor: Actor) -> list[CoordinationNote]:
    """What readers answered, oldest first: the own answer, and the others' after it, or once the readings are gathered."""
    rows = list(question.notes.select_related("reading").order_by("pk"))
    if question.examination.state in BLIND and not has_answered(question, actor):
        return []
    return rows
