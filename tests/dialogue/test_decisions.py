"""The house has a time to decide on a tabled question and on a review; what waits longer is told once, and silence decides nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from hemicycle.dialogue import actions, deadlines, marks, queries, waiting
from hemicycle.dialogue.models import Question
from hemicycle.dialogue.procedure import QuestionState
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.web.desk import matter_url

from .. import seating
from ..conftest import NOON
from .making import House

S = QuestionState


def last_day(question: Question) -> date:
    assert question.decide_by is not None
    return timezone.localtime(question.decide_by - timedelta(seconds=1)).date()


def waits(house: House, key: str) -> list[str]:
    with translation.override("en"):
        return [str(row.title).partition(":")[0] for row in waiting.waiting(house.actor(key))]


def reminders() -> list[tuple[str, str]]:
    return list(Entry.objects.filter(act="remind_decision").values_list("matter", "publicity"))


def test_a_tabled_question_that_waits_too_long_is_told_once_and_stays_as_it_is(house: House) -> None:
    question = house.tabled()
    assert last_day(question) == date(2027, 2, 16)  # five working days from Tuesday 9 February
    assert marks.due_words(question) == "decision by 16\u00a0February\u00a02027"
    due = question.decide_by or NOON
    with clock.set_to(due - timedelta(seconds=1)):
        assert actions.tick() == 0 and not deadlines.is_undecided(question)
    with clock.set_to(due):
        assert not queries.visible_to(house.actor("jonas")).exists(), "nobody was told yet"
        assert actions.tick() == 1 and actions.tick() == 0
        question.refresh_from_db()
        assert question.state == S.TABLED and marks.state_of(question)[0] == "a decision is overdue"
        assert reminders() == [(question.reference, "house")]
        assert "Admit a question or return it" in waits(house, "anna")
        assert waits(house, "jonas") == ["The Secretariat has not decided on a question"]
        assert list(queries.visible_to(house.actor("jonas"))) == [question]
        assert (
            not queries.visible_to(house.actor("nadia")).exists() and not queries.public_questions().exists()
        )
        with pytest.raises(NotEmpowered):
            actions.admit_question(question, house.actor("jonas"))
        actions.admit_question(question, house.actor("anna"))
        assert question.decide_by is None and waits(house, "jonas") == []


def test_the_time_begins_anew_when_a_returned_question_is_tabled_again(house: House) -> None:
    question = house.tabled()
    with clock.set_to((question.decide_by or NOON) + timedelta(days=1)):
        actions.tick()
        question.refresh_from_db()
        actions.return_question(question, house.actor("anna"), reason="form", text="Two.", language="en")
        assert question.decide_by is None and actions.tick() == 0
        actions.table_question(question, house.actor("luca"))
        assert last_day(question) == date(2027, 2, 25) and actions.tick() == 0
        assert not queries.visible_to(house.actor("jonas")).exists()
    with clock.set_to(question.decide_by or NOON):
        assert actions.tick() == 1
    assert len(reminders()) == 2


def test_a_review_that_waits_too_long_is_told_in_public_and_decided_by_nobody_else(house: House) -> None:
    question = house.answered()
    actions.ask_review(question, house.actor("luca"), reasons="Half of it.", language="en")
    assert last_day(question) == date(2027, 2, 23)  # ten working days
    assert "Decide on the review of an answer" in waits(house, "jonas")
    assert waits(house, "anna") == []
    for prefix, words in (("", "23\u00a0February"), ("/fr", "23\u00a0février"), ("/ru", "23\u00a0февраля")):
        assert words in Client().get(f"{prefix}/questions/{question.reference}/").content.decode()
    with clock.set_to(question.decide_by or NOON):
        assert actions.tick() == 1 and actions.tick() == 0
        question.refresh_from_db()
        assert question.state == S.UNDER_REVIEW and reminders() == [(question.reference, "public")]
        assert waits(house, "anna") == ["A review is overdue"]
        assert question.reference in Client().get("/questions/?state=overdue").content.decode()
        with pytest.raises(NotEmpowered):
            actions.decide_review(question, house.actor("anna"), outcome="stands", reasons="x", language="en")
        actions.decide_review(question, house.actor("jonas"), outcome="stands", reasons="All.", language="en")
        assert question.decide_by is None and waits(house, "anna") == [] and actions.tick() == 0


def test_nothing_is_told_too_early_twice_by_a_person_or_of_what_is_over(house: House) -> None:
    draft, tabled, withdrawn, lapsed = house.draft(), house.tabled(), house.tabled(), house.tabled("nadia")
    actions.withdraw_question(withdrawn, house.actor("luca"))
    for row in (draft, tabled, withdrawn):
        with pytest.raises(OutOfOrder):
            actions.remind_decision(row, CLOCK)
    with clock.set_to(tabled.decide_by or NOON):
        with pytest.raises(NotEmpowered):
            actions.remind_decision(tabled, house.actor("anna"))
        seating.end(house.seats[0])  # whose question lapses with the participation
        assert actions.tick() == 2
        tabled.refresh_from_db()
        lapsed.refresh_from_db()
        with pytest.raises(OutOfOrder):
            actions.remind_decision(tabled, CLOCK)
        assert lapsed.state == S.LAPSED and lapsed.decide_by is None
        assert house.cast.client("jonas").get(matter_url(withdrawn)).status_code == 404
    assert reminders() == [(tabled.reference, "house")]
