"""The pages of interests, contacts and caller checks: who sees what, and when."""

from __future__ import annotations

import uuid

import pytest

from hemicycle.integrity import codes
from hemicycle.integrity.models import CallerCheck, Contact, Interest
from tests.cast import Cast

LISTS = ["interests", "contacts", "checks"]


def once() -> str:
    return uuid.uuid4().hex


def send(cast: Cast, key: str, matter: object, act: str, **values: str) -> int:
    matter.refresh_from_db()  # type: ignore[attr-defined]
    sent = {"once": once(), "seen": str(matter.version), **values}  # type: ignore[attr-defined]
    status: int = cast.client(key).post(f"/matters/{matter.reference}/{act}/", sent).status_code  # type: ignore[attr-defined]
    return status


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("prefix", ["", "/fr", "/ru"])
def test_each_list_is_shown_in_each_language(cast: Cast, page: str, prefix: str) -> None:
    answer = cast.client("anna").get(f"{prefix}/integrity/{page}/")
    assert answer.status_code == 200 and answer.content.decode().count("<h1>") == 1


@pytest.mark.parametrize("page", LISTS)
def test_whoever_is_not_signed_in_is_led_to_the_sign_in(cast: Cast, client: object, page: str) -> None:
    assert client.get(f"/integrity/{page}/").status_code == 302  # type: ignore[attr-defined]


def declared(cast: Cast) -> Interest:
    values = {
        "once": once(),
        "subject": cast.nadia.reference.lower(),
        "kind": "family",
        "text": "Cousins.",
        "language": "en",
    }
    answer = cast.client("henri").post("/matters/new/integrity/declare/", values)
    assert answer.status_code == 302
    return Interest.objects.get()


def test_an_interest_is_declared_disputed_and_decided_by_its_pages(cast: Cast) -> None:
    made = declared(cast)
    assert "Cousins." in cast.client("henri").get(f"/matters/{made.reference}/").content.decode()
    assert send(cast, "greta", made, "dispute", reasons="They have never met.", language="en") == 302
    assert f"/matters/{made.reference}/decide/" in cast.client("marta").get("/desk/").content.decode()
    assert send(cast, "marta", made, "decide", stands="no", reasons="No tie was shown.", language="en") == 302
    made.refresh_from_db()
    assert made.state == "dismissed"


def test_that_an_interest_exists_is_not_to_be_learnt_by_others(cast: Cast) -> None:
    made = declared(cast)
    for key in ("ilse", "clara", "nadia", "luca"):
        assert cast.client(key).get(f"/matters/{made.reference}/").status_code == 404
        assert cast.client(key).get(f"/matters/{made.reference}/decide/").status_code == 404
        assert made.reference not in cast.client(key).get("/integrity/interests/").content.decode()


def test_the_subject_may_come_with_the_address(cast: Cast) -> None:
    page = cast.client("henri").get("/matters/new/integrity/declare/?subject=LIST-7K3M9QXW").content.decode()
    assert "LIST-7K3M9QXW" in page


def test_an_allegation_names_a_person_that_exists(cast: Cast) -> None:
    values = {
        "once": once(),
        "person": "P-NOBODY",
        "subject": cast.nadia.reference,
        "kind": "work",
        "text": "x",
        "language": "en",
    }
    answer = cast.client("ilse").post("/matters/new/integrity/allege/", values)
    assert answer.status_code == 422 and not Interest.objects.exists()
    values |= {"once": once(), "person": cast.henri.reference}
    assert cast.client("ilse").post("/matters/new/integrity/allege/", values).status_code == 302
    assert Interest.objects.get().state == "alleged"


def test_a_contact_is_entered_and_its_names_are_for_the_house(cast: Cast, called: None) -> None:
    values = {
        "once": once(), "subject": "CALL-TEST", "met_on": "2027-02-08", "participants": "Named Person",
        "participants_public": "a person proposed", "place": "Strasbourg", "hospitality": "dinner",
        "initiated_by": "others", "language": "en",
    }  # fmt: skip
    assert cast.client("greta").post("/matters/new/integrity/enter_contact/", values).status_code == 302
    made = Contact.objects.get()
    assert "Named Person" in cast.client("luca").get(f"/matters/{made.reference}/").content.decode()
    assert cast.client("nadia").get(f"/matters/{made.reference}/").status_code == 404
    assert send(cast, "anna", made, "publish_contact") == 302
    page = cast.client("nadia").get(f"/matters/{made.reference}/").content.decode()
    assert "a person proposed" in page and "Named Person" not in page


def test_a_caller_check_shows_each_side_its_code_when_its_turn_has_come(cast: Cast) -> None:
    answer = cast.client("anna").post(
        "/matters/new/integrity/open_check/", {"once": once(), "person": cast.nadia.reference}
    )
    assert answer.status_code == 302
    check = CallerCheck.objects.get()
    url = f"/matters/{check.reference}/"
    caller, clerk = codes.code(check, codes.CALLER), codes.code(check, codes.CLERK)
    assert url in cast.client("nadia").get("/desk/").content.decode()
    person, house = (
        cast.client("nadia").get(url).content.decode(),
        cast.client("anna").get(url).content.decode(),
    )
    assert caller in person and clerk not in person
    assert caller not in house and clerk not in house
    assert send(cast, "anna", check, "enter_caller_code", code=caller) == 302
    person, house = (
        cast.client("nadia").get(url).content.decode(),
        cast.client("anna").get(url).content.decode(),
    )
    assert clerk in house and clerk not in person
    assert send(cast, "nadia", check, "enter_clerk_code", code=clerk) == 302
    assert "You speak with the Secretariat." in cast.client("nadia").get(url).content.decode()
    assert "You speak with the person." in cast.client("anna").get(url).content.decode()


def test_a_check_is_hidden_from_everybody_else(cast: Cast) -> None:
    cast.client("anna").post(
        "/matters/new/integrity/open_check/", {"once": once(), "person": cast.nadia.reference}
    )
    check = CallerCheck.objects.get()
    for key in ("bruno", "greta", "oleg"):
        assert cast.client(key).get(f"/matters/{check.reference}/").status_code == 404


def test_a_wrong_code_is_counted_on_the_page(cast: Cast) -> None:
    cast.client("anna").post(
        "/matters/new/integrity/open_check/", {"once": once(), "person": cast.nadia.reference}
    )
    check = CallerCheck.objects.get()
    for _ in range(3):
        assert send(cast, "anna", check, "enter_caller_code", code="222 222") == 302
    page = cast.client("anna").get(f"/matters/{check.reference}/").content.decode()
    assert "3 of 3" in page and "Hang up." in page


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/fr/integrity/checks/", "Vérifications d’appel"),
        ("/ru/integrity/checks/", "Проверки звонков"),
        ("/fr/assembly/imports/", "Colonnes des fichiers"),
        ("/ru/assembly/imports/", "Столбцы файлов"),
    ],
)
def test_the_pages_speak_french_and_russian(cast: Cast, path: str, title: str) -> None:
    assert title in cast.client("anna").get(path).content.decode()
