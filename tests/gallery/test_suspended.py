"""What the public reads of a suspension, and a correction of equal prominence (9.7)."""

from __future__ import annotations

from django.test import Client

from hemicycle.composition.models import List
from hemicycle.gallery import seats
from hemicycle.mandates import actions as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.suspension import actions as suspension
from hemicycle.suspension.models import Case

from ..composition.making import Round
from .conftest import Correct
from .test_composition import data, text


def suspend(found: Round, mandate: Mandate) -> Case:
    criterion = seats.lists.charter_of(mandate.list).criteria[0].key
    case = Case(mandate=mandate, criterion=criterion, allegation="A secret allegation.", language="en")
    suspension.allege(case, found.by("katia"))
    suspension.notify(case, found.by("anna"), substance="A secret allegation.", language="en")
    suspension.reply(case, people.actor(mandate.person), text="A secret reply.", language="en")
    suspension.find_prima_facie(case, found.by("jonas"), reasons="Secret reasons.", language="en")
    suspension.suspend(case, found.by("greta"))
    return case


def notice(page: str, words: str) -> str:
    """The notice that holds these words: its opening tag."""
    start = page.index(words)
    return page[page.rindex("<section", 0, start) : page.index("</section>", start)]


def test_an_allegation_is_not_public_before_the_suspension(
    public: Client, seated: List, found: Round
) -> None:
    before = {a: text(public, a) for a in ("/", "/composition", "/composition/2027", "/record")}
    mandate = Mandate.objects.get(seat_number=4)
    case = Case(mandate=mandate, criterion="moral_standing", allegation="A secret allegation.", language="en")
    suspension.allege(case, found.by("katia"))
    suspension.notify(case, found.by("anna"), substance="A secret allegation.", language="en")
    assert before == {a: text(public, a) for a in before}


def test_a_suspension_is_told_with_its_dates_and_without_the_allegation(
    public: Client, seated: List, found: Round
) -> None:
    mandate = Mandate.objects.get(seat_number=4)
    case = suspend(found, mandate)
    page = text(public)
    told = notice(page, "Participation suspended pending review; no violation has been established")
    assert "9\u00a0February\u00a02027" in told and "10\u00a0April\u00a02027" in told
    assert mandate.shown_name in told
    assert data(public)[4]["state"] == "suspended" and data(public)[4]["name"] == mandate.shown_name
    assert "5 reserved, 4 active" in page
    everywhere = page + text(public, "/") + text(public, "/record") + text(public, "/composition/2027")
    for secret in ("A secret", "Secret reasons", case.criterion):
        assert secret not in everywhere


def test_a_dismissed_allegation_is_corrected_in_the_same_place_and_size(
    public: Client, seated: List, found: Round
) -> None:
    case = suspend(found, Mandate.objects.get(seat_number=4))
    before = notice(text(public), "Participation suspended pending review")
    suspension.review(case, found.by("anna"), reviewer=found.cast.farid)
    suspension.dismiss(case, found.by("farid"), reasons="Secret reasons.", language="en")
    page = text(public)
    after = notice(page, "Correction: the allegation was dismissed")
    assert before.count("<h2") == after.count("<h2") == 1
    assert before.split("<h2")[0].replace("warning", "good") == after.split("<h2")[0]
    assert data(public)[4]["state"] == "sitting"
    assert "Correction: the allegation was dismissed" in text(public, "/")
    assert "No violation was established." in after


def test_a_correction_of_a_suspension_stands_with_it(
    public: Client, seated: List, found: Round, correct: Correct
) -> None:
    case = suspend(found, Mandate.objects.get(seat_number=4))
    correct(case.reference, "from", "2027-02-09", "2027-02-08")
    page = text(public)
    assert "8\u00a0February\u00a02027" in notice(page, "Participation suspended pending review")
    assert "<del>2027-02-09</del> <ins>2027-02-08</ins>" in page
    correct(case.reference, "until", "", "2027-04-20")
    assert "20\u00a0April\u00a02027" in notice(text(public), "Participation suspended pending review")
    record = text(public, "/record")
    assert '/composition/2027#corrections"' in record


def test_who_left_while_suspended_is_not_called_suspended_and_is_cleared_all_the_same(
    public: Client, seated: List, found: Round
) -> None:
    mandate = Mandate.objects.get(seat_number=4)
    case = suspend(found, mandate)
    mandate.refresh_from_db()
    mandates.renounce(mandate, people.actor(mandate.person))
    told = notice(text(public), "Participation ended while suspended pending review")
    assert "no violation has been established" in told and "What is decided will stand here." in told
    assert "Participation suspended pending review" not in text(public)
    suspension.review(case, found.by("anna"), reviewer=found.cast.farid)
    suspension.dismiss(case, found.by("farid"), reasons="Secret reasons.", language="en")
    assert "Correction: the allegation was dismissed" in text(public)
    assert data(public)[4]["state"] == "vacant"


def test_a_suspension_that_nobody_decides_lapses_with_its_correction(
    public: Client, seated: List, found: Round
) -> None:
    case = suspend(found, Mandate.objects.get(seat_number=4))
    assert case.review_by is not None
    with clock.set_to(case.review_by):
        assert data(public)[4]["state"] == "sitting"
        assert "Correction: the suspension has lapsed" in text(public)
        assert "pending review; no violation" not in text(public)


def test_a_withheld_name_is_not_told_by_a_suspension(public: Client, seated: List, found: Round) -> None:
    mandate = Mandate.objects.get(seat_number=4)
    suspend(found, mandate)
    mandate.refresh_from_db()
    mandates.withhold_name(mandate, people.actor(mandate.person))
    for address in ("/", "/composition", "/composition/2027"):
        assert mandate.shown_name not in text(public, address)
    assert "Seat 4" in notice(text(public), "no violation has been established")
