"""What is asked and answered while they sit, planned at the outset: questions in both directions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from hemicycle.assembly.models import BodySeat, Capacity
from hemicycle.dialogue import actions, queries, sides
from hemicycle.dialogue.models import Exchange, Question
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.record.actors import PUBLIC, Actor
from hemicycle.texts.sources import text_of

from . import texts
from .stage import Stage, data, only

FIRST = -44
Words = dict[str, Any]


class Talk:
    """The participants who ask and answer: none of those to whom another chapter does something."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.seats: list[Mandate] = []

    def begin(self) -> None:
        elsewhere = {self.stage.candidacies[only(part)].pk for part in ("participant", "renounces")}
        self.seats = [row for row in sides.participants() if row.candidacy_id not in elsewhere][:5]

    def actor(self, key: str | int) -> Actor:
        if isinstance(key, int):
            return people.actor(self.seats[key].person)
        return people.actor(chair().person) if key == "chair" else self.stage.actor(key)  # type: ignore[arg-type]

    def key(self, whom: str | int) -> str:
        """Whom a question is put to, as the act takes it."""
        if isinstance(whom, int):
            return self.seats[whom].reference
        if whom == "participants":
            return whom
        return "committee:political" if whom == "committee" else self.stage.people[whom].reference


def chair() -> BodySeat:
    return BodySeat.objects.get(body__code="political", capacity=Capacity.COMMITTEE_CHAIR)


def play(stage: Stage) -> Iterator[float]:
    talk = Talk(stage)
    stage.plan(FIRST, 9, talk.begin)
    for number, words in enumerate(data("dialogue")["question"]):
        tell(talk, words, number)
    stage.plan(-13, 16, lambda: correspond(talk))
    yield 1.0


def tell(talk: Talk, words: Words, minute: int) -> None:
    """Plan one question, from its text to where it stands today."""
    stage, question = talk.stage, Question()

    def plan(day: int, hour: int, act: Callable[[], object]) -> None:
        stage.plan(day, hour, act, minute)

    plan(words["day"], 10, lambda: ask(talk, question, words))
    if "returned" in words:
        said = {"reason": "form", "text": words["returned"], "language": "en"}
        plan(words["day"] + 1, 11, lambda: actions.return_question(question, stage.actor("clerk2"), **said))
    elif "tabled" not in words:
        plan(words["day"] + 1, 11, lambda: actions.admit_question(question, stage.actor("clerk1")))
    for language, text in words.get("translations", {}).items():
        plan(words["day"] + 2, 9, partial(beside, stage, question, "question", text, language))
    if "set_aside" in words:
        plan(words["set_aside"], 10, lambda: dispute(talk, question, words))
    if "stop" in words:
        begins, ends, why = words["stop"]
        plan(
            begins,
            12,
            lambda: actions.stop_clock(question, stage.actor("clerk2"), reasons=why, language="en"),
        )
        plan(ends, 12, lambda: actions.resume_clock(question, stage.actor("clerk2")))
    if "holding" in words:
        given = {"text": words["holding"], "language": "en", "days": 5}
        plan(
            words["holding_day"],
            12,
            lambda: actions.give_holding_answer(question, talk.actor(words["to"]), **given),
        )
    if "withdrawn" in words:
        plan(words["withdrawn"], 12, lambda: actions.withdraw_question(question, talk.actor(words["by"])))
    if "answer" in words:
        plan(words["answer_day"], 13, lambda: answer(talk, question, words))
        plan(words["answer_day"] + 1, 15, lambda: go_on(talk, question, words))
        for language, text in words.get("answer_translations", {}).items():
            plan(words["answer_day"] + 2, 9, partial(beside, stage, question, "", text, language))


def ask(talk: Talk, question: Question, words: Words) -> None:
    question.topic = talk.stage.topics[words["topic"]]
    by, capacity = talk.actor(words["by"]), "delegate"
    if words["by"] == "chair":
        capacity = "committee:political"
    elif isinstance(words["by"], int):
        capacity = "participant"
    actions.draft_question(
        question, by, capacity=capacity, addressee=talk.key(words["to"]), kind=words["kind"], text=words["text"],
        language=words["language"],
    )  # fmt: skip
    actions.table_question(question, by)


def answer(talk: Talk, question: Question, words: Words) -> None:
    """Somebody of the other side writes, all who wrote sign, and the answer is released."""
    stage, writers = (
        talk.stage,
        [talk.actor(words["to"])] if words["to"] not in ("participants", "committee") else [],
    )
    if words["to"] == "participants":
        seats = [talk.seats[number] for number in words["writers"]]
        actions.appoint_authors(
            question, stage.actor("clerk1"), authors=[row.reference for row in seats], proposed_by=seats[0].reference
        )  # fmt: skip
        writers = [people.actor(row.person) for row in seats]
    elif words["to"] == "committee":
        actions.assign_answer(question, talk.actor("chair"), authors=[stage.people["member"].reference])
        writers = [stage.actor("member")]
    actions.draft_answer(question, writers[0], text=words["answer"], language=words["answer_language"])
    for writer in writers:
        actions.sign_off(question, writer)
    actions.release_answer(question, writers[0])


def go_on(talk: Talk, question: Question, words: Words) -> None:
    """What whoever asked, or answered, does with the answer."""
    by = talk.actor(words["by"])
    if "correction" in words:
        language = words["answer_language"]
        actions.correct_answer(
            question, talk.actor(words["to"]), part=queries.released(question)[-1].part, text=words["correction"],
            language=language, ground=words["ground"], ground_language=language,
        )  # fmt: skip
    if "follow_up" in words:
        actions.follow_up(question, by, kind=words["follow_up_kind"], text=words["follow_up"], language="en")
    if "review" in words:
        actions.ask_review(question, by, reasons=words["review"], language=words["review_language"])
        actions.decide_review(
            question, talk.stage.actor("secretary_general"), outcome="stands", reasons=words["decision"], language="en"
        )  # fmt: skip


def beside(stage: Stage, question: Question, part: str, words: str, language: str) -> None:
    """A translation beside the question, or beside the latest answer."""
    part = part or queries.released(question)[-1].part
    text = text_of(question.reference, part, PUBLIC)
    assert text is not None
    texts.translate(stage, text, words, language)


def dispute(talk: Talk, question: Question, words: Words) -> None:
    """A clerk sets the question aside; whoever asked appeals, and the Secretary General restores it."""
    text = text_of(question.reference, "question", PUBLIC)
    assert text is not None
    moderation = texts.set_aside(talk.stage, text)
    texts.restore_on_appeal(talk.stage, moderation, talk.actor(words["by"]))


def correspond(talk: Talk) -> None:
    """A member of the Assembly invites a participant to write in private; the answer waits."""
    actions.invite(Exchange(), talk.stage.actor("general_rapporteur"), whom=talk.seats[2].reference)
