"""Who sits, as the public reads it: the page, the table, the CSV and the JSON say the same."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from hemicycle.candidacy import actions as candidacies
from hemicycle.composition.models import List
from hemicycle.gallery import seats
from hemicycle.mandates import actions as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record import queries as record

from ..composition import making
from ..composition.making import Round
from .conftest import Correct, seat

KEYS = ["seat", "name", "reserved", "capacity", "state", "from", "until"]


def data(public: Client, address: str = "composition") -> dict[int, dict[str, object]]:
    return {row["seat"]: row for row in public.get(f"/{address}.json").json()["seats"]}


def text(public: Client, address: str = "/composition") -> str:
    return public.get(address).content.decode()


def test_the_data_say_who_sits_where_and_until_when(public: Client, seated: List) -> None:
    found = public.get("/composition.json").json()
    assert found["session"] == "2027"
    assert [list(row) for row in found["seats"]] == [KEYS] * 15
    assert [row["seat"] for row in found["seats"]] == list(range(1, 16))
    assert found["seats"][0] == {
        "seat": 1, "name": "Aina Invented", "reserved": True, "capacity": "participant", "state": "sitting",
        "from": "2027-02-09", "until": "2028-01-23",
    }  # fmt: skip
    assert sum(row["reserved"] for row in found["seats"]) == 5


def test_page_table_and_csv_hold_the_same_as_the_json(public: Client, seated: List) -> None:
    rows = list(csv.DictReader(io.StringIO(public.get("/composition.csv").content.decode("utf-8-sig"))))
    page = text(public)
    for row, told in zip(rows, public.get("/composition.json").json()["seats"], strict=True):
        assert row["name"] == told["name"] and row["state"] == told["state"] and row["from"] == told["from"]
        assert row["reserved"] == ("yes" if told["reserved"] else "no")
        assert f'id="seat-{told["seat"]}"' in page and f"<b>{told['name']}</b>" in page
    assert data(public, "composition/2027") == data(public)


def test_the_page_says_in_what_capacity_by_whom_and_until_when(public: Client, seated: List) -> None:
    page = text(public)
    assert "appointed, with voice and without vote" in page
    assert (
        "Proposed by: President of the Assembly, 9 February 2027".replace(" Feb", "\u00a0Feb").replace(
            "y 2", "y\u00a02"
        )
        in page
    )
    assert (
        "Last day of the term:" in page and ">23\u00a0January\u00a02028</time>" in page
    )  # as in the table and the data
    assert "00:00" not in re.sub(r"<[^>]*>", "", page)
    assert "Approved by: Bureau" in page and "Ratified by: Standing Committee" in page
    assert "5 reserved, 5 active; 5 of 15 required. The reserve is met." in " ".join(
        page.replace("</p>", " ").split()
    )


def test_a_vacant_seat_has_no_name(public: Client, seated: List) -> None:
    mandate = Mandate.objects.get(seat_number=7)
    mandates.renounce(mandate, people.actor(mandate.person))
    row = data(public)[7]
    assert row == {
        "seat": 7, "name": None, "reserved": False, "capacity": None, "state": "vacant", "from": None, "until": None,
    }  # fmt: skip
    assert mandate.shown_name not in text(public) and mandate.shown_name not in text(public, "/")


def test_a_seat_whose_person_withdrew_the_candidacy_is_vacant_at_once(
    public: Client, seated: List, found: Round
) -> None:
    mandate = Mandate.objects.get(list=seated, seat_number=2)
    assert mandate.candidacy is not None
    candidacies.withdraw(mandate.candidacy, people.actor(mandate.person))
    row = data(public)[2]
    assert (row["state"], row["name"], row["from"]) == ("vacant", None, None)
    assert mandate.shown_name not in text(public)


def test_a_withheld_name_stands_nowhere(public: Client, found: Round) -> None:
    list_ = seat(found)
    mandate = Mandate.objects.get(list=list_, seat_number=2)
    mandates.withhold_name(mandate, people.actor(mandate.person), until=date(2027, 5, 1))
    assert data(public)[2]["name"] is None and data(public)[2]["state"] == "sitting"
    for address in (
        "/",
        "/composition",
        "/composition/2027",
        "/rounds/2027/sheet",
        "/record",
        "/composition.csv",
    ):
        assert mandate.shown_name not in text(public, address), address
    assert "name withheld for safety until 1\u00a0May\u00a02027" in text(public)
    assert "Names of participants withheld for their safety: 1." in text(public, "/rounds/2027/sheet")
    with clock.set_to(clock.now() + timedelta(days=90)):
        assert data(public)[2]["name"] == mandate.shown_name


def test_a_name_accepted_as_withheld_is_not_shown_at_the_announcement(public: Client, found: Round) -> None:
    list_ = making.composed(found, accept=False)
    for one in list_.seats.select_related("candidacy__person"):
        hidden = {"withhold_name": True} if one.number == 3 else {}
        making.accepted(found, one.candidacy, reserved=one.reserved, **hidden)
    making.announced(found, making.approved(found, making.released(found, list_)))
    name = list_.seats.get(number=3).candidacy.person.public_name
    assert name not in text(public) and name not in text(public, "/")
    assert "name withheld for safety" in text(public)


def test_a_term_is_over_at_its_instant_even_if_no_clock_ran(public: Client, seated: List) -> None:
    over = seats.lists.term_ends_at(seated)
    with clock.set_to(over - timedelta(seconds=1)):
        assert data(public)[1]["state"] == "sitting"
        assert "No list is in force" not in text(public)
    with clock.set_to(over):
        assert {row["state"] for row in data(public).values()} == {"vacant"}
        assert {row["name"] for row in data(public).values()} == {None}
        page = text(public)
        assert "No list is in force" in page and "Aina Invented" not in page
        past = text(public, "/composition/2027")
        assert "This composition is over." in past and "Aina Invented" in past
        assert data(public, "composition/2027")[1]["until"] == "2028-01-23"


# --- corrections (7.4) ----------------------------------------------------------------------------------------------


def test_a_corrected_name_is_shown_with_its_old_text_day_and_ground(
    public: Client, seated: List, correct: Correct
) -> None:
    mandate = Mandate.objects.get(seat_number=1)
    correct(mandate.reference, "name", "Aina Invented", "Aina Devised")
    assert data(public)[1]["name"] == "Aina Devised"
    page = text(public)
    assert "<b>Aina Devised</b>" in page
    assert "<del>Aina Invented</del> <ins>Aina Devised</ins>" in page and "A slip." in page
    assert record.corrected(mandate.reference, {"name": "Aina Invented"}) == {"name": data(public)[1]["name"]}


def test_a_dropped_name_is_nowhere_any_more(public: Client, seated: List, correct: Correct) -> None:
    mandate = Mandate.objects.get(seat_number=1)
    correct(mandate.reference, "name", "Aina Invented", "Participant A", drop_old_text=True)
    for address in (
        "/",
        "/composition",
        "/composition/2027",
        "/composition.json",
        "/composition.csv",
        "/record",
    ):
        assert "Aina Invented" not in text(public, address), address
    assert "The old text is not shown any more." in text(public)


def test_the_correction_of_a_withheld_name_does_not_tell_it(
    public: Client, seated: List, correct: Correct
) -> None:
    mandate = Mandate.objects.get(seat_number=1)
    correct(mandate.reference, "name", "Aina Invented", "Aina Devised")
    mandates.withhold_name(mandate, people.actor(mandate.person))
    for address in (
        "/",
        "/composition",
        "/composition/2027",
        "/composition.json",
        "/composition.csv",
        "/record",
    ):
        assert "Aina" not in text(public, address), address


def test_a_corrected_day_is_a_day_again(public: Client, seated: List, correct: Correct) -> None:
    mandate = Mandate.objects.get(seat_number=1)
    correct(mandate.reference, "from", "2027-02-09", "2027-02-10")
    assert data(public)[1]["from"] == "2027-02-10"
    correct(mandate.reference, "until", "2028-01-23", "soon")
    assert data(public)[1]["until"] == "2028-01-23"
    assert "soon" in text(public)


def test_a_correction_that_is_only_drafted_changes_nothing(
    public: Client, seated: List, found: Round
) -> None:
    from hemicycle.record import actions
    from hemicycle.record.models import Correction

    mandate = Mandate.objects.get(seat_number=1)
    row = Correction(
        subject=mandate.reference, field="name", old_text="Aina Invented", new_text="X", ground="Y"
    )
    before = text(public)
    actions.draft_correction(row, found.by("anna"))
    assert text(public) == before
    assert row.reference not in text(public, "/record")


def test_the_reserve_counts_seats_and_shows_who_is_active(public: Client, seated: List) -> None:
    today = timezone.localtime(clock.now()).date()
    assert today == date(2027, 2, 9)
    mandate = Mandate.objects.get(seat_number=1)
    mandates.renounce(mandate, people.actor(mandate.person))
    page = text(public)
    assert "4 reserved, 4 active; 5 of 15 required." in page and "The reserve is short by 1." in page
