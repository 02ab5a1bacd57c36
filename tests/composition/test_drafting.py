"""Lists in the making, and what the reserve asks of them: each act done, and refused with nothing changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.assembly.models import ForumDecision
from hemicycle.candidacy.models import Candidacy
from hemicycle.composition import actions, queries
from hemicycle.composition.actions import Chosen
from hemicycle.composition.models import List
from hemicycle.composition.procedure import ListState
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered
from hemicycle.vetting.models import Examination

from . import making
from .making import Round
from .refusing import refused

S = ListState


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
        making.voted(found, list_)
        Candidacy.objects.filter(pk=found.declared[0].pk).update(state="withdrawn", withdrawn_at=clock.now())
        assert "short by 1" in refused(Unmet, actions.approve, list_, found.by("anna"))
