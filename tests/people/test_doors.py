"""Coming in: every way, every refusal, and what is kept of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from hemicycle.people import accounts, actions, adapters, authenticators, demonstration, queries
from hemicycle.people.models import Person
from hemicycle.record import clock, references
from hemicycle.record.models import Entry
from tests.cast import Cast

from .apps import app_code, give_app


def work() -> None:
    """Do what was asked of the worker. Its own loop closes the connection, which a test's transaction
    cannot bear."""
    for row in DBTaskResult.objects.ready():
        row.claim("tests")
        row.task.call(*row.task_result.args, **row.task_result.kwargs)
        row.set_successful(None)


def last_code() -> str:
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", mail.outbox[-1].body)
    assert found
    return found[0]


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


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


# Code by e-mail


@pytest.fixture
def luca(cast: Cast) -> Person:
    cast.luca.email = "luca@example.org"
    cast.luca.save()
    return cast.luca


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


def test_mails_to_one_address_are_limited(luca: Person) -> None:
    answers = [Client().post("/sign-in/mail/", {"email": "luca@example.org"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


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


# What is kept


def test_no_network_address_is_kept_anywhere(cast: Cast, luca: Person) -> None:
    client = Client(
        REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0 build-7"
    )
    begun = accounts.begin("en")
    give_app(begun.person)
    client.post("/sign-in/phrase/", {"phrase": "no such words", "code": "1"})
    client.post("/sign-in/mail/", {"email": "luca@example.org"})
    client.post("/sign-in/phrase/", {"phrase": begun.phrase, "code": app_code()})
    kept = UserSession.objects.get(user=begun.person)
    assert (kept.ip, kept.user_agent) == ("::", "Firefox, Linux")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    assert "203.0.113.77" not in str(value), table
                    assert "luca@example.org" not in str(value) or table == "people_person", table
    assert all("203.0.113.77" not in str(session.get_decoded()) for session in Session.objects.all())


def test_the_pseudonym_of_an_address_changes_every_day(cast: Cast) -> None:
    today = adapters.pseudonym("203.0.113.77")
    assert today == adapters.pseudonym("203.0.113.77") != adapters.pseudonym("203.0.113.78")
    assert not {"203.0.113", "203.0.113.77"} & set(today.split("::")) and "203.0" not in today
    assert adapters.pseudonym("2001:db8::1") == adapters.pseudonym("2001:db8::2")  # one subscriber's network
    with clock.set_to(clock.now() + timedelta(days=1)):
        assert adapters.pseudonym("203.0.113.77") != today


def test_phrases_and_codes_are_kept_as_keyed_digests_only(cast: Cast) -> None:
    begun = accounts.begin("en")
    assert begun.account.phrase_digest != begun.account.lock_digest
    for words in (begun.phrase, begun.lock_phrase):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM people_account")
            assert words not in str(cursor.fetchall()) and words.replace(" ", "") not in str(
                cursor.fetchall()
            )


def test_the_secret_of_an_app_is_sealed(cast: Cast) -> None:
    from allauth.mfa.models import Authenticator

    from .apps import SECRET

    give_app(cast.quiet)
    assert SECRET not in str(Authenticator.objects.get(user=cast.quiet).data)


# Sessions


def test_sessions_are_listed_and_ended_one_by_one_or_all(cast: Cast, luca: Person) -> None:
    clients = [Client() for _ in range(3)]
    for client in clients:
        client.post("/sign-in/mail/", {"email": "luca@example.org"})
        work()
        client.post("/sign-in/code/", {"code": last_code()})
    first, second, third = clients
    assert first.get("/account/").content.decode().count("End this session") == 3
    other = UserSession.objects.get(session_key=second.session.session_key)
    first.post(f"/account/sessions/{other.pk}/end/")
    assert not is_in(second) and is_in(third)
    first.post("/account/sessions/end-all/")
    assert not is_in(first) and not is_in(third)
    assert UserSession.objects.filter(user=luca).count() == 0


def test_the_clock_sweeps_away_old_sessions_and_mailed_codes(
    cast: Cast, luca: Person, client: Client
) -> None:
    client.post("/sign-in/mail/", {"email": "luca@example.org"})
    work()
    client.post("/sign-in/code/", {"code": last_code()})
    with clock.set_to(datetime.now(UTC)):
        actions.tick()
        assert UserSession.objects.filter(user=luca).count() == 1 and DBTaskResult.objects.count() == 1
    Session.objects.update(expire_date=datetime.now(UTC) - timedelta(seconds=1))
    with clock.set_to(datetime.now(UTC) + timedelta(days=2)):
        actions.tick()
    assert (
        not UserSession.objects.exists()
        and not Session.objects.exists()
        and not DBTaskResult.objects.exists()
    )
    assert not is_in(client)


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


# The cast of a demonstration


@pytest.fixture
def demo(cast: Cast, settings: Settings) -> Cast:
    settings.DEMONSTRATION = True
    Entry.objects.create(
        at=clock.now(), room="assembly", act="found", matter=references.new("FOND"), office="founder",
        actor="FOUNDER", article="assembly.found", charter="pace-2025/1.0", publicity="public",
        facts={"demonstration": True},
    )  # fmt: skip
    demonstration.add_to_cast(cast.anna, 1, "Clerk", "Greffière", "Секретарь")
    demonstration.add_to_cast(None, 2, "Journalist", "Journaliste", "Журналист")
    return cast


def test_one_click_signs_in_as_one_of_the_cast(demo: Cast, client: Client) -> None:
    page = client.get("/ru/sign-in/").content.decode()
    assert "Секретарь" in page and "Журналист" in page
    assert client.post(f"/sign-in/as/{demo.anna.reference}/")["Location"] == "/desk/"
    assert is_in(client)
    assert client.get("/sign-in/").status_code == 200  # to change into another of the cast


def test_only_the_cast_is_offered(demo: Cast, client: Client) -> None:
    assert client.post(f"/sign-in/as/{demo.bruno.reference}/").status_code == 404
    assert client.get(f"/sign-in/as/{demo.anna.reference}/").status_code == 405


def test_there_is_no_cast_outside_a_demonstration(demo: Cast, client: Client, settings: Settings) -> None:
    settings.DEMONSTRATION = False
    assert "Clerk" not in client.get("/sign-in/").content.decode()
    assert client.post(f"/sign-in/as/{demo.anna.reference}/").status_code == 404


def test_a_session_of_one_click_is_nobodys_once_the_demonstration_is_over(
    demo: Cast, client: Client, settings: Settings
) -> None:
    client.post(f"/sign-in/as/{demo.anna.reference}/")
    settings.DEMONSTRATION = False
    assert not is_in(client)


def test_a_record_of_a_real_platform_has_no_cast_even_in_demonstration_mode(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    demonstration.add_to_cast(cast.anna, 1, "Clerk", "Greffière", "Секретарь")
    assert client.post(f"/sign-in/as/{cast.anna.reference}/").status_code == 404


def test_cached_words_are_sealed(cast: Cast) -> None:
    from hemicycle.people import keeping

    token = keeping.hand_over("tavo remi")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM web_cache")
        assert "tavo remi" not in str(cursor.fetchall())
    assert keeping.handed_over(token) == "tavo remi"
    keeping.put_away(token)
    assert keeping.handed_over(token) is None
    cache.clear()
