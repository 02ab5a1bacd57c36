"""The pages: every one opens in each language, for whom it is, and does what its button says."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemicycle.people import actions, keeping, phrases
from hemicycle.people.models import Enrolment, Holding, Person, Recovery
from hemicycle.record import clock
from tests.cast import Cast

from .apps import app_code, give_app

LANGUAGES = ("", "/fr", "/ru")


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize("path", ["/sign-in/", "/lock/", "/enrol/", "/account/begin/"])
def test_every_door_opens_without_a_session(cast: Cast, client: Client, prefix: str, path: str) -> None:
    answer = client.get(prefix + path)
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies


def folded(page: str) -> list[tuple[bool, str]]:
    """The folded ways of the sign-in page: whether each stands open, and what it holds."""
    return [
        (bool(opened), held)
        for opened, held in re.findall(r'<details class="chapter"( open)?>(.*?)</details>', page, re.S)
    ]


def test_the_passkey_stands_first_and_rarer_ways_are_folded(cast: Cast, client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    ways = folded(page)
    assert [opened for opened, _held in ways] == [False, False, False]
    assert [
        name in held for name, (_, held) in zip(("phrase_phrase", "mail_email", "lost"), ways, strict=True)
    ] == [True] * 3
    assert page.index("Sign in with a passkey") < page.index("enrolment code") < page.index("<details")


def test_a_fault_opens_its_own_way_and_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    answer = client.post("/sign-in/phrase/", {"phrase": "seven words of nobody", "code": "123456"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [opened for opened, _ in folded(page)] == [True, False, False]
    assert 'value="seven words of nobody"' in folded(page)[0][1]
    answer = client.post("/sign-in/mail/", {"email": "not an address"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [opened for opened, _ in folded(page)] == [False, True, False]
    assert 'value="not an address"' in folded(page)[1][1]
    answer = client.post("/sign-in/passkey/", {"credential": "{}"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "This passkey did not work here" in page
    assert not any(opened for opened, _ in folded(page))


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    ["/account/", "/account/me/", "/persons/", "/offices/", "/enrolments/", "/recoveries/", "/desk/",
     "/matters/new/people/grant/", "/matters/new/people/ask_enrolment/", "/matters/new/people/ask_recovery/"],
)  # fmt: skip
def test_every_page_of_a_clerk_opens(cast: Cast, prefix: str, path: str) -> None:
    assert cast.client("anna").get(prefix + path).status_code == 200


@pytest.mark.parametrize("path", ["/persons/", "/offices/", "/enrolments/", "/recoveries/"])
def test_the_lists_of_the_secretariat_are_not_for_others(cast: Cast, path: str) -> None:
    assert cast.client("clara").get(path).status_code in (
        403,
        404,
    )  # sealed kinds do not even say that they exist


@pytest.mark.parametrize("path", ["/account/", "/persons/", "/account/address/", "/account/app/"])
def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page(cast: Cast, client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/sign-in/?next=")
    assert client.get("/fr" + path)["Location"].startswith("/fr/sign-in/?next=")


@pytest.mark.parametrize(
    "path", ["login", "signup", "password/reset", "email", "2fa", "sessions", "3rdparty"]
)
def test_no_page_of_the_library_is_reachable(cast: Cast, client: Client, path: str) -> None:
    assert client.get(f"/account/{path}/").status_code == 404
    assert client.get(f"/accounts/{path}/").status_code == 404


def test_a_page_of_somebody_signed_in_warns_before_the_session_ends_and_extends_it(cast: Cast) -> None:
    client = cast.client("anna")
    page = client.get("/account/").content.decode()
    assert f'data-session-end="{8 * 3600 - 30 * 60 - 10 * 60}"' in page
    session = client.session
    session["people.renewed"] = 0
    session.save()
    assert client.post("/account/stay/").status_code == 204
    assert client.session["people.renewed"] > 0


def test_a_public_page_has_no_session_to_end(cast: Cast, client: Client) -> None:
    assert "data-session-end" not in client.get("/sign-in/").content.decode()


# Through the pages, without script


HALF = re.compile(r"(?<=>)[0-9A-Z]{4}-[0-9A-Z]{4}(?=<)")  # in its place: an address may look like one


def test_two_clerks_make_half_a_code_each_in_the_pages_and_see_it_once(cast: Cast) -> None:
    clerk = cast.client("anna")
    form = clerk.get("/matters/new/people/ask_enrolment/").context["form"]
    data = {"once": form["once"].value(), "name": "Ольга Вымышлева", "language": "ru", "reads": ["ru", "en"]}
    answer = clerk.post("/matters/new/people/ask_enrolment/", data)
    assert answer["Location"].startswith("/account/shown-once/")
    page = clerk.get(answer["Location"]).content.decode()
    first = HALF.search(page)
    assert first and "Ольга Вымышлева" in page and "First half" in page
    assert clerk.get(answer["Location"]).status_code == 200  # until it is put away, a second look is possible
    enrolment = Enrolment.objects.get()
    assert clerk.post(answer["Location"])["Location"] == f"/matters/{enrolment.reference}/"
    assert clerk.get(answer["Location"])["Location"] == "/account/"
    # The same form again does nothing twice.
    clerk.post("/matters/new/people/ask_enrolment/", data)
    assert Enrolment.objects.count() == 1
    # It waits on the desk of the other clerk, who makes the second half; the first clerk sees no button.
    act = f"/matters/{enrolment.reference}/issue_enrolment/"
    assert f"/matters/{enrolment.reference}/" not in clerk.get("/desk/").content.decode()
    assert act not in clerk.get(f"/matters/{enrolment.reference}/").content.decode()
    other = cast.client("bruno")
    assert f"/matters/{enrolment.reference}/" in other.get("/desk/").content.decode()
    form = other.get(act).context["form"]
    answer = other.post(act, {"once": form["once"].value(), "seen": form["seen"].value()})
    page = other.get(answer["Location"]).content.decode()
    second = HALF.search(page)
    assert second and "Second half" in page and first[0] not in page
    # Both halves, typed in small letters, open the set-up; app and phrase end it.
    newcomer = Client()
    for half in (first[0], second[0]):
        assert newcomer.post("/enrol/", {"code": half}).status_code == 422
    code = f"{first[0]} {second[0]}".lower()
    assert newcomer.post("/enrol/", {"code": code})["Location"] == "/enrol/passkey/"
    page = newcomer.get("/enrol/app/").content.decode()
    secret = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page)
    assert secret
    wrong = newcomer.post("/enrol/app/", {"code": "000000"})
    assert wrong.status_code == 422
    done = newcomer.post("/enrol/app/", {"code": app_code(secret[0].replace(" ", ""))})
    assert done["Location"].startswith("/account/shown-once/")
    assert newcomer.get("/account/").status_code == 200
    assert Client().post("/enrol/", {"code": code}).status_code == 422


def test_a_page_that_shows_words_once_is_for_signed_in_people_only(cast: Cast, client: Client) -> None:
    token = keeping.hand_over('{"code": "X", "next": "/"}')
    assert client.get(f"/account/shown-once/{token}/")["Location"].startswith("/sign-in/")


def test_offices_are_proposed_and_granted_in_the_pages(cast: Cast) -> None:
    first, second = cast.client("anna"), cast.client("bruno")
    path = f"/matters/new/people/grant/?person={cast.clara.reference}"
    once = first.get(path).context["form"]["once"].value()
    data = {"once": once, "person": cast.clara.reference, "office": "treasurer"}
    refused = first.post(path, data)
    assert refused.status_code == 422 and "Treasurer" in refused.content.decode()
    data["office"] = "reviewer"
    answer = first.post(path, data)
    assert answer.status_code == 302
    own = first.get(answer["Location"]).content.decode()
    assert "/confirm_grant/" not in own and "A second person is needed" in own
    act = answer["Location"] + "confirm_grant/"
    form = second.get(act).context["form"]
    second.post(act, {"once": form["once"].value(), "seen": form["seen"].value()})
    assert cast.actor("clara").holds("reviewer")


def test_a_recovery_waits_on_the_desks_of_those_whom_it_concerns(cast: Cast) -> None:
    recovery = Recovery(person=cast.greta)
    actions.ask_recovery(recovery, cast.actor("anna"), live_check="video")
    assert recovery.reference in cast.client("bruno").get("/desk/").content.decode()
    assert recovery.reference not in cast.client("anna").get("/desk/").content.decode()
    greta = cast.client("greta")
    assert f"/matters/{recovery.reference}/" in greta.get("/desk/").content.decode()
    assert greta.post(f"/account/recoveries/{recovery.reference}/refuse/").status_code == 302
    recovery.refresh_from_db()
    assert recovery.state == "refused"
    assert cast.client("henri").post(f"/account/recoveries/{recovery.reference}/refuse/").status_code == 404


def test_a_recovery_is_completed_in_the_pages_and_its_code_shown_once(cast: Cast) -> None:
    give_app(cast.greta)
    clerk, other = cast.client("anna"), cast.client("bruno")
    path = "/matters/new/people/ask_recovery/"
    once = clerk.get(path).context["form"]["once"].value()
    unknown = clerk.post(path, {"once": once, "person": "P-XXXXXXXX", "live_check": "video"})
    assert unknown.status_code == 422
    asked = clerk.post(path, {"once": once, "person": cast.greta.reference.lower(), "live_check": "video"})
    base = asked["Location"]
    form = other.get(base + "confirm_recovery/").context["form"]
    data = {"once": form["once"].value(), "seen": form["seen"].value(), "live_check": "in_person"}
    assert other.post(base + "confirm_recovery/", data).status_code == 302
    form = other.get(base + "complete_recovery/").context["form"]
    data = {"once": form["once"].value(), "seen": form["seen"].value()}
    early = other.post(base + "complete_recovery/", data)
    assert early.status_code == 422 and "12 February 2027" in early.content.decode().replace("\xa0", " ")
    with clock.set_to(clock.now() + timedelta(hours=72)):
        done = other.post(base + "complete_recovery/", data)
        assert done["Location"].startswith("/account/shown-once/")
        first = HALF.search(other.get(done["Location"]).content.decode())
        act = f"/matters/{Enrolment.objects.get().reference}/issue_enrolment/"
        assert other.get(act).status_code == 403, "who completed does not make the second half"
        form = clerk.get(act).context["form"]
        made = clerk.post(act, {"once": form["once"].value(), "seen": form["seen"].value()})
        second = HALF.search(clerk.get(made["Location"]).content.decode())
        assert first and second
        assert Client().post("/enrol/", {"code": first[0]}).status_code == 422
        assert Client().post("/enrol/", {"code": first[0] + second[0]})["Location"] == "/enrol/passkey/"
    assert not Authenticator.objects.filter(user=cast.greta).exists()


def test_names_and_languages_are_changed_on_one_page(cast: Cast) -> None:
    client = cast.client("nadia")
    data = {
        "name": "Надия",
        "latin_name": "Nadiya",
        "gender": "f",
        "language": "fr",
        "reads": ["fr"],
        "mail_code": "on",
    }
    page = client.get("/account/me/")
    data["once"] = page.context["form"]["once"].value()
    assert client.post("/account/me/", data)["Location"] == "/fr/account/"
    cast.nadia.refresh_from_db()
    assert (cast.nadia.name, cast.nadia.language, cast.nadia.public_name) == (
        "Надия",
        "fr",
        "Nadiya Yeryomkina",
    )
    again = client.post("/account/me/", {**data, "name": "Надежда"}, follow=True)
    assert "déjà été enregistré" in again.content.decode()
    wrong = client.post("/account/me/", {**data, "language": "xx", "name": "x" * 300})
    assert wrong.status_code == 422
    cast.nadia.refresh_from_db()
    assert cast.nadia.name == "Надия"


def test_the_last_second_factor_of_an_office_cannot_be_removed(cast: Cast) -> None:
    give_app(cast.anna)
    client = cast.client("anna")
    key = Authenticator.objects.get(user=cast.anna).pk
    client.post(f"/account/factors/{key}/remove/")
    assert Authenticator.objects.filter(pk=key).exists()
    give_app(cast.luca)
    key = Authenticator.objects.get(user=cast.luca).pk
    cast.client("luca").post(f"/account/factors/{key}/remove/")
    assert not Authenticator.objects.filter(pk=key).exists()
    give_app(cast.henri)
    theirs = Authenticator.objects.get(user=cast.henri).pk
    cast.client("luca").post(f"/account/factors/{theirs}/remove/")
    assert Authenticator.objects.filter(pk=theirs).exists()


@pytest.mark.parametrize("path", ["/persons/", "/offices/", "/account/", "/desk/"])
def test_the_number_of_queries_does_not_grow_with_rows(cast: Cast, path: str) -> None:
    client = cast.client("anna")
    client.get(path)

    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            assert client.get(path).status_code == 200
        return len(made)

    before = queries()
    for n in range(8):
        actions.ask_enrolment(Enrolment(), cast.actor("bruno"), half=phrases.half(), name=f"Person {n}")
    for person in Person.objects.filter(name__startswith="Person"):
        actions.grant(Holding(person=person, office="assessor", held_from=clock.now()), cast.actor("anna"))
    assert queries() <= before + 2
