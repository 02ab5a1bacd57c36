"""The clock of an answer as the room keeps it: told, stopped, extended, overdue, the same in both directions."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from hemicycle.assembly.models import Holiday, SeatYear
from hemicycle.dialogue import actions, deadlines, waiting, written
from hemicycle.dialogue.models import Question
from hemicycle.dialogue.procedure import QuestionState
from hemicycle.record import clock, references
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from .. import cast as casting
from ..conftest import NOON, at_once
from . import making
from .making import House

WHY = {"reasons": "The archive is closed.", "language": "en"}


def last_day(question: Question) -> date | None:
    question.refresh_from_db()
    found = deadlines.arithmetic(question)
    assert found is not None
    return found.last_day


def holiday(day: date) -> None:
    year, _made = SeatYear.objects.get_or_create(
        year=day.year,
        defaults={"reference": references.new("YEAR"), "state": "open", "created_at": clock.now()},
    )
    Holiday.objects.create(
        seat_year=year,
        day=day,
        entered_at=clock.now(),
        name_en="Carnival",
        name_fr="Carnaval",
        name_ru="Карнавал",
    )


def days(number: int) -> datetime:
    return NOON + timedelta(days=number)


def test_what_was_told_stays_when_a_holiday_is_entered_afterwards(house: House) -> None:
    question = house.admitted()
    assert last_day(question) == date(2027, 2, 23)  # ten working days from Tuesday 9 February
    with clock.set_to(days(1)):
        holiday(date(2027, 2, 15))
        assert last_day(question) == date(2027, 2, 23)
        assert last_day(house.admitted()) == date(2027, 2, 25)
    shown = deadlines.arithmetic(question)
    assert shown is not None and "Carnival" not in shown.passed and shown.counted == 10


def test_a_stop_and_an_extension_move_the_day_with_their_reasons(house: House) -> None:
    question = house.admitted()
    with pytest.raises(Unmet, match="does not stand"):
        actions.resume_clock(question, house.actor("anna"))
    with pytest.raises(Unmet, match="Say why"):
        actions.stop_clock(question, house.actor("anna"), reasons=" ", language="en")
    with clock.set_to(days(1)):  # Wednesday
        actions.stop_clock(question, house.actor("anna"), **WHY)
        assert deadlines.stands(question) is not None
        with pytest.raises(Unmet, match="already"):
            actions.stop_clock(question, house.actor("anna"), **WHY)
    with clock.set_to(days(3)):  # Friday: two evenings were lost
        actions.resume_clock(question, house.actor("bruno"))
        assert last_day(question) == date(2027, 2, 25)
        for bad in (0, 9):  # two of the charter's ten were taken by the stop
            with pytest.raises(Unmet, match="from 1 to 8"):
                actions.extend_time(question, house.actor("anna"), days=bad, **WHY)
        with pytest.raises(NotEmpowered):
            actions.extend_time(question, house.actor("nadia"), days=2, **WHY)
        actions.extend_time(question, house.actor("anna"), days=2, **WHY)
    assert last_day(question) == date(2027, 3, 1)
    shown = deadlines.arithmetic(question)
    assert shown is not None and shown.stopped == [date(2027, 2, 10), date(2027, 2, 11)]
    with clock.set_to(question.due_at or NOON):
        for act in (actions.stop_clock, actions.extend_time):
            more = {"days": 1} if act is actions.extend_time else {}
            with pytest.raises(Unmet, match="late stays late"):
                act(question, house.actor("anna"), **WHY, **more)


def test_a_stopped_clock_goes_on_of_itself(house: House) -> None:
    question = house.admitted()
    with clock.set_to(days(1)):  # Wednesday: ten working days later it goes on
        actions.stop_clock(question, house.actor("anna"), **WHY)
        assert last_day(question) == date(2027, 3, 9)  # ten evenings later, this one among them
        assert deadlines.days_left(question) == 0
    stop = deadlines.changes(question)[0]
    with clock.set_to(stop.ended_at or NOON):
        assert deadlines.stands(question) is None
        with pytest.raises(Unmet, match="does not stand"):
            actions.resume_clock(question, house.actor("anna"))
    assert question.due_at is not None
    with clock.set_to(question.due_at):
        assert deadlines.is_overdue(question) and actions.tick() == 1
    other = house.admitted()  # the day of admission never counts: none of the ten is lost by it
    actions.stop_clock(other, house.actor("anna"), **WHY)
    assert (last_day(other), deadlines.days_left(other)) == (date(2027, 3, 9), 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        other.clock_changes.update(ended_at=None)  # a stop without an end


def test_stops_and_extensions_end_whatever_reasons_are_given(house: House) -> None:
    question = house.admitted()
    actions.extend_time(question, house.actor("anna"), days=7, **WHY)
    actions.extend_time(question, house.actor("bruno"), days=3, **WHY)
    before = question.due_at
    for act, more in ((actions.stop_clock, {}), (actions.extend_time, {"days": 1})):
        with pytest.raises(Unmet, match="all the working days"):
            act(question, house.actor("anna"), **WHY, **more)
    question.refresh_from_db()
    assert question.due_at == before and question.clock_changes.count() == 2


def test_the_clock_is_the_same_in_both_directions(house: House) -> None:
    there, back = house.admitted(kind="position"), house.admitted("nadia", kind="position")
    with clock.set_to(days(2)):
        for question in (there, back):
            actions.stop_clock(question, house.actor("anna"), **WHY)
    with clock.set_to(days(6)):
        for question in (there, back):
            actions.resume_clock(question, house.actor("anna"))
            actions.extend_time(question, house.actor("anna"), days=5, **WHY)
    assert last_day(there) == last_day(back)
    at = (there.due_at or NOON) + timedelta(days=30)
    assert deadlines.level(there, at) == deadlines.level(back, at) == 3


def test_a_holding_answer_is_given_once_in_time_and_gives_days(house: House) -> None:
    question = house.assigned()
    before = last_day(question)
    said = {"text": "Мы спросили архив.", "language": "ru"}
    with pytest.raises(Unmet):
        actions.give_holding_answer(question, house.actor("nadia"), days=11, **said)
    with pytest.raises(NotEmpowered):
        actions.give_holding_answer(question, house.actor("anna"), days=5, **said)
    actions.give_holding_answer(question, house.actor("nadia"), days=5, **said)
    after = last_day(question)
    assert question.state == QuestionState.HOLDING and before and after and (after - before).days == 7
    with pytest.raises(OutOfOrder):
        actions.give_holding_answer(question, house.actor("nadia"), days=5, **said)
    actions.draft_answer(question, house.actor("oleg"), text="Ответ.", language="ru")
    late = house.assigned()
    with clock.set_to(days(60)), pytest.raises(Unmet, match="late stays late"):
        actions.give_holding_answer(late, house.actor("nadia"), days=1, **said)


def test_each_level_is_written_once_and_the_last_waits_for_the_chair(house: House) -> None:
    question = house.assigned("nadia")
    assert question.due_at is not None
    with pytest.raises(OutOfOrder):
        actions.escalate(question, CLOCK)
    with clock.set_to(question.due_at - timedelta(seconds=1)):
        assert actions.tick() == 0
    with clock.set_to(question.due_at):
        assert actions.tick() == 1 and actions.tick() == 0
        assert not [row for row in waiting.waiting(house.actor("luca")) if "long overdue" in str(row.title)]
    with clock.set_to(question.due_at + timedelta(days=30)):  # no clock went round for weeks
        assert actions.tick() == 2 and actions.tick() == 0
        assert [row for row in waiting.waiting(house.actor("luca")) if "long overdue" in str(row.title)]
        assert not [row for row in waiting.waiting(house.actor("henri")) if "long overdue" in str(row.title)]
        actions.draft_answer(question, house.actor("henri"), text="En retard.", language="fr")
        actions.sign_off(question, house.actor("luca"))
        actions.release_answer(question, house.actor("luca"))
        assert actions.tick() == 0
    levels = [row.facts["level"] for row in Entry.objects.filter(act="escalate").order_by("number")]
    assert levels == [1, 2, 3]
    assert Entry.objects.get(act="release_answer").facts["late"] is True
    question.refresh_from_db()
    assert [row.days_late for row in written.said(question)] == [0, 23]  # 24 February to Friday 26 March
    in_time = house.answered()
    assert [row.days_late for row in written.said(in_time)] == [0, 0]


@pytest.mark.usefixtures("own_database")
def test_two_clocks_that_go_round_at_once_write_each_level_once() -> None:
    with clock.set_to(NOON - timedelta(days=60)):
        house = making.house(casting.found())
        question = house.admitted()
    results = at_once(actions.tick, actions.tick)
    assert not [r for r in results if isinstance(r, Exception)], results
    with clock.set_to(NOON):
        question.refresh_from_db()
        assert question.level == 3
        levels = [row.facts["level"] for row in Entry.objects.filter(act="escalate").order_by("number")]
        assert levels == [1, 2, 3]


@pytest.mark.usefixtures("own_database")
def test_an_answer_released_alone_and_in_a_batch_at_once_is_released_once() -> None:
    with clock.set_to(NOON):
        house = making.house(casting.found())
        one, other = house.signed(), house.signed()
        clerk, writer = house.actor("anna"), house.actor("nadia")
    both = [one.reference, other.reference]
    results = at_once(
        lambda: actions.release_answers(house.topic, clerk, questions=both),
        lambda: actions.release_answer(Question.objects.get(pk=one.pk), writer),
    )
    done = Entry.objects.filter(act="release_answer").values_list("matter", flat=True)
    assert sorted(done) == sorted(set(done)) and one.reference in done, results
    assert sum(isinstance(r, Entry) for r in results) == 1
