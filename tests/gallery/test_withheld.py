"""What the decision sheet says of withheld names, and on which day it says that a list was announced."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.test import Client

from hemicycle.assembly.models import Session
from hemicycle.candidacy import actions as candidacies
from hemicycle.composition.models import List
from hemicycle.mandates import actions as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet

from ..composition import making
from ..composition.making import Round
from ..composition.refusing import refused
from .test_composition import data, text

SHEET = "/rounds/2027/sheet"
SAID = "Names of participants withheld for their safety"


def hidden(found: Round, *numbers: int, until: date | None = None) -> List:
    """A list that is announced, with the acceptance of these seats withheld."""
    list_ = making.composed(found, accept=False)
    for one in list_.seats.select_related("candidacy__person"):
        more = {"withhold_name": True, "withheld_until": until} if one.number in numbers else {}
        making.accepted(found, one.candidacy, reserved=one.reserved, **more)
    return making.announced(found, making.approved(found, making.released(found, list_)))


def test_the_sheet_counts_the_names_that_are_withheld_now(public: Client, seated: List) -> None:
    for number, until in ((2, date(2027, 5, 1)), (3, None)):
        mandate = Mandate.objects.get(list=seated, seat_number=number)
        mandates.withhold_name(mandate, people.actor(mandate.person), until=until)
    assert f"{SAID}: 2." in text(public, SHEET)
    with clock.set_to(datetime(2027, 5, 1, 12, tzinfo=UTC)):
        assert f"{SAID}: 1." in text(public, SHEET)
    mandate.refresh_from_db()
    assert mandate.candidacy is not None
    candidacies.withdraw(mandate.candidacy, people.actor(mandate.person))
    assert f"{SAID}: 1." in text(public, SHEET), "who has withdrawn is not withheld"
    with clock.set_to(datetime(2027, 5, 1, 12, tzinfo=UTC)):
        assert SAID not in text(public, SHEET)


def test_the_sheet_counts_them_from_the_announcement_on(public: Client, found: Round) -> None:
    list_ = hidden(found, 3, 8, until=clock.today() + timedelta(days=2))
    assert f"{SAID}: 2." in text(public, SHEET)
    with clock.set_to(clock.now() + timedelta(days=2)):
        assert SAID not in text(public, SHEET)
    mandates.begin_all(list_, found.by("anna"))
    assert f"{SAID}: 2." in text(public, SHEET)


def test_who_withdrew_after_the_term_is_not_counted_as_withheld(public: Client, seated: List) -> None:
    mandate = Mandate.objects.get(list=seated, seat_number=3)
    assert mandate.candidacy is not None
    with clock.set_to(datetime(2028, 2, 1, 12, tzinfo=UTC)):
        candidacies.withdraw(mandate.candidacy, people.actor(mandate.person))
        assert mandate.shown_name not in text(public, "/composition/2027")
        assert SAID not in text(public, SHEET)


def test_the_day_of_the_announcement_is_that_of_the_house(public: Client, found: Round) -> None:
    list_ = making.ratified(found)
    with clock.set_to(datetime(2027, 2, 9, 23, 30, tzinfo=UTC)):
        making.published(found, list_)
        assert public.get(f"{SHEET}.json").json()["announced_on"] == "2027-02-10"


def test_a_coming_composition_is_not_called_over(public: Client, found: Round) -> None:
    Session.objects.filter(pk=found.session.pk).update(opens_on=date(2027, 4, 1))
    found.session.refresh_from_db()
    list_ = making.announced(found)
    refused(Unmet, mandates.begin_all, list_, found.by("anna"))
    page = text(public)
    assert "It begins on 1\u00a0April\u00a02027 at the earliest." in page and "Aina Invented" in page
    assert "No list is in force" not in page
    assert "This composition is over." not in text(public, "/composition/2027")
    assert {row["state"] for row in data(public).values()} == {"vacant"}
    with clock.set_to(found.session.opens_at):
        mandates.begin_all(list_, found.by("anna"))
        assert {row["state"] for row in data(public).values()} == {"sitting"}
        assert data(public)[1]["from"] == "2027-04-01"
        assert "No list is in force" not in text(public)
