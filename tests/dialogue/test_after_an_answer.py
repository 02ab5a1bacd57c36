"""What comes after an answer: one follow-up, one review, corrections beside; several released at once; a topic mended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.dialogue import actions, queries, written
from hemicycle.dialogue.models import Answer, Question
from hemicycle.dialogue.procedure import QuestionState
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from ..conftest import NOON
from .making import NAMES, TEXT, House

S = QuestionState
GROUND = {"ground": "A slip.", "ground_language": "en"}


def test_an_answer_is_followed_up_once(house: House) -> None:
    question = house.answered()
    with pytest.raises(NotEmpowered):
        actions.follow_up(question, house.actor("henri"), kind="position", text="And?", language="en")
    actions.follow_up(question, house.actor("luca"), kind="position", text="And then?", language="en")
    following = Question.objects.get(follows__question=question)
    assert question.state == S.FOLLOWED_UP and following.state == S.DRAFTED
    with pytest.raises(OutOfOrder):
        actions.follow_up(question, house.actor("luca"), kind="position", text="And?", language="en")
    actions.ask_review(question, house.actor("luca"), reasons="Half of it.", language="en")
    actions.decide_review(question, house.actor("jonas"), outcome="stands", reasons="All.", language="en")
    with pytest.raises(Unmet, match="followed up already"):
        actions.follow_up(question, house.actor("luca"), kind="position", text="And?", language="en")


def test_a_review_is_asked_for_once_and_in_time_and_others_answer_anew(house: House) -> None:
    question = house.answered()
    late = house.answered()
    assert question.review_until is not None
    with clock.set_to(question.review_until), pytest.raises(Unmet, match="over"):
        actions.ask_review(late, house.actor("luca"), reasons="Late.", language="en")
    with pytest.raises(NotEmpowered):
        actions.ask_review(question, house.actor("nadia"), reasons="Mine.", language="en")
    with pytest.raises(OutOfOrder):
        actions.decide_review(question, house.actor("jonas"), outcome="stands", reasons="x", language="en")
    with clock.set_to(question.review_until - timedelta(seconds=1)):
        actions.ask_review(question, house.actor("luca"), reasons="The second half.", language="en")
    said = {"reasons": "The second half is open.", "language": "en"}
    with pytest.raises(NotEmpowered):
        actions.decide_review(question, house.actor("anna"), outcome="stands", **said)
    with pytest.raises(Unmet, match="somebody else"):
        actions.decide_review(
            question, house.actor("jonas"), outcome="anew", authors=[house.seats[0].reference], **said
        )
    with pytest.raises(Unmet):
        actions.decide_review(question, house.actor("jonas"), outcome="maybe", **said)
    question.refresh_from_db()
    actions.decide_review(
        question, house.actor("jonas"), outcome="anew", authors=[house.seats[2].reference], **said
    )
    assert question.state == S.ASSIGNED and question.round == 2 and question.due_at is not None
    with pytest.raises(NotEmpowered):
        actions.draft_answer(question, house.actor("nadia"), text="Опять.", language="ru")
    actions.draft_answer(question, house.actor("pavel"), text="Вторая часть.", language="ru")
    actions.sign_off(question, house.actor("pavel"))
    actions.release_answer(question, house.actor("pavel"))
    assert question.state == S.REVIEWED and [row.round for row in queries.released(question)] == [1, 2]
    with pytest.raises(OutOfOrder):
        actions.ask_review(question, house.actor("luca"), reasons="Again.", language="en")
    actions.close_question(question, house.actor("anna"))


def test_the_secretariat_closes_only_when_no_review_can_be_asked_for(house: House) -> None:
    question = house.answered()
    with pytest.raises(Unmet, match="may still"):
        actions.close_question(question, house.actor("anna"))
    with pytest.raises(NotEmpowered):
        actions.close_question(question, house.actor("nadia"))
    with clock.set_to(question.review_until or NOON):
        actions.close_question(question, house.actor("anna"))
    other = house.answered()
    actions.close_question(other, house.actor("luca"))
    assert {question.state, other.state} == {S.CLOSED}


def test_corrections_stand_beside_the_original(house: House) -> None:
    question = house.answered()
    with pytest.raises(NotEmpowered):
        actions.correct_question(question, house.actor("anna"), text="Other.", language="en", **GROUND)
    with pytest.raises(Unmet, match="why"):
        actions.correct_question(
            question, house.actor("luca"), text="Other.", language="en", ground=" ", ground_language="en"
        )
    actions.correct_question(question, house.actor("luca"), text="Other.", language="en", **GROUND)
    with pytest.raises(NotEmpowered):
        actions.correct_answer(
            question, house.actor("pavel"), part="answer1", text="x", language="ru", **GROUND
        )
    with pytest.raises(Unmet):
        actions.correct_answer(
            question, house.actor("nadia"), part="answer2", text="x", language="ru", **GROUND
        )
    actions.correct_answer(
        question, house.actor("nadia"), part="answer1", text="Лучше.", language="ru", **GROUND
    )
    question.refresh_from_db()
    assert question.text == TEXT and queries.released(question)[0].text == "Ответ готов."
    assert [row.text for row in question.corrections.all()] == ["Other.", "Лучше."]
    # Each is its author's, who may appeal where it is set aside.
    beside = {row.text.body: row.text.author for said in written.said(question) for row in said.beside}
    assert beside == {"Other.": house.cast.luca.pk, "Лучше.": house.cast.nadia.pk}


def test_several_answers_are_released_at_once_or_none(house: House) -> None:
    ready, other, unsigned = house.signed(), house.signed(), house.assigned()
    three = [ready.reference, other.reference, unsigned.reference]
    assert queries.releasable(house.topic, house.actor("anna")) == [other, ready]
    before = Entry.objects.count()
    for chosen in (three, [], [ready.reference, "QUES-NONE"]):
        with pytest.raises(Unmet):
            actions.release_answers(house.topic, house.actor("anna"), questions=chosen)
    with pytest.raises(NotEmpowered):
        actions.release_answers(house.topic, house.actor("nadia"), questions=three[:2])
    with pytest.raises(NotEmpowered):  # chairs another side
        actions.release_answers(house.topic, house.actor("luca"), questions=three[:2])
    assert Entry.objects.count() == before and not Answer.objects.filter(released_at__isnull=False).exists()
    actions.release_answers(house.topic, house.actor("anna"), questions=three[:2])
    acts = Entry.objects.filter(number__gt=0, act__in=["release_answer", "release_answers"])
    assert sorted(acts.values_list("act", flat=True)) == [
        "release_answer",
        "release_answer",
        "release_answers",
    ]


def test_a_topic_is_mended_and_the_record_keeps_the_digest(house: House) -> None:
    names = {**NAMES, "en": "Visas on humanitarian grounds"}
    with pytest.raises(Unmet):
        actions.correct_topic(house.topic, house.actor("anna"), names=NAMES, about={"en": "Who may travel."})
    actions.correct_topic(house.topic, house.actor("anna"), names=names, about={})
    entry = Entry.objects.get(act="correct_topic")
    assert house.topic.name_en == names["en"] and len(entry.facts["before"]) == 64
    with pytest.raises(NotEmpowered):
        actions.correct_topic(house.topic, house.actor("luca"), names=NAMES, about={})
