"""A candidacy that is withdrawn takes the participation with it."""

from __future__ import annotations

from datetime import timedelta

from hemicycle.candidacy import actions as candidacies
from hemicycle.composition.models import Acceptance, List
from hemicycle.mandates import actions, queries, views
from hemicycle.mandates.models import Mandate
from hemicycle.mandates.procedure import Ground
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import OutOfOrder
from hemicycle.vetting import actions as vetting
from hemicycle.vetting.models import Examination

from ..composition.making import Round
from ..composition.refusing import refused
from .making import M, at_seat, fill, renounce, seated, states


def withdraw(mandate: Mandate) -> None:
    assert mandate.candidacy is not None
    candidacies.withdraw(mandate.candidacy, people.actor(mandate.person))


def test_who_withdraws_the_candidacy_leaves_the_seat_at_that_instant(found: Round) -> None:
    list_ = seated(found)
    mandate = at_seat(list_, 6)
    before = clock.now()
    with clock.set_to(before + timedelta(hours=1)):
        withdraw(mandate)
        mandate.refresh_from_db()
        assert mandate.state == M.SITTING, "nothing is written yet"
        assert mandate.standing(clock.now()) == M.ENDED
        assert queries.seats_at()[5].state == "vacant"
        assert len(queries.sitting()) == 14
        assert queries.seats_at(before)[5].state == M.SITTING, "until then the person sat"
        assert queries.vacancy_due(list_, mandate) == clock.now() + timedelta(days=60)
        refused(OutOfOrder, actions.renounce, mandate, people.actor(mandate.person))
        left_at = clock.now()
    with clock.set_to(before + timedelta(days=1)):
        assert actions.tick() == 1
        assert actions.tick() == 0
    mandate.refresh_from_db()
    assert (mandate.state, mandate.ended_at, mandate.ended_ground) == (M.ENDED, left_at, Ground.RENOUNCED)
    told = Entry.objects.get(matter=mandate.reference, act="expire")
    assert "withdr" not in str(told.facts), "acts on a candidacy are not told in public (1.3)"


def test_the_name_of_who_withdrew_is_shown_to_nobody(found: Round) -> None:
    list_ = seated(found)
    mandate = at_seat(list_, 6)
    assert queries.public_name(mandate) == mandate.shown_name
    withdraw(mandate)
    mandate.refresh_from_db()
    assert queries.public_name(mandate) is None
    assert mandate.shown_name not in views.shown(mandate)


def test_a_seat_left_by_a_withdrawal_is_filled_before_the_clock_ran(found: Round) -> None:
    list_ = seated(found)
    left = at_seat(list_, 6)
    withdraw(left)
    mandate = fill(found, list_, 6)
    left.refresh_from_db()
    assert mandate.replaces == left
    assert (left.state, left.ended_ground) == (M.ENDED, Ground.RENOUNCED)
    assert states() == [M.SITTING] * 15


def test_the_file_of_a_participant_who_withdrew_is_erased_and_the_seat_stays(found: Round) -> None:
    list_ = seated(found)
    mandate, sits = at_seat(list_, 1), at_seat(list_, 2)
    name = mandate.shown_name
    withdraw(mandate)
    with clock.set_to(clock.now() + timedelta(days=31)):
        refused(Unmet, actions.erase_name, left_of(found), CLOCK)
        assert run_the_clock() == 2, "the end and the closing of the file are written down first"
        assert run_the_clock() == 2, "the file and the name"
        assert run_the_clock() == 0
        mandate.refresh_from_db()
        assert (mandate.candidacy, mandate.shown_name) == (None, "")
        assert not Examination.objects.filter(candidacy__person=mandate.person).exists()
        assert name not in [acceptance.public_name for acceptance in Acceptance.objects.all()]
        seat = queries.seats_at()[0]
        assert (seat.state, seat.reserved) == ("vacant", True), "the kind of the seat is kept"
        assert queries.line(list_), "the succession list is still there"
        assert fill(found, list_, 1).person == found.declared[5].person
        refused(OutOfOrder, actions.erase_name, sits, CLOCK)
    sits.refresh_from_db()
    assert sits.candidacy is not None and sits.shown_name


def left_of(found: Round) -> Mandate:
    """Another participant who has left, and whose file is kept."""
    mandate = at_seat(List.objects.get(), 15)
    renounce(mandate)
    return mandate


def run_the_clock() -> int:
    """One round of the rooms that this concerns, in the order of the rooms."""
    return candidacies.tick() + vetting.tick() + actions.tick()
