"""Who is told what of questions and of private exchange: these people, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hemicycle.candidacy.models import Candidacy
from hemicycle.dialogue import actions as dialogue
from hemicycle.dialogue import deadlines
from hemicycle.dialogue.models import Exchange
from hemicycle.mandates.models import Mandate
from hemicycle.mandates.procedure import MandateState
from hemicycle.notices import actions, forgetting, retention
from hemicycle.notices.models import Kind, Letter
from hemicycle.notices.recipients import BY_ACT
from hemicycle.people import accounts
from hemicycle.people import actions as people
from hemicycle.people.models import Holding
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.rules.procedure import Office

from .. import seating
from ..cast import Cast
from ..dialogue import making as questions
from ..dialogue.making import House
from ..followup import making as proposals
from ..texts import making as shelves
from .telling import CLERKS, Told, opens


@pytest.fixture
def house(cast: Cast) -> House:
    """Nadia, Oleg and Pavel sit; Luca chairs the committee in which Henri sits."""
    return questions.house(cast)


# --- questions ----------------------------------------------------------------------------------------------------------


def test_a_decision_that_is_overdue_is_told_once_to_the_clerks_and_the_secretary_general(
    house: House, cast: Cast
) -> None:
    told = Told(cast)
    tabled, review = house.tabled(), house.answered()
    dialogue.ask_review(review, house.actor("luca"), reasons="Half of it.", language="en")
    told.now()
    for question in (tabled, review):
        with clock.set_to(question.decide_by or clock.now()):
            dialogue.tick()
            assert told.now() == {Kind.OVERDUE: {*CLERKS, "jonas"}}
            opens(cast.jonas, question, Kind.OVERDUE)
            dialogue.tick()
            assert told.now() == {}


def test_a_question_to_a_committee_from_tabling_to_the_review(house: House, cast: Cast) -> None:
    told = Told(cast)
    question = house.tabled("nadia")
    assert told.now() == {Kind.DECISION_WANTED: CLERKS}
    dialogue.return_question(question, house.actor("anna"), reason="form", text="Shorter.", language="en")
    assert told.now() == {Kind.OUTCOME: {"nadia"}}
    opens(cast.nadia, question, Kind.OUTCOME)
    dialogue.table_question(question, house.actor("nadia"))
    assert told.now() == {Kind.DECISION_WANTED: CLERKS}
    dialogue.admit_question(question, house.actor("anna"))
    assert told.now() == {Kind.OUTCOME: {"nadia"}, Kind.QUESTION: {"luca"}}
    dialogue.stop_clock(question, house.actor("anna"), reasons="Elections.", language="en")
    assert told.now() == {Kind.TIME_CHANGED: {"nadia", "luca"}}, "the chair, while nobody writes"
    dialogue.resume_clock(question, house.actor("anna"))
    assert told.now() == {Kind.TIME_CHANGED: {"nadia", "luca"}}
    dialogue.assign_answer(question, house.actor("luca"), authors=[cast.henri.reference])
    assert told.now() == {Kind.QUESTION: {"henri"}}
    opens(cast.henri, question, Kind.QUESTION)
    dialogue.extend_time(question, house.actor("anna"), days=2, reasons="Illness.", language="en")
    assert told.now() == {Kind.TIME_CHANGED: {"nadia", "henri"}}
    dialogue.give_holding_answer(question, house.actor("henri"), text="We ask.", language="en", days=2)
    assert told.now() == {Kind.ANSWERED: {"nadia"}}
    dialogue.draft_answer(question, house.actor("henri"), text="So it is.", language="en")
    dialogue.sign_off(question, house.actor("henri"))
    assert told.now() == {}, "a draft is nobody's news"
    dialogue.release_answer(question, house.actor("anna"))
    assert told.now() == {Kind.ANSWERED: {"nadia"}}
    mended = {"text": "So it is now.", "language": "en", "ground": "A slip.", "ground_language": "en"}
    dialogue.correct_answer(question, house.actor("henri"), part="answer1", **mended)
    assert told.now() == {Kind.CORRECTED: {"nadia"}}
    dialogue.correct_question(question, house.actor("nadia"), **mended)
    assert told.now() == {Kind.CORRECTED: {"henri"}}
    dialogue.ask_review(question, house.actor("nadia"), reasons="It says nothing.", language="en")
    assert told.now() == {Kind.REVIEW_WAITS: {"jonas"}, Kind.REVIEW_ASKED: {"henri"}}
    dialogue.decide_review(
        question, house.actor("jonas"), outcome="anew", reasons="True.", language="en",
        authors=[cast.katia.reference],
    )  # fmt: skip
    assert told.now() == {Kind.OUTCOME: {"nadia", "henri", "luca"}, Kind.QUESTION: {"katia"}}


def test_a_question_to_the_participants_as_a_body_goes_to_the_clerks_first(house: House, cast: Cast) -> None:
    told = Told(cast)
    question = house.tabled("luca", capacity="committee:political")
    told.now()
    dialogue.admit_question(question, house.actor("anna"))
    assert told.now() == {Kind.OUTCOME: {"luca"}, Kind.QUESTION: {"bruno"}}, "not of her own act"
    seats = [house.seats[0].reference, house.seats[1].reference]
    dialogue.appoint_authors(
        question, house.actor("anna"), authors=seats, proposed_by=house.seats[2].reference
    )
    assert told.now() == {Kind.QUESTION: {"nadia", "oleg"}}


def test_who_is_suspended_still_hears_of_the_own_question(house: House, cast: Cast) -> None:
    question = house.assigned("nadia")
    seating.suspend(house.seats[0])
    told = Told(cast)
    dialogue.extend_time(question, house.actor("anna"), days=2, reasons="Illness.", language="en")
    assert told.now() == {Kind.TIME_CHANGED: {"nadia", "henri"}}


@pytest.mark.parametrize(
    ("to", "top"), [("committee:political", "luca"), ("", "greta")], ids=["committee", "member"]
)
def test_what_is_overdue_goes_up_by_its_levels(house: House, cast: Cast, to: str, top: str) -> None:
    question = house.admitted("nadia", addressee=to or cast.henri.reference)
    if to:
        dialogue.assign_answer(question, house.actor("luca"), authors=[cast.henri.reference])
    told = Told(cast)
    assert question.due_at is not None
    with clock.set_to(question.due_at):
        dialogue.escalate(question, CLOCK)
    assert told.now() == {Kind.OVERDUE: {"henri"} | CLERKS}
    with clock.set_to(question.due_at + timedelta(days=90)):
        while deadlines.level(question, clock.now()) > question.level:
            dialogue.escalate(question, CLOCK)
        assert told.now() == {Kind.OVERDUE: {"henri", top} | CLERKS}


def test_a_draft_that_lapses_is_told_to_its_asker_and_the_letter_goes_with_it(
    house: House, cast: Cast
) -> None:
    question = house.draft("nadia")
    told = Told(cast)
    assert question.lapses_at is not None
    with clock.set_to(question.lapses_at):
        dialogue.lapse_question(question, CLOCK)
        assert told.now() == {Kind.OUTCOME: {"nadia"}}
    due = {each.reference: each for each in retention.plan(clock.now() + timedelta(days=2000))}
    at = due[question.reference].at
    with clock.set_to(at):
        dialogue.tick()
        question.refresh_from_db()
        assert question.erased_at == at
        actions.forget()
    assert not Letter.objects.filter(about=question.reference).exists()


def test_an_exchange_is_told_to_the_other_of_the_two(house: House, cast: Cast) -> None:
    told = Told(cast)
    exchange = Exchange()
    dialogue.invite(exchange, house.actor("luca"), whom=house.seats[0].reference)
    assert told.now() == {Kind.INVITED: {"nadia"}}
    opens(cast.nadia, exchange, Kind.INVITED)
    dialogue.begin_exchange(exchange, house.actor("nadia"))
    assert told.now() == {Kind.EXCHANGE: {"luca"}}
    Holding.objects.filter(person=cast.luca, office=Office.DELEGATE).update(held_until=clock.now())
    dialogue.end_exchange(exchange, CLOCK)
    assert told.now() == {Kind.EXCHANGE: {"luca", "nadia"}}, "of what time ends both are told"
    due = {each.reference: each for each in retention.plan(clock.now() + timedelta(days=2000))}
    with clock.set_to(due[exchange.reference].at):
        dialogue.tick()
        actions.forget()
    assert not Letter.objects.filter(about=exchange.reference).exists()


# --- who is forgotten ---------------------------------------------------------------------------------------------------


def test_what_somebody_said_in_the_dialogue_keeps_nobody_from_being_forgotten(
    house: House, cast: Cast
) -> None:
    question = house.answered("nadia")
    proposals.made(cast, by="nadia", under=house.topic)
    with shelves.shelf() as shelf:
        shelves.aside(cast, shelf.put(shelves.text(cast)))
    assert forgetting.needed([cast.nadia.pk]) == {cast.nadia.pk}, "she sits"
    mandates = Mandate.objects.filter(pk=house.seats[0].pk)
    mandates.update(state=MandateState.ENDED, ended_at=clock.now(), ended_ground="term", candidacy=None)
    Candidacy.objects.filter(person=cast.nadia).delete()
    assert forgetting.needed([cast.nadia.pk]) == set()
    people.erase_person(accounts.of(cast.nadia), CLOCK)
    for language in ("", "/fr", "/ru"):
        page = Client().get(f"{language}/questions/{question.reference}/")
        assert page.status_code == 200 and "Yeryomkina" not in page.content.decode()


# --- all rows -----------------------------------------------------------------------------------------------------------


def test_no_row_of_the_dialogue_tells_anybody_of_an_own_act() -> None:
    rooms = {"texts", "dialogue", "statements", "consultations", "followup"}
    rows = [row for told in BY_ACT.values() for row in told if row.room in rooms]
    assert len(rows) > 50 and not any(row.to_actor for row in rows)
