"""Each act once done, once refused with nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest

from hemicycle.candidacy import actions, answers, queries
from hemicycle.candidacy.models import Call, Candidacy, CounterStatement, Endorsement, Evidence, Slate
from hemicycle.candidacy.procedure import CallState, CandidacyState, CounterStatementState
from hemicycle.composition.models import List
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import acts, clock
from hemicycle.record.actors import CLOCK, PUBLIC
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry, Opening
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder, Publicity

from ..cast import Cast
from . import making

S = CandidacyState


def me(person: Person) -> Any:
    return people.actor(person)


def later(days: float) -> Any:
    return clock.set_to(clock.now() + timedelta(days=days))


@contextmanager
def nothing_changes(*matters: Any) -> Iterator[None]:
    """The refused act left no entry, no state, no version."""
    before = Entry.objects.count(), [(m.state, m.version) for m in matters]
    yield
    for matter in matters:
        matter.refresh_from_db()
    assert (Entry.objects.count(), [(m.state, m.version) for m in matters]) == before


def refused(error: type[Exception], act: Callable[[], Any], *matters: Any) -> Exception:
    with nothing_changes(*matters), pytest.raises(error) as caught:
        act()
    return caught.value


# --- the call


def test_no_call_opens_outside_a_demonstration_without_safeguards(cast: Cast) -> None:
    error = refused(Unmet, lambda: making.call(cast))
    assert [f.params["safeguard"].message.split()[0] for f in error.findings] == [
        "sealing",
        "retention",
        "erasure",
    ]
    assert not Call.objects.exists()
    assert not queries.has_safeguards()


def test_an_opened_call_is_public_and_names_the_law_in_force(call: Call) -> None:
    entry = Entry.objects.get(matter=call.reference)
    assert (entry.act, entry.publicity) == ("open_call", Publicity.PUBLIC.value)
    assert call.charter == entry.charter == "pace-2025/1.0"


def test_a_call_shorter_than_the_charter_says_is_refused(demonstration: None, cast: Cast) -> None:
    refused(Unmet, lambda: making.call(cast, days=5))


def test_a_drafted_call_is_opened_by_a_second_act(demonstration: None, cast: Cast) -> None:
    now = clock.now()
    made = Call(
        session=making.session(),
        opens_at=now,
        closes_at=now + timedelta(days=40),
        text_en="a",
        text_fr="b",
        text_ru="",
    )
    made.text_ru = "в"
    actions.draft_call(made, cast.actor("anna"))
    assert not queries.visible_calls(PUBLIC).exists()
    actions.open_call(made, cast.actor("anna"))
    assert queries.open_calls().get() == made


def test_only_the_secretariat_opens_a_call(demonstration: None, cast: Cast) -> None:
    start = clock.now()
    made = Call(session=making.session(), opens_at=start, closes_at=start + timedelta(days=40),
                text_en="a", text_fr="b", text_ru="c")  # fmt: skip
    refused(NotEmpowered, lambda: actions.open_call(made, cast.actor("greta")))


def test_a_call_is_over_at_its_deadline_though_no_clock_has_run(call: Call) -> None:
    with clock.set_to(call.closes_at):
        assert call.state == CallState.OPEN
        assert call.standing(clock.now()) == CallState.CLOSED
        assert not queries.open_calls().exists()


def test_an_extension_is_for_everybody_and_only_forward(call: Call, cast: Cast) -> None:
    draft = making.draft(call, cast.nadia)
    until = call.closes_at + timedelta(days=7)
    refused(Unmet, lambda: actions.extend_call(call, cast.actor("anna"), closes_at=call.closes_at), call)
    actions.extend_call(call, cast.actor("anna"), closes_at=until)
    draft.refresh_from_db()
    with clock.set_to(until - timedelta(seconds=1)):
        assert draft.standing(clock.now()) == S.DRAFT


def test_a_closed_call_cannot_be_extended(call: Call, cast: Cast) -> None:
    with clock.set_to(call.closes_at):
        until = call.closes_at + timedelta(days=3)
        refused(OutOfOrder, lambda: actions.extend_call(call, cast.actor("anna"), closes_at=until), call)


def test_drafts_of_a_withdrawn_call_are_over(call: Call, cast: Cast) -> None:
    draft = making.draft(call, cast.nadia)
    actions.withdraw_call(call, cast.actor("anna"), reasons="The session was moved.")
    draft.refresh_from_db()
    assert draft.standing(clock.now()) == S.LAPSED


# --- writing and sending


def test_nobody_begins_without_the_notice_of_the_risk(call: Call, cast: Cast) -> None:
    refused(Unmet, lambda: actions.start(Candidacy(call=call, person=cast.nadia), cast.actor("nadia")))


def test_nobody_begins_for_somebody_else(call: Call, cast: Cast) -> None:
    made = Candidacy(call=call, person=cast.nadia)
    refused(Unmet, lambda: actions.start(made, cast.actor("oleg"), notice_read=True))
    refused(Unmet, lambda: actions.start(Candidacy(call=call, person=cast.nadia), PUBLIC, notice_read=True))


def test_one_person_begins_one_candidacy_per_call(call: Call, cast: Cast) -> None:
    making.draft(call, cast.nadia)
    refused(Unmet, lambda: making.draft(call, cast.nadia))


@pytest.mark.parametrize("office_holder", ["anna", "clara", "greta", "farid", "marta"])
def test_who_judges_or_decides_cannot_be_a_candidate(call: Call, cast: Cast, office_holder: str) -> None:
    refused(Unmet, lambda: making.draft(call, getattr(cast, office_holder)))


def test_a_draft_is_saved_part_by_part_and_an_unknown_part_is_refused(call: Call, cast: Cast) -> None:
    draft, by = making.draft(call, cast.nadia), cast.actor("nadia")
    actions.save(draft, by, parts={"residence": {"residence": "LT", "origin": ["journalism"]}})
    assert answers.read(draft, "residence") == {"residence": "LT", "origin": ["journalism"]}
    refused(Unmet, lambda: actions.save(draft, by, parts={"criterion:invented": {}}), draft)


def test_names_are_changed_by_acts_of_the_account(call: Call, cast: Cast) -> None:
    draft = making.draft(call, cast.oleg)
    values = {
        "name": "Олег Т.",
        "latin_name": "Oleg T.",
        "public_name": "O. T.",
        "gender": "m",
        "language": "ru",
    }
    actions.save(draft, cast.actor("oleg"), parts={"names": values})
    cast.oleg.refresh_from_db()
    assert (cast.oleg.name, cast.oleg.public_name) == ("Олег Т.", "O. T.")
    assert Entry.objects.filter(room="people", act="change_person").exists()


def test_no_personal_text_reaches_the_record(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.return_for_completion(made, cast.actor("anna"), reasons="The second link is dead.")
    told = str(list(Entry.objects.values_list("facts", flat=True)))
    for words in ("Надия", "Nadiya", "second link", "I said so", "example.org"):
        assert words not in told


def test_an_incomplete_candidacy_is_not_sent(call: Call, cast: Cast) -> None:
    draft = making.draft(call, cast.nadia)
    error = refused(Unmet, lambda: actions.submit(draft, cast.actor("nadia")), draft)
    assert len(error.findings) > len(queries.charter_of(call).criteria)


def test_a_complete_candidacy_is_sent_and_dated(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    assert (made.state, made.submitted_at) == (S.SUBMITTED, clock.now())


def test_a_late_candidacy_is_refused(call: Call, cast: Cast) -> None:
    made = making.written(call, cast.nadia)
    with clock.set_to(call.closes_at):
        refused(OutOfOrder, lambda: actions.submit(made, cast.actor("nadia")), made)


def test_a_yes_to_a_bar_needs_its_dates_and_a_no_drops_them(call: Call, cast: Cast) -> None:
    made, by = making.written(call, cast.nadia), cast.actor("nadia")
    actions.save(made, by, parts={"bar:state_money": {"answer": "yes"}})
    refused(Unmet, lambda: actions.submit(made, by), made)
    period = {
        "kind": "grant",
        "employer": "A state fund",
        "from_day": date(2016, 1, 1),
        "until_day": date(2017, 1, 1),
    }
    actions.save(made, by, parts={"bar:state_money": {"answer": "yes", "periods": [period]}})
    assert answers.missing(made) == ()
    actions.save(made, by, parts={"bar:state_money": {"answer": "no"}})
    assert not made.periods.exists()


@pytest.mark.parametrize(
    "change",
    [{"kind": "invented"}, {"employer": ""}, {"from_day": None}, {"until_day": date(2016, 1, 1)}],
)
def test_a_period_that_cannot_be_is_refused(call: Call, cast: Cast, change: dict[str, Any]) -> None:
    made = making.draft(call, cast.nadia)
    period = {
        "kind": "post",
        "employer": "A ministry",
        "from_day": date(2016, 1, 1),
        "until_day": None,
    } | change
    parts = {"bar:government_service": {"answer": "yes", "periods": [period]}}
    refused(Unmet, lambda: actions.save(made, cast.actor("nadia"), parts=parts), made)
    assert not made.bar_answers.exists()


def test_evidence_is_a_link_or_a_file_and_never_both_or_none(call: Call, cast: Cast) -> None:
    made = making.draft(call, cast.nadia)
    refused(Unmet, lambda: actions.add_evidence(made, cast.actor("nadia"), title="x", language="en"), made)


def test_evidence_is_removed_by_its_person_only(call: Call, cast: Cast) -> None:
    made = making.written(call, cast.nadia)
    name = made.evidence.first().name
    other = making.draft(call, cast.oleg)
    refused(Unmet, lambda: actions.remove_evidence(other, cast.actor("oleg"), evidence=name), other)
    refused(NotEmpowered, lambda: actions.remove_evidence(made, cast.actor("anna"), evidence=name), made)
    actions.remove_evidence(made, cast.actor("nadia"), evidence=name)
    assert not Evidence.objects.filter(name=name).exists()


def test_a_corrected_fact_keeps_what_stood_there_until_the_opinion(call: Call, cast: Cast) -> None:
    made, by = making.admissible(call, cast.nadia, cast), cast.actor("nadia")
    values = {"residence": "PL", "origin": ["journalism"]}
    actions.correct_facts(made, by, part="residence", values=values, reasons="I have moved.")
    assert made.residence == "PL"
    assert made.fact_corrections.get().before["residence"] == "LT"
    refused(NotEmpowered, lambda: actions.close_corrections(made, cast.actor("clara")), made)
    within = acts._within.set(1)  # as the vetting room calls it, within the act that gives the opinion
    actions.close_corrections(made, cast.actor("clara"))
    acts._within.reset(within)
    refused(
        Unmet, lambda: actions.correct_facts(made, by, part="residence", values=values, reasons="x"), made
    )


# --- form


def test_a_return_gives_one_chance_and_keeps_the_first_date(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    first = made.submitted_at
    actions.return_for_completion(made, cast.actor("anna"), reasons="One link is dead.")
    with later(2):
        actions.complete(made, cast.actor("nadia"))
        assert (made.state, made.submitted_at) == (S.SUBMITTED, first)
        refused(
            Unmet,
            lambda: actions.return_for_completion(made, cast.actor("anna"), reasons="Another one."),
            made,
        )


def test_the_time_for_completion_ends_though_no_clock_has_run(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.return_for_completion(made, cast.actor("anna"), reasons="One link is dead.")
    with later(8):
        assert made.standing(clock.now()) == S.SUBMITTED
        refused(OutOfOrder, lambda: actions.complete(made, cast.actor("nadia")), made)
        actions.tick()
        made.refresh_from_db()
        assert made.state == S.SUBMITTED
        actions.declare_admissible(made, cast.actor("bruno"))


def inadmissible(call: Call, cast: Cast, person: Person) -> Candidacy:
    made = making.submitted(call, person)
    actions.propose_inadmissible(
        made, cast.actor("anna"), ground="not_own_act", reasons="Sent by an employer."
    )
    actions.confirm_inadmissible(made, cast.actor("bruno"))
    return made


def test_two_clerks_declare_inadmissible_and_one_cannot(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.propose_inadmissible(
        made, cast.actor("anna"), ground="not_own_act", reasons="Sent by an employer."
    )
    refused(SamePerson, lambda: actions.confirm_inadmissible(made, cast.actor("anna")), made)
    refused(SamePerson, lambda: actions.dismiss_inadmissibility(made, cast.actor("anna"), reasons="x"), made)
    actions.confirm_inadmissible(made, cast.actor("bruno"))
    assert made.state == S.INADMISSIBLE


def test_the_second_clerk_may_think_otherwise(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.propose_inadmissible(
        made, cast.actor("anna"), ground="not_own_act", reasons="Sent by an employer."
    )
    actions.dismiss_inadmissibility(made, cast.actor("bruno"), reasons="She answered the call herself.")
    assert (made.state, made.inadmissible_ground) == (S.SUBMITTED, "")


@pytest.mark.parametrize("ground", ["incomplete", "late", "we_do_not_like_it"])
def test_inadmissible_is_about_form_and_after_the_chance_to_complete(
    call: Call, cast: Cast, ground: str
) -> None:
    made = making.submitted(call, cast.nadia)
    refused(
        Unmet,
        lambda: actions.propose_inadmissible(made, cast.actor("anna"), ground=ground, reasons="x"),
        made,
    )


def test_review_is_decided_by_somebody_else_and_once(call: Call, cast: Cast) -> None:
    made = inadmissible(call, cast, cast.nadia)
    actions.ask_review(made, cast.actor("nadia"), reasons="I wrote every word.")
    refused(
        NotEmpowered,
        lambda: actions.decide_review(made, cast.actor("anna"), is_admissible=True, reasons="x"),
        made,
    )
    actions.decide_review(
        made, cast.actor("farid"), is_admissible=False, reasons="The letter is the employer's."
    )
    assert made.state == S.INADMISSIBLE
    refused(Unmet, lambda: actions.ask_review(made, cast.actor("nadia"), reasons="Again."), made)


def test_a_review_can_admit(call: Call, cast: Cast) -> None:
    made = inadmissible(call, cast, cast.nadia)
    actions.ask_review(made, cast.actor("nadia"), reasons="I wrote every word.")
    actions.decide_review(made, cast.actor("farid"), is_admissible=True, reasons="Her own act.")
    assert list(queries.admissible(call)) == [made]


def test_a_review_asked_too_late_is_refused(call: Call, cast: Cast) -> None:
    made = inadmissible(call, cast, cast.nadia)
    with later(15):
        refused(Unmet, lambda: actions.ask_review(made, cast.actor("nadia"), reasons="x"), made)


# --- late admission


def test_late_admission_needs_a_plea_and_two_clerks(call: Call, cast: Cast) -> None:
    made, by = making.written(call, cast.nadia), cast.actor("nadia")
    with clock.set_to(call.closes_at + timedelta(days=1)):
        refused(Unmet, lambda: actions.ask_late_admission(made, cast.actor("anna"), ground="x"), made)
        actions.plead_late(made, by, plea="I was detained at a border.")
        refused(Unmet, lambda: actions.plead_late(made, by, plea="Again."), made)
        actions.ask_late_admission(made, cast.actor("anna"), ground="Detention at a border.")
        until = clock.now() + timedelta(days=5)
        refused(
            SamePerson, lambda: actions.confirm_late_admission(made, cast.actor("anna"), until=until), made
        )
        actions.confirm_late_admission(made, cast.actor("bruno"), until=until)
        actions.submit(made, by)
    assert made.is_late_admission
    assert queries.counts(call)["late"] == 1
    assert queries.late_grounds(call) == ["Detention at a border."]


def test_who_never_began_may_plead_too_but_only_after_the_deadline(call: Call, cast: Cast) -> None:
    by = cast.actor("nadia")
    refused(Unmet, lambda: actions.plead_late(Candidacy(call=call, person=cast.nadia), by, plea="x"))
    with clock.set_to(call.closes_at):
        made = Candidacy(call=call, person=cast.nadia)
        actions.plead_late(made, by, plea="No network for a month.")
        assert made.state == S.LAPSED
    with clock.set_to(call.closes_at + timedelta(days=31)):
        refused(
            Unmet,
            lambda: actions.plead_late(Candidacy(call=call, person=cast.oleg), cast.actor("oleg"), plea="x"),
        )


def test_a_late_admission_is_refused_by_the_second_clerk(call: Call, cast: Cast) -> None:
    made = making.written(call, cast.nadia)
    with clock.set_to(call.closes_at):
        actions.plead_late(made, cast.actor("nadia"), plea="I forgot.")
        actions.ask_late_admission(made, cast.actor("anna"), ground="None given.")
        actions.refuse_late_admission(made, cast.actor("bruno"), reasons="No force majeure.")
    assert (made.state, made.is_late_admission) == (S.LAPSED, False)


# --- around


def test_a_slate_is_joined_by_an_own_act_and_gives_no_right(call: Call, cast: Cast) -> None:
    slate = Slate(call=call, presenter=cast.quiet, organisation="An association", language="en")
    actions.present_slate(slate, cast.actor("quiet"))
    made = making.written(call, cast.nadia)
    refused(Unmet, lambda: actions.join_slate(made, cast.actor("nadia"), slate="SLAT-NONE"), made)
    refused(NotEmpowered, lambda: actions.join_slate(made, cast.actor("quiet"), slate=slate.reference), made)
    actions.join_slate(made, cast.actor("nadia"), slate=slate.reference.lower())
    actions.submit(made, cast.actor("nadia"))
    counted = queries.counts(call)
    assert (counted["slates"], counted["slates_represented"], counted["from_slates"]) == (1, 1, 1)
    actions.leave_slate(made, cast.actor("nadia"))
    refused(Unmet, lambda: actions.leave_slate(made, cast.actor("nadia")), made)


def test_a_slate_is_presented_by_who_signs_and_while_the_call_is_open(call: Call, cast: Cast) -> None:
    slate = Slate(call=call, presenter=cast.quiet, organisation="An association", language="en")
    refused(Unmet, lambda: actions.present_slate(slate, cast.actor("oleg")))
    with clock.set_to(call.closes_at):
        late = Slate(call=call, presenter=cast.quiet, organisation="An association", language="en")
        refused(Unmet, lambda: actions.present_slate(late, cast.actor("quiet")))


def test_an_endorsement_comes_in_through_the_candidate_only(call: Call, cast: Cast) -> None:
    made = making.draft(call, cast.nadia)

    def endorsement() -> Endorsement:
        return Endorsement(candidacy=made, body="A congress", statement="She speaks for us.", language="en")

    refused(NotEmpowered, lambda: actions.add_endorsement(endorsement(), cast.actor("oleg")))
    given = endorsement()
    actions.add_endorsement(given, cast.actor("nadia"))
    assert list(queries.endorsements(made)) == [given]
    actions.remove_endorsement(given, cast.actor("nadia"))
    assert not queries.endorsements(made).exists()


def invited(made: Candidacy, cast: Cast) -> CounterStatement:
    return CounterStatement(
        candidacy=made, invited=cast.quiet, body="A council", due_at=clock.now() + timedelta(days=14)
    )


def test_nobody_is_asked_about_a_candidate_before_the_candidate_agreed(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    refused(Unmet, lambda: actions.invite_body(invited(made, cast), cast.actor("anna")), made)
    actions.agree_to_counter_statements(made, cast.actor("nadia"))
    asked = invited(made, cast)
    actions.invite_body(asked, cast.actor("anna"))
    refused(
        NotEmpowered,
        lambda: actions.give_counter_statement(asked, cast.actor("oleg"), statement_text="x", language="en"), asked,
    )  # fmt: skip
    actions.give_counter_statement(asked, cast.actor("quiet"), statement_text="We know her.", language="en")
    actions.mark_controlled(asked, cast.actor("anna"), reasons="Its board is appointed by the state.")
    assert queries.counter_statements(made).get().is_controlled
    assert not queries.visible_to(cast.actor("quiet")).exists()


def test_an_invitation_is_over_at_its_date(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.agree_to_counter_statements(made, cast.actor("nadia"))
    asked = invited(made, cast)
    actions.invite_body(asked, cast.actor("anna"))
    with later(15):
        refused(
            OutOfOrder,
            lambda: actions.give_counter_statement(
                asked, cast.actor("quiet"), statement_text="x", language="en"
            ),
        )
        actions.tick()
        asked.refresh_from_db()
        assert asked.state == CounterStatementState.LAPSED


# --- the end of a file


def test_withdrawal_closes_the_file_to_everybody_at_once(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    assert queries.visible_to(cast.actor("anna")).get() == made
    actions.withdraw(made, cast.actor("nadia"))
    assert not queries.visible_to(cast.actor("anna")).exists()
    assert queries.visible_to(cast.actor("nadia")).get() == made
    refused(OutOfOrder, lambda: actions.declare_admissible(made, cast.actor("anna")), made)


def test_a_withdrawn_file_is_erased_by_the_clock_and_still_counts(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    reference = made.reference
    actions.withdraw(made, cast.actor("nadia"))
    before = queries.counts(call)
    with later(29):
        actions.tick()
        assert Candidacy.objects.filter(reference=reference).exists()
    with later(30):
        actions.tick()
    call.refresh_from_db()
    assert not Candidacy.objects.filter(reference=reference).exists()
    assert not Evidence.objects.exists()
    assert not Opening.objects.filter(entry__matter=reference).exists()
    assert queries.counts(call) == before
    assert Entry.objects.filter(matter=reference).last().act == "erase"


def test_a_hold_has_an_end_and_puts_erasure_off(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    past = clock.now()
    refused(Unmet, lambda: actions.hold(made, cast.actor("anna"), ground="A court asked.", until=past), made)
    until = clock.now() + timedelta(days=90)
    actions.hold(made, cast.actor("anna"), ground="A court asked.", until=until)
    actions.withdraw(made, cast.actor("nadia"))
    with later(60):
        actions.tick()
        assert Candidacy.objects.exists()
    with later(91):
        actions.tick()
        assert not Candidacy.objects.exists()


def test_drafts_never_sent_lapse_and_are_erased(call: Call, cast: Cast) -> None:
    making.written(call, cast.nadia)
    with clock.set_to(call.closes_at):
        actions.tick()
        assert Candidacy.objects.get().state == S.LAPSED
    call.refresh_from_db()
    assert call.state == CallState.CLOSED
    with clock.set_to(call.closes_at + timedelta(days=30)):
        actions.tick()
    assert not Candidacy.objects.exists()
    assert queries.counts(call)["received"] == 0


def test_nothing_is_erased_before_its_day(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.withdraw(made, cast.actor("nadia"))
    refused(Unmet, lambda: actions.erase(made, CLOCK), made)


def test_the_clock_does_nothing_before_the_time(call: Call, cast: Cast) -> None:
    draft = making.draft(call, cast.nadia)
    refused(Unmet, lambda: actions.lapse(draft, CLOCK), draft)
    refused(Unmet, lambda: actions.close_call(call, CLOCK), call)
    assert actions.tick() == 0


def test_acts_on_a_candidacy_are_sealed(call: Call, cast: Cast) -> None:
    made = making.admissible(call, cast.nadia, cast)
    kinds = set(Entry.objects.filter(matter=made.reference).values_list("publicity", flat=True))
    assert kinds == {Publicity.SEALED.value}


def test_counts_say_how_many_and_never_who(call: Call, cast: Cast) -> None:
    making.draft(call, cast.quiet)
    making.admissible(call, cast.nadia, cast)
    making.submitted(call, cast.oleg)
    inadmissible(call, cast, cast.pavel)
    counted = queries.counts(call)
    assert (counted["received"], counted["admissible"], counted["inadmissible"]) == (3, 1, 1)


def test_a_file_on_which_a_mandate_rests_is_kept_and_holds_nothing_else_up(
    call: Call, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    """Rows of later rooms are set by hand: they stand for a list announced long ago."""
    kept, gone = making.submitted(call, cast.nadia), making.submitted(call, cast.oleg)
    common: dict[str, Any] = {"version": 1, "created_at": clock.now()}
    listed = List.objects.create(
        reference="LIST-TEST", state="draft", session=call.session, call=call, name="one", charter=call.charter,
        proposer=cast.greta, **common,
    )  # fmt: skip
    Mandate.objects.create(
        reference="MAND-TEST", state="sitting", list=listed, seat_number=1, person=cast.nadia, candidacy=kept,
        from_day=clock.today(), until_day=clock.today(), begun_at=clock.now(), shown_name="N.", **common,
    )  # fmt: skip
    actions.withdraw(kept, cast.actor("nadia"))
    actions.withdraw(gone, cast.actor("oleg"))
    with later(31):
        actions.tick()
    assert list(Candidacy.objects.all()) == [kept]
    assert kept.answers.exists() and kept.evidence.exists()
    assert kept.reference in caplog.text
