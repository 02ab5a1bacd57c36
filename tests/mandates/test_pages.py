"""The pages of mandates: beginning, the seats, a vacancy, the own participation."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemicycle.assembly.models import day_start
from hemicycle.composition import actions as composition
from hemicycle.composition import queries as lists
from hemicycle.mandates import actions, queries
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.record import clock
from tests.cast import sign_in

from ..composition import making
from ..composition.making import Round
from .making import LAST_DAY, at_seat, renounce, seated

LANGUAGES = ("", "/fr", "/ru")


def form(**fields: object) -> dict[str, object]:
    return {"once": uuid.uuid4().hex, **fields}


def text(client: Client, path: str, status: int = 200) -> str:
    page = client.get(path)
    assert page.status_code == status, page.content.decode()[:2000]
    return page.content.decode()


def test_a_clerk_begins_all_mandates_with_one_button(found: Round) -> None:
    list_ = making.announced(found)
    clerk = found.cast.client("anna")
    assert f"/participation/begin/{list_.reference}/" in text(clerk, "/desk/")
    address = f"/participation/begin/{list_.reference}/"
    assert clerk.post(address).status_code == 302
    assert Mandate.objects.count() == 15
    assert clerk.post(address).status_code == 422, "a second click begins nothing twice"
    assert Mandate.objects.count() == 15


def test_nobody_else_begins_mandates(found: Round) -> None:
    list_ = making.announced(found)
    for key in ("greta", "jonas"):
        assert found.cast.client(key).post(f"/participation/begin/{list_.reference}/").status_code == 403
    assert found.cast.client("luca").post(f"/participation/begin/{list_.reference}/").status_code == 404
    assert not Mandate.objects.exists()


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_every_page_opens_in_each_language(found: Round, prefix: str) -> None:
    clerk = found.cast.client("anna")
    text(clerk, f"{prefix}/participation/")
    list_ = making.composed(found)
    making.succeed(found, list_, general=found.others[10:12], reserve=found.declared[5:7])
    making.announced(found, making.approved(found, making.released(found, list_)))
    text(clerk, f"{prefix}/participation/begin/{list_.reference}/")
    actions.begin_all(list_, found.by("anna"))
    mandate = at_seat(list_, 6)
    text(clerk, f"{prefix}/participation/")
    text(clerk, f"{prefix}/matters/{mandate.reference}/")
    text(clerk, f"{prefix}/matters/new/mandates/ask_end/?mandate={mandate.reference}")
    own = sign_in(mandate.person)
    for act in ("", "renounce/", "withhold_name/"):
        text(own, f"{prefix}/matters/{mandate.reference}/{act}")
    renounce(mandate)
    text(clerk, f"{prefix}/matters/new/mandates/fill_vacancy/?list={list_.reference}&seat=6")


def test_two_clerks_end_a_participation_in_the_pages(found: Round) -> None:
    mandate = at_seat(seated(found), 6)
    first, second = found.cast.client("anna"), found.cast.client("bruno")
    own = sign_in(mandate.person)
    begin = f"/matters/new/mandates/ask_end/?mandate={mandate.reference}"
    assert begin in text(first, f"/matters/{mandate.reference}/")
    assert begin not in text(own, f"/matters/{mandate.reference}/")
    assert own.post(begin, form(ground="death")).status_code in (403, 404)
    asked = first.post(begin, form(ground="death"))["Location"]
    assert asked in text(second, "/desk/") and asked in text(own, "/desk/")
    assert asked not in text(first, "/desk/")
    assert asked in text(first, f"/matters/{mandate.reference}/")
    assert f"{asked}confirm_end/" not in text(first, asked)
    assert f"{asked}dismiss_end/" in text(own, asked) and f"{asked}confirm_end/" not in text(own, asked)
    assert found.cast.client("luca").get(asked).status_code == 404
    given = second.get(f"{asked}confirm_end/").context["form"]
    sent = {"once": given["once"].value(), "seen": given["seen"].value()}
    assert second.post(f"{asked}confirm_end/", sent)["Location"] == asked
    mandate.refresh_from_db()
    assert mandate.ended_ground == "death"


def test_the_acts_of_a_suspension_have_no_page(found: Round) -> None:
    list_ = seated(found)
    mandate = at_seat(list_, 1)
    for key in ("greta", "jonas", "farid", "anna"):
        client = found.cast.client(key)
        page = text(client, f"/matters/{mandate.reference}/")
        for act in ("suspend", "restore", "end_on_finding", "end"):
            assert f"/{act}/" not in page
            assert client.get(f"/matters/{mandate.reference}/{act}/").status_code == 403


def test_a_vacancy_is_filled_from_its_page(found: Round) -> None:
    list_ = seated(found)
    clerk = found.cast.client("anna")
    renounce(at_seat(list_, 6))
    desk = text(clerk, "/desk/")
    assert "Seat 6 is vacant" in desk
    address = f"/matters/new/mandates/fill_vacancy/?list={list_.reference}&seat=6"
    assert found.others[10].person.name in text(clerk, address)
    assert clerk.post(address, form()).status_code == 302
    assert at_seat(list_, 6).person == found.others[10].person
    assert clerk.post(address, form()).status_code == 422
    for seat in ("0", "x", "9999", "²", ""):
        wrong = clerk.post(f"/matters/new/mandates/fill_vacancy/?list={list_.reference}&seat={seat}", form())
        assert wrong.status_code in (404, 422)
    assert Mandate.objects.count() == 16


def test_a_vacancy_says_when_the_next_in_line_must_be_asked(found: Round) -> None:
    list_ = seated(found)
    for row in found.others[10:12]:
        acceptance = lists.acceptance_of(row, found.session, reserved=False)
        composition.withdraw_acceptance(acceptance, people.actor(row.person))
    renounce(at_seat(list_, 6))
    page = text(
        found.cast.client("anna"), f"/matters/new/mandates/fill_vacancy/?list={list_.reference}&seat=6"
    )
    assert "Nobody is next in line" in page


def test_a_participant_renounces_on_the_own_page_and_nobody_else_sees_it(found: Round) -> None:
    list_ = seated(found)
    mandate = at_seat(list_, 6)
    own = sign_in(mandate.person)
    assert "Your participation" in text(own, "/desk/")
    for key in ("henri", "clara", "quiet", "luca"):
        assert found.cast.client(key).get(f"/matters/{mandate.reference}/").status_code == 404
        assert found.cast.client(key).get("/participation/").status_code == 404
    assert own.post(f"/matters/{mandate.reference}/renounce/", form()).status_code == 302
    mandate.refresh_from_db()
    assert mandate.ended_ground == "renounced"


def test_after_the_session_the_page_says_that_no_list_is_in_force(found: Round) -> None:
    list_ = seated(found)
    clerk = found.cast.client("anna")
    assert "Invented" in text(clerk, "/participation/")
    with clock.set_to(day_start(LAST_DAY).replace(year=2028, month=2)):
        clerk = found.cast.client("anna")
        page = text(clerk, "/participation/")
        assert "No list is in force." in page and "Invented" not in page
    assert list_.reference


def test_a_withheld_name_stands_on_no_page_of_the_house(found: Round) -> None:
    list_ = seated(found)
    mandate = at_seat(list_, 6)
    actions.withhold_name(mandate, people.actor(mandate.person))
    clerk = found.cast.client("anna")
    for path in ("/participation/", f"/matters/{mandate.reference}/"):
        page = text(clerk, path)
        assert mandate.shown_name not in page and "name withheld for safety" in page


def test_queries_do_not_grow_with_the_number_of_mandates(found: Round) -> None:
    list_ = seated(found)
    clerk = found.cast.client("anna")
    for number in range(2, 16):
        renounce(at_seat(list_, number))

    def count() -> int:
        clerk.get("/participation/")
        with CaptureQueriesContext(connection) as captured:
            text(clerk, "/participation/")
        return len(captured)

    few = count()
    actions.fill_vacancy(Mandate(list=list_, seat_number=6), found.by("anna"))
    actions.fill_vacancy(Mandate(list=list_, seat_number=7), found.by("anna"))
    assert count() == few
    with CaptureQueriesContext(connection) as captured:
        queries.seats_at()
    assert len(captured) <= 10
