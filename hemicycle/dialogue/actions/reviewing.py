"""Whoever asked may once ask for a review of the answer; another decides, and others answer anew (14.2)."""

from __future__ import annotations

from collections.abc import Sequence

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import OutOfOrder, Publicity

from .. import deadlines
from ..models import Question
from ..procedure import QUESTION, QuestionState
from .gates import act, end_waiting, law_of, seat_authors, unmet, wait_for_decision, written

S = QuestionState


@act
def ask_review(question: Question, by: Actor, *, reasons: str, language: str) -> Facts:
    """Once, within the working days that were told with the answer."""
    if question.review_asked_at is not None:
        raise unmet(N_("A review was asked for already."), "ask_review")
    if question.review_until is None or clock.now() >= question.review_until:
        raise unmet(N_("The time to ask for a review is over."), "ask_review")
    question.review_reasons = written(reasons, "ask_review")
    question.review_language, question.review_asked_at = language, clock.now()
    wait_for_decision(question, law_of(question).dialogue.review_days.value)
    facts = {"language": language, "decide_by": question.decide_by}
    return Facts(facts, {"reasons": question.review_reasons})


@act
def decide_review(
    question: Question, by: Actor, *, outcome: str, reasons: str, language: str, authors: Sequence[str] = ()
) -> Facts:
    """`stands`: the answer stands. `anew`: others than its authors, named here, answer anew in the time of the kind."""
    if outcome not in ("stands", "anew"):
        raise unmet(N_("Say whether the answer stands."), "decide_review")
    question.decision, question.decision_language = written(reasons, "decide_review"), language
    question.reviewed_at, question.is_upheld = clock.now(), outcome == "stands"
    end_waiting(question)
    facts, to = {"outcome": outcome, "language": language}, S.REVIEWED
    if outcome == "anew":
        question.round, question.level = 2, 0
        question.clock_from, question.days = clock.now(), deadlines.kind_of(question).days
        seat_authors(question, list(authors), "decide_review")
        deadlines.tell(question)
        to = S.ASSIGNED
    return Facts({**facts, "due": question.due_at}, {"decision": question.decision}, to=to)


@act
def remind_decision(question: Question, by: Actor) -> Facts:
    """The house has not decided in its time: told once, and decided by nobody's silence. Asked again with the lock held."""
    if question.undecided_at is not None or not deadlines.is_undecided(question):
        raise OutOfOrder(QUESTION, QUESTION.by_act["remind_decision"], question.state)
    question.undecided_at = clock.now()
    return Facts({"due": question.decide_by}, publicity=Publicity.PUBLIC if question.is_public else None)


@act
def escalate(question: Question, by: Actor) -> Facts:
    """One more level of being overdue is reached. Asked again with the lock held: the state stays, so that only the
    level tells a second clock that it was written."""
    if deadlines.level(question, clock.now()) <= question.level:
        raise OutOfOrder(QUESTION, QUESTION.by_act["escalate"], question.state)
    question.level += 1
    steps = law_of(question).dialogue.overdue_steps.value
    return Facts({"level": question.level, "due": question.due_at, "chair": question.level == len(steps)})
