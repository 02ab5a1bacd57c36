"""A late addition to the succession list: only who came late, accepted, by two persons and a vote on that person (3.7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hemicycle.candidacy import actions as candidacies
from hemicycle.composition import actions, queries
from hemicycle.composition.models import Acceptance, Addition, List, Successor
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.vetting.models import Examination, NewReading, OutcomeLetter
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote

from . import making
from .adding import added, is_late, not_proposed, order, proposed, read_again, released, tie, voted
from .making import Round
from .refusing import refused


def test_who_came_late_stands_last_in_the_order_after_two_persons_and_a_vote(
    found: Round, list_: List
) -> None:
    addition = added(found, list_)
    assert (addition.state, order(list_, False), order(list_, True)) == (
        "added",
        ["Vera", "Yana"],
        ["Habiba"],
    )
    assert addition.decided_at == clock.now()
    added(found, list_, "Galina", for_reserve=True)
    assert (order(list_, False), order(list_, True)) == (["Vera", "Yana"], ["Habiba", "Galina"])
    acts = list(Entry.objects.filter(matter=addition.reference).values_list("act", "actor", "publicity"))
    assert [act for act, _, _ in acts] == [
        "propose_addition",
        "release_addition",
        "call_addition_vote",
        "add_successor",
    ]
    assert {publicity for _, _, publicity in acts} == {"house"}
    facts = str(list(Entry.objects.filter(matter=addition.reference).values_list("facts", flat=True)))
    row = found.of("Yana")
    assert row.reference not in facts and row.person.reference not in facts and "Yana" not in facts


def test_a_review_that_was_running_opens_the_way_and_one_asked_for_later_does_not(
    found: Round, list_: List
) -> None:
    running, later = found.of("Timur"), found.of("Ulyana")
    at = list_.proposed_at
    assert at is not None
    review = {"first_opinion": "not_met", "state": "reviewed", "reviewed_at": clock.now()}
    read_again(running, review_asked_at=at - timedelta(hours=1), **review)
    read_again(later, review_asked_at=at + timedelta(hours=1), **review)
    assert [row.person.name.split()[0] for row in queries.late(list_)] == ["Galina", "Timur", "Yana"]
    for row in (running, later):
        making.accepted(found, row)
    not_proposed(found, list_, "still running", later)
    assert added(found, list_, "Timur").state == "added"


def test_a_new_reading_that_was_running_opens_the_way_and_one_called_later_does_not(
    found: Round, list_: List
) -> None:
    at, now = list_.proposed_at, clock.now()
    assert at is not None
    for name, called in (("Timur", at - timedelta(hours=1)), ("Ulyana", at + timedelta(hours=1))):
        row = found.of(name)
        Examination.objects.filter(candidacy=row).update(concluded_at=at - timedelta(hours=2))
        rounds = NewReading(
            examination=row.examination, round=1, cause="incident", language="en", reasons="So."
        )
        rounds.called_at, rounds.given_at = called, now + timedelta(hours=2)
        rounds.save()
    assert [row.person.name.split()[0] for row in queries.late(list_)] == ["Galina", "Timur", "Yana"]


def test_an_opinion_given_between_the_proposal_and_the_release_came_late_too(found: Round) -> None:
    made = making.composed(found)
    actions.ask_release(made, found.by("greta"))
    with clock.set_to(clock.now() + timedelta(hours=1)):
        is_late(found.of("Yana"))
        actions.confirm_release(made, found.by("anna"))
        assert [row.pk for row in queries.late(made)] == [found.of("Yana").pk]


def test_the_person_is_told_by_the_clock(found: Round, list_: List) -> None:
    actions.tick()
    added(found, list_)
    assert actions.tick() == 1
    kinds = OutcomeLetter.objects.filter(candidacy=found.of("Yana")).values_list("kind", flat=True)
    assert "succession" in kinds
    assert actions.tick() == 0


def test_who_had_an_opinion_when_the_list_was_proposed_is_not_added(found: Round, list_: List) -> None:
    making.accepted(found, found.of("Timur"))
    not_proposed(found, list_, "still running", found.of("Timur"))


def test_who_has_no_opinion_yet_or_an_opinion_not_met_is_not_added(found: Round, list_: List) -> None:
    read_again(found.of("Yana"), state="agreeing")
    not_proposed(found, list_, "cannot be proposed", found.of("Yana"))
    read_again(found.of("Galina"), opinion="not_met")
    not_proposed(found, list_, "not met", found.of("Galina"), for_reserve=True)
    assert queries.late(list_) == []


def test_who_has_a_seat_or_a_place_is_not_added_again(found: Round, list_: List) -> None:
    seated = list_.seats.order_by("-number")[0].candidacy
    is_late(seated)
    not_proposed(found, list_, "already", seated)
    is_late(found.of("Vera"))
    not_proposed(found, list_, "already", found.of("Vera"))
    assert {row.pk for row in queries.late(list_)}.isdisjoint({seated.pk, found.of("Vera").pk})


def test_nobody_is_proposed_without_the_own_acceptance_of_that_kind_of_seat(
    found: Round, list_: List
) -> None:
    late = found.of("Timur")
    is_late(late)
    not_proposed(found, list_, "has not accepted", late)
    asked = making.ask(found, late)
    not_proposed(found, list_, "has not accepted", late)
    actions.decline(asked, people.actor(late.person))
    not_proposed(found, list_, "has not accepted", late)
    not_proposed(found, list_, "has not declared", found.of("Yana"), for_reserve=True)
    declared = found.of("Fyokla")
    is_late(declared)
    making.accepted(found, declared)
    not_proposed(found, list_, "has not accepted", declared, for_reserve=True)


def test_a_candidacy_of_another_call_is_not_added(found: Round, list_: List) -> None:
    row = found.of("Yana")
    row.call = type(found.call).objects.create(
        session=found.session, opens_at=clock.now(), closes_at=clock.now() + timedelta(days=9), text_en="x",
        text_fr="x", text_ru="x", charter="pace-2025/1.0", state="opened", **making.made("CALL"),
    )  # fmt: skip
    row.save()
    not_proposed(found, list_, "cannot be proposed", row)


def test_only_a_list_that_stands_takes_an_addition(found: Round) -> None:
    pending = making.released(found)
    late = found.of("Yana")
    with clock.set_to(clock.now() + timedelta(days=1)):
        is_late(late)
        making.accepted(found, late)
        not_proposed(found, pending, "approved", late)
        making.announced(found, making.approved(found, pending))
        assert queries.takes_additions(pending)
    with clock.set_to(queries.term_ends_at(pending)):
        not_proposed(found, pending, "approved", late)


def test_a_list_that_came_back_takes_no_addition(found: Round) -> None:
    list_ = making.approved(found)
    making.elsewhere(found, list_, for_=2, against=30)
    late = found.of("Yana")
    with clock.set_to(clock.now() + timedelta(days=1)):
        is_late(late)
        making.accepted(found, late)
        addition = released(found, list_)
        voted(found, addition)
        actions.refuse_ratification(list_, found.by("anna"))
        refused(Unmet, actions.add_successor, addition, found.by("anna"))
    assert not Successor.objects.filter(candidacy=late).exists()


def test_the_length_of_the_charter_holds(found: Round, list_: List) -> None:
    length = queries.charter_of(list_).list.succession_length.value
    spare = [row for row in found.rows if not row.seats.exists() and not row.successions.exists()]
    more = [making.candidacy(found.call, f"Spare{n}") for n in range(length)]
    spare = [row for row in [*spare, *more] if row.person.name.split()[0] not in ("Yana", "Galina")]
    rows = [
        Successor.objects.create(list=list_, rank=rank, candidacy=row)
        for rank, row in enumerate(spare[: length - 2], 2)
    ]
    not_proposed(found, list_, f"{length} people at most", found.of("Yana"))
    gone = rows[0].candidacy
    candidacies.withdraw(gone, people.actor(gone.person))
    assert added(found, list_).state == "added"
    assert order(list_, False)[-1] == "Yana"


def test_only_the_president_proposes_and_nobody_with_an_interest_in_the_person(
    found: Round, list_: List
) -> None:
    before = Entry.objects.count()
    for key in ("anna", "jonas", "henri", "clara"):
        with pytest.raises(NotEmpowered):
            actions.propose_addition(Addition(list=list_), found.by(key), candidacy=found.of("Yana"))
    assert Entry.objects.count() == before
    tie(found, "greta")
    with pytest.raises(NotEmpowered):
        actions.propose_addition(Addition(list=list_), found.by("greta"), candidacy=found.of("Yana"))
    assert not Addition.objects.exists()


def test_one_addition_of_a_person_is_on_its_way_at_a_time(found: Round, list_: List) -> None:
    first = proposed(found, list_)
    before = Entry.objects.count()
    with pytest.raises(Unmet, match="on its way"):
        proposed(found, list_)
    assert Entry.objects.count() == before
    actions.withdraw_addition(first, found.by("greta"))
    assert first.state == "withdrawn"
    proposed(found, list_)


def test_a_second_person_releases_it(found: Round, list_: List) -> None:
    addition = proposed(found, list_)
    refused(NotEmpowered, actions.release_addition, addition, found.by("greta"))
    refused(NotEmpowered, actions.release_addition, addition, found.by("henri"))
    refused(OutOfOrder, actions.call_addition_vote, addition, found.by("anna"))
    refused(OutOfOrder, actions.add_successor, addition, found.by("anna"))
    actions.release_addition(addition, found.by("anna"))
    assert addition.state == "before_bureau"


def test_what_changed_since_the_proposal_is_asked_again(found: Round, list_: List) -> None:
    addition = proposed(found, list_)
    acceptance = Acceptance.objects.get(candidacy=found.of("Yana"))
    actions.withdraw_acceptance(acceptance, people.actor(found.of("Yana").person))
    refused(Unmet, actions.release_addition, addition, found.by("anna"))
    making.accepted(found, found.of("Yana"))
    actions.release_addition(addition, found.by("anna"))
    voted(found, addition)
    row = found.of("Yana")
    candidacies.withdraw(row, people.actor(row.person))
    refused(Unmet, actions.add_successor, addition, found.by("anna"))
    assert queries.shown_name(Addition.objects.get()) == ""
    page = found.cast.client("greta").get(f"/matters/{list_.reference}/").content.decode()
    assert "Yana" not in page


def test_a_new_president_withdraws_what_the_one_before_proposed(found: Round, list_: List) -> None:
    addition = proposed(found, list_)
    found.cast.persons["greta"].holdings.all().delete()
    refused(Unmet, actions.release_addition, addition, found.by("anna"))


def test_nobody_is_added_without_the_bureaus_vote_on_exactly_that_addition(found: Round, list_: List) -> None:
    other = released(found, list_, "Galina", for_reserve=True)
    voted(found, other)
    addition = released(found, list_)
    refused(Unmet, actions.add_successor, addition, found.by("anna"))
    refused(Unmet, actions.refuse_addition, addition, found.by("anna"))
    foreign = Vote(
        subject=addition.reference, question_en="?", question_fr="?", question_ru="?", body="standing_committee",
        held_on=clock.today(),
    )  # fmt: skip
    voting.record_elsewhere(
        foreign, found.by("anna"), form="show_of_hands", source="Minutes", for_=9, against=0, abstentions=0
    )
    voting.confirm_elsewhere(foreign, found.by("bruno"))
    refused(Unmet, actions.add_successor, addition, found.by("anna"))
    actions.call_addition_vote(addition, found.by("anna"))
    refused(Unmet, actions.add_successor, addition, found.by("anna"))
    refused(Unmet, actions.call_addition_vote, addition, found.by("anna"))
    refused(Unmet, actions.withdraw_addition, addition, found.by("greta"))
    assert order(list_, False) == ["Vera"]


def test_a_lost_vote_refuses_the_addition_and_is_not_voted_away(found: Round, list_: List) -> None:
    addition = released(found, list_)
    voted(found, addition, "against")
    refused(Unmet, actions.add_successor, addition, found.by("anna"))
    refused(Unmet, actions.call_addition_vote, addition, found.by("anna"))
    actions.refuse_addition(addition, found.by("anna"))
    assert (addition.state, order(list_, False)) == ("refused", ["Vera"])


def test_a_carried_vote_cannot_be_written_down_as_a_refusal(found: Round, list_: List) -> None:
    addition = released(found, list_)
    voted(found, addition)
    refused(Unmet, actions.refuse_addition, addition, found.by("anna"))
    refused(NotEmpowered, actions.add_successor, addition, found.by("greta"))


def test_the_vote_leaves_the_votes_on_the_list_as_they_were_and_is_not_public(
    found: Round, list_: List
) -> None:
    before = [vote.pk for vote in queries.bureau_votes(list_)], queries.votes(list_).count()
    addition = added(found, list_)
    vote = queries.addition_votes(addition).get()
    assert ([vote.pk for vote in queries.bureau_votes(list_)], queries.votes(list_).count()) == before
    assert not queries.undecided(list_)
    public = Client()
    assert public.get(f"/votes/{vote.reference}").status_code == 404
    seen = "".join(
        public.get(address, follow=True).content.decode()
        for address in ("/composition", "/votes", "/rounds/2027", "/record", "/composition.json")
    )
    assert vote.reference not in seen and addition.reference not in seen and "Yana" not in seen
