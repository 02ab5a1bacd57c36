"""A dialogue at work: people who sit, a committee with its chair, a topic, and questions as far as a test needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hemicycle.assembly.models import Body
from hemicycle.dialogue import actions
from hemicycle.dialogue.models import Question, Topic
from hemicycle.mandates.models import Mandate
from hemicycle.record.actors import Actor

from .. import seating
from ..cast import Cast
from ..laying import laid

NAMES = {"en": "Humanitarian visas", "fr": "Visas humanitaires", "ru": "Гуманитарные визы"}
TEXT = "Which member states *issue* humanitarian visas to people who left without a passport?"
VOPROS = "Как комитет проверяет, что визы выдаются без загранпаспорта?"


@dataclass
class House:
    """Nadia, Oleg and Pavel sit on the platform; Luca chairs a committee in which Henri sits; Anna and Bruno are clerks."""

    cast: Cast
    seats: list[Mandate]
    committee: Body
    topic: Topic

    def actor(self, key: str) -> Actor:
        return self.cast.actor(key)

    @laid
    def draft(self, by: str = "luca", **words: Any) -> Question:
        question = Question(topic=self.topic)
        given = {
            "capacity": "participant" if by in ("nadia", "oleg", "pavel") else "delegate",
            "addressee": "committee:political" if by in ("nadia", "oleg", "pavel") else "participants",
            "kind": "information", "text": TEXT, "language": "en", **words,
        }  # fmt: skip
        actions.draft_question(question, self.actor(by), **given)
        return question

    @laid
    def tabled(self, by: str = "luca", **words: Any) -> Question:
        question = self.draft(by, **words)
        actions.table_question(question, self.actor(by))
        return question

    @laid
    def admitted(self, by: str = "luca", **words: Any) -> Question:
        question = self.tabled(by, **words)
        actions.admit_question(question, self.actor("anna"))
        return question

    @laid
    def assigned(self, by: str = "luca", **words: Any) -> Question:
        """To the participants as a body: Nadia and Oleg write; to a committee: Henri does."""
        question = self.admitted(by, **words)
        if question.to_committee is not None:
            actions.assign_answer(question, self.actor("luca"), authors=[self.cast.henri.reference])
        else:
            seats = [self.seats[0].reference, self.seats[1].reference]
            actions.appoint_authors(
                question, self.actor("anna"), authors=seats, proposed_by=self.seats[2].reference
            )
        return question

    @laid
    def signed(self, by: str = "luca", answer: str = "Ответ готов.", **words: Any) -> Question:
        question = self.assigned(by, **words)
        writers = ["henri"] if question.to_committee is not None else ["nadia", "oleg"]
        actions.draft_answer(question, self.actor(writers[0]), text=answer, language="ru")
        for writer in writers:
            actions.sign_off(question, self.actor(writer))
        return question

    @laid
    def answered(self, by: str = "luca", **words: Any) -> Question:
        question = self.signed(by, **words)
        actions.release_answer(question, self.actor("anna"))
        return question


@laid
def house(cast: Cast) -> House:
    seats = seating.participants(cast)
    committee = seating.committee(chair=cast.luca, members=[cast.henri, cast.katia])
    topic = Topic()
    actions.open_topic(topic, cast.actor("anna"), names=NAMES, about={"en": "Who may travel."})
    return House(cast, seats, committee, topic)
