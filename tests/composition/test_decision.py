"""The Bureau votes, approves, refuses or gives back: each act done, and refused with nothing changed."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.candidacy.models import Candidacy
from hemicycle.composition import actions, queries
from hemicycle.composition.actions import Chosen
from hemicycle.composition.models import Acceptance, List
from hemicycle.composition.procedure import ListState
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder, Refused
from hemicycle.vetting.models import Examination
from hemicycle.voting import actions as voting

from . import making
from .making import Round
from .refusing import refused

S = ListState


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
    assert "has not voted on these seats: 15" in refused(Unmet, actions.approve, list_, found.by("anna"))
    offered = {a for a in ("call_bureau_vote", "call_separate_votes", "approve") if queries.offers(list_, a)}
    assert offered == {"call_separate_votes"}
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
