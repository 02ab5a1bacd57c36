"""Who fills a vacancy, and who is passed over."""

from __future__ import annotations

from hemicycle.composition import actions as composition
from hemicycle.composition import queries as lists
from hemicycle.gallery import sheet
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.mandates import actions, queries
from hemicycle.mandates.models import Mandate
from hemicycle.mandates.procedure import Ground
from hemicycle.people import queries as people
from hemicycle.rules.findings import Unmet
from hemicycle.vetting.models import Examination

from ..composition import making
from ..composition.making import Round
from ..composition.refusing import refused
from .making import LAST_DAY, M, at_seat, die, fill, renounce, seated, states


def test_a_vacancy_is_filled_by_the_next_in_line(found: Round) -> None:
    list_ = seated(found)
    renounce(at_seat(list_, 6))
    mandate = fill(found, list_, 6)
    assert mandate.person == found.others[10].person
    assert mandate.replaces is not None and mandate.replaces.ended_ground == Ground.RENOUNCED
    assert (mandate.reserved, mandate.until_day) == (False, LAST_DAY)
    assert states() == [M.SITTING] * 15


def test_a_reserved_seat_goes_to_the_reserve_or_stays_vacant(found: Round) -> None:
    list_ = seated(found, reserve=1)
    renounce(at_seat(list_, 1))
    renounce(at_seat(list_, 2))
    assert fill(found, list_, 1).person == found.declared[5].person
    said = refused(Unmet, actions.fill_vacancy, Mandate(list=list_, seat_number=2), found.by("anna"))
    assert "stays vacant" in said
    assert queries.seats_at()[1].state == "vacant"
    renounce(at_seat(list_, 9))
    assert fill(found, list_, 9).person == found.others[10].person, "another seat is filled all the same"


def test_who_has_withdrawn_the_acceptance_is_passed_over(found: Round) -> None:
    list_ = seated(found)
    first = found.others[10]
    acceptance = lists.acceptance_of(first, found.session, reserved=False)
    composition.withdraw_acceptance(acceptance, people.actor(first.person))
    renounce(at_seat(list_, 6))
    assert fill(found, list_, 6).person == found.others[11].person


def test_a_vacancy_waits_for_the_answer_of_the_next_in_line(found: Round) -> None:
    list_ = seated(found)
    first = found.others[10]
    acceptance = lists.acceptance_of(first, found.session, reserved=False)
    composition.withdraw_acceptance(acceptance, people.actor(first.person))
    making.ask(found, first)  # asked again, no answer yet
    renounce(at_seat(list_, 6))
    refused(Unmet, actions.fill_vacancy, Mandate(list=list_, seat_number=6), found.by("anna"))


def test_an_opinion_changed_on_review_needs_the_presidents_reasons_before_the_seat_is_filled(
    found: Round,
) -> None:
    list_ = seated(found)
    first = found.others[10]
    Examination.objects.filter(candidacy=first).update(opinion="not_met")
    renounce(at_seat(list_, 6))
    said = refused(Unmet, actions.fill_vacancy, Mandate(list=list_, seat_number=6), found.by("anna"))
    assert "the President’s reasons come first" in said
    composition.override(list_, found.by("greta"), candidacy=first, reasons="The record of twenty years.")
    assert fill(found, list_, 6).person == first.person
    figures = {one.key: one.value for one in sheet.of_list(list_).figures}
    assert (figures["overridden"], figures["overridden_in_line"]) == (0, 1), "counted in public"


def test_the_offices_on_a_participation_whose_file_is_erased_are_known(found: Round) -> None:
    mandate = at_seat(seated(found), 1)
    die(found, mandate)
    Mandate.objects.filter(pk=mandate.pk).update(candidacy=None)
    mandate.refresh_from_db()
    integrity.declare(Interest(subject=mandate.person.reference, kind="work"), found.by("bruno"))
    assert "secretariat" in queries.offices(found.by("anna"), mandate)
    assert "secretariat" not in queries.offices(found.by("bruno"), mandate)


def test_nobody_fills_a_vacancy_with_a_person_of_an_own_interest(found: Round) -> None:
    list_ = seated(found)
    renounce(at_seat(list_, 6))
    subject = found.others[10].person.reference
    integrity.declare(Interest(subject=subject, kind="work"), found.by("anna"))
    said = refused(Unmet, actions.fill_vacancy, Mandate(list=list_, seat_number=6), found.by("anna"))
    assert "You declared an interest" in said
    actions.fill_vacancy(Mandate(list=list_, seat_number=6), found.by("bruno"))


def test_an_occupied_seat_is_not_filled(found: Round) -> None:
    list_ = seated(found)
    refused(Unmet, actions.fill_vacancy, Mandate(list=list_, seat_number=6), found.by("anna"))
