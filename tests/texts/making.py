"""Invented texts of an invented kind of matter, kept in memory: this room knows nothing of what is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.texts import actions, sources
from hemicycle.texts.models import Moderation, Term, Translation
from hemicycle.texts.sources import Written

from ..cast import Cast

BODY = (
    "**Visas** for those who fled: which state issues them?\n\nThe Committee of Ministers was asked in May."
)
FRENCH = (
    "Des visas pour ceux qui ont fui : quel État les délivre ?\n\nLe Comité des Ministres a été saisi en mai."
)
NOTES = {"notes": {}, "never": {}}


class Shelf:
    """Texts by reference; those that are released are read by everybody, the others by their author and the Secretariat."""

    def __init__(self) -> None:
        self.texts: dict[str, Written] = {}
        self.released: set[str] = set()

    def put(self, text: Written, *, released: bool = True) -> Written:
        self.texts[text.reference] = text
        if released:
            self.released.add(text.reference)
        return text

    def correct(self, text: Written, body: str) -> Written:
        return self.put(replace(text, body=body))

    def find(self, reference: str, actor: Actor) -> list[Written]:
        text = self.texts.get(reference)
        if text is None:
            return []
        is_own = actor.person is not None and actor.person == text.author
        may = reference in self.released or is_own or actor.holds(Office.SECRETARIAT)
        return [text] if may else []


@contextmanager
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    sources.register("EXMP", made.find)
    try:
        yield made
    finally:
        del sources._sources["EXMP"]


def text(
    cast: Cast, reference: str = "EXMP-1", body: str = BODY, language: str = "en", author: str = "nadia"
) -> Written:
    by = cast.persons[author].pk if author else None
    return Written(reference, "text", "Question on visas", body, language, "/", by)


def translated(
    cast: Cast, of: Written, by: str = "anna", language: str = "fr", words: str = FRENCH, **given: Any
) -> Translation:
    row = Translation()
    actions.aim(row, of)
    actions.translate(row, cast.actor(by), text=words, language=language, **given)
    return row


def own_translation(reference: str, part: str, by: Actor) -> Translation:
    """The author translates what nobody else may read yet, or everybody, as the room of the text gives it."""
    found = sources.text_of(reference, part, by)
    assert found is not None
    row = Translation()
    actions.aim(row, found)
    actions.translate(row, by, text=FRENCH, language="fr")
    return row


def aside(cast: Cast, of: Written, by: str = "anna", reason: str = "person", days: int = 10) -> Moderation:
    row = Moderation()
    actions.aim(row, of)
    actions.set_aside(
        row,
        cast.actor(by),
        reason=reason,
        days=days,
        words="The second line speaks of a person.",
        language="en",
    )
    return row


def ministers(cast: Cast) -> Term:
    row = Term()
    names = {"en": "Committee of Ministers", "fr": "Comité des Ministres", "ru": "Комитет министров"}
    actions.enter_term(row, cast.actor("anna"), kind="institution", names=names, **NOTES)
    return row
