"""The glossary, planned at the outset; and what other chapters do with a text that they have just released: a translation beside
it, or a setting aside that an appeal undoes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hemicycle.record.actors import Actor
from hemicycle.texts import actions
from hemicycle.texts.models import Moderation, Term, Translation
from hemicycle.texts.names import proposed
from hemicycle.texts.sources import Written

from .stage import Stage, data


def play(stage: Stage) -> Iterator[float]:
    stage.plan(-48, 9, partial(enter_names, stage))
    yield 1.0


def enter_names(stage: Stage) -> None:
    """A clerk enters the first names that the software proposes."""
    for one in proposed()[:5]:
        term = Term()
        actions.enter_term(
            term, stage.actor("clerk1"), kind=one.kind, names=one.names, notes=one.notes, never=one.never
        )


def translate(stage: Stage, text: Written, words: str, language: str) -> None:
    """One clerk translates a text, the other finds it right."""
    row = Translation()
    actions.aim(row, text)
    actions.translate(row, stage.actor("clerk1"), text=words, language=language)
    actions.review_translation(row, stage.actor("clerk2"))


def set_aside(stage: Stage, text: Written) -> Moderation:
    """A clerk sets a public text aside."""
    row, said = Moderation(), data("texts")["speech"]
    actions.aim(row, text)
    actions.set_aside(
        row, stage.actor("clerk2"), reason="person", days=10, words=said["words"], language=said["language"]
    )
    return row


def restore_on_appeal(stage: Stage, row: Moderation, author: Actor) -> None:
    """Its author appeals, and the Secretary General restores it."""
    said = data("texts")["speech"]
    actions.appeal(row, author, words=said["appeal"], language=said["appeal_language"])
    actions.decide_appeal(
        row,
        stage.actor("secretary_general"),
        restored=True,
        reasons=said["decision"],
        language=said["language"],
    )
