"""Coming in: every way, every refusal, and what is kept of it."""

from __future__ import annotations

import re

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from hemicycle.people import accounts, actions, authenticators, queries
from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.models import Entry
from tests.cast import Cast

from .apps import app_code, give_app
from .entering import is_in, last_code, work

# Phrase and app


def test_phrase_and_app_let_in(cast: Cast, client: Client) -> None:
    begun = accounts.begin("ru")
    give_app(begun.person)
    answer = client.post("/sign-in/phrase/", {"phrase": begun.phrase, "code": app_code()})
    assert answer["Location"] == "/desk/"
    assert is_in(client)


def test_a_phrase_may_be_pasted_in_capitals_with_hyphens_or_in_cyrillic(cast: Cast) -> None:
    begun = accounts.begin("ru")
    cyrillic = begun.phrase.translate(str.maketrans("abdefgiklmnoprstuvz", "абдефгиклмнопрстувз"))
    for typed in (begun.phrase.upper(), begun.phrase.replace(" ", "-"), f"  {begun.phrase}\n", cyrillic):
        found = accounts.by_phrase(typed)
        assert found is not None and found.person == begun.person


def test_phrase_without_app_leads_to_its_set_up_and_nowhere_else(cast: Cast, client: Client) -> None:
    begun = accounts.begin("en")
    assert client.post("/sign-in/phrase/", {"phrase": begun.phrase})["Location"] == "/second-factor/"
    for path in ("/account/", "/desk/", "/account/phrases/"):
        answer = client.post(path) if path.endswith("phrases/") else client.get(path)
        assert answer["Location"].startswith("/sign-in/")
    assert client.get("/sign-in/?next=/desk/")["Location"] == "/second-factor/?next=%2Fdesk%2F"
    assert "Set up a passkey" in client.get("/second-factor/").content.decode()


def test_whoever_has_an_app_does_not_get_past_it_by_leaving_the_code_out(cast: Cast, client: Client) -> None:
    begun = accounts.begin("en")
    give_app(begun.person)
    answer = client.post("/sign-in/phrase/", {"phrase": begun.phrase, "code": ""})
    assert answer.status_code == 422
    assert not is_in(client)


def test_unknown_phrase_and_wrong_code_have_one_answer(cast: Cast) -> None:
    begun = accounts.begin("en")
    give_app(begun.person)
    pages = []
    for phrase, code in ((begun.phrase, "000000"), ("tavo remi tavo remi tavo remi tavo", "000000")):
        answer = Client().post("/sign-in/phrase/", {"phrase": phrase, "code": code})
        assert answer.status_code == 422
        text = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())
        pages.append(text.replace(phrase, "PHRASE"))
    assert pages[0] == pages[1]


def test_a_code_of_the_app_counts_once(cast: Cast, client: Client) -> None:
    begun = accounts.begin("en")
    give_app(begun.person)
    code = app_code()
    assert client.post("/sign-in/phrase/", {"phrase": begun.phrase, "code": code}).status_code == 302
    assert Client().post("/sign-in/phrase/", {"phrase": begun.phrase, "code": code}).status_code == 422


def test_a_recovery_code_stands_for_the_app_once(cast: Cast) -> None:
    begun = accounts.begin("en")
    give_app(begun.person)
    code = authenticators.new_recovery_codes(begun.person)[3]
    assert Client().post("/sign-in/phrase/", {"phrase": begun.phrase, "code": code}).status_code == 302
    assert Client().post("/sign-in/phrase/", {"phrase": begun.phrase, "code": code}).status_code == 422


def test_guessing_is_stopped(cast: Cast, client: Client) -> None:
    answers = [
        client.post("/sign-in/phrase/", {"phrase": f"no such phrase {n}", "code": "123456"}).status_code
        for n in range(122)
    ]
    assert answers[:120] == [422] * 120
    assert answers[120:] == [429] * 2
    begun = accounts.begin("en")
    give_app(begun.person)
    right = client.post("/sign-in/phrase/", {"phrase": begun.phrase, "code": app_code()})
    assert right.status_code == 429


# Second factor of offices


@pytest.mark.parametrize(
    ("key", "needed"), [("anna", True), ("farid", True), ("greta", True), ("luca", False)]
)
def test_a_session_without_its_second_factor_is_nobodys(
    cast: Cast, client: Client, key: str, needed: bool
) -> None:
    client.force_login(cast.persons[key], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert is_in(client) is not needed
    if needed:
        for path in ("/desk/", "/persons/", "/matters/new/people/grant/"):
            assert client.get(path)["Location"].startswith("/sign-in/")
        assert client.get("/sign-in/")["Location"] == "/second-factor/"


def test_an_office_granted_later_asks_for_the_second_factor_at_once(cast: Cast, client: Client) -> None:
    client.force_login(cast.quiet, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert is_in(client)
    from hemicycle.people.models import Holding

    holding = Holding(person=cast.quiet, office="treasurer", held_from=clock.now())
    actions.grant(holding, cast.actor("anna"))
    actions.confirm_grant(holding, cast.actor("bruno"))
    assert not is_in(client)


# Locked


def test_a_locked_account_lets_nobody_in_and_ends_its_sessions(cast: Cast) -> None:
    begun = accounts.begin("en")
    give_app(begun.person)
    inside, outside = Client(), Client()
    inside.post("/sign-in/phrase/", {"phrase": begun.phrase, "code": app_code()})
    assert is_in(inside)
    answer = outside.post("/lock/", {"phrase": begun.lock_phrase.upper()})
    assert answer.status_code == 200 and "locked" in answer.content.decode()
    assert not is_in(inside)
    again = Client().post("/sign-in/phrase/", {"phrase": begun.phrase, "code": app_code(ahead=1)})
    assert again.status_code == 422
    begun.person.refresh_from_db()
    assert queries.is_locked(begun.person)
    assert (
        Entry.objects.filter(matter=begun.account.reference, act="lock", facts__words="lock_phrase").count()
        == 1
    )


def test_the_receipt_phrase_locks_too_and_a_second_time_changes_nothing(cast: Cast, client: Client) -> None:
    begun = accounts.begin("en")
    for _ in range(2):
        assert client.post("/lock/", {"phrase": begun.phrase}).status_code == 200
    assert Entry.objects.filter(matter=begun.account.reference, act="lock").count() == 1


def test_a_wrong_phrase_locks_nothing(cast: Cast, client: Client) -> None:
    begun = accounts.begin("en")
    assert client.post("/lock/", {"phrase": "tavo remi tavo remi"}).status_code == 422
    begun.person.refresh_from_db()
    assert begun.person.is_active


def test_a_lock_phrase_opens_nothing(cast: Cast) -> None:
    begun = accounts.begin("en")
    assert accounts.by_phrase(begun.lock_phrase) is None


def test_nobody_ends_the_session_of_another(cast: Cast, luca: Person) -> None:
    client = Client()
    client.post("/sign-in/mail/", {"email": "luca@example.org"})
    work()
    client.post("/sign-in/code/", {"code": last_code()})
    theirs = UserSession.objects.get(user=luca)
    assert cast.client("katia").post(f"/account/sessions/{theirs.pk}/end/").status_code == 404
    assert is_in(client)


def test_signing_out_ends_the_session_and_needs_a_form(cast: Cast) -> None:
    client = cast.client("anna")
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert not is_in(client)


def test_the_page_after_sign_in_is_one_of_this_house(cast: Cast, client: Client) -> None:
    begun = accounts.begin("en")
    give_app(begun.person)
    data = {"phrase": begun.phrase, "code": app_code(), "next": "https://evil.example/"}
    assert client.post("/sign-in/phrase/", data)["Location"] == "/desk/"
