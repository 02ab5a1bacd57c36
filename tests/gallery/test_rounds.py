"""Rounds and decision sheets: numbers, proof, reasons, contacts, what is withheld."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from django.test import Client

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Candidacy
from hemicycle.composition import actions as composition
from hemicycle.composition.models import List
from hemicycle.integrity import actions as integrity
from hemicycle.integrity import queries as register
from hemicycle.integrity.models import Contact
from hemicycle.mandates import actions as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.vetting import actions as vetting

from ..composition import making
from ..composition.making import Round
from ..composition.refusing import refused
from ..putting import put
from .conftest import Correct, seat


def text(public: Client, address: str = "/rounds/2027/sheet") -> str:
    return public.get(address).content.decode()


def test_the_round_says_stage_dates_rules_and_who_decides(public: Client, found: Round) -> None:
    page = text(public, "/rounds/2027")
    assert "Stage: the list is being proposed and decided." in page
    assert "President of the Assembly" in page and "Bureau" in page and "Standing Committee" in page
    assert 'href="/charter#art-7-4"' in page and 'href="/charter#art-2-1"' in page
    assert "Part-session 2" in page and "Part-session 1" not in page
    assert "Stage: the list" not in text(public, "/ru/rounds/2027")


def test_the_stage_does_not_tell_whether_a_list_exists(public: Client, found: Round) -> None:
    before = text(public, "/rounds/2027")
    making.ratified(found)
    assert text(public, "/rounds/2027") == before
    assert "/rounds/2027/sheet" not in before


def test_the_sheet_holds_every_number_of_the_round(public: Client, seated: List) -> None:
    told = public.get("/rounds/2027/sheet.json").json()
    assert told["figures"] == {
        "received": 22, "late": 0, "late_refused": 0, "withdrawn": 0, "inadmissible": 0, "admissible": 22,
        "assessed": 22, "accepted": 15, "proposed": 15, "overridden": 0, "overridden_in_line": 0, "approved": 15,
        "reserved": 5, "slates": 0, "slates_represented": 0, "assessor_interests": 0,
    }  # fmt: skip
    assert told["reserve"] == {"base": 15, "required": 5, "present": 5, "met": True}
    assert [vote["body"] for vote in told["votes"]] == ["Bureau", "Standing Committee"]
    rows = {
        (r["part"], r["name"]): r["value"]
        for r in csv.DictReader(io.StringIO(public.get("/rounds/2027/sheet.csv").content.decode("utf-8-sig")))
    }
    assert rows["figures", "received"] == "22" and rows["reserve", "met"] == "yes"
    page = text(public)
    assert "1/3 of 15 seats, rounded up: 5" in page and "5 of 15 reserved: met" in page
    assert "Balance." in page and "Équilibre." in text(public, "/fr/rounds/2027/sheet")


def test_what_comes_later_does_not_rewrite_the_sheet(public: Client, found: Round) -> None:
    seat(found)
    chosen = found.declared[0]
    before = public.get("/rounds/2027/sheet.json").json()
    mandate = Mandate.objects.get(candidacy=chosen)
    mandates.renounce(mandate, people.actor(mandate.person))
    Candidacy.objects.filter(pk=chosen.pk).update(withdrawn_at=clock.now())
    left = found.of("Yana")
    candidacies.withdraw(left, people.actor(left.person))
    after = public.get("/rounds/2027/sheet.json").json()
    assert after["figures"] == before["figures"] and after["reserve"] == before["reserve"]


def test_late_admissions_stand_on_the_sheet_with_their_ground(public: Client, found: Round) -> None:
    """Counted with the ground in its own language, also after the file is erased (2.1)."""
    late = found.of("Yana")
    put(
        Candidacy.objects.filter(pk=late.pk), is_late_admission=True, late_ground="Detention at a border.", late_ground_language="en",
        late_until=clock.now(),
    )  # fmt: skip
    type(late.call).objects.update(erased_grounds=[["Нет связи.", "ru"]], erased={"late_refused": 2})
    seat(found)
    page = text(public)
    assert '<li lang="en">Detention at a border.</li>' in page and '<li lang="ru">Нет связи.</li>' in page
    told = public.get("/rounds/2027/sheet.json").json()
    assert (told["figures"]["late"], told["figures"]["late_refused"]) == (1, 2)
    assert {"ground": "Нет связи.", "language": "ru"} in told["late_admissions"]


def test_reasons_in_russian_are_marked_as_a_translation_beside_the_authentic_ones(
    public: Client, found: Round
) -> None:
    list_ = making.composed(found)
    given = {"reasons_en": "Balance.", "reasons_fr": "Équilibre.", "reasons_ru": "Равновесие."}
    refused(Unmet, composition.state_reasons, list_, found.by("greta"), **given, translator=" ")
    composition.state_reasons(list_, found.by("greta"), **given, translator="Vera Tolmach")
    seat(found, making.approved(found, making.released(found, list_)))
    page = text(public, "/ru/rounds/2027/sheet")
    for code, words in (("ru", "Равновесие."), ("en", "Balance."), ("fr", "Équilibre.")):
        assert f'lang="{code}"><p>{words}' in page
    assert "Vera Tolmach" in page
    assert "Равновесие." not in text(public) and "Vera Tolmach" not in text(public)


def test_reasons_stand_in_the_authentic_languages_where_none_is_russian(public: Client, seated: List) -> None:
    page = text(public, "/ru/rounds/2027/sheet")
    assert 'lang="en"><p>Balance.' in page and 'lang="fr"><p>Équilibre.' in page


def test_reasons_are_corrected_with_the_old_text_beside(
    public: Client, seated: List, correct: Correct
) -> None:
    correct(seated.reference, "reasons", "Balance.", "Balance of peoples.", language="en")
    page = text(public)
    assert "<p>Balance of peoples.</p>" in page
    assert '<del lang="en">Balance.</del>' in page
    assert "Balance of peoples" not in text(public, "/fr/rounds/2027/sheet")


def test_only_published_contacts_stand_on_the_sheet_and_only_their_public_words(
    public: Client, found: Round, correct: Correct
) -> None:
    list_ = making.composed(found)
    made = []
    for place in ("Café Central", "Hotel Hidden", "Hotel Later"):
        contact = Contact(
            subject=list_.reference, met_on=clock.today(), participants="Henri and a person not chosen",
            participants_public="Henri Delacombe and a journalist", place=place, hospitality="A dinner",
            initiated_by="others", language="en",
        )  # fmt: skip
        made.append(contact)
    for contact in made[:2]:
        integrity.enter_contact(contact, found.by("henri"))
    integrity.withdraw_contact(made[1], found.by("henri"), reasons="Another year.")
    seat(found, making.approved(found, making.released(found, list_)))
    page = text(public)
    assert "Café Central" in page and "Henri Delacombe and a journalist" in page and "A dinner" in page
    assert "Hotel Hidden" not in page and "a person not chosen" not in page
    assert Entry.objects.get(act="announce").facts["contacts"] == 1
    # What is entered later is published by the clock.
    integrity.enter_contact(made[2], found.by("henri"))
    assert "Hotel Later" not in text(public)
    assert composition.tick() == 1
    assert "Hotel Later" in text(public)
    made[2].refresh_from_db()
    correct(made[2].reference, "place", "Hotel Later", "Hotel Latest")
    # Every published fact can be corrected, and reads here as in the room that keeps it.
    correct(made[0].reference, "place", "Café Central", "Café du Centre")
    told = public.get("/rounds/2027/sheet.json").json()["contacts"]
    kept = register.published_contacts([list_.reference, found.call.reference])
    assert (
        [row["place"] for row in told] == [row["place"] for row in kept] == ["Café du Centre", "Hotel Latest"]
    )
    assert "<del>Café Central</del> <ins>Café du Centre</ins>" in text(public)


def spread(found: Round) -> None:
    """Attributes of 22 candidacies: 12, 7, 2 and 1 by country; 20, 9 and 3 by origin."""
    countries = ["LT"] * 12 + ["DE"] * 7 + ["GE"] * 2 + ["IS"]
    for number, (row, country) in enumerate(zip(found.rows, countries, strict=True)):
        origin = ["civil_society"] if number < 20 else []
        origin += ["journalism"] if number < 9 else []
        origin += ["political_opposition"] if number < 3 else []
        put(Candidacy.objects.filter(pk=row.pk), residence=country, origin=origin)


def test_small_numbers_are_withheld_with_what_would_give_them_away(public: Client, found: Round) -> None:
    spread(found)
    seat(found)
    told = public.get("/rounds/2027/sheet.json").json()["by_attribute"]
    assert told["residence"] == {"Lithuania": 12, "Germany": 7, "other countries": None}
    assert told["origin"] == {
        "Civil society": 20,
        "Independent journalism": None,
        "Political opposition": None,
    }
    page = text(public)
    assert "withheld (small numbers)" in page and "Iceland" not in page and "Georgia" not in page


def test_numbers_by_attribute_stay_until_a_file_is_erased_and_then_go_altogether(
    public: Client, found: Round
) -> None:
    spread(found)
    list_ = seat(found)
    chosen = set(list_.seats.values_list("candidacy_id", flat=True))
    left = next(row for row in found.rows if row.pk not in chosen)
    before = public.get("/rounds/2027/sheet.json").json()["by_attribute"]
    with clock.set_to(clock.now() + timedelta(days=1)):
        left.refresh_from_db()
        candidacies.withdraw(left, people.actor(left.person))
        assert public.get("/rounds/2027/sheet.json").json()["by_attribute"] == before
    with clock.set_to(clock.now() + timedelta(days=40)):
        vetting.tick()  # the withdrawal is written down before the file goes
        assert candidacies.tick() >= 1
        assert not Candidacy.objects.filter(pk=left.pk).exists()
        assert public.get("/rounds/2027/sheet.json").json()["by_attribute"] == {}
        assert "the files have begun to be erased" in text(public)


def test_a_file_withdrawn_before_the_announcement_was_never_counted_and_its_erasure_tells_nothing(
    public: Client, found: Round
) -> None:
    spread(found)
    left = found.rows[-1]
    candidacies.withdraw(left, people.actor(left.person))
    with clock.set_to(clock.now() + timedelta(days=1)):
        seat(found)
        before = public.get("/rounds/2027/sheet.json").json()["by_attribute"]
        assert before["residence"] == {"Lithuania": 12, "other countries": None}
    with clock.set_to(clock.now() + timedelta(days=40)):
        vetting.tick()  # the withdrawal is written down before the file goes
        assert candidacies.tick() >= 1
        assert not Candidacy.objects.filter(pk=left.pk).exists()
        assert public.get("/rounds/2027/sheet.json").json()["by_attribute"] == before


def test_the_front_page_tells_the_running_round(public: Client, found: Round) -> None:
    assert "Round for the session 2027: the list is being proposed and decided." in text(public, "/")
    seat(found)
    assert "No round runs at present." in text(public, "/")


def test_a_session_without_a_call_has_no_round(public: Client, found: Round) -> None:
    assert public.get("/rounds/2031").status_code == 404
    assert public.get("/rounds/2031/sheet").status_code == 404
