"""Between the announcement and the beginning: nobody takes the place of who is announced, and no session is early."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from hemicycle.assembly.models import Session
from hemicycle.candidacy import actions as candidacies
from hemicycle.composition import queries as lists
from hemicycle.composition.models import List
from hemicycle.mandates import actions, queries, views
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet

from ..composition import making
from ..composition.making import Round
from ..composition.refusing import refused
from .making import LAST_DAY, at_seat, fill, states

OPENS = date(2027, 4, 1)


def announced(found: Round) -> List:
    """A list of which nobody has begun, with a succession list."""
    list_ = making.composed(found)
    making.succeed(found, list_, general=found.others[10:12], reserve=found.declared[5:7])
    return making.announced(found, making.approved(found, making.released(found, list_)))


def leave_before(list_: List, number: int) -> None:
    candidacy = list_.seats.get(number=number).candidacy
    candidacies.withdraw(candidacy, people.actor(candidacy.person))


def links(found: Round) -> int:
    """How many vacancies the page of the house offers to fill."""
    return found.cast.client("anna").get("/participation/").content.decode().count("Fill the vacancy")


def test_nobody_takes_the_seat_of_who_is_announced_and_has_not_begun(found: Round) -> None:
    list_ = announced(found)
    assert links(found) == 0
    said = refused(Unmet, actions.fill_vacancy, Mandate(list=list_, seat_number=6), found.by("anna"))
    assert "has not begun yet" in said
    assert not Mandate.objects.exists()
    assert len(actions.begin_all(list_, found.by("anna"))) == 15
    assert states() == ["sitting"] * 15 and links(found) == 0


def test_a_seat_left_before_the_beginning_is_filled_after_it(found: Round) -> None:
    list_ = announced(found)
    leave_before(list_, 6)
    assert links(found) == 0
    refused(Unmet, actions.fill_vacancy, Mandate(list=list_, seat_number=6), found.by("anna"))
    assert views.to_begin() == [list_]
    assert len(actions.begin_all(list_, found.by("anna"))) == 14
    assert links(found) == 1
    assert fill(found, list_, 6).person == found.others[10].person
    assert states() == ["sitting"] * 15 and links(found) == 0


def test_a_seat_that_has_not_begun_is_kept_while_the_others_sit(found: Round) -> None:
    list_ = announced(found)
    actions.begin(Mandate(list=list_, seat_number=7), found.by("anna"))
    refused(Unmet, actions.fill_vacancy, Mandate(list=list_, seat_number=6), found.by("anna"))
    actions.begin(Mandate(list=list_, seat_number=6), found.by("anna"))
    assert at_seat(list_, 6).candidacy == list_.seats.get(number=6).candidacy


def test_a_seat_left_before_the_beginning_waits_on_the_desk_from_the_first_day(found: Round) -> None:
    list_ = announced(found)
    leave_before(list_, 6)
    desk = "/desk/"
    clerk = found.cast.client("anna")
    assert "Seat 6 is vacant" not in clerk.get(desk).content.decode()
    actions.begin_all(list_, found.by("anna"))
    page = clerk.get(desk).content.decode()
    assert "Seat 6 is vacant" in page and page.count("is vacant") == 1
    assert queries.vacancy_due(list_, None) == clock.now() + timedelta(days=60)


@pytest.fixture
def early(found: Round) -> List:
    """A list that is announced before its session opens."""
    Session.objects.filter(pk=found.session.pk).update(opens_on=OPENS)
    found.session.refresh_from_db()
    return announced(found)


def test_no_participation_begins_before_the_session_opens(found: Round, early: List) -> None:
    opens: datetime = found.session.opens_at
    assert views.to_begin() == []
    address = f"/participation/begin/{early.reference}/"
    assert address not in found.cast.client("anna").get("/desk/").content.decode()
    said = refused(Unmet, actions.begin_all, early, found.by("anna"))
    assert "before the session opens" in said
    assert not Mandate.objects.exists()
    with clock.set_to(opens - timedelta(microseconds=1)):
        refused(Unmet, actions.begin_all, early, found.by("anna"))
    with clock.set_to(opens):
        assert views.to_begin() == [early]
        assert len(actions.begin_all(early, found.by("anna"))) == 15
        assert (at_seat(early, 1).from_day, at_seat(early, 1).until_day) == (OPENS, LAST_DAY)
        assert lists.in_force() == early and states() == ["sitting"] * 15
