"""From a draft to the announcement: each act done, and refused with nothing changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hemicycle.assembly.models import ForumDecision
from hemicycle.candidacy.models import Candidacy
from hemicycle.composition import actions, queries
from hemicycle.composition.actions import Chosen
from hemicycle.composition.models import Acceptance, List
from hemicycle.composition.procedure import AcceptanceState, ListState
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.people import queries as people
from hemicycle.people.models import Holding
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder, Refused
from hemicycle.vetting.models import Examination
from hemicycle.voting import actions as voting

from . import making
from .making import Round

S = ListState


def refused(error: type[Exception], act: Any, *args: Any, **kwargs: Any) -> str:
    """The act is refused: no entry, and neither state nor version has changed. Returns what it said."""
    before = Entry.objects.count()
    matter = args[0]
    was = (matter.state, matter.version) if matter.pk else None
    with pytest.raises(error) as caught:
        act(*args, **kwargs)
    assert Entry.objects.count() == before
    if was:
        matter.refresh_from_db()
        assert (matter.state, matter.version) == was
    return str(caught.value)


# --- acceptance -----------------------------------------------------------------------------------------------------


def test_a_person_is_asked_and_accepts_each_part(found: Round) -> None:
    acceptance = making.accepted(found, found.of("Aina"), reserved=True)
    assert acceptance.state == AcceptanceState.ACCEPTED
    assert acceptance.public_name == "Aina Invented"
    assert acceptance.commitments == "pace-2025/1.0"


@pytest.mark.parametrize("missing", ["commitments", "name_to_bureau", "reserve_is_public", "public_name"])
def test_an_acceptance_with_a_part_missing_is_refused(found: Round, missing: str) -> None:
    row = found.of("Aina")
    acceptance = making.ask(found, row, reserved=True)
    given = {"commitments": True, "name_to_bureau": True, "reserve_is_public": True, "public_name": "Aina"}
    given[missing] = "" if missing == "public_name" else False
    refused(Unmet, actions.accept, acceptance, people.actor(row.person), **given)


def test_nobody_accepts_for_somebody_else(found: Round) -> None:
    acceptance = making.ask(found, found.of("Aina"))
    given = {"commitments": True, "name_to_bureau": True, "public_name": "Aina"}
    refused(NotEmpowered, actions.accept, acceptance, found.by("anna"), **given)
    refused(NotEmpowered, actions.accept, acceptance, people.actor(found.of("Borislav").person), **given)


def test_a_reserved_seat_is_offered_only_to_somebody_who_declared(found: Round) -> None:
    acceptance = Acceptance(candidacy=found.of("Vera"), session=found.session, reserved=True)
    refused(Unmet, actions.ask_acceptance, acceptance, found.by("greta"))


def test_an_unanswered_question_is_over_at_its_instant_without_the_clock(found: Round) -> None:
    row = found.of("Aina")
    acceptance = making.ask(found, row)
    with clock.set_to(acceptance.due_at):
        assert acceptance.standing(clock.now()) == AcceptanceState.LAPSED
        given = {"commitments": True, "name_to_bureau": True, "public_name": "Aina"}
        refused(OutOfOrder, actions.accept, acceptance, people.actor(row.person), **given)
        making.ask(found, row)  # asked again: the old question is closed in the same breath
        acceptance.refresh_from_db()
        assert acceptance.state == AcceptanceState.LAPSED
        assert actions.tick() == 0


def test_the_clock_writes_down_questions_that_lapsed(found: Round) -> None:
    acceptance = making.ask(found, found.of("Aina"))
    with clock.set_to(acceptance.due_at):
        assert actions.tick() == 1
        assert actions.tick() == 0


def test_somebody_who_declined_can_be_seen_by_the_house_and_somebody_who_withdrew_cannot(
    found: Round,
) -> None:
    row, other = found.of("Aina"), found.of("Borislav")
    declined = making.ask(found, row)
    actions.decline(declined, people.actor(row.person))
    withdrawn = making.accepted(found, other)
    actions.withdraw_acceptance(withdrawn, people.actor(other.person))
    seen = queries.acceptances_visible_to(found.by("greta"))
    assert declined in seen
    assert withdrawn not in seen
    assert withdrawn in queries.acceptances_visible_to(people.actor(other.person))


# --- composing ------------------------------------------------------------------------------------------------------


def test_only_the_president_composes(found: Round) -> None:
    list_ = making.draft(found)
    for key in ("anna", "henri", "jonas", "luca"):
        refused(NotEmpowered, actions.seat, list_, found.by(key), number=1, candidacy=found.of("Vera"))


def test_a_person_moves_from_seat_to_seat_and_sits_once(found: Round) -> None:
    list_ = making.draft(found)
    actions.seat(list_, found.by("greta"), number=3, candidacy=found.of("Vera"))
    actions.seat(list_, found.by("greta"), number=7, candidacy=found.of("Vera"))
    assert list(list_.seats.values_list("number", flat=True)) == [7]
    actions.unseat(list_, found.by("greta"), number=7)
    assert not list_.seats.exists()
    refused(Unmet, actions.unseat, list_, found.by("greta"), number=7)


@pytest.mark.parametrize("number", [0, 16])
def test_a_seat_that_the_charter_does_not_have_is_refused(found: Round, number: int) -> None:
    list_ = making.draft(found)
    refused(Unmet, actions.seat, list_, found.by("greta"), number=number, candidacy=found.of("Vera"))


def test_a_person_without_an_opinion_cannot_be_put_on_a_list(found: Round) -> None:
    list_ = making.draft(found)
    Examination.objects.filter(candidacy=found.of("Vera")).delete()
    refused(Unmet, actions.seat, list_, found.by("greta"), number=1, candidacy=found.of("Vera"))


def test_two_seats_for_one_person_are_refused_and_the_list_stays_as_it_was(found: Round) -> None:
    list_ = making.composed(found)
    was = list(list_.seats.values_list("number", "candidacy"))
    row = found.of("Vera")
    refused(Unmet, actions.compose, list_, found.by("greta"), seats=[Chosen(1, row), Chosen(2, row)])
    assert list(list_.seats.values_list("number", "candidacy")) == was


def test_several_drafts_stand_side_by_side_and_one_may_begin_as_a_copy(found: Round) -> None:
    one = making.composed(found)
    other = making.draft(found, "Second draft", copy_of=one)
    assert other.seats.count() == 15
    assert other.reasons_fr == "Équilibre."
    assert List.objects.filter(state=S.DRAFT).count() == 2


def test_the_succession_list_has_two_orders_and_nobody_twice(found: Round) -> None:
    list_ = making.composed(found)
    spare, declared = found.others[10:12], found.declared[5:7]
    making.succeed(found, list_, general=spare, reserve=declared)
    assert [(row.for_reserve, row.rank) for row in list_.successors.all()] == [
        (True, 1), (True, 2), (False, 1), (False, 2),
    ]  # fmt: skip
    by = found.by("greta")
    refused(Unmet, actions.order_succession, list_, by, general=[spare[0], spare[0]])
    refused(Unmet, actions.order_succession, list_, by, general=[found.others[0]])
    refused(Unmet, actions.order_succession, list_, by, reserve=[spare[0]])
    refused(Unmet, actions.order_succession, list_, by, general=found.rows[:9])


# --- the reserve ----------------------------------------------------------------------------------------------------


def test_the_marks_say_that_the_reserve_is_met(found: Round) -> None:
    list_ = making.composed(found)
    marks = {mark.key: mark for mark in queries.marks(list_)}
    assert str(marks["reserve"].finding) == "5 of 15 reserved: met"
    assert marks["reserve"].met is True
    assert queries.unmet(list_) == []


def test_a_list_that_fails_the_reserve_says_by_how_many_and_under_which_article(found: Round) -> None:
    list_ = making.composed(found, reserved=4)
    said = refused(Unmet, actions.ask_release, list_, found.by("greta"))
    assert "short by 1, article 4.2" in said
    assert list_.state == S.DRAFT


def test_the_reserve_ends_for_lists_proposed_after_the_forum_is_established(found: Round) -> None:
    list_ = making.composed(found, reserved=2)
    decision = ForumDecision.objects.create(
        forum="indigenous-forum",
        decided_on=clock.today() - timedelta(days=30),
        source="A decision",
        confirmed_at=clock.now(),
        state="confirmed",
        **making.made("ESTB"),
    )
    refused(Unmet, actions.ask_release, list_, found.by("greta"))  # recorded at this instant, not before it
    with clock.set_to(clock.now() + timedelta(seconds=1)):
        actions.ask_release(list_, found.by("greta"))
    assert list_.state == S.RELEASE_ASKED
    assert decision.decided_on < clock.today()


def test_a_decision_recorded_later_with_an_earlier_day_ends_no_reserve_of_a_list_proposed_before(
    found: Round,
) -> None:
    list_ = making.released(found)
    with clock.set_to(clock.now() + timedelta(days=1)):
        ForumDecision.objects.create(
            forum="indigenous-forum", decided_on=clock.today() - timedelta(days=30), source="A decision",
            confirmed_at=clock.now(), state="confirmed", **making.made("ESTB"),
        )  # fmt: skip
        assert not queries.reserve_ended(list_)
        Candidacy.objects.filter(pk=found.declared[0].pk).update(state="withdrawn", withdrawn_at=clock.now())
        making.voted(found, list_)
        assert "short by 1" in refused(Unmet, actions.approve, list_, found.by("anna"))


# --- release --------------------------------------------------------------------------------------------------------


def test_two_people_release_a_list(found: Round) -> None:
    list_ = making.released(found)
    assert list_.state == S.BEFORE_BUREAU
    assert list_.released_at == clock.now()


def test_a_list_is_not_proposed_while_somebody_has_not_accepted(found: Round) -> None:
    list_ = making.composed(found, accept=False)
    said = refused(Unmet, actions.ask_release, list_, found.by("greta"))
    assert said.count("has not accepted") == 15


def test_a_general_acceptance_does_not_cover_a_reserved_seat_but_the_other_way_round(found: Round) -> None:
    row, other = found.of("Aina"), found.of("Borislav")
    making.accepted(found, row)
    assert queries.acceptance_of(row, found.session, reserved=True) is None
    making.accepted(found, other, reserved=True)
    assert queries.acceptance_of(other, found.session, reserved=False) is not None


def test_a_list_without_reasons_in_an_authentic_language_is_not_proposed(found: Round) -> None:
    list_ = making.composed(found)
    actions.state_reasons(list_, found.by("greta"), reasons_en="Only English.")
    assert "missing in: fr" in refused(Unmet, actions.ask_release, list_, found.by("greta"))


def test_a_proposal_against_an_opinion_needs_the_presidents_reasons(found: Round) -> None:
    row = found.others[0]
    Examination.objects.filter(candidacy=row).update(opinion="not_met")
    list_ = making.composed(found)
    assert "not met" in refused(Unmet, actions.ask_release, list_, found.by("greta"))
    refused(Unmet, actions.override, list_, found.by("greta"), candidacy=row, reasons="  ")
    refused(
        Unmet, actions.override, list_, found.by("greta"), candidacy=found.others[1], reasons="None owed."
    )
    actions.override(list_, found.by("greta"), candidacy=row, reasons="The record of twenty years.")
    actions.ask_release(list_, found.by("greta"))
    assert queries.sheet(list_)["overridden"] == 1


def test_a_place_in_line_against_an_opinion_needs_the_presidents_reasons_too(found: Round) -> None:
    row = found.others[12]
    Examination.objects.filter(candidacy=row).update(opinion="not_met")
    list_ = making.composed(found)
    making.succeed(found, list_, general=[found.others[11], row])
    said = refused(Unmet, actions.ask_release, list_, found.by("greta"))
    assert said == "Succession list, 2: the opinion is “not met” and no reasons are given."
    actions.override(list_, found.by("greta"), candidacy=row, reasons="The record of twenty years.")
    actions.ask_release(list_, found.by("greta"))
    facts = Entry.objects.get(act="ask_release").facts
    assert (facts["overridden"], facts["overridden_in_line"]) == (0, 1)


def test_after_the_release_reasons_are_given_only_for_somebody_in_line_who_needs_them(found: Round) -> None:
    row, seated = found.others[12], found.others[0]
    list_ = making.composed(found)
    making.succeed(found, list_, general=[row])
    making.approved(found, making.released(found, list_))
    given: dict[str, Any] = {"reasons": "The record of twenty years."}
    refused(Unmet, actions.override, list_, found.by("greta"), candidacy=row, **given)
    Examination.objects.filter(candidacy__in=[row, seated]).update(opinion="not_met")
    refused(Unmet, actions.override, list_, found.by("greta"), candidacy=seated, **given)
    refused(NotEmpowered, actions.override, list_, found.by("anna"), candidacy=row, **given)
    actions.override(list_, found.by("greta"), candidacy=row, **given)
    refused(Unmet, actions.override, list_, found.by("greta"), candidacy=row, **given)


def test_before_the_latest_reply_date_a_missing_opinion_holds_the_list(found: Round) -> None:
    list_ = making.composed(found)
    Examination.objects.filter(candidacy=found.of("Yana")).delete()
    found.call.closes_at = clock.now() - timedelta(days=10)
    found.call.save()
    assert "no opinion yet" in refused(Unmet, actions.ask_release, list_, found.by("greta"))
    found.call.closes_at = clock.now() - timedelta(days=61)
    found.call.save()
    actions.ask_release(list_, found.by("greta"))


def test_the_same_person_cannot_do_both_halves_of_a_release(found: Round) -> None:
    list_ = making.composed(found)
    actions.ask_release(list_, found.by("greta"))
    Holding.objects.create(
        person=found.cast.greta,
        office="secretariat",
        held_from=clock.now(),
        state="held",
        **making.made("HOLD"),
    )
    refused(NotEmpowered, actions.confirm_release, list_, found.by("greta"))


def test_an_office_that_the_charter_does_not_name_cannot_release(found: Round) -> None:
    list_ = making.composed(found)
    actions.ask_release(list_, found.by("greta"))
    refused(NotEmpowered, actions.confirm_release, list_, found.by("jonas"))
    refused(NotEmpowered, actions.confirm_release, list_, found.by("henri"))


def test_an_acceptance_withdrawn_between_the_two_halves_stops_the_release(found: Round) -> None:
    list_ = making.composed(found)
    actions.ask_release(list_, found.by("greta"))
    row = found.others[0]
    acceptance = queries.acceptance_of(row, found.session, reserved=False)
    actions.withdraw_acceptance(acceptance, people.actor(row.person))
    assert "has withdrawn" in refused(Unmet, actions.confirm_release, list_, found.by("anna"))


def test_after_release_an_acceptance_cannot_be_withdrawn(found: Round) -> None:
    making.released(found)
    row = found.others[0]
    acceptance = queries.acceptance_of(row, found.session, reserved=False)
    refused(Unmet, actions.withdraw_acceptance, acceptance, people.actor(row.person))


def test_a_second_list_of_the_session_is_refused_while_one_is_on_its_way(found: Round) -> None:
    making.released(found)
    other = making.composed(found, name="Second")
    assert "Another list" in refused(Unmet, actions.ask_release, other, found.by("greta"))


def test_a_list_taken_back_is_a_draft_again(found: Round) -> None:
    list_ = making.composed(found)
    actions.ask_release(list_, found.by("greta"))
    actions.take_back(list_, found.by("anna"), reasons="Un siège était erroné.", language="fr")
    assert (list_.state, list_.proposed_on) == (S.DRAFT, None)
    assert (list_.decision_reasons, list_.decision_language) == ("Un siège était erroné.", "fr")
    actions.ask_release(list_, found.by("greta"))
    assert list_.decision_reasons == ""
    actions.withdraw(list_, found.by("greta"), reasons="Pas cette fois.", language="fr")
    list_.refresh_from_db()
    assert (list_.decision_reasons, list_.decision_language) == ("Pas cette fois.", "fr"), (
        "the words are kept"
    )


# --- a new President ------------------------------------------------------------------------------------------------


def change_of_president(found: Round) -> None:
    Holding.objects.filter(person=found.cast.greta, office="president").update(held_until=clock.now())
    Holding.objects.create(
        person=found.cast.henri,
        office="president",
        held_from=clock.now(),
        state="held",
        **making.made("HOLD"),
    )


def test_a_new_president_adopts_or_withdraws_a_pending_proposal(found: Round) -> None:
    list_ = making.released(found)
    refused(Unmet, actions.adopt_pending, list_, found.by("greta"))
    change_of_president(found)
    refused(Unmet, actions.call_bureau_vote, list_, found.by("anna"))
    refused(NotEmpowered, actions.adopt_pending, list_, found.by("greta"))
    actions.adopt_pending(list_, found.by("henri"))
    assert list_.proposer == found.cast.henri
    actions.call_bureau_vote(list_, found.by("anna"))


def test_the_proposal_of_a_president_who_left_is_not_approved(found: Round) -> None:
    list_ = making.released(found)
    making.voted(found, list_)
    change_of_president(found)
    assert "has left office" in refused(Unmet, actions.approve, list_, found.by("anna"))
    actions.adopt_pending(list_, found.by("henri"))
    actions.approve(list_, found.by("anna"))
    assert list_.state == S.BEFORE_RATIFICATION


def test_a_new_president_may_withdraw_it_instead(found: Round) -> None:
    list_ = making.released(found)
    change_of_president(found)
    actions.withdraw(list_, found.by("henri"))
    assert list_.state == S.WITHDRAWN


# --- the Bureau -----------------------------------------------------------------------------------------------------


def test_the_bureau_approves_what_its_vote_carried(found: Round) -> None:
    list_ = making.approved(found)
    assert list_.state == S.BEFORE_RATIFICATION
    assert (list_.approved_at, list_.effective_at) == (clock.now(), None)


def test_a_vote_of_the_bureau_freezes_its_roll_and_names_a_page_for_each_person(found: Round) -> None:
    list_ = making.released(found)
    actions.call_bureau_vote(list_, found.by("anna"))
    vote = queries.votes(list_).get()
    assert vote.subject == list_.reference
    assert len(vote.pages) == 15
    assert not any("Invented" in page["label"] for page in vote.pages), (
        "a name that must go would stay in the vote"
    )
    assert {line.person_id for line in vote.roll.all()} == {
        found.cast.persons[k].pk for k in ("greta", "henri", "ilse")
    }
    refused(Unmet, actions.call_bureau_vote, list_, found.by("anna"))


def test_no_vote_no_approval(found: Round) -> None:
    list_ = making.released(found)
    refused(Unmet, actions.approve, list_, found.by("anna"))
    actions.call_bureau_vote(list_, found.by("anna"))
    refused(Unmet, actions.approve, list_, found.by("anna"))
    refused(
        Unmet, actions.enter_referral, list_, found.by("anna"), reasons="Too early.", source=making.SOURCE
    )


def test_a_vote_that_did_not_carry_does_not_approve(found: Round) -> None:
    list_ = making.released(found)
    making.voted(found, list_, "against", "against")
    assert "did not carry" in refused(Unmet, actions.approve, list_, found.by("anna"))
    actions.refuse(list_, found.by("anna"), reasons="The Bureau was not convinced.")
    assert list_.state == S.REFUSED


def test_a_refusal_of_the_bureau_is_not_voted_away(found: Round) -> None:
    list_ = making.released(found)
    lost = making.voted(found, list_, "against", "against")
    for call in (actions.call_bureau_vote, actions.call_separate_votes):
        assert lost.reference in refused(Unmet, call, list_, found.by("anna"))
    making.elsewhere(found, list_, for_=20, against=1, body="bureau")
    assert lost.reference in refused(Unmet, actions.approve, list_, found.by("anna"))
    actions.refuse(list_, found.by("anna"), reasons="The Bureau was not convinced.")


def test_an_approval_of_the_bureau_is_not_voted_away(found: Round) -> None:
    list_ = making.released(found)
    making.voted(found, list_)
    for call in (actions.call_bureau_vote, actions.call_separate_votes):
        assert "has decided" in refused(Unmet, call, list_, found.by("anna"))
    actions.approve(list_, found.by("anna"))


def test_a_void_vote_and_an_annulled_one_are_held_again(found: Round) -> None:
    list_ = making.released(found)
    actions.call_bureau_vote(list_, found.by("anna"))
    voting.annul(queries.votes(list_).get(), found.by("anna"), reasons="The wrong closing time.")
    actions.call_bureau_vote(list_, found.by("anna"), manner="written")
    void = queries.votes(list_).get(state="called")
    voting.open_vote(void, found.by("anna"))
    with clock.set_to(void.closes_at):
        voting.close(void, found.by("anna"))
        assert void.state == "void"
        assert making.voted(found, list_).state == "carried"
        actions.approve(list_, found.by("anna"))


def test_only_the_seats_without_a_decision_are_voted_on_again(found: Round) -> None:
    list_ = making.released(found)
    actions.call_separate_votes(list_, found.by("anna"))
    *votes, last = list(queries.votes(list_).order_by("pk"))
    for vote in votes:
        making.decide(found, vote, {"henri": "for", "ilse": "for"})
    voting.annul(last, found.by("anna"), reasons="The wrong page.")
    assert "has decided" in refused(Unmet, actions.call_bureau_vote, list_, found.by("anna"))
    actions.call_separate_votes(list_, found.by("anna"))
    again = queries.votes(list_).get(state="called")
    assert again.subject == last.subject
    making.decide(found, again, {"henri": "for", "ilse": "for"})
    assert "has decided" in refused(Unmet, actions.call_separate_votes, list_, found.by("anna"))
    actions.approve(list_, found.by("anna"))


def test_a_lost_seat_stays_lost_when_the_whole_is_carried_elsewhere(found: Round) -> None:
    list_ = making.released(found)
    actions.call_separate_votes(list_, found.by("anna"))
    for vote in queries.votes(list_).order_by("pk"):
        choice = "against" if vote.subject.endswith("/15") else "for"
        making.decide(found, vote, {"henri": choice, "ilse": choice})
    making.elsewhere(found, list_, for_=20, against=1, body="bureau")
    assert "(15)" in refused(Unmet, actions.approve, list_, found.by("anna"))
    making.referred_back(found, list_, "Seat 15 was lost.")


def test_what_the_vote_carried_is_neither_refused_nor_referred_back(found: Round) -> None:
    list_ = making.released(found)
    making.voted(found, list_)
    refused(Unmet, actions.refuse, list_, found.by("anna"), reasons="No.")
    refused(Unmet, actions.enter_referral, list_, found.by("anna"), reasons="No.", source=making.SOURCE)


def test_the_bureau_votes_separately_and_approves_only_when_each_seat_carried(found: Round) -> None:
    list_ = making.released(found)
    actions.call_separate_votes(list_, found.by("anna"))
    votes = list(queries.votes(list_).order_by("pk"))
    assert [vote.subject for vote in votes] == [f"{list_.reference}/{number}" for number in range(1, 16)]
    for vote in votes[:-1]:
        making.decide(found, vote, {"henri": "for", "ilse": "for"})
    refused(Unmet, actions.approve, list_, found.by("anna"))
    making.decide(found, votes[-1], {"henri": "against", "ilse": "against"})
    assert "(15)" in refused(Unmet, actions.approve, list_, found.by("anna"))
    making.referred_back(found, list_, "Seat 15 was lost.")
    assert list_.state == S.REFERRED_BACK


def test_amendments_change_nothing_until_the_president_makes_them_the_proposal(found: Round) -> None:
    list_ = making.released(found)
    spare, seats = found.others[12], list(list_.seats.values_list("number", "candidacy"))
    given: dict[str, Any] = {
        "number": 10,
        "candidacy": spare,
        "reasons": "A wider field.",
        "source": making.SOURCE,
    }
    for missing in ("reasons", "source"):
        refused(Unmet, actions.amend, list_, found.by("anna"), **{**given, missing: " "})
    refused(Unmet, actions.amend, list_, found.by("anna"), **{**given, "number": 16})
    actions.amend(list_, found.by("anna"), **given)
    assert list(list_.seats.values_list("number", "candidacy")) == seats
    new = List(session=found.session, call=found.call, copied_from=list_)
    refused(Unmet, actions.adopt_amendments, new, found.by("greta"), name="Amended")
    making.referred_back(found, list_, "See the amendment.")
    refused(Unmet, actions.adopt_amendments, new, found.by("anna"), name="Amended")
    actions.adopt_amendments(new, found.by("greta"), name="Amended")
    assert new.seats.get(number=10).candidacy == spare
    assert new.seats.count() == 15
    assert list(list_.seats.values_list("number", "candidacy")) == seats


def test_two_people_give_a_list_back_with_the_source_before_them(found: Round) -> None:
    list_ = making.released(found)
    refused(OutOfOrder, actions.refer_back, list_, found.by("bruno"))
    refused(OutOfOrder, actions.drop_referral, list_, found.by("bruno"))
    for given in ({"reasons": " ", "source": making.SOURCE}, {"reasons": "Balance.", "source": " "}):
        refused(Unmet, actions.enter_referral, list_, found.by("anna"), **given)
    actions.enter_referral(list_, found.by("anna"), reasons="Balance.", source=making.SOURCE)
    assert list_.state == S.REFERRAL_ENTERED
    refused(NotEmpowered, actions.refer_back, list_, found.by("anna"))
    refused(NotEmpowered, actions.drop_referral, list_, found.by("greta"))
    for what in (actions.call_bureau_vote, actions.approve):
        refused(OutOfOrder, what, list_, found.by("anna"))
    actions.refer_back(list_, found.by("bruno"))
    assert (list_.state, list_.decision_source) == (S.REFERRED_BACK, making.SOURCE)


def test_nobody_confirms_an_own_amendment(found: Round) -> None:
    list_ = making.released(found)
    making.amend(found, list_, 10)
    actions.enter_referral(list_, found.by("bruno"), reasons="Balance.", source=making.SOURCE)
    assert "You entered an amendment" in refused(Unmet, actions.refer_back, list_, found.by("anna"))
    actions.refer_back(list_, found.by("jonas"))
    assert list_.state == S.REFERRED_BACK


def test_a_referral_that_nobody_confirms_is_taken_out_again(found: Round) -> None:
    list_ = making.released(found)
    actions.enter_referral(list_, found.by("anna"), reasons="Balance.", source=making.SOURCE)
    actions.drop_referral(list_, found.by("bruno"))
    assert (list_.state, list_.decision_reasons, list_.decision_source) == (S.BEFORE_BUREAU, "", "")
    making.voted(found, list_)
    actions.approve(list_, found.by("anna"))


def test_the_amendments_of_a_list_that_was_refused_are_not_adopted(found: Round) -> None:
    list_ = making.released(found)
    making.amend(found, list_, 10)
    making.voted(found, list_, "against", "against")
    actions.refuse(list_, found.by("anna"), reasons="No.")
    new = List(session=found.session, call=found.call, copied_from=list_)
    refused(Unmet, actions.adopt_amendments, new, found.by("greta"), name="Amended")


def declare(found: Round, key: str, candidacy: Candidacy) -> None:
    """An interest in a person."""
    integrity.declare(Interest(subject=candidacy.person.reference, kind="work"), found.by(key))


def test_who_has_an_interest_in_a_person_takes_no_part_in_the_proposal(found: Round) -> None:
    row, greta = found.others[12], found.by("greta")
    Examination.objects.filter(candidacy=row).update(opinion="not_met")
    list_ = making.composed(found)
    declare(found, "greta", row)
    seats = [Chosen(1, row)]
    refused(Unmet, actions.seat, list_, greta, number=6, candidacy=row)
    refused(Unmet, actions.compose, list_, greta, seats=seats)
    refused(Unmet, actions.order_succession, list_, greta, general=[row])
    refused(Unmet, actions.override, list_, greta, candidacy=row, reasons="Twenty years.")
    refused(NotEmpowered, actions.ask_acceptance, Acceptance(candidacy=row, session=found.session), greta)
    assert list_.seats.count() == 15
    actions.seat(list_, greta, number=6, candidacy=found.others[11])


@pytest.mark.parametrize("place", ["seat", "in line"])
def test_a_list_is_the_discussion_of_everybody_on_it(found: Round, place: str) -> None:
    list_ = making.composed(found)
    making.succeed(found, list_, general=[found.others[11]])
    row = found.others[0 if place == "seat" else 11]
    making.released(found, list_)
    declare(found, "ilse", row)
    making.voted(found, list_, ilse="")
    line = queries.votes(list_).get().roll.get(person=found.cast.ilse)
    assert line.effect == "out_of_vote"
    declare(found, "anna", row)
    refused(NotEmpowered, actions.approve, list_, found.by("anna"))
    actions.approve(list_, found.by("bruno"))
    declare(found, "greta", row)
    new = List(session=found.session, call=found.call)
    refused(Unmet, actions.draft, new, found.by("greta"), name="Copy", copy_of=list_)


def test_nobody_enters_an_amendment_for_a_person_of_an_own_interest(found: Round) -> None:
    list_ = making.released(found)
    declare(found, "anna", found.others[12])
    with pytest.raises(Unmet, match="interest"):
        making.amend(found, list_, 10, candidacy=found.others[12])
    assert not list_.amendments.exists()


def test_the_same_vote_recorded_from_elsewhere_counts_too(found: Round) -> None:
    list_ = making.released(found)
    making.elsewhere(found, list_, for_=20, against=1, body="bureau")
    actions.approve(list_, found.by("anna"))
    assert list_.state == S.BEFORE_RATIFICATION


def test_who_leaves_after_the_release_must_not_break_the_reserve(found: Round) -> None:
    list_ = making.released(found)
    making.voted(found, list_)
    Candidacy.objects.filter(pk=found.declared[0].pk).update(state="withdrawn", withdrawn_at=clock.now())
    assert "short by 1" in refused(Unmet, actions.approve, list_, found.by("anna"))


@pytest.mark.parametrize(
    "act", ["compose", "ask_release", "confirm_release", "approve", "ratify", "announce"]
)
def test_a_withdrawn_list_is_closed_for_good(found: Round, act: str) -> None:
    list_ = making.composed(found)
    actions.withdraw(list_, found.by("greta"))
    key = "greta" if act in ("compose", "ask_release") else "anna"
    more = {"seats": []} if act == "compose" else {}
    refused(Refused, getattr(actions, act), list_, found.by(key), **more)


def test_entries_of_lists_hold_no_candidacy_and_no_name(found: Round) -> None:
    making.announced(found)
    for entry in Entry.objects.filter(room="composition"):
        assert "CAND-" not in str(entry.facts), entry
        assert "Invented" not in str(entry.facts), entry
