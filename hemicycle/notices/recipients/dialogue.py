"""Who is told of questions, answers and private exchanges (14.1, 14.2, 14.4)."""

from __future__ import annotations

from collections.abc import Iterable

from hemicycle.dialogue.models import Author, Exchange, Question, Side
from hemicycle.people import queries as people
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import Office

from ..models import Kind
from ._told import Row, chair_of, clerks

Keys = Iterable[int | None]


def _question(entry: Entry) -> Question:
    return Question.objects.select_related("asker_committee", "to_committee").get(reference=entry.matter)


def asker(entry: Entry) -> Keys:
    """Whoever asked; of a committee's question whoever chairs it now."""
    question = _question(entry)
    return chair_of(question.asker_committee) if question.asker_committee else (question.asker_id,)


def _authors(question: Question, round_: int) -> Keys:
    rows = Author.objects.filter(question=question, round=round_)
    return rows.values_list("person_id", flat=True)


def authors(entry: Entry) -> Keys:
    """Who writes, or has written, the answer of the round that runs; before anybody is named, whoever names them."""
    question = _question(entry)
    return list(_authors(question, question.round)) or chair_of(question.to_committee)


def addressee(entry: Entry) -> Keys:
    """Who sees to an answer: the person, the chair of the committee; the clerks for the participants as a body."""
    question = _question(entry)
    if question.to_side == Side.PARTICIPANTS:
        return clerks(entry)
    return (question.to_person_id,) if question.to_committee is None else chair_of(question.to_committee)


def highest(entry: Entry) -> Keys:
    """At the last level of being overdue: the chair of the committee; where none was asked, the President."""
    if not entry.facts["chair"]:
        return ()
    question = _question(entry)
    if question.to_committee is not None:
        return chair_of(question.to_committee)
    return people.holders(Office.PRESIDENT).values_list("pk", flat=True)


def secretary_general(entry: Entry) -> Keys:
    return people.holders(Office.SECRETARY_GENERAL).values_list("pk", flat=True)


def both_sides(entry: Entry) -> Keys:
    """Who asked, who wrote the answer under review, and the person or the chair who was asked."""
    question = _question(entry)
    chair = chair_of(question.to_committee)
    return {*asker(entry), *_authors(question, 1), question.to_person_id, *chair}


def new_authors(entry: Entry) -> Keys:
    """Who answers anew after a review; nobody where the answer stands."""
    return _authors(_question(entry), 2) if entry.facts["outcome"] == "anew" else ()


def correspondents(entry: Entry) -> Keys:
    rows = Exchange.objects.filter(reference=entry.matter).values_list("delegate_id", "mandate__person_id")
    return rows.get()


R = "dialogue"

#        act                      kind                    who
DIALOGUE = (
    Row(R, "table_question", Kind.DECISION_WANTED, clerks),
    Row(R, "admit_question", Kind.OUTCOME, asker),
    Row(R, "admit_question", Kind.QUESTION, addressee),
    Row(R, "return_question", Kind.OUTCOME, asker),
    Row(R, "assign_answer", Kind.QUESTION, authors),
    Row(R, "appoint_authors", Kind.QUESTION, authors),
    Row(R, "give_holding_answer", Kind.ANSWERED, asker),
    Row(R, "stop_clock", Kind.TIME_CHANGED, asker),
    Row(R, "stop_clock", Kind.TIME_CHANGED, authors),
    Row(R, "resume_clock", Kind.TIME_CHANGED, asker),
    Row(R, "resume_clock", Kind.TIME_CHANGED, authors),
    Row(R, "extend_time", Kind.TIME_CHANGED, asker),
    Row(R, "extend_time", Kind.TIME_CHANGED, authors),
    Row(R, "release_answer", Kind.ANSWERED, asker),
    Row(R, "correct_question", Kind.CORRECTED, asker),
    Row(R, "correct_question", Kind.CORRECTED, authors),
    Row(R, "correct_answer", Kind.CORRECTED, asker),
    Row(R, "escalate", Kind.OVERDUE, authors),
    Row(R, "escalate", Kind.OVERDUE, clerks),
    Row(R, "escalate", Kind.OVERDUE, highest),
    Row(R, "remind_decision", Kind.OVERDUE, clerks),
    Row(R, "remind_decision", Kind.OVERDUE, secretary_general),
    Row(R, "ask_review", Kind.REVIEW_WAITS, secretary_general),
    Row(R, "ask_review", Kind.REVIEW_ASKED, authors),
    Row(R, "decide_review", Kind.OUTCOME, both_sides),
    Row(R, "decide_review", Kind.QUESTION, new_authors),
    Row(R, "lapse_question", Kind.OUTCOME, asker),
    Row(R, "invite", Kind.INVITED, correspondents),
    Row(R, "begin_exchange", Kind.EXCHANGE, correspondents),
    Row(R, "end_exchange", Kind.EXCHANGE, correspondents),
)
