"""A code by mail: who may use it, how often, and what the mail tells."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemicycle.people import queries
from hemicycle.people.models import Person
from tests.cast import Cast

from .apps import app_code, give_app
from .entering import is_in, last_code, work


def test_a_code_by_mail_lets_in_who_may_use_it(luca: Person, client: Client) -> None:
    assert client.post("/sign-in/mail/", {"email": "LUCA@example.org"})["Location"] == "/sign-in/code/"
    work()
    assert [m.to for m in mail.outbox] == [["luca@example.org"]]
    assert (
        client.post("/sign-in/code/", {"code": last_code().lower().replace("-", " ")})["Location"] == "/desk/"
    )
    assert is_in(client)


def test_the_mail_names_no_institution_and_no_person(luca: Person, client: Client) -> None:
    client.post("/sign-in/mail/", {"email": "luca@example.org"})
    work()
    sent = mail.outbox[-1]
    assert sent.subject == "Your code"
    for word in ("Assembly", "Platform", "Council", "Hemicycle", "Luca"):
        assert word not in sent.subject + sent.body


def test_an_unknown_address_gets_no_mail_and_the_same_answer_at_the_same_cost(luca: Person) -> None:
    seen = []
    for address in ("luca@example.org", "nobody@example.org"):
        client = Client()
        client.get("/sign-in/")
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            answer = client.post("/sign-in/mail/", {"email": address})
        shapes = [re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in queries_made.captured_queries]
        page = client.get("/sign-in/code/").content.decode()
        seen.append(
            (answer.status_code, answer["Location"], len(shapes), re.sub(r'value="[^"]{20,}"', "", page))
        )
    assert seen[0] == seen[1]
    work()
    assert [m.to for m in mail.outbox] == [["luca@example.org"]]


@pytest.mark.parametrize("key", ["anna", "clara", "greta", "henri"])
def test_offices_that_read_files_and_the_bureau_never_sign_in_by_mail(
    cast: Cast, client: Client, key: str
) -> None:
    person = cast.persons[key]
    person.email = f"{key}@example.org"
    person.save()
    assert client.post("/sign-in/mail/", {"email": person.email}).status_code == 302
    work()
    assert mail.outbox == []
    assert not queries.may_use_mail_code(person)


def test_who_switched_mail_codes_off_gets_none(luca: Person, client: Client) -> None:
    luca.mail_code = False
    luca.save()
    client.post("/sign-in/mail/", {"email": "luca@example.org"})
    work()
    assert mail.outbox == []


def test_an_office_that_needs_a_second_factor_is_led_to_it_after_a_mail_code(
    cast: Cast, client: Client
) -> None:
    cast.katia.email = "katia@example.org"  # General Rapporteur: reads no files, needs a second factor
    cast.katia.save()
    give_app(cast.katia)
    client.post("/sign-in/mail/", {"email": "katia@example.org"})
    work()
    assert client.post("/sign-in/code/", {"code": last_code()})["Location"] == "/second-factor/"
    assert not is_in(client)
    assert client.post("/second-factor/", {"code": "000000"}).status_code == 422
    assert not is_in(client)
    assert client.post("/second-factor/", {"code": app_code()})["Location"] == "/desk/"
    assert is_in(client)


def test_five_wrong_tries_end_a_mail_code(luca: Person, client: Client) -> None:
    client.post("/sign-in/mail/", {"email": "luca@example.org"})
    work()
    code = last_code()
    for _ in range(5):
        assert client.post("/sign-in/code/", {"code": "0000-0000"}).status_code == 422
    assert client.post("/sign-in/code/", {"code": code}).status_code == 422
    assert not is_in(client)


def test_a_mail_code_opens_only_where_it_was_asked_for(luca: Person, client: Client) -> None:
    client.post("/sign-in/mail/", {"email": "luca@example.org"})
    work()
    other = Client()
    other.post("/sign-in/mail/", {"email": "someone@example.org"})
    assert other.post("/sign-in/code/", {"code": last_code()}).status_code == 422


def test_a_code_on_its_way_opens_nothing_once_codes_by_mail_are_ended(luca: Person, client: Client) -> None:
    client.post("/sign-in/mail/", {"email": "luca@example.org"})
    work()
    luca.mail_code = False
    luca.save()
    assert client.post("/sign-in/code/", {"code": last_code()}).status_code == 422
    assert not is_in(client)


def test_mails_to_one_address_are_limited(luca: Person) -> None:
    answers = [Client().post("/sign-in/mail/", {"email": "luca@example.org"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
