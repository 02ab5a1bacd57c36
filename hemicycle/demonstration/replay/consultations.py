"""Two consultations: one that many have answered and whose result is published, and one that is open today."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hemicycle.consultations import actions, answering
from hemicycle.consultations.answering import Answerer
from hemicycle.consultations.models import Answer, CodeOrder, Consultation, Proposition, Side
from hemicycle.mandates import queries as mandates
from hemicycle.people import queries as people
from hemicycle.record.actors import CLOCK, PUBLIC
from hemicycle.rules.procedure import Office

from .stage import Stage, data

VOTERS = 120
NAMES = ("en", "fr", "ru")


def play(stage: Stage) -> Iterator[float]:
    first, second = Consultation(), Consultation()
    stage.plan(-14, 9, partial(begin, stage, first))
    stage.plan(-13, 9, partial(add, stage, first))
    stage.plan(-10, 20, partial(answer, stage, first))
    stage.plan(-8, 18, partial(finish, stage, first))
    stage.plan(-7, 10, partial(publish, stage, first))
    stage.plan(-5, 9, partial(begin_another, stage, second))
    stage.plan(-3, 19, partial(send, stage, second))
    yield 1.0


def by_language(words: dict[str, str], prefix: str = "") -> dict[str, str]:
    return {each: words[f"{prefix}{each}"] for each in NAMES}


def begin(stage: Stage, row: Consultation) -> None:
    """The Secretariat's first propositions stand in Russian; who answers adds in other languages."""
    words, told = data("consultations")["first"], data("consultations")["first_proposition"]
    actions.prepare(
        row, stage.actor("clerk1"), topic=stage.topics["papers"], names=by_language(words), explanations=by_language(words, "explained_"),
        closes_at=stage.instant(-8, 18), seeds=[each["text"] for each in told if each["language"] == "ru"], language="ru",
        civil_society=True,
    )  # fmt: skip
    actions.open_consultation(row, stage.actor("clerk1"))


def add(stage: Stage, row: Consultation) -> None:
    for each in (one for one in data("consultations")["first_proposition"] if one["language"] != "ru"):
        sent = Proposition(consultation=row)
        actions.propose(sent, stage.actor("member"), text=each["text"], language=each["language"])
        actions.admit(sent, stage.actor("clerk2"))


def answerers(stage: Stage, row: Consultation) -> Iterator[Answerer]:
    """Everybody who sits, the members of the Assembly who have an account, and civil society by codes."""
    for seat in mandates.sitting():
        yield Answerer(Side.PARTICIPANT, f"person:{seat.person.reference}")
    for person in people.holders(Office.DELEGATE)[:35]:
        yield Answerer(Side.DELEGATE, f"person:{person.reference}")
    first, second = ([answering.new_half() for _number in range(VOTERS)] for _clerk in range(2))
    order = CodeOrder(consultation=row)
    actions.ask_codes(order, stage.actor("clerk1"), halves=first)
    actions.make_codes(order, stage.actor("clerk2"), halves=second)
    for halves in zip(first, second, strict=True):
        who = answering.answerer(row, PUBLIC, "-".join(halves))
        assert who is not None
        yield who


def answer(stage: Stage, row: Consultation) -> None:
    """Three ways of seeing it, each with people who think otherwise in places, and who pass."""
    leaning = [each["leaning"] for each in data("consultations")["first_proposition"]]
    keys = list(row.propositions.order_by("number").values_list("pk", flat=True))
    draw = stage.random.random
    for number, who in zip(range(VOTERS), answerers(stage, row), strict=False):
        given: dict[int, int | None] = {}
        for key, of_ten in zip(keys, leaning, strict=True):
            if draw() < 0.05:
                continue
            if draw() < 0.05:
                given[key] = Answer.PASS
            else:
                given[key] = Answer.AGREE if draw() < of_ten[number % 3] / 10 else Answer.DISAGREE
        answering.give(row, who, given)


def finish(stage: Stage, row: Consultation) -> None:
    actions.close(row, CLOCK)
    actions.take_result(row)


def publish(stage: Stage, row: Consultation) -> None:
    row.refresh_from_db()
    actions.publish_result(row, stage.actor("clerk1"))


def begin_another(stage: Stage, row: Consultation) -> None:
    words = data("consultations")["second"]
    actions.prepare(
        row, stage.actor("clerk1"), topic=stage.topics["papers"], names=by_language(words), explanations=by_language(words, "explained_"),
        closes_at=stage.instant(16, 18), seeds=words["seeds"], language="en", civil_society=True,
    )  # fmt: skip
    actions.open_consultation(row, stage.actor("clerk1"))


def send(stage: Stage, row: Consultation) -> None:
    """What a participant adds waits for the Secretariat today."""
    sitting = mandates.sitting()[0]
    actions.propose(
        Proposition(consultation=row), people.actor(sitting.person), text=data("consultations")["second"]["sent"],
        language="ru",
    )  # fmt: skip
