"""Two devices at one instant give one answer; who answers while it closes is in the table or is told so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.consultations import actions, answering
from hemicycle.consultations.answering import Answerer
from hemicycle.consultations.models import Consultation, Proposition, Side, Vote, Voter
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from tests import cast as casting
from tests.conftest import NOON, at_once

from . import making

pytestmark = pytest.mark.usefixtures("own_database")


def opened() -> tuple[casting.Cast, int]:
    with clock.set_to(NOON - timedelta(days=making.DAYS)):
        cast = casting.found()
        return cast, making.opened(cast).pk


def give(key: int, who: str, value: int) -> str:
    row = Consultation.objects.get(pk=key)
    with clock.set_to(NOON - timedelta(seconds=1)):
        making.answer(row, who, [value] * 3)
    return "given"


def test_one_person_on_two_devices_at_once_is_one_voter_with_one_answer_each() -> None:
    _cast, key = opened()
    results = at_once(*(lambda v=v: give(key, "person:1", v) for v in (1, -1, 1, 0)))  # type: ignore[misc]
    assert results == ["given"] * 4, results
    assert Voter.objects.count() == 1 and Vote.objects.count() == 3
    assert len(set(Vote.objects.values_list("value", flat=True))) == 1, "one of them, whole"


def test_who_answers_while_it_closes_is_counted_or_refused() -> None:
    _cast, key = opened()

    def close() -> Entry:
        return actions.close(Consultation.objects.get(pk=key), CLOCK)

    work = [lambda n=n: give(key, f"person:{n}", 1) for n in range(4)]  # type: ignore[misc]
    *given, closed = at_once(*work, close)
    assert isinstance(closed, Entry), closed
    assert all(each == "given" or isinstance(each, Unmet) for each in given), given
    row = Consultation.objects.get(pk=key)
    assert row.matrix.count("\n") - 1 == 3 * given.count("given")
    assert closed.facts["votes"] == (0 if not row.sides else None), "of fewer than five it is not told"
    assert len(row.sides) == given.count("given") and not Vote.objects.exists()


def test_two_clocks_close_it_once_and_two_workers_record_one_result() -> None:
    _cast, key = opened()
    results = at_once(*(lambda: actions.close(Consultation.objects.get(pk=key), CLOCK) for _ in range(2)))
    assert sorted(type(r).__name__ for r in results) == ["Entry", "OutOfOrder"], results
    done = at_once(*(lambda: actions.take_result(Consultation.objects.get(pk=key)) for _ in range(2)))
    assert done == [None, None], done
    assert Entry.objects.filter(act="record_result").count() == 1


def test_propositions_that_come_at_once_have_a_number_each_and_one_is_decided_once() -> None:
    cast, key = opened()
    with clock.set_to(NOON):
        luca, henri, anna = (cast.actor(each) for each in ("luca", "henri", "anna"))

    def propose(by: object, text: str) -> Entry:
        sent = Proposition(consultation=Consultation.objects.get(pk=key))
        with clock.set_to(NOON - timedelta(days=1)):
            return actions.propose(sent, by, text=text, language="en")  # type: ignore[arg-type]

    sent = at_once(*(lambda n=n: propose((luca, henri)[n % 2], f"Thought {n}.") for n in range(4)))  # type: ignore[misc]
    assert all(isinstance(each, Entry) for each in sent), sent
    assert sorted(Proposition.objects.values_list("number", flat=True)) == list(range(1, 8))

    def decide(act: object, **given: str) -> Entry:
        with clock.set_to(NOON - timedelta(days=1)):
            return act(Proposition.objects.get(number=4), anna, **given)  # type: ignore[operator,no-any-return]

    results = at_once(lambda: decide(actions.admit), lambda: decide(actions.decline, reason="repeat"))
    assert sorted(type(r).__name__ for r in results) == ["Entry", "OutOfOrder"], results


def test_two_with_one_code_at_once_are_one_voice() -> None:
    _cast, key = opened()
    with clock.set_to(NOON - timedelta(days=2)):
        who = Answerer(Side.CIVIL_SOCIETY, "code:ABC")
        row = Consultation.objects.get(pk=key)
        keys = [each.pk for each in making.asked(row)]

    def say(value: int) -> str:
        with clock.set_to(NOON - timedelta(days=2)):
            answering.give(Consultation.objects.get(pk=key), who, {keys[0]: value})
        return "given"

    assert at_once(lambda: say(1), lambda: say(-1)) == ["given", "given"]
    assert Voter.objects.count() == Vote.objects.count() == 1
