"""The texts of a question as somebody may read them, each in the language in which it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.record.actors import Actor
from hemicycle.texts.sources import Written

from . import deadlines, names, queries
from .forms import answer_title
from .models import Answer, Question, TextCorrection


@dataclass(frozen=True)
class Beside:
    """A correction as it stands beside its original."""

    text: Written
    row: TextCorrection


@dataclass(frozen=True)
class Said:
    """One text on the page of a question: what it is, by whom, since when, and its corrections."""

    heading: Any
    text: Written
    by: str
    at: Any
    beside: Sequence[Beside] = ()
    is_draft: bool = False
    due: datetime | None = None
    days_late: int = 0


def of_question(question: Question) -> Written:
    by_body = question.asker_committee_id is not None
    return _written(
        question, "question", names.title(question), question.text, question.language,
        None if by_body else question.asker_id,
    )  # fmt: skip


def of_answer(answer: Answer) -> Written:
    question = answer.question
    name = _("Answer to: %(name)s") % {"name": names.asker(question)}
    return _written(question, answer.part, name, answer.text, answer.language, answer.writer_id)


def _written(
    question: Question, part: str, name: str, body: str, language: str, author: int | None = None
) -> Written:
    url = (
        reverse("dialogue-question", args=[question.reference])
        if question.is_public
        else reverse("matter", args=[question.reference])
    )
    return Written(question.reference, part, name, body, language, url, author)


def _beside(question: Question, part: str, author: int | None) -> list[Beside]:
    """A correction has the author of what it corrects: set aside, it is told to somebody who may appeal (14.3)."""
    return [
        Beside(
            _written(question, f"correction{row.pk}", _("Correction"), row.text, row.language, author), row
        )
        for row in question.corrections.all()
        if row.part == part
    ]


def said(question: Question) -> list[Said]:
    """The question, its released answers and the decision of a review, in order, with their corrections."""
    asked = of_question(question)
    found = [
        Said(_("The question"), asked, names.asker(question), question.admitted_at, _beside(question, "question", asked.author))
    ] if question.text else []  # fmt: skip
    for answer in queries.released(question):
        by = ", ".join(names.author(row) for row in queries.authors(question, answer.round))
        text = of_answer(answer)
        found.append(
            Said(
                answer_title(answer), text, by or names.addressee(question), answer.released_at,
                _beside(question, answer.part, answer.writer_id), due=answer.due_at, days_late=_days_late(answer),
            )
        )  # fmt: skip
        if answer.round == 1 and not answer.is_holding and question.decision:
            found.append(_decision(question))
    return found


def _days_late(answer: Answer) -> int:
    if answer.due_at is None or answer.released_at is None:
        return 0
    return deadlines.days_late(answer.due_at, answer.released_at)


def _decision(question: Question) -> Said:
    heading = _("Review: the answer stands") if question.is_upheld else _("Review: others answer anew")
    text = _written(question, "decision", heading, question.decision, question.decision_language)
    return Said(heading, text, "", question.reviewed_at)


def find(reference: str, actor: Actor) -> Sequence[Written]:
    """For the texts' room: everything that the actor reads of a question."""
    question = queries.visible_to(actor).filter(reference=reference).first()
    if question is None:
        return ()
    return [text for row in said(question) for text in (row.text, *(each.text for each in row.beside))]
