"""Ratification, the letters to the candidates, the announcement: each act done, and refused with nothing changed."""

from __future__ import annotations

from hemicycle.composition import actions, queries
from hemicycle.composition.models import List
from hemicycle.composition.procedure import LIST, ListState
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import OutOfOrder
from hemicycle.vetting.models import Examination, LetterKind, OutcomeLetter, Reading

from . import making
from .making import Round
from .refusing import refused

S = ListState


# --- ratification and announcement ----------------------------------------------------------------------------------


def test_a_ratified_list_takes_effect_and_is_announced(found: Round) -> None:
    list_ = making.announced(found)
    assert list_.state == S.ANNOUNCED
    assert list_.effective_at == list_.ratified_at
    assert queries.in_force() == list_
    assert queries.released(list_)


def test_nothing_is_announced_before_ratification(found: Round) -> None:
    list_ = making.approved(found)
    refused(Unmet, actions.announce, list_, found.by("anna"))
    refused(Unmet, actions.ratify, list_, found.by("anna"))
    assert queries.latest_public() is None
    assert queries.in_force() is None


def test_ratification_refused_returns_the_list(found: Round) -> None:
    list_ = making.approved(found)
    making.elsewhere(found, list_, for_=2, against=30)
    refused(Unmet, actions.ratify, list_, found.by("anna"))
    actions.refuse_ratification(list_, found.by("anna"))
    assert list_.state == S.RATIFICATION_REFUSED
    refused(OutOfOrder, actions.announce, list_, found.by("anna"))
    making.draft(found, "Again", copy_of=list_)


def test_a_refused_ratification_is_not_voted_away(found: Round) -> None:
    list_ = making.approved(found)
    lost = making.elsewhere(found, list_, for_=2, against=30)
    making.elsewhere(found, list_, for_=30, against=2)
    assert lost.reference in refused(Unmet, actions.ratify, list_, found.by("anna"))
    actions.refuse_ratification(list_, found.by("anna"))
    assert list_.state == S.RATIFICATION_REFUSED


def test_a_vote_that_was_not_the_bodys_to_take_refuses_nothing(found: Round) -> None:
    list_ = making.approved(found)
    with clock.set_to(clock.now().replace(month=4, day=13)):
        making.elsewhere(found, list_, for_=0, against=30)
        assert "Assembly ratifies" in refused(Unmet, actions.refuse_ratification, list_, found.by("anna"))
        making.elsewhere(found, list_, for_=90, against=10, body="assembly")
        actions.ratify(list_, found.by("anna"))


def test_during_a_part_session_nobody_ratifies_in_the_assemblys_place(found: Round) -> None:
    list_ = making.approved(found)
    with clock.set_to(clock.now().replace(month=4, day=13)):
        making.elsewhere(found, list_, for_=30, against=0)
        refused(Unmet, actions.ratify, list_, found.by("anna"))
        making.elsewhere(found, list_, for_=90, against=10, body="assembly")
        actions.ratify(list_, found.by("anna"))
        assert list_.state == S.RATIFIED


def test_a_vote_of_another_body_ratifies_nothing(found: Round) -> None:
    list_ = making.approved(found)
    making.elsewhere(found, list_, for_=30, against=0, body="political_affairs")
    refused(Unmet, actions.ratify, list_, found.by("anna"))


# --- the letters, then the public -----------------------------------------------------------------------------------


def kinds(found: Round) -> dict[str, str]:
    """What everybody was told, by name."""
    rows = OutcomeLetter.objects.order_by("pk").select_related("candidacy__person")
    return {row.candidacy.person.name.split()[0]: row.kind for row in rows}


def test_the_public_is_told_after_the_candidates(found: Round) -> None:
    list_ = making.ratified(found)
    assert "not sent yet: 22" in refused(Unmet, actions.announce, list_, found.by("anna"))
    actions.tell_candidates(list_, found.by("anna"))
    assert queries.latest_public() is None, "the letters publish nothing"
    actions.announce(list_, found.by("anna"))
    assert queries.latest_public() == list_


def test_each_letter_says_what_became_of_the_candidacy(found: Round) -> None:
    list_ = making.composed(found)
    making.succeed(found, list_, general=[found.of("Yana")], reserve=[found.of("Habiba")])
    making.ratified(found, making.approved(found, making.released(found, list_)))
    Examination.objects.filter(candidacy=found.of("Vera")).update(opinion="not_met")
    actions.tell_candidates(list_, found.by("anna"))
    told = kinds(found)
    seated = {seat.candidacy.person.name.split()[0] for seat in list_.seats.all()}
    assert {name for name, kind in told.items() if kind == LetterKind.ON_LIST} == seated
    assert {name for name, kind in told.items() if kind == LetterKind.SUCCESSION} == {"Yana", "Habiba"}
    assert "Vera" not in told, "who was not found eligible was told at the opinion"
    assert told["Ulyana"] == LetterKind.NOT_CHOSEN
    entry = Entry.objects.get(act="tell_candidates")
    assert entry.facts == {"letters": {"on_list": 15, "succession": 2, "not_chosen": 4}}


def test_letters_do_not_go_out_before_ratification_nor_twice(found: Round) -> None:
    list_ = making.approved(found)
    refused(Unmet, actions.tell_candidates, list_, found.by("anna"))
    assert not OutcomeLetter.objects.exists()
    making.ratified(found, list_)
    actions.tell_candidates(list_, found.by("anna"))
    refused(Unmet, actions.tell_candidates, list_, found.by("anna"))
    assert OutcomeLetter.objects.count() == 22


def test_an_opinion_that_came_late_is_told_by_the_clock(found: Round) -> None:
    late = Examination.objects.filter(candidacy=found.of("Ulyana"))
    late.update(state="agreeing", opinion="", concluded_at=None)
    making.announced(found)
    assert "Ulyana" not in kinds(found)
    assert actions.tick() == 0
    late.update(state="concluded", opinion="met", concluded_at=clock.now())
    assert actions.tick() == 1
    assert kinds(found)["Ulyana"] == LetterKind.NOT_CHOSEN
    assert actions.tick() == 0


def test_the_announcement_keeps_the_numbers_of_the_round(found: Round) -> None:
    list_ = making.composed(found)
    Reading.objects.create(
        examination=found.of("Yana").examination, assessor=found.cast.clara, ordinal=1, assigned_at=clock.now(),
        due_at=clock.now(), released_at=clock.now(), release_ground="interest", state="released", **making.made("READ"),
    )  # fmt: skip
    making.accepted(found, found.of("Yana"))
    making.announced(found, making.approved(found, making.released(found, list_)))
    kept = Entry.objects.get(act="announce").facts["round"]
    assert kept == {
        "received": 22, "late": 0, "late_refused": 0, "withdrawn": 0, "inadmissible": 0, "admissible": 22, "slates": 0,
        "assessed": 22, "assessor_interests": 1, "accepted": 16, "slates_represented": 0,
    }  # fmt: skip


# --- what is offered ----------------------------------------------------------------------------------------------------


def offered(list_: List) -> set[str]:
    """The acts whose rules ask for something beyond the state, and which a page would offer now."""
    acts = ("call_bureau_vote", "approve", "refuse", "enter_referral", "refer_back", "ratify", "refuse_ratification", "tell_candidates",
            "announce")  # fmt: skip
    steps = LIST.by_act
    return {act for act in acts if list_.state in steps[act].sources and queries.offers(list_, act)}


def test_a_page_offers_an_act_only_when_its_rule_would_let_it_through(found: Round) -> None:
    list_ = making.released(found)
    assert offered(list_) == {"call_bureau_vote", "enter_referral"}
    actions.enter_referral(list_, found.by("anna"), reasons="Balance.", source=making.SOURCE)
    assert offered(list_) == {"refer_back"}
    actions.drop_referral(list_, found.by("bruno"))
    actions.call_bureau_vote(list_, found.by("anna"))
    assert offered(list_) == set()
    making.decide(found, queries.votes(list_).get(state="called"), {"henri": "for", "ilse": "for"})
    assert offered(list_) == {"approve"}
    actions.approve(list_, found.by("anna"))
    assert offered(list_) == set()
    making.elsewhere(found, list_, for_=30, against=2)
    assert offered(list_) == {"ratify"}
    actions.ratify(list_, found.by("anna"))
    assert offered(list_) == {"tell_candidates"}
    actions.tell_candidates(list_, found.by("anna"))
    assert offered(list_) == {"announce"}
    actions.announce(list_, found.by("anna"))
    assert offered(list_) == set()


def test_a_lost_vote_offers_the_refusal_only(found: Round) -> None:
    list_ = making.released(found)
    making.voted(found, list_, henri="against", ilse="against")
    assert "refuse" in offered(list_) and not {"approve", "call_bureau_vote"} & offered(list_)


def test_the_clerk_finds_the_form_for_the_ratification_filled_in(found: Round) -> None:
    list_ = making.approved(found)
    given = actions.held_elsewhere(list_)
    assert given["subject"] == list_.reference and given["body"] == "standing_committee"
    with clock.set_to(clock.now().replace(month=4, day=13)):
        assert actions.held_elsewhere(list_)["body"] == "assembly"
