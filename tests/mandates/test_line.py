"""Who stands in line for a vacant seat: nobody whose file is locked, and one question for the whole line."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemicycle.composition import actions as composition
from hemicycle.composition import queries as lists
from hemicycle.composition.models import List
from hemicycle.mandates import queries
from hemicycle.people import queries as people
from hemicycle.people.models import Person

from ..composition.making import Round
from .making import at_seat, fill, renounce, seated


def test_who_locked_the_file_is_neither_named_nor_asked(found: Round) -> None:
    list_ = seated(found)
    first, second = found.others[10:12]
    acceptance = lists.acceptance_of(first, found.session, reserved=False)
    assert acceptance is not None
    renounce(at_seat(list_, 6))
    Person.objects.filter(pk=first.person_id).update(is_active=False)
    address = f"/matters/new/mandates/fill_vacancy/?list={list_.reference}&seat=6"
    page = found.cast.client("anna").get(address).content.decode()
    assert first.person.name not in page and first.reference not in page
    assert second.person.name in page
    assert fill(found, list_, 6).person == second.person
    Person.objects.filter(pk=first.person_id).update(is_active=True)
    renounce(at_seat(list_, 7))
    assert fill(found, list_, 7).person == first.person, "the place in line is kept"


def test_the_line_is_asked_once_however_many_have_said_no(found: Round) -> None:
    list_ = seated(found, general=4)

    def count() -> int:
        fresh = List.objects.select_related("session").get(pk=list_.pk)
        seats = queries.seats_at()
        with CaptureQueriesContext(connection) as captured:
            successor, _reserved, _answer = queries.next_in_line(fresh, seats[5], seats)
        assert successor is not None
        return len(captured)

    renounce(at_seat(list_, 6))
    few = count()
    for row in found.others[10:13]:
        acceptance = lists.acceptance_of(row, found.session, reserved=False)
        composition.withdraw_acceptance(acceptance, people.actor(row.person))
    assert count() == few
    assert fill(found, list_, 6).person == found.others[13].person
