"""A vacancy: what the departure breaks, who in line mends it, and who would break a limit of the list (8.5, 4.6)."""

from __future__ import annotations

from datetime import timedelta

from hemicycle.mandates import queries
from hemicycle.record import clock
from hemicycle.record.models import CharterVersion
from hemicycle.rules import charter as charters

from ..composition.making import Round
from ..composition.test_selection import on_slate
from .making import at_seat, fill, renounce, seated

LITHUANIA = 'feature = "residence"\nvalue = "LT"\nleast = 3'


def page_of(found: Round, list_, number: int) -> str:
    address = f"/matters/new/mandates/fill_vacancy/?list={list_.reference}&seat={number}"
    return found.cast.client("anna").get(address).content.decode()


def first(row) -> str:
    return row.person.name.split()[0]


def test_the_clerk_sees_what_a_departure_breaks_and_who_mends_it_in_order(found: Round) -> None:
    list_ = seated(found)
    renounce(at_seat(list_, 1))
    page = page_of(found, list_, 1)
    assert "short by 1, article 4.2" in page
    one, two = found.declared[5:7]
    assert page.index(first(one)) < page.index(first(two))
    seats = queries.seats_at()
    names = queries.names_for(list_, seats[0], seats, None)
    assert [row.successor.candidacy for row in names if row.may] == [one, two]
    assert "the reserve needs this seat" in page  # of those in the other order
    assert fill(found, list_, 1).candidacy == one
    assert queries.broken_now(list_, queries.seats_at()) == []


def test_a_departure_that_breaks_nothing_says_so(found: Round) -> None:
    list_ = seated(found)
    renounce(at_seat(list_, 15))
    assert "Every rule of the list holds without this seat." in page_of(found, list_, 15)


def test_who_would_break_a_limit_is_passed_over_and_told_why(found: Round) -> None:
    list_ = seated(found)
    on_slate(found, *[first(row) for row in [*found.others[:3], found.others[10]]])
    renounce(at_seat(list_, 15))
    page = page_of(found, list_, 15)
    assert "over by 1, article 4.6" in page
    assert fill(found, list_, 15).candidacy == found.others[11]


def test_the_same_person_may_take_the_seat_of_somebody_of_the_same_organisation(found: Round) -> None:
    list_ = seated(found)
    on_slate(found, *[first(row) for row in [*found.others[:3], found.others[10]]])
    renounce(at_seat(list_, 6))
    assert fill(found, list_, 6).candidacy == found.others[10]


def test_where_nobody_may_the_seat_stays_vacant(found: Round) -> None:
    from hemicycle.mandates import actions
    from hemicycle.mandates.models import Mandate
    from hemicycle.rules.findings import Unmet

    from ..composition.refusing import refused

    list_ = seated(found, general=1, reserve=0)
    on_slate(found, *[first(row) for row in [*found.others[:3], found.others[10]]])
    renounce(at_seat(list_, 15))
    said = refused(Unmet, actions.fill_vacancy, Mandate(list=list_, seat_number=15), found.by("anna"))
    assert "without breaking a rule of the list" in said


def test_who_would_put_a_minimum_out_of_reach_is_passed_over(found: Round) -> None:
    """Three must live in Lithuania and exactly three do. One leaves: the first in line lives elsewhere, the second there."""
    version = CharterVersion.objects.get()
    text = version.text.replace('version = "1.0"', 'version = "1.1"', 1)
    text = text.replace('feature = "organisation"\nvalue = "each"\nmost = "1/5"\nrounding = "up"', LITHUANIA)
    law = charters.parse(text)
    CharterVersion.objects.create(
        reference=law.reference, text=text, digest=law.digest, in_force_from=clock.now() - timedelta(days=25)
    )
    for row in [*found.others[7:10], found.others[11]]:
        row.residence = "LT"
        row.save()
    list_ = seated(found)
    renounce(at_seat(list_, 15))
    page = page_of(found, list_, 15)
    assert "short by 1, article 4.6" in page
    assert fill(found, list_, 15).candidacy == found.others[11]
    assert queries.broken_now(list_, queries.seats_at()) == []
