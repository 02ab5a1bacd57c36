"""Nobody is proposed who has not accepted: each answer given, and refused with nothing changed."""

from __future__ import annotations

import pytest

from hemicycle.composition import actions, queries
from hemicycle.composition.models import Acceptance
from hemicycle.composition.procedure import AcceptanceState
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from . import making
from .making import Round
from .refusing import refused


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
