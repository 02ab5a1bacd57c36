"""Who is told what of texts set aside, statements, consultations and proposals: these people, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.consultations import actions as consultations
from hemicycle.consultations.models import Consultation, Proposition
from hemicycle.followup import actions as followup
from hemicycle.followup.models import Stage
from hemicycle.notices import actions, retention
from hemicycle.notices.models import Kind, Letter
from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.statements import actions as statements
from hemicycle.statements.models import Scope
from hemicycle.texts import actions as texts

from .. import seating
from ..cast import Cast
from ..consultations import making as asking
from ..followup import making as proposals
from ..statements import making as declaring
from ..statements.making import Hall
from ..texts import making as shelves
from .telling import CLERKS, MEMBERS, Told, opens


@pytest.fixture
def hall(cast: Cast) -> Hall:
    return declaring.hall(cast, 6)


# --- texts set aside ----------------------------------------------------------------------------------------------------


def test_a_text_set_aside_is_told_to_its_author_and_the_appeal_to_others(cast: Cast) -> None:
    told = Told(cast)
    with shelves.shelf() as shelf:
        row = shelves.aside(cast, shelf.put(shelves.text(cast)))
        assert told.now() == {Kind.MEASURE: {"nadia"}}
        opens(cast.nadia, row, Kind.MEASURE)
        texts.appeal(row, cast.actor("nadia"), words="It is true.", language="en")
        assert told.now() == {Kind.DECISION_WANTED: {"marta", "jonas"}}
        texts.decide_appeal(row, cast.actor("marta"), restored=False, reasons="No.", language="en")
        assert told.now() == {Kind.OUTCOME: {"nadia"}}
        texts.restore(row, cast.actor("jonas"))
        assert told.now() == {Kind.OUTCOME: {"nadia"}}


def test_nobody_is_told_of_a_text_without_an_author_and_its_end_is_told(cast: Cast) -> None:
    told = Told(cast)
    with shelves.shelf() as shelf:
        shelves.aside(cast, shelf.put(shelves.text(cast, "EXMP-2", author="")))
        assert told.now() == {}
        row = shelves.aside(cast, shelf.put(shelves.text(cast)), days=1)
        told.now()
        with clock.set_to(row.until):
            texts.lapse_moderation(row, CLOCK)
            assert told.now() == {Kind.OUTCOME: {"nadia"}}
        due = {each.reference: each for each in retention.plan(clock.now() + timedelta(days=2000))}
        with clock.set_to(due[row.reference].at):
            texts.tick()
            actions.forget()
        assert not Letter.objects.filter(about=row.reference).exists()


# --- statements ---------------------------------------------------------------------------------------------------------


def test_an_amendment_is_told_to_who_sits_and_its_end_to_movers_and_proposer(hall: Hall, cast: Cast) -> None:
    row = declaring.drafted(hall)
    seating.suspend(hall.seats[5])
    told = Told(cast, hall.seats)
    amendment = declaring.amended(hall, row)
    assert told.now() == {Kind.AMENDMENT_OPEN: {"seat 0", "seat 1", "seat 2", "seat 4"}}
    opens(people_of(hall, 4), amendment, Kind.AMENDMENT_OPEN)
    with clock.set_to(amendment.closes_at):
        statements.close_amendment(amendment, CLOCK)
        assert told.now() == {Kind.OUTCOME: {"seat 0", "seat 3"}}


def people_of(hall: Hall, seat: int) -> Person:
    person = hall.seats[seat].person
    assert person is not None
    return person


def test_a_final_text_asks_who_sits_and_its_end_is_told_to_who_took_part(hall: Hall, cast: Cast) -> None:
    seating.suspend(hall.seats[5])
    told = Told(cast, hall.seats)
    row = declaring.final(hall)
    assert told.now() == {Kind.CONSENT_ASKED: {"seat 1", "seat 2", "seat 3", "seat 4"}}
    for seat in (1, 2):
        declaring.consent(hall, row, seat)
    assert told.now() == {}, "a consent is told to nobody"
    statements.withdraw_consent(row, hall.actor(2))
    assert told.now() == {Kind.CONSENT_BACK: {"seat 0"}}
    statements.give_opinion(row, hall.actor(3), kind="separate", text=declaring.DISSENT, language="en")
    assert told.now() == {Kind.OPINION: {"seat 0"}}
    statements.join_opinion(row, hall.actor(4), opinion=row.opinions.get())
    seating.suspend(hall.seats[1])
    assert row.consent_until is not None
    with clock.set_to(row.consent_until):
        statements.lapse_statement(row, CLOCK)
        assert told.now() == {Kind.OUTCOME: {"seat 0", "seat 1", "seat 3", "seat 4"}}
    due = {each.reference: each for each in retention.plan(clock.now() + timedelta(days=2000))}
    with clock.set_to(due[row.reference].at):
        statements.tick()
        actions.forget()
    assert not Letter.objects.filter(about=row.reference).exists()


def test_a_statement_that_is_published_is_told_to_who_consented(hall: Hall, cast: Cast) -> None:
    row = declaring.final(hall, scope=Scope.SIGNATORIES, consents=3)
    told = Told(cast, hall.seats)
    statements.publish(row, hall.actor(0))
    assert told.now() == {Kind.OUTCOME: {"seat 1", "seat 2"}}


def test_groups_are_told_of_an_initiative_each_in_its_turn(hall: Hall, cast: Cast) -> None:
    own = declaring.group(hall, [0, 1, 2])
    other = declaring.group(hall, [2, 3, 4], "Southern voices")
    seating.suspend(hall.seats[4])
    told = Told(cast, hall.seats)
    row = declaring.proposed(hall, own, 0)
    assert told.now() == {Kind.INITIATIVE: {"seat 1", "seat 2"}}
    opens(people_of(hall, 1), row, Kind.INITIATIVE)
    statements.back_initiative(row, hall.actor(1), group=own)
    assert told.now() == {Kind.INITIATIVE: {"seat 3"}}, (
        "only who is in another group alone, and not suspended"
    )
    for seat in (2, 3):
        statements.back_initiative(row, hall.actor(seat), group=other)
    assert told.now() == {}, "it opens once"
    statements.adopt_initiative(row, hall.actor(0))
    assert told.now() == {Kind.OUTCOME: {"seat 1", "seat 2", "seat 3", "seat 4"}}
    statement = row.statements.get()
    statements.finalise(statement, hall.actor(0), texts={})
    assert told.now() == {Kind.CONSENT_ASKED: {"seat 1", "seat 2", "seat 3"}}, "the members of its groups"


def test_a_request_to_join_is_told_to_the_members_who_sit_and_the_answer_to_who_asked(
    hall: Hall, cast: Cast
) -> None:
    own = declaring.group(hall, [0, 1, 2])
    seating.suspend(hall.seats[2])
    told = Told(cast, hall.seats)
    row = declaring.asking(hall, own, 3)
    assert told.now() == {Kind.DECISION_WANTED: {"seat 0", "seat 1"}}
    opens(people_of(hall, 1), row, Kind.DECISION_WANTED)
    statements.decline_member(row, hall.actor(0), reason="full")
    assert told.now() == {Kind.OUTCOME: {"seat 3"}}
    opens(people_of(hall, 3), row, Kind.OUTCOME)
    again = declaring.asking(hall, own, 3)
    told.now()
    statements.accept_member(again, hall.actor(1))
    assert told.now() == {Kind.OUTCOME: {"seat 3"}}


# --- consultations ------------------------------------------------------------------------------------------------------


def test_a_consultation_is_told_to_both_sides_from_its_opening(cast: Cast) -> None:
    seats = seating.participants(cast, 3)
    seating.suspend(seats[2])
    told, asked = Told(cast), MEMBERS | {"nadia", "oleg"}
    consultations.withdraw(asking.prepared(cast), cast.actor("anna"), reasons="No.", language="en")
    assert told.now() == {}, "nobody had been asked"
    row = asking.opened(cast)
    assert told.now() == {Kind.CONSULTATION_OPEN: asked}
    consultations.extend(row, cast.actor("anna"), closes_at=row.closes_at + timedelta(days=1))
    assert told.now() == {Kind.TIME_CHANGED: asked}
    asking.answer(row, f"person:{cast.nadia.pk}", [1, 1, 0])
    assert told.now() == {}, "an answer is no act"
    asking.computed(row)
    assert told.now() == {Kind.DECISION_WANTED: CLERKS}
    consultations.publish_result(row, cast.actor("anna"))
    assert told.now() == {Kind.OUTCOME: asked}
    assert row.reference in {each.reference for each in retention.plan(clock.now() + timedelta(days=2000))}
    again = asking.opened(cast)
    told.now()
    asking.withdrawn(cast, again)
    assert told.now() == {Kind.OUTCOME: asked}


def add(row: Consultation, by: str, cast: Cast, text: str) -> Proposition:
    added = Proposition(consultation=row)
    consultations.propose(added, cast.actor(by), text=text, language="en")
    return added


def test_propositions_wait_for_the_clerks_in_one_letter_and_are_answered_to_their_author(cast: Cast) -> None:
    row = asking.opened(cast)
    told = Told(cast)
    first = add(row, "luca", cast, "Visas for a year.")
    assert told.now() == {Kind.DECISION_WANTED: CLERKS}
    assert set(Letter.objects.filter(kind=Kind.DECISION_WANTED).values_list("about", flat=True)) == {
        row.reference
    }
    second = add(row, "henri", cast, "Visas for two years.")
    assert told.now() == {}, "the first letter is not read yet"
    consultations.admit(first, cast.actor("anna"))
    consultations.decline(second, cast.actor("anna"), reason="person")
    assert told.now() == {Kind.OUTCOME: {"luca", "henri"}}
    opens(cast.henri, second, Kind.OUTCOME)


# --- follow-up ----------------------------------------------------------------------------------------------------------


def test_a_proposal_is_told_to_its_maker_and_to_whoever_owes_the_next_step(cast: Cast) -> None:
    proposals.committee(cast)
    proposals.state("FR", head=cast.ilse)
    told = Told(cast)
    row = proposals.made(cast)
    assert told.now() == {Kind.DECISION_WANTED: {"luca"}}
    opens(cast.luca, row, Kind.DECISION_WANTED)
    followup.take_up(row, cast.actor("luca"), rapporteur=cast.henri)
    assert told.now() == {Kind.PROPOSAL: {"katia"}, Kind.REPORT_WANTED: {"henri"}}
    opens(cast.henri, row, Kind.REPORT_WANTED)
    followup.record_report(row, cast.actor("henri"), number="9001", source=proposals.SOURCE)
    assert told.now() == {Kind.PROPOSAL: {"katia"}}
    proposals.ask(row, cast, "FR")
    assert told.now() == {Kind.PROPOSAL: {"katia"}, Kind.QUESTION: {"ilse"}}
    proposals.answer(row, cast)
    assert told.now() == {Kind.PROPOSAL: {"katia"}}
    proposals.claimed(row, cast)
    assert told.now() == {Kind.CONFIRMATION_WANTED: CLERKS}, "not the chair, who said so"
    followup.confirm_carried_out(row, cast.actor("anna"))
    assert told.now() == {Kind.PROPOSAL: {"katia"}}
    own = proposals.made(cast, by="luca")
    followup.take_up(own, cast.actor("anna"))
    followup.record_report(own, cast.actor("anna"), number="9002", source=proposals.SOURCE)
    told.now()
    proposals.claimed(own, cast, by="anna")
    assert told.now() == {Kind.CONFIRMATION_WANTED: {"bruno"}}, "nor the chair who made it, and may not"


def test_what_a_side_proposed_in_a_meeting_is_told_to_no_maker(cast: Cast) -> None:
    proposals.committee(cast)
    told = Told(cast)
    row = proposals.made(cast, by="anna", side="assembly", source=proposals.SOURCE)
    assert told.now() == {Kind.DECISION_WANTED: {"luca"}}
    followup.decline(row, cast.actor("luca"), reasons="No.", language="en")
    assert told.now() == {}
    second = proposals.made(cast)
    told.now()
    followup.close_proposal(second, cast.actor("anna"), reasons="Done.", language="en")
    assert told.now() == {Kind.PROPOSAL: {"katia"}}


def test_an_overdue_stage_is_told_to_whose_it_is_and_at_last_to_the_chair(cast: Cast) -> None:
    row = proposals.taken_up(cast, rapporteur=cast.henri)
    told, stage = Told(cast), Stage.objects.get(proposal=row, ended_at=None)
    with clock.set_to(stage.due_at):
        followup.remind(row, CLOCK)
    assert told.now() == {Kind.OVERDUE: {"henri"}}
    with clock.set_to(stage.due_at + timedelta(days=59)):
        followup.remind(row, CLOCK)
    assert told.now() == {Kind.OVERDUE: {"henri", "luca"}}
    with clock.set_to(stage.ignored_at):
        followup.mark_ignored(row, CLOCK)
    assert told.now() == {Kind.PROPOSAL: {"katia"}}


def test_who_answers_for_an_overdue_state_is_the_head_of_its_delegation(cast: Cast) -> None:
    proposals.committee(cast)
    proposals.state("FR", head=cast.ilse)
    row = proposals.asked(cast, "FR", "DE")
    told, stage = Told(cast), Stage.objects.filter(proposal=row, ended_at=None).earliest("pk")
    with clock.set_to(stage.due_at):
        followup.remind(row, CLOCK)
    assert told.now() == {Kind.OVERDUE: {"ilse"}}


def test_a_transcription_waits_for_another_clerk(cast: Cast) -> None:
    told = Told(cast)
    row = proposals.transcribed(cast)
    assert told.now() == {Kind.CONFIRMATION_WANTED: {"bruno"}}
    opens(cast.bruno, row, Kind.CONFIRMATION_WANTED)
