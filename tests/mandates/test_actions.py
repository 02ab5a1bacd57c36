"""Mandates begin, are suspended, end at the instant, and are followed without breaking the reserve."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from hemicycle.assembly.models import day_start
from hemicycle.composition import actions as composition
from hemicycle.composition import queries as lists
from hemicycle.mandates import actions, queries
from hemicycle.mandates.models import Ending, Mandate
from hemicycle.mandates.procedure import Ground
from hemicycle.people import queries as people
from hemicycle.record import acts, clock
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from ..composition import making
from ..composition.making import Round
from ..composition.refusing import refused
from .making import LAST_DAY, M, at_seat, die, renounce, seated, states


@pytest.fixture
def within():
    """Inner acts happen within a case; these tests stand inside one."""
    token = acts._within.set(1)
    yield
    acts._within.reset(token)


def test_all_mandates_of_a_list_begin_together_for_the_session(found: Round) -> None:
    list_ = seated(found)
    assert states() == [M.SITTING] * 15
    mandate = at_seat(list_, 1)
    assert (mandate.from_day, mandate.until_day) == (clock.today(), LAST_DAY)
    assert mandate.reserved and mandate.capacity == "participant"
    refused(Unmet, actions.begin_all, list_, found.by("anna"))
    assert Mandate.objects.count() == 15


def test_no_mandate_begins_before_ratification_and_announcement(found: Round) -> None:
    list_ = making.approved(found)
    refused(Unmet, actions.begin_all, list_, found.by("anna"))
    making.ratified(found, list_)
    refused(Unmet, actions.begin_all, list_, found.by("anna"))
    making.published(found, list_)
    assert len(actions.begin_all(list_, found.by("anna"))) == 15


def test_when_ratification_is_refused_no_mandate_begins(found: Round) -> None:
    list_ = making.approved(found)
    making.elsewhere(found, list_, for_=1, against=9)
    composition.refuse_ratification(list_, found.by("anna"))
    refused(Unmet, actions.begin_all, list_, found.by("anna"))
    assert not Mandate.objects.exists()


def test_only_the_secretariat_begins_mandates(found: Round) -> None:
    list_ = making.announced(found)
    for key in ("greta", "henri", "jonas"):
        with pytest.raises(NotEmpowered):
            actions.begin_all(list_, found.by(key))
    assert not Mandate.objects.exists()


def test_a_mandate_is_over_at_the_end_of_the_session_without_the_clock(found: Round) -> None:
    list_ = seated(found)
    mandate = at_seat(list_, 1)
    end = day_start(LAST_DAY + timedelta(days=1))
    with clock.set_to(end - timedelta(microseconds=1)):
        assert mandate.standing(clock.now()) == M.SITTING
        assert len(queries.sitting()) == 15
    with clock.set_to(end):
        assert mandate.state == M.SITTING, "nothing is written yet"
        assert mandate.standing(clock.now()) == M.ENDED
        assert queries.seats_at() == []
        assert lists.in_force() is None, "no list in force"
        refused(OutOfOrder, actions.renounce, mandate, people.actor(mandate.person))
        assert actions.tick() == 15
        assert actions.tick() == 0
        mandate.refresh_from_db()
        assert (mandate.ended_at, mandate.ended_ground) == (end, Ground.TERM)


def test_the_clock_cannot_end_a_term_early(found: Round) -> None:
    seated(found)
    assert actions.tick() == 0


def test_the_clerk_is_warned_six_months_ahead(found: Round) -> None:
    seated(found)
    assert queries.term_warning(datetime(2027, 7, 23, 12, tzinfo=clock.now().tzinfo)) is None
    assert queries.term_warning(datetime(2027, 7, 24, 12, tzinfo=clock.now().tzinfo)) == found.session


def test_a_participant_renounces_for_himself_only(found: Round) -> None:
    list_ = seated(found)
    mandate = at_seat(list_, 6)
    refused(NotEmpowered, actions.renounce, mandate, found.by("anna"))
    refused(NotEmpowered, actions.renounce, mandate, people.actor(at_seat(list_, 7).person))
    renounce(mandate)
    assert (mandate.state, mandate.ended_ground) == (M.ENDED, Ground.RENOUNCED)
    assert queries.seats_at()[5].state == "vacant"


def test_an_end_needs_one_of_its_grounds(found: Round) -> None:
    list_ = seated(found)
    refused(Unmet, actions.ask_end, Ending(mandate=at_seat(list_, 6)), found.by("anna"), ground="term")
    die(found, at_seat(list_, 6))
    assert queries.seats_at()[5].state == "vacant"


def test_nothing_ends_before_a_second_clerk_confirms(found: Round) -> None:
    mandate = at_seat(seated(found), 6)
    ending = Ending(mandate=mandate)
    actions.ask_end(ending, found.by("anna"), ground="incapacity")
    refused(SamePerson, actions.confirm_end, ending, found.by("anna"))
    refused(NotEmpowered, actions.confirm_end, ending, found.by("greta"))
    refused(NotEmpowered, actions.end, mandate, found.by("bruno"), ground="incapacity")
    mandate.refresh_from_db()
    assert (mandate.state, queries.seats_at()[5].state) == (M.SITTING, M.SITTING)
    actions.confirm_end(ending, found.by("bruno"))
    mandate.refresh_from_db()
    assert (mandate.state, mandate.ended_ground, mandate.ended_at) == (
        M.ENDED,
        Ground.INCAPACITY,
        clock.now(),
    )
    refused(Unmet, actions.ask_end, Ending(mandate=mandate), found.by("anna"), ground="death")


def test_the_end_of_a_participation_is_asked_for_once_and_dismissed(found: Round) -> None:
    mandate = at_seat(seated(found), 6)
    for by in (found.by("anna"), found.by("bruno"), people.actor(mandate.person)):
        ending = Ending(mandate=mandate)
        actions.ask_end(ending, found.by("anna"), ground="death")
        refused(Unmet, actions.ask_end, Ending(mandate=mandate), found.by("bruno"), ground="death")
        refused(NotEmpowered, actions.dismiss_end, ending, people.actor(found.cast.luca))
        actions.dismiss_end(ending, by)
        refused(OutOfOrder, actions.confirm_end, ending, found.by("bruno"))
    assert queries.seats_at()[5].state == M.SITTING


def test_who_has_renounced_meanwhile_does_not_end_twice(found: Round) -> None:
    mandate = at_seat(seated(found), 6)
    ending = Ending(mandate=mandate)
    actions.ask_end(ending, found.by("anna"), ground="death")
    renounce(mandate)
    assert not queries.endings_for(found.by("bruno"))
    refused(OutOfOrder, actions.confirm_end, ending, found.by("bruno"))
    mandate.refresh_from_db()
    assert mandate.ended_ground == Ground.RENOUNCED


def test_nobody_suspends_outside_a_case(found: Round) -> None:
    list_ = seated(found)
    for key in ("greta", "jonas", "farid", "anna"):
        refused(
            NotEmpowered,
            actions.suspend,
            at_seat(list_, 1),
            found.by(key),
            case="SUSP-1",
            until=clock.now() + timedelta(days=1),
        )


def test_a_suspended_seat_is_occupied_and_counts(found: Round, within: None) -> None:
    list_ = seated(found)
    actions.suspend(
        at_seat(list_, 1), found.by("greta"), case="SUSP-1", until=clock.now() + timedelta(days=60)
    )
    seats = queries.seats_at()
    state = queries.reserve_state(list_, seats)
    assert (state.occupied, state.active, state.is_met) == (5, 4, True)
    assert len(queries.sitting()) == 14
    assert len(queries.in_force()) == 15
    mandate = Mandate(list=list_, seat_number=1)
    refused(Unmet, actions.fill_vacancy, mandate, found.by("anna"))


def test_a_suspension_lapses_on_its_date_without_the_clock(found: Round, within: None) -> None:
    list_ = seated(found)
    mandate = at_seat(list_, 1)
    until = clock.now() + timedelta(days=60)
    actions.suspend(mandate, found.by("greta"), case="SUSP-1", until=until)
    with clock.set_to(until):
        assert mandate.state == M.SUSPENDED, "nothing is written yet"
        assert mandate.standing(clock.now()) == M.SITTING
        assert len(queries.sitting()) == 15
    assert queries.seats_at(until - timedelta(seconds=1))[0].state == M.SUSPENDED


def test_a_dismissed_suspension_restores(found: Round, within: None) -> None:
    list_ = seated(found)
    mandate = at_seat(list_, 1)
    actions.suspend(mandate, found.by("greta"), case="SUSP-1", until=clock.now() + timedelta(days=60))
    refused(Unmet, actions.restore, mandate, found.by("farid"), case="SUSP-2")
    actions.restore(mandate, found.by("farid"), case="SUSP-1")
    assert (mandate.state, queries.seats_at()[0].state) == (M.SITTING, M.SITTING)


def test_an_upheld_finding_ends_the_mandate(found: Round, within: None) -> None:
    list_ = seated(found)
    mandate = at_seat(list_, 1)
    actions.suspend(mandate, found.by("greta"), case="SUSP-1", until=clock.now() + timedelta(days=60))
    actions.end_on_finding(mandate, found.by("farid"), case="SUSP-1")
    assert (mandate.state, mandate.ended_ground) == (M.ENDED, Ground.FINDING)


def test_nobody_acts_in_an_office_on_the_own_mandate(found: Round, within: None) -> None:
    list_ = seated(found)
    mandate = at_seat(list_, 1)
    by = people.actor(mandate.person)
    clerk = type(by)(by.reference, by.person, frozenset({"secretariat", "reviewer"}))
    refused(NotEmpowered, actions.ask_end, Ending(mandate=mandate), clerk, ground="death")
    ending = Ending(mandate=mandate)
    actions.ask_end(ending, found.by("anna"), ground="death")
    refused(NotEmpowered, actions.confirm_end, ending, clerk)
    refused(NotEmpowered, actions.suspend, mandate, clerk, case="SUSP-1", until=None)


def test_a_name_withheld_for_safety_is_null_until_its_day(found: Round) -> None:
    list_ = seated(found)
    mandate = at_seat(list_, 6)
    by = people.actor(mandate.person)
    until = clock.today() + timedelta(days=30)
    refused(Unmet, actions.withhold_name, mandate, by, until=clock.today())
    actions.withhold_name(mandate, by, until=until)
    assert queries.public_name(mandate) is None
    assert queries.public_name(mandate, day_start(until)) == mandate.shown_name
    actions.show_name(mandate, by)
    assert queries.public_name(mandate) == mandate.shown_name


def test_only_the_participant_brings_the_end_of_a_withholding_forward(found: Round) -> None:
    mandate = at_seat(seated(found), 6)
    own, clerk, today = people.actor(mandate.person), found.by("anna"), clock.today()
    actions.withhold_name(mandate, own)
    refused(Unmet, actions.withhold_name, mandate, clerk, until=today + timedelta(days=1))
    assert (mandate.name_withheld, mandate.withheld_until) == (True, None)
    assert queries.public_name(mandate, clock.now() + timedelta(days=2)) is None
    actions.withhold_name(mandate, own, until=today + timedelta(days=30))
    refused(Unmet, actions.withhold_name, mandate, clerk, until=today + timedelta(days=29))
    assert mandate.withheld_until == today + timedelta(days=30)
    actions.withhold_name(mandate, clerk, until=today + timedelta(days=31))
    with clock.set_to(clock.now() + timedelta(days=31)):
        assert queries.public_name(mandate) == mandate.shown_name
        until = clock.today() + timedelta(days=1)
        actions.withhold_name(mandate, found.by("anna"), until=until)
        assert (queries.public_name(mandate), mandate.withheld_until) == (None, until)


def test_entries_of_mandates_hold_no_name(found: Round) -> None:
    seated(found)
    for entry in Entry.objects.filter(room="mandates"):
        facts: Any = str(entry.facts)
        assert "Invented" not in facts and "CAND-" not in facts
