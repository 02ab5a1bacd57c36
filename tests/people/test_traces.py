"""What the doors keep of whoever came in, and what they never keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from hemicycle.people import accounts, actions, adapters
from hemicycle.people.models import Person
from hemicycle.record import clock
from tests.cast import Cast

from .apps import app_code, give_app
from .entering import is_in, last_code, work

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
