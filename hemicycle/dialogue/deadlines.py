"""The clock of a question as it was told: by the calendar of the act that told it last, with its arithmetic (14.2).

Both directions use these same functions; nothing here asks who asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from hemicycle.assembly import calendar
from hemicycle.record import clock, law
from hemicycle.rules import answering
from hemicycle.rules.answering import Period, Reckoned
from hemicycle.rules.charter.exchange import Timed

from .models import ClockChange, Question
from .procedure import RUNNING, UNDECIDED


def kind_of(question: Question) -> Timed:
    """The kind of a question in the charter under which it was put."""
    kinds = law.by_reference(question.charter).question_kinds
    return next(each for each in kinds if each.key == question.kind)


def changes(question: Question) -> list[ClockChange]:
    """What moved the clock in the round that runs, in order."""
    return [row for row in question.clock_changes.all() if row.round == question.round]


def period(question: Question) -> Period:
    """The period of the round that runs. Raises `ValueError` before the question is admitted."""
    if question.clock_from is None or question.days is None:
        raise ValueError("the clock of this question has not begun")
    rows = changes(question)
    return Period(
        question.clock_from,
        question.days,
        timezone.get_default_timezone(),
        tuple(answering.Stop(row.at, row.ended_at) for row in rows if row.ended_at is not None),
        tuple(row.days for row in rows if row.kind != ClockChange.STOP),
    )


def holidays(question: Question) -> set[date]:
    """The holidays as they were entered when the deadline was told."""
    return set(calendar.holidays(question.told_at).values_list("day", flat=True))


def tell(question: Question) -> None:
    """Reckon the deadline anew, by the calendar of now, and keep what was told."""
    question.told_at = clock.now()
    question.due_at = answering.reckon(period(question), holidays(question)).due


def level(question: Question, at: datetime) -> int:
    """How many levels of being overdue an unanswered question has reached at an instant."""
    if question.state not in RUNNING or question.due_at is None or at < question.due_at:
        return 0
    steps = law.by_reference(question.charter).dialogue.overdue_steps.value
    return answering.overdue_level(period(question), steps, at, holidays(question))


def is_overdue(question: Question, at: datetime | None = None) -> bool:
    return (
        question.state in RUNNING and question.due_at is not None and question.due_at <= (at or clock.now())
    )


def decided_by(question: Question) -> datetime | None:
    """Until when the Secretariat decides on a tabled question, or the Secretary General on a review (14.1, 14.2)."""
    return question.decide_by if question.state in UNDECIDED else None


def is_undecided(question: Question, at: datetime | None = None) -> bool:
    """Whether a decision of the house on a question is overdue."""
    until = decided_by(question)
    return until is not None and until <= (at or clock.now())


def days_late(due: datetime, at: datetime) -> int:
    """By how many working days an answer was late; 0 in time. By the calendar of the day on which it came."""
    if at < due:
        return 0
    known = set(calendar.holidays(at).values_list("day", flat=True))
    return answering.days_late(due, at, timezone.get_default_timezone(), known)


def stands(question: Question) -> ClockChange | None:
    """The stop that has not ended."""
    return next((row for row in changes(question) if row.stands), None)


def days_left(question: Question) -> int:
    """How many working days the clock of this round may still be stopped or extended, all in all (14.2). The days of a
    holding answer are its own."""
    rows = changes(question)
    extended = sum(row.days for row in rows if row.kind == ClockChange.EXTENSION)
    found = answering.reckon(period(question), holidays(question))
    stopped = sum(each.why == "stopped" for each in found.passed)
    limit = law.by_reference(question.charter).dialogue.extension_days_at_most.value
    return max(0, limit - extended - stopped)


def in_working_days(days: int) -> datetime:
    """The midnight that ends so many working days from today."""
    return _midnight_after(clock.today(), days)


def end_of_stop(question: Question) -> datetime:
    """The midnight at which a stop that begins now goes on of itself: no more days are lost than `days_left`. Today is one of
    them where it would count."""
    if question.clock_from is None:
        raise ValueError("the clock of this question has not begun")
    began = timezone.localtime(question.clock_from).date()
    return _midnight_after(max(began, clock.today() - timedelta(days=1)), days_left(question))


def _midnight_after(start: date, working_days: int) -> datetime:
    last = calendar.due_after(start, working_days).on
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


@dataclass(frozen=True)
class Arithmetic:
    """How a deadline came about: what a page needs to show it so that anybody can count again."""

    begins: date
    days: int
    added: Sequence[ClockChange]
    counted: int
    passed: str
    stopped: Sequence[date]
    stops: Sequence[ClockChange]
    last_day: date


def arithmetic(question: Question) -> Arithmetic | None:
    """The reckoning of the round that runs; nothing before the question is admitted."""
    if question.clock_from is None or question.days is None:
        return None
    found: Reckoned = answering.reckon(period(question), holidays(question))
    rows = changes(question)
    return Arithmetic(
        begins=timezone.localtime(question.clock_from).date(),
        days=question.days,
        added=[row for row in rows if row.kind != ClockChange.STOP],
        counted=len(found.counted),
        passed=calendar.passed_over(
            [each for each in found.passed if each.why != "stopped"], question.told_at
        ),
        stopped=[each.day for each in found.passed if each.why == "stopped"],
        stops=[row for row in rows if row.kind == ClockChange.STOP],
        last_day=found.last_day,
    )
