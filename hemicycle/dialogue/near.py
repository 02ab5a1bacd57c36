"""Questions near to one another in meaning, in whichever language: what `texts.related` is told. A person decides what follows."""

from __future__ import annotations

from hemicycle.record.actors import Actor
from hemicycle.texts import actions as texts
from hemicycle.texts import related
from hemicycle.texts.sources import Written

from .models import Question, TextCorrection
from .procedure import DRAFTS


def _words(question: Question) -> Written:
    """The asker reads the draft also where a committee asks: the worker looks at it as that person."""
    return Written(
        question.reference, "question", "", question.text, question.language, "", question.asker_id
    )


def draft_saved(question: Question) -> None:
    related.ask(_words(question), prefix=Question.PREFIX)


def draft_over(question: Question) -> None:
    """Tabled, withdrawn or lapsed: what was found for it goes."""
    related.drop_suggestion(question.reference)


def released(question: Question) -> None:
    related.index(_words(question))


def corrected(question: Question, said: TextCorrection) -> None:
    """The mended text lies among the others beside the original, which stays."""
    related.index(Written(question.reference, f"correction{said.pk}", "", said.text, said.language, ""))


def erased(question: Question) -> None:
    """What stands beside it goes with it: translations too."""
    texts.forget(question.reference)


def draft_for(question: Question, actor: Actor) -> Written | None:
    """The draft beside which its asker reads what is near to it."""
    is_draft = question.pk is not None and question.state in DRAFTS and bool(question.text)
    return _words(question) if is_draft and actor.person == question.asker_id else None
