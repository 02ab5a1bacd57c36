"""Consultations for the tests, and people who answer them in two camps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from hemicycle.consultations import actions, answering
from hemicycle.consultations.answering import Answerer
from hemicycle.consultations.models import CodeOrder, Consultation, Proposition, Side, Withdrawal
from hemicycle.dialogue import actions as dialogue
from hemicycle.dialogue.models import Topic
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK

from ..cast import Cast
from ..laying import laid

NAMES = {"en": "Papers in exile", "fr": "Papiers en exil", "ru": "Документы в изгнании"}
EXPLAINED = {
    "en": "What should states ask first?",
    "fr": "Que demander d’abord ?",
    "ru": "О чём просить прежде?",
}
SEEDS = (
    "Passports should be renewed without the consulate.",
    "A visa should last a year.",
    "Work comes first.",
)
MANY = tuple(f"Proposition of the test, number {n}." for n in range(1, 13))
DAYS = 14
YES, PASS, NO = 1, 0, -1


@laid
def topic(cast: Cast) -> Topic:
    opened = Topic()
    dialogue.open_topic(opened, cast.actor("anna"), names=NAMES, about={})
    return opened


@laid
def prepared(
    cast: Cast, *, seeds: Sequence[str] = SEEDS, civil_society: bool = False, under: Topic | None = None
) -> Consultation:
    row = Consultation()
    actions.prepare(
        row, cast.actor("anna"), topic=under or topic(cast), names=NAMES, explanations=EXPLAINED,
        closes_at=clock.now() + timedelta(days=DAYS), seeds=seeds, language="en", civil_society=civil_society,
    )  # fmt: skip
    return row


@laid
def opened(cast: Cast, *, seeds: Sequence[str] = SEEDS, civil_society: bool = False) -> Consultation:
    row = prepared(cast, seeds=seeds, civil_society=civil_society)
    actions.open_consultation(row, cast.actor("anna"))
    return row


def halves(number: int = 1) -> list[str]:
    return [answering.new_half() for _number in range(number)]


def code(cast: Cast, row: Consultation) -> str:
    (first,), (second,) = halves(), halves()
    order = CodeOrder(consultation=row)
    actions.ask_codes(order, cast.actor("anna"), halves=[first])
    actions.make_codes(order, cast.actor("bruno"), halves=[second])
    return f"{first}-{second}"


def withdrawn(cast: Cast, row: Consultation, reasons: str = "It was not needed.") -> None:
    """An open one, by two clerks."""
    withdrawal = Withdrawal(consultation=row)
    actions.ask_withdrawal(withdrawal, cast.actor("anna"), reasons=reasons, language="en")
    actions.confirm_withdrawal(withdrawal, cast.actor("bruno"))
    row.refresh_from_db()


def asked(row: Consultation) -> list[Proposition]:
    return list(row.propositions.filter(state="admitted"))


def answer(row: Consultation, who: str, values: Sequence[int | None], side: str = Side.DELEGATE) -> None:
    """Somebody's answers in the order of the propositions."""
    keys = [each.pk for each in asked(row)]
    answering.give(row, Answerer(side, who), dict(zip(keys, values, strict=False)))


def camps(row: Consultation, people: int, *, seed: int = 7, sides: Sequence[str] = (Side.DELEGATE,)) -> None:
    """Two camps of equal size: the first third of the propositions is supported by both, the next divides, of the last
    everybody thinks as chance has it."""
    drawn = Random(seed)
    count = len(asked(row))
    for one in range(people):
        camp = one % 2
        values: list[int | None] = []
        for place in range(count):
            third = 3 * place // count
            lean = (YES, YES if camp else NO, drawn.choice((YES, NO, PASS)))[third]
            values.append(lean if drawn.random() < 0.9 else PASS)
        answer(row, f"person:{one}", values, sides[one % len(sides)])


@laid
def closed(row: Consultation) -> Consultation:
    """Time passes to its end, and the clock writes it down. The worker has not begun."""
    with clock.set_to(row.closes_at):
        actions.close(row, CLOCK)
    return row


def computed(row: Consultation) -> Consultation:
    closed(row)
    actions.take_result(row)
    row.refresh_from_db()
    return row


@laid
def published(cast: Cast, row: Consultation) -> Consultation:
    computed(row)
    with clock.set_to(row.closes_at + timedelta(hours=1)):
        actions.publish_result(row, cast.actor("anna"))
    return row
