"""The files of a call compared with each other by the worker, and the questions that readers answer (procedure 3)."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet
from django_tasks import task

from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts
from hemicycle.record.due import take_each
from hemicycle.record.sealing import keystore
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import Refused

from .. import queries
from ..models import (
    ComparedFile,
    Comparison,
    CoordinationNote,
    CoordinationQuestion,
    Examination,
    Outcome,
    Reading,
)
from ..procedure import ExaminationState
from ..procedure.coordination import QuestionState
from ..procedure.screening import RunState
from ..queries.resembling import Asked, asked_of
from ._bound import on_comparison, on_question, said, unmet
from ._work import hand_over

TEXTS_A_BEAT = 25


class _Stopped(Exception):
    """The comparison was stopped while it was under way."""


# --- the comparison ---------------------------------------------------------------------------------------------------


@on_comparison
def begin_comparison(comparison: Comparison, by: Actor) -> Facts:
    """Write down which files of the call are compared; the worker does it. Raises `Unmet`."""
    if comparison.call.closes_at > clock.now():
        raise unmet(
            N_("The call has not ended. Files are compared when nobody can change one any more."),
            "begin_comparison",
        )
    rows = list(queries.comparable(comparison.call))
    if len(rows) < 2:
        raise unmet(N_("There are no two open files to compare."), "begin_comparison")
    comparison.software = queries.made_by()
    comparison.save()
    ComparedFile.objects.bulk_create(ComparedFile(comparison=comparison, examination=row) for row in rows)
    hand_over(comparison, compare_files)
    return Facts({"call": comparison.call.reference, "files": len(rows)})


@on_comparison
def take_up_comparison(comparison: Comparison, by: Actor) -> Facts:
    """The worker begins, or goes on."""
    comparison.beat_at = clock.now()
    return Facts()


@on_comparison
def stop_comparison(comparison: Comparison, by: Actor) -> Facts:
    """Questions that are written stay; the rest waits until it is taken up again."""
    return Facts({"done": comparison.files.filter(done_at__isnull=False).count()})


@on_comparison
def resume_comparison(comparison: Comparison, by: Actor) -> Facts:
    """Go on with the files whose questions are not written yet."""
    hand_over(comparison, compare_files)
    return Facts({"left": comparison.files.filter(done_at__isnull=True).count()})


@on_comparison
def finish_comparison(comparison: Comparison, by: Actor) -> Facts:
    """The questions of every file are written. How many there are is sealed with the files."""
    if comparison.files.filter(done_at__isnull=True).exists():
        raise unmet(N_("Not every file is compared yet."), "finish_comparison")
    comparison.ended_at = clock.now()
    return Facts({"files": comparison.files.count()})


@task()  # type: ignore[untyped-decorator]
def compare_files(comparison: int) -> None:
    """Compare the files in memory, then write the questions of each in a transaction of its own.

    Killed between, the whole is compared again: the same files ask the same, and what is written is not written again.
    """
    row = Comparison.objects.filter(pk=comparison).select_related("call").first()
    if row is None:
        return
    if row.state == RunState.WAITING:
        try:
            take_up_comparison(row, CLOCK)
        except Refused:  # stopped, or taken up by another worker, meanwhile
            return
    compare_some_files(row)


def compare_some_files(comparison: Comparison, most: int | None = None) -> bool:
    """Compare, and write the questions of up to so many files. Returns whether the comparison goes on."""
    try:
        asked, compared_by = asked_of(list(_still_open(comparison)), _beating(comparison))
        Comparison.objects.filter(pk=comparison.pk).update(compared_by=compared_by)
        todo = comparison.files.filter(done_at__isnull=True).order_by("pk")
        for key in list(todo.values_list("pk", flat=True)[:most]):
            _write(comparison, key, asked)
    except _Stopped:
        return False
    if todo.exists():
        return True
    take_each(finish_comparison, Comparison.objects.filter(pk=comparison.pk, state=RunState.RUNNING))
    return False


def _still_open(comparison: Comparison) -> QuerySet[Examination]:
    return queries.comparable(comparison.call).filter(pk__in=comparison.files.values("examination"))


def _beating(comparison: Comparison) -> Callable[[int], None]:
    def told(done: int) -> None:
        if done % TEXTS_A_BEAT == 0:
            _beat(comparison)

    _beat(comparison)
    return told


def _beat(comparison: Comparison) -> None:
    """A sign of life. Raises `_Stopped` when the comparison is not under way any more."""
    rows = Comparison.objects.filter(pk=comparison.pk, state=RunState.RUNNING)
    if not rows.update(beat_at=clock.now()):
        raise _Stopped


def _write(comparison: Comparison, key: int, asked: dict[str, list[Asked]]) -> None:
    """The questions of one file, wholly or not at all. Raises `_Stopped`."""
    with transaction.atomic():
        Comparison.objects.select_for_update().get(pk=comparison.pk)
        _beat(comparison)
        row = ComparedFile.objects.select_related("examination").filter(pk=key, done_at__isnull=True).first()
        if row is None:
            return
        examination = _still_open(comparison).select_for_update(of=("self",)).filter(pk=row.examination_id)
        found = examination.first()
        row.is_left_out = found is None or found.state == ExaminationState.CLOSED
        if found is not None:
            try:
                _put_all(found, asked.get(found.reference, []))
            except keystore.Destroyed:
                row.is_left_out = True
        row.done_at = clock.now()
        row.save()


def _put_all(examination: Examination, asked: list[Asked]) -> None:
    """Put what is new, renew what nobody has answered, let lapse what is gone. What was answered stays as it was."""
    held = CoordinationQuestion.objects.filter(examination=examination).select_for_update(of=("self",))
    before = {row.key: row for row in held}  # locked: nobody answers what is being renewed
    for one in asked:
        row = before.pop(one.key, None)
        if row is None:
            new = CoordinationQuestion(
                examination=examination, key=one.key, kind=one.kind, evidence=one.evidence, put_at=clock.now()
            )
            put_question(new, CLOCK)
        elif row.state == QuestionState.LAPSED:
            put_question_again(row, CLOCK, evidence=one.evidence)
        elif row.state == QuestionState.OPEN:
            row.evidence = one.evidence
            row.save(update_fields=["evidence"])
    take_each(lapse_question, [row for row in before.values() if row.state == QuestionState.OPEN])


def compare_calls() -> int:
    """Begin a comparison for each call that has ended with a file that was in none. Returns how many."""
    return take_each(begin_comparison, [Comparison(call=call) for call in queries.calls_to_compare()])


# --- the questions ----------------------------------------------------------------------------------------------------


@on_question
def put_question(question: CoordinationQuestion, by: Actor) -> Facts:
    """A question for the readers of one file. Its kind and what it rests on stay with the file."""
    return Facts()


@on_question
def put_question_again(question: CoordinationQuestion, by: Actor, *, evidence: dict[str, object]) -> Facts:
    """It had lapsed, and the files share it again."""
    question.evidence, question.put_at = evidence, clock.now()
    return Facts()


@on_question
def lapse_question(question: CoordinationQuestion, by: Actor) -> Facts:
    """The files do not share it any more, and nobody had answered."""
    return Facts()


@on_question
def note_question(
    question: CoordinationQuestion, by: Actor, *, outcome: str, reasons: str, language: str
) -> Facts:
    """A reader says whether it is explained, with reasons. Nothing follows by itself: a point is raised by hand."""
    if outcome not in Outcome.values:
        raise unmet(N_("Say whether it is explained, or to be put to the person."), "note_question")
    if queries.has_answered(question, by):
        raise unmet(N_("You have answered this question."), "note_question")
    reading = Reading.objects.get(
        examination=question.examination_id, assessor=by.person, released_at__isnull=True
    )
    CoordinationNote.objects.create(
        question=question, reading=reading, outcome=outcome, reasons=said(reasons, "note_question"),
        language=language, said_at=clock.now(),
    )  # fmt: skip
    return Facts({}, {"outcome": outcome})
