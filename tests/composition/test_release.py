"""Two people release a list; a new President adopts or withdraws it: each act done, and refused with nothing changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hemicycle.composition import actions, queries
from hemicycle.composition.procedure import ListState
from hemicycle.people import queries as people
from hemicycle.people.models import Holding
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered
from hemicycle.vetting.models import Examination

from . import making
from .making import Round
from .refusing import refused

S = ListState


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


def test_an_opinion_that_became_not_met_before_the_vote_needs_reasons_first(found: Round) -> None:
    seated, row = found.others[0], found.others[12]
    list_ = making.composed(found)
    making.succeed(found, list_, general=[row])
    making.released(found, list_)
    given: dict[str, Any] = {"reasons": "The record of twenty years."}
    refused(Unmet, actions.override, list_, found.by("greta"), candidacy=seated, **given)
    Examination.objects.filter(candidacy__in=[row, seated]).update(opinion="not_met")
    said = refused(Unmet, actions.call_bureau_vote, list_, found.by("anna"))
    assert "the opinion is “not met” and no reasons are given" in said
    actions.override(list_, found.by("greta"), candidacy=seated, **given)
    refused(Unmet, actions.call_bureau_vote, list_, found.by("anna"))
    actions.override(list_, found.by("greta"), candidacy=row, **given)
    actions.call_bureau_vote(list_, found.by("anna"))
    vote = queries.votes(list_).get(state="called")
    making.decide(found, vote, {"henri": "for", "ilse": "for"})
    other = found.others[1]
    Examination.objects.filter(candidacy=other).update(opinion="not_met")
    refused(Unmet, actions.approve, list_, found.by("anna"))
    actions.override(list_, found.by("greta"), candidacy=other, **given)
    actions.approve(list_, found.by("anna"))
    assert list_.overrides.count() == 3


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
