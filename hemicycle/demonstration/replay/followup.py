"""What became of proposals, and contacts from before the platform. Planned at the outset: a proposal takes longer than a
session has run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from hemicycle.assembly.models import Body, Delegation
from hemicycle.dialogue import actions as dialogue
from hemicycle.dialogue.models import Topic
from hemicycle.followup import actions
from hemicycle.followup.models import EarlierContact, Proposal
from hemicycle.mandates import queries as mandates
from hemicycle.people import queries as people
from hemicycle.record.actors import Actor

from .stage import Stage, data

CHAIR = "Wouter Hazelbergh"  # of the committee before which the proposals lie
RAPPORTEUR = "Fionnuala Mac Giobúin"
SEAT = 4  # whose participant makes a proposal


def play(stage: Stage) -> Iterator[float]:
    told, topics = data("followup"), dict[str, Topic]()
    for key, row in told["topics"].items():
        stage.plan(-123, 8, partial(open_topic, stage, topics, key, row))
    for number, row in enumerate(told["proposal"], 1):
        steps = Steps(stage, topics, row, number)
        for step, day in row["steps"].items():
            stage.plan(day, 9, getattr(steps, step), minute=number)
    for minute, row in enumerate(told["contact"]):
        stage.plan(-30, 11, partial(transcribe, stage, topics, row), minute=minute)
    yield 1.0


def open_topic(stage: Stage, topics: dict[str, Topic], key: str, row: dict[str, Any]) -> None:
    topics[key] = Topic()
    dialogue.open_topic(topics[key], stage.actor("clerk1"), names=row["names"], about=row["about"])


def transcribe(stage: Stage, topics: dict[str, Topic], row: dict[str, Any]) -> None:
    contact = EarlierContact()
    actions.transcribe(
        contact, stage.actor("clerk1"), kind=row["kind"], from_day=stage.day(row["days"]),
        until_day=stage.day(row["until"]) if "until" in row else None, body=row["body"], title=row["title"],
        summary=row["summary"], language=row["language"], source=row["source"], page=row.get("page", ""),
        topic=topics[row["topic"]],
    )  # fmt: skip
    if not row.get("waits"):
        actions.confirm_transcription(contact, stage.actor("clerk2"))


class Steps:
    """The way of one proposal; each step is a method that the plan calls on its day."""

    def __init__(self, stage: Stage, topics: dict[str, Topic], row: dict[str, Any], number: int) -> None:
        self.stage, self.topics, self.row, self.number = stage, topics, row, number
        self.proposal = Proposal()

    def source(self, of: int) -> str:
        return str(data("followup")["words"]["source"]).format(number=17_000 + 10 * self.number + of)

    def maker(self) -> Actor:
        if self.row["by"] == "seat":
            return people.actor(mandates.sitting()[SEAT].person)
        return self.stage.actor(self.row["by"] or "clerk1")

    @property
    def chair(self) -> Actor:
        return self.stage.actor(CHAIR)

    def made(self) -> None:
        heard = (
            {}
            if self.row["by"]
            else {"side": self.row["side"], "source": self.source(0), "origin": "meeting"}
        )
        actions.make_proposal(
            self.proposal, self.maker(), topic=self.topics[self.row["topic"]], committee=Body.objects.get(code="political"),
            title=self.row["title"], text=self.row["text"], language=self.row["language"], **heard,
        )  # fmt: skip

    def taken_up(self) -> None:
        named = self.stage.people[RAPPORTEUR] if self.row.get("rapporteur") else None
        actions.take_up(self.proposal, self.chair, rapporteur=named, source=self.source(1))

    def declined(self) -> None:
        words = data("followup")["words"]["declined"]
        actions.decline(self.proposal, self.chair, reasons=words, language="en", source=self.source(1))

    def reported(self) -> None:
        number = str(data("followup")["words"]["number"]).format(number=9000 + self.number)
        actions.record_report(
            self.proposal, self.chair, number=number, text=self.row["report"], language=self.row["language"],
            source=self.source(2),
        )  # fmt: skip

    def asked(self) -> None:
        states = list(Delegation.objects.filter(code__in=self.row["states"]))
        actions.ask_state(
            self.proposal, self.chair, states=states, text=self.row["asks"], language=self.row["language"],
            source=self.source(3),
        )  # fmt: skip

    def answered(self) -> None:
        for of, (code, answer, language, text) in enumerate(self.row["answers"], 4):
            actions.record_answer(
                self.proposal, self.chair, state=Delegation.objects.get(code=code), answer=answer, text=text,
                language=language, source=self.source(of),
            )  # fmt: skip

    def claimed(self) -> None:
        evidence, source = self.row["evidence"]
        actions.claim_carried_out(
            self.proposal, self.chair, evidence=evidence, language=self.row["language"], source=source
        )

    def confirmed(self) -> None:
        actions.confirm_carried_out(self.proposal, self.stage.actor("clerk2"))
