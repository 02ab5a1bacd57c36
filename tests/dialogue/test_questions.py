"""From a draft to an answer, a review and a correction, in both directions; and who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from hemicycle.assembly.models import BodySeat
from hemicycle.dialogue import actions, queries
from hemicycle.dialogue.models import Answer, Question
from hemicycle.dialogue.procedure import QuestionState
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, PUBLIC
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from .. import seating
from ..conftest import NOON
from .making import TEXT, VOPROS, House

S = QuestionState
GROUND = {"ground": "A slip.", "ground_language": "en"}


def publicity(question: Question, act: str) -> list[str]:
    return list(Entry.objects.filter(matter=question.reference, act=act).values_list("publicity", flat=True))


def test_a_delegate_asks_the_participants_and_is_answered_by_two_of_them(house: House) -> None:
    question = house.draft()
    assert question.state == S.DRAFTED and not queries.visible_to(PUBLIC).exists()
    actions.table_question(question, house.actor("luca"))
    assert list(queries.visible_to(house.actor("anna"))) == [question]
    assert not queries.visible_to(house.actor("nadia")).exists()
    actions.admit_question(question, house.actor("anna"))
    assert question.state == S.ADMITTED and list(queries.public_questions()) == [question]
    seats = [row.reference for row in house.seats[:2]]
    actions.appoint_authors(
        question, house.actor("anna"), authors=seats, proposed_by=house.seats[2].reference
    )
    actions.draft_answer(question, house.actor("nadia"), text="Черновик", language="ru")
    actions.sign_off(question, house.actor("nadia"))
    with pytest.raises(Unmet):
        actions.release_answer(question, house.actor("nadia"))
    assert queries.draft_for(question, house.actor("anna")) is None
    actions.sign_off(question, house.actor("oleg"))
    assert queries.draft_for(question, house.actor("anna")) is not None
    assert queries.draft_for(question, house.actor("luca")) is None
    actions.release_answer(question, house.actor("nadia"))
    assert question.state == S.ANSWERED and [row.text for row in queries.released(question)] == ["Черновик"]
    facts = " ".join(str(row) for row in Entry.objects.values_list("facts", flat=True))
    assert TEXT not in facts and "Черновик" not in facts


def test_a_participant_asks_a_committee_whose_chair_signs_for_all(house: House) -> None:
    question = house.admitted("nadia", text=VOPROS, language="ru")
    with pytest.raises(Unmet, match="Whoever is asked"):
        actions.appoint_authors(
            question, house.actor("anna"), authors=[house.cast.henri.reference], proposed_by=""
        )
    with pytest.raises(NotEmpowered):
        actions.assign_answer(question, house.actor("henri"), authors=[house.cast.henri.reference])
    with pytest.raises(Unmet, match="side that was asked"):
        actions.assign_answer(question, house.actor("luca"), authors=[house.seats[1].reference])
    with pytest.raises(Unmet, match="Choose who writes"):
        actions.assign_answer(question, house.actor("luca"), authors=[])
    actions.assign_answer(question, house.actor("luca"), authors=[house.cast.henri.reference])
    with pytest.raises(Unmet, match="no answer to sign"):
        actions.sign_off(question, house.actor("luca"))
    with pytest.raises(NotEmpowered):
        actions.draft_answer(question, house.actor("katia"), text="No.", language="en")
    actions.draft_answer(question, house.actor("henri"), text="Un.", language="fr")
    actions.sign_off(question, house.actor("luca"))
    actions.draft_answer(question, house.actor("henri"), text="Deux.", language="fr")
    with pytest.raises(Unmet):
        actions.release_answer(question, house.actor("luca"))
    actions.sign_off(question, house.actor("luca"))
    actions.release_answer(question, house.actor("luca"))
    assert [row.text for row in queries.released(question)] == ["Deux."]


def test_a_person_who_is_asked_writes_without_being_assigned_and_takes_others_along(house: House) -> None:
    question = house.admitted("nadia", addressee=house.cast.katia.reference)
    assert question.state == S.ASSIGNED
    with pytest.raises(Unmet, match="stays among"):
        actions.assign_answer(question, house.actor("katia"), authors=[house.cast.henri.reference])
    both = [house.cast.katia.reference, house.cast.henri.reference]
    actions.assign_answer(question, house.actor("katia"), authors=both)
    actions.draft_answer(question, house.actor("henri"), text="Oui.", language="fr")
    actions.sign_off(question, house.actor("henri"))
    assert not queries.is_signed_off(question)
    actions.sign_off(question, house.actor("katia"))
    actions.release_answer(question, house.actor("katia"))
    assert question.state == S.ANSWERED


def test_who_writes_is_changed_freely_before_anybody_has_signed_and_not_after_everybody_has(
    house: House,
) -> None:
    question, (nadia, oleg, pavel) = house.assigned(), [row.reference for row in house.seats[:3]]
    anna = house.actor("anna")
    actions.appoint_authors(question, anna, authors=[pavel], proposed_by=nadia)
    actions.appoint_authors(question, anna, authors=[nadia, oleg], proposed_by=pavel)
    actions.draft_answer(question, house.actor("nadia"), text="Ответ.", language="ru")
    actions.sign_off(question, house.actor("nadia"))
    for wrong in ([oleg], [oleg, pavel], [nadia]):
        with pytest.raises(Unmet, match="no longer sits gives way"):
            actions.appoint_authors(question, anna, authors=wrong, proposed_by=pavel)
    actions.sign_off(question, house.actor("oleg"))
    for wrong in ([pavel], [nadia, oleg, pavel], [nadia, oleg]):
        with pytest.raises(Unmet, match="Everybody who writes has signed"):
            actions.appoint_authors(question, anna, authors=wrong, proposed_by=pavel)
    assert queries.is_signed_off(question)
    actions.draft_answer(
        question, house.actor("oleg"), text="Другой.", language="ru"
    )  # nobody has signed this one
    actions.appoint_authors(question, anna, authors=[oleg, pavel], proposed_by=nadia)
    assert [row.person for row in queries.authors(question)] == [house.cast.oleg, house.cast.pavel]


@pytest.mark.parametrize("gone", [seating.suspend, seating.end])
@pytest.mark.parametrize("signed", [("oleg",), ("nadia", "oleg"), ("nadia",)])
def test_an_author_who_no_longer_sits_gives_way_and_the_others_stay_signed(
    house: House, gone: Callable[[Mandate], None], signed: tuple[str, ...]
) -> None:
    question, (_nadia, oleg, pavel) = house.assigned(), [row.reference for row in house.seats[:3]]
    anna = house.actor("anna")
    actions.draft_answer(question, house.actor("oleg"), text="Ответ.", language="ru")
    for key in signed:
        actions.sign_off(question, house.actor(key))
    gone(house.seats[0])  # Nadia
    if "oleg" in signed:
        with pytest.raises(Unmet, match="no longer sits gives way"):
            actions.appoint_authors(question, anna, authors=[pavel], proposed_by=pavel)
    actions.appoint_authors(question, anna, authors=[oleg, pavel], proposed_by=oleg)
    assert [(row.person, row.signed_at is not None) for row in queries.authors(question)] == [
        (house.cast.oleg, "oleg" in signed),
        (house.cast.pavel, False),
    ]
    with pytest.raises(Unmet, match="signs the answer first"):
        actions.release_answer(question, anna)
    with pytest.raises(NotEmpowered):
        actions.sign_off(question, house.actor("nadia"))
    for key in ("oleg", "pavel"):
        actions.sign_off(question, house.actor(key))
    actions.release_answer(question, anna)


def test_a_chair_replaces_only_who_left_the_committee_once_somebody_has_signed(house: House) -> None:
    question, luca = house.admitted("nadia"), house.actor("luca")
    henri, katia, chair = (house.cast.persons[key].reference for key in ("henri", "katia", "luca"))
    actions.assign_answer(question, luca, authors=[henri, katia])
    actions.draft_answer(question, house.actor("henri"), text="Un.", language="fr")
    actions.sign_off(question, house.actor("katia"))
    with pytest.raises(Unmet, match="no longer sits gives way"):
        actions.assign_answer(question, luca, authors=[henri, chair])
    BodySeat.objects.filter(body=house.committee, person=house.cast.henri).delete()
    actions.assign_answer(question, luca, authors=[katia, chair])
    assert [row.signed_at is not None for row in queries.authors(question)] == [True, False]
    actions.sign_off(question, luca)
    with pytest.raises(Unmet, match="Everybody who writes has signed"):
        actions.assign_answer(question, luca, authors=[katia])


def test_a_clerk_puts_down_nobody_of_an_own_proposal_and_of_nobody_who_does_not_sit(house: House) -> None:
    question, seats = house.admitted(), [row.reference for row in house.seats]
    Mandate.objects.filter(pk=house.seats[2].pk).update(person=house.cast.anna)
    with pytest.raises(Unmet, match="what he or she proposed"):
        actions.appoint_authors(question, house.actor("anna"), authors=seats[:2], proposed_by=seats[2])
    seating.end(house.seats[3])
    for nobody in (seats[3], house.cast.bruno.reference, house.cast.luca.reference, ""):
        with pytest.raises(Unmet, match="which participant"):
            actions.appoint_authors(question, house.actor("anna"), authors=seats[:2], proposed_by=nobody)
    actions.appoint_authors(question, house.actor("bruno"), authors=seats[:2], proposed_by=seats[2])


@pytest.mark.parametrize(
    "words",
    [
        {"capacity": "participant"},
        {"capacity": "committee:legal"},
        {"addressee": "committee:political"},
        {"addressee": "nobody"},
        {"kind": "chat"},
        {"text": "  "},
    ],
)
def test_a_draft_that_does_not_fit_is_refused_and_nothing_is_kept(
    house: House, words: dict[str, Any]
) -> None:
    with pytest.raises(Unmet):
        house.draft(**words)
    assert not Question.objects.exists()


def test_nobody_asks_the_own_side_and_who_sits_nowhere_asks_nobody(house: House) -> None:
    with pytest.raises(Unmet):
        house.draft("nadia", addressee="participants")
    with pytest.raises(NotEmpowered):
        house.draft("quiet")


def test_on_a_closed_topic_nothing_is_begun_and_what_was_begun_goes_on(house: House) -> None:
    draft, asked = house.draft(), house.admitted()
    actions.close_topic(house.topic, house.actor("anna"))
    draft.topic.refresh_from_db()
    with pytest.raises(Unmet):
        actions.table_question(draft, house.actor("luca"))
    with pytest.raises(Unmet):
        house.draft()
    seats = [house.seats[0].reference]
    actions.appoint_authors(asked, house.actor("anna"), authors=seats, proposed_by=seats[0])


def test_a_question_is_returned_for_its_form_or_a_rule_of_speech_and_tabled_again(house: House) -> None:
    question = house.tabled()
    with pytest.raises(Unmet):
        actions.return_question(question, house.actor("anna"), reason="opinion", text="No.", language="en")
    with pytest.raises(NotEmpowered):
        actions.return_question(question, house.actor("luca"), reason="form", text="No.", language="en")
    actions.return_question(question, house.actor("anna"), reason="form", text="Two at once.", language="en")
    assert question.state == S.RETURNED and publicity(question, "return_question") == ["house"]
    assert not queries.visible_to(house.actor("henri")).exists()
    actions.change_question(
        question, house.actor("luca"), addressee="participants", kind="position", text="One.", language="en"
    )
    with pytest.raises(NotEmpowered):
        actions.change_question(
            question, house.actor("henri"), addressee="participants", kind="position", text="x", language="en"
        )
    actions.table_question(question, house.actor("luca"))
    assert question.return_text == "" and question.text == "One."


def test_a_clerk_decides_on_no_question_in_which_he_or_she_has_a_part(house: House) -> None:
    question = house.tabled()
    Question.objects.filter(pk=question.pk).update(asker=house.cast.anna)
    for act in (actions.admit_question, actions.stop_clock):
        with pytest.raises((NotEmpowered, TypeError)):
            act(question, house.actor("anna"))
    actions.admit_question(question, house.actor("bruno"))


def test_a_suspended_participant_asks_and_answers_nothing_and_the_question_stays(house: House) -> None:
    asked, owed = house.draft("nadia"), house.assigned()
    seating.suspend(house.seats[0])
    with pytest.raises(NotEmpowered):
        actions.table_question(asked, house.actor("nadia"))
    with pytest.raises(NotEmpowered):
        actions.appoint_authors(owed, house.actor("greta"), authors=[], proposed_by="")
    with pytest.raises(Unmet, match="which participant"):  # a suspended one proposes nothing
        actions.appoint_authors(
            owed,
            house.actor("anna"),
            authors=[house.seats[1].reference],
            proposed_by=house.seats[0].reference,
        )
    with pytest.raises(NotEmpowered):
        actions.draft_answer(owed, house.actor("nadia"), text="Нет.", language="ru")
    with pytest.raises(NotEmpowered):
        house.draft("nadia")
    assert list(queries.public_questions()) == [owed]


def test_a_question_to_somebody_who_does_not_sit_any_more_is_not_admitted(house: House) -> None:
    question = house.tabled(addressee=house.seats[0].reference)
    seating.suspend(house.seats[0])
    with pytest.raises(Unmet, match="does not sit"):
        actions.admit_question(question, house.actor("anna"))


def test_a_draft_lapses_and_is_erased_and_an_admitted_question_never_is(house: House) -> None:
    draft, asked = house.draft(text="Never tabled."), house.admitted()
    with pytest.raises(OutOfOrder):
        actions.lapse_question(draft, CLOCK)
    with pytest.raises(OutOfOrder):
        actions.erase_question(draft, CLOCK)
    with clock.set_to(NOON + timedelta(days=61)):
        assert draft.standing(clock.now()) == S.LAPSED
        with pytest.raises(OutOfOrder):
            actions.table_question(draft, house.actor("luca"))
        actions.tick()
        draft.refresh_from_db()
        assert draft.state == S.LAPSED and draft.text == "Never tabled."
        with pytest.raises(Unmet):
            actions.erase_question(draft, CLOCK)
    with clock.set_to(NOON + timedelta(days=122)):
        actions.tick()
        draft.refresh_from_db()
        asked.refresh_from_db()
        assert draft.text == "" and draft.erased_at is not None and asked.text == TEXT
        assert not queries.visible_to(house.actor("luca")).filter(pk=draft.pk).exists()
        done = Entry.objects.count()
        actions.tick()
        assert Entry.objects.count() == done


def test_what_was_not_admitted_lapses_with_the_participation_of_its_asker(house: House) -> None:
    question = house.tabled("nadia")
    with clock.set_to(house.seats[0].ends_at):
        assert question.standing(clock.now()) == S.LAPSED
        with pytest.raises(OutOfOrder):
            actions.admit_question(question, house.actor("anna"))


def test_a_withdrawn_question_that_was_public_stays_with_its_state(house: House) -> None:
    before, after = house.tabled(), house.signed()
    for row in (before, after):
        with pytest.raises(NotEmpowered):
            actions.withdraw_question(row, house.actor("anna"))
        actions.withdraw_question(row, house.actor("luca"))
    assert publicity(before, "withdraw_question") == ["house"]
    assert publicity(after, "withdraw_question") == ["public"]
    assert list(queries.public_questions()) == [after] and not Answer.objects.exists()
