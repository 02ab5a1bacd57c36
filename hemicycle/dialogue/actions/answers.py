"""Somebody of the side that was asked writes the answer, signs it and lets it go; whoever asked goes on from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, decide
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import Office

from .. import deadlines, queries, sides
from ..models import Answer, ClockChange, Question, Side
from ..procedure import QuestionState
from .asking import draft_question, put_beside
from .gates import act, law_of, seat_authors, unmet, unsign, written

S = QuestionState


@act
def assign_answer(question: Question, by: Actor, *, authors: Sequence[str]) -> Facts:
    """Who writes: one or several of the side that was asked. A person who is asked stays among them. Raises `Unmet`."""
    return _assign(question, authors, "assign_answer", {})


@act
def appoint_authors(question: Question, by: Actor, *, authors: Sequence[str], proposed_by: str) -> Facts:
    """For the participants as a body the Secretariat puts down what a participant proposes. Raises `Unmet`."""
    if question.to_side != Side.PARTICIPANTS:
        raise unmet(N_("Whoever is asked says who writes the answer."), "appoint_authors")
    proposer = next((row for row in sides.participants() if row.reference == proposed_by), None)
    if proposer is None:
        raise unmet(N_("Say which participant proposed it."), "appoint_authors")
    if proposer.person_id == by.person:
        raise unmet(N_("Nobody puts down what he or she proposed."), "appoint_authors")
    return _assign(question, authors, "appoint_authors", {"proposed_by": proposed_by})


def _assign(question: Question, authors: Sequence[str], act_name: str, facts: dict[str, str]) -> Facts:
    rows = seat_authors(question, list(authors), act_name)
    asked = question.to_person_id if question.round == 1 else None
    if asked is not None and asked not in {row.person_id for row in rows}:
        raise unmet(N_("The person who is asked stays among those who write."), act_name)
    to = S.HOLDING if question.state == S.HOLDING else S.ASSIGNED
    return Facts({**facts, "authors": len(rows)}, to=to)


@act
def draft_answer(question: Question, by: Actor, *, text: str, language: str) -> Facts:
    """Every author writes on the one text; what was signed before is to be signed again."""
    text = written(text, "draft_answer")
    answer = queries.draft_of(question) or Answer(question=question, round=question.round)
    answer.text, answer.language = text, language
    answer.writer_id, answer.written_at, answer.signed_by_chair = by.person or 0, clock.now(), False
    answer.save()
    unsign(question)
    return Facts({"language": language}, {"text": text})


@act
def sign_off(question: Question, by: Actor) -> Facts:
    """An author stands for the text as it is now; the chair of the committee does so for all."""
    answer = queries.draft_of(question)
    if answer is None:
        raise unmet(N_("There is no answer to sign yet."), "sign_off")
    held = queries.offices_on_question(by, question)
    if Office.COMMITTEE_CHAIR in held:
        answer.signed_by_chair = True
        answer.save(update_fields=["signed_by_chair"])
    if Office.AUTHOR in held:
        question.authors.filter(round=question.round, person_id=by.person or 0).update(signed_at=clock.now())
    return Facts({"complete": queries.is_signed_off(question, answer)})


@act
def give_holding_answer(question: Question, by: Actor, *, text: str, language: str, days: int) -> Facts:
    """Once, before the time is over: what can be said already, why more time is needed, and how many working days."""
    _runs(question, "give_holding_answer")
    _check_days(law_of(question).dialogue.extension_days_at_most.value, days, "give_holding_answer")
    now = clock.now()
    answer = Answer.objects.create(
        question=question, round=question.round, is_holding=True, text=written(text, "give_holding_answer"),
        language=language, writer_id=by.person or 0, written_at=now, released_at=now,
    )  # fmt: skip
    ClockChange.objects.create(
        question=question, round=question.round, kind=ClockChange.HOLDING, at=now, days=days
    )
    deadlines.tell(question)
    return Facts({"days": days, "due": question.due_at, "language": language}, {"text": answer.text})


def _check_days(limit: int, days: int, act_name: str) -> None:
    if not 1 <= days <= limit:
        raise unmet(N_("Give from 1 to %(limit)s working days."), act_name, limit=limit)


def _runs(question: Question, act_name: str) -> None:
    """What is late stays late: a time that is over is neither stopped nor made longer."""
    if deadlines.is_overdue(question):
        raise unmet(N_("The time for the answer is over; what is late stays late. Answer now."), act_name)


def _days_left(question: Question, act_name: str) -> int:
    """Stops and extensions end: nobody keeps a question from being overdue by giving one reason after another (14.2)."""
    left = deadlines.days_left(question)
    if not left:
        text = N_("The clock was stopped or extended for all the working days that the charter allows.")
        raise unmet(text, act_name)
    return left


@act
def stop_clock(question: Question, by: Actor, *, reasons: str, language: str) -> Facts:
    """The clock stands for the working days that the charter still leaves, and then goes on of itself (14.2); the reason is public."""
    _runs(question, "stop_clock")
    if deadlines.stands(question) is not None:
        raise unmet(N_("The clock stands already."), "stop_clock")
    _days_left(question, "stop_clock")
    until = deadlines.end_of_stop(question)
    _change(question, ClockChange.STOP, reasons, language, "stop_clock", ended_at=until)
    deadlines.tell(question)
    return Facts({"language": language, "until": until, "due": question.due_at}, {"reasons": reasons})


@act
def resume_clock(question: Question, by: Actor) -> Facts:
    stop = deadlines.stands(question)
    if stop is None:
        raise unmet(N_("The clock does not stand."), "resume_clock")
    stop.ended_at = clock.now()
    stop.save(update_fields=["ended_at"])
    deadlines.tell(question)
    return Facts({"due": question.due_at})


@act
def extend_time(question: Question, by: Actor, *, days: int, reasons: str, language: str) -> Facts:
    """More working days, with a public reason, before the time is over."""
    _runs(question, "extend_time")
    _check_days(_days_left(question, "extend_time"), days, "extend_time")
    _change(question, ClockChange.EXTENSION, reasons, language, "extend_time", days=days)
    deadlines.tell(question)
    return Facts({"days": days, "due": question.due_at, "language": language}, {"reasons": reasons})


def _change(question: Question, kind: str, reasons: str, language: str, act_name: str, **more: Any) -> None:
    if not reasons.strip():
        raise unmet(N_("Say why; everybody reads it."), act_name)
    ClockChange.objects.create(
        question=question, round=question.round, kind=kind, at=clock.now(), reasons=reasons.strip(),
        language=language, **more,
    )  # fmt: skip


@act
def release_answer(question: Question, by: Actor) -> Facts:
    """The signed answer is public from now on; whoever asked has some working days to ask for its review."""
    answer = queries.draft_of(question)
    if answer is None or not queries.is_signed_off(question, answer):
        raise unmet(N_("Every author signs the answer first, or the chair does."), "release_answer")
    answer.released_at, answer.due_at = clock.now(), question.due_at
    answer.save(update_fields=["released_at", "due_at"])
    is_late = deadlines.is_overdue(question)
    question.due_at = None
    question.clock_changes.filter(
        round=question.round, kind=ClockChange.STOP, ended_at__gt=clock.now()
    ).update(ended_at=clock.now())
    if question.review_asked_at is None:
        days = law_of(question).dialogue.review_request_days.value
        question.review_until = deadlines.in_working_days(days)
    return Facts(
        {"language": answer.language, "late": is_late, "review_until": question.review_until},
        {"text": answer.text},
        to=S.ANSWERED if question.review_asked_at is None else S.REVIEWED,
    )


@act
def correct_answer(
    question: Question, by: Actor, *, part: str, text: str, language: str, ground: str, ground_language: str
) -> Facts:
    """The mended text stands beside the original, with day and ground. Only who wrote that answer, or the chair."""
    answer = next((row for row in queries.released(question) if row.part == part), None)
    if answer is None:
        raise unmet(N_("There is no such answer."), "correct_answer")
    wrote = any(row.person_id == by.person for row in queries.authors(question, answer.round))
    if not wrote and not sides.chairs(by, question.to_committee):
        raise unmet(N_("Only who wrote this answer corrects it."), "correct_answer")
    said = put_beside(question, part, text, language, ground, ground_language, "correct_answer")
    return Facts({"of": part, "language": language}, {"text": said.text, "ground": said.ground})


@act
def follow_up(question: Question, by: Actor, *, kind: str, text: str, language: str) -> Facts:
    """One more question on the same answer, once; it is a draft to be tabled like any other."""
    answer = queries.released(question)[-1]
    if answer.follow_ups.exists():
        raise unmet(N_("This answer was followed up already."), "follow_up")
    capacity = str(question.side)
    if question.asker_committee is not None:
        capacity = f"committee:{question.asker_committee.code}"
    following = Question(topic=question.topic, follows=answer)
    draft_question(
        following, by, capacity=capacity, addressee=question.addressee_key(), kind=kind, text=text, language=language
    )  # fmt: skip
    return Facts({"question": following.reference})


@act
def close_question(question: Question, by: Actor) -> Facts:
    """Whoever asked is content; the Secretariat closes it when no review can be asked for any more."""
    by_clerk = decide(close_question, question, by) == Office.SECRETARIAT
    until = question.review_until
    if by_clerk and question.review_asked_at is None and until is not None and clock.now() < until:
        raise unmet(N_("Whoever asked may still ask for a review."), "close_question")
    question.ended_at = clock.now()
    return Facts()
