"""How a person wants to be told: chosen on a page of the own, sealed, kept in no record, gone with the person."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from hemicycle.notices import actions, wishes
from hemicycle.notices.models import Kind, Letter, Preference
from hemicycle.record import clock, erasure
from hemicycle.record.models import Entry
from hemicycle.record.sealing import keystore
from hemicycle.rules.quiet import Rhythm

from ..cast import Cast
from ..charters import amended

HOW = "/desk/messages/how/"
GIVEN = {
    "channel": "mail", "wording": "word", "rhythm": "weekly", "weekday": "4", "hour": "18", "quiet_from": "22:30",
    "quiet_until": "06:45", "zone": "Asia/Tbilisi",
}  # fmt: skip


@pytest.fixture
def own(cast: Cast) -> Client:
    client: Client = cast.client("nadia")
    return client


def test_who_said_nothing_is_told_as_the_charter_has_it(cast: Cast) -> None:
    wish = wishes.of(cast.nadia)
    assert (wish.channel, wish.wording, wish.when.rhythm, wish.when.quiet) == (
        "mail",
        "sentence",
        "at_once",
        None,
    )
    amended("notices", channel='"app"', wording='"word"')
    wish = wishes.of(cast.nadia)
    assert (wish.channel, wish.wording) == ("app", "word")


@pytest.mark.parametrize("prefix", ["", "/fr", "/ru"])
def test_what_is_chosen_is_kept_and_shown_again(cast: Cast, own: Client, prefix: str) -> None:
    page = own.get(prefix + HOW)
    assert page.status_code == 200 and '<span lang="ru">У вас есть сообщение</span>' in page.content.decode()
    before = Entry.objects.count()
    assert own.post(prefix + HOW, GIVEN).status_code == 302
    wish = wishes.of(cast.nadia)
    assert (wish.channel, wish.wording, wish.zone_said) == ("mail", "word", "Asia/Tbilisi")
    assert (wish.when.rhythm, wish.when.weekday, wish.when.hour) == (Rhythm.WEEKLY, 4, 18)
    assert wish.when.quiet == (time(22, 30), time(6, 45))
    again = own.get(prefix + HOW).content.decode()
    assert 'value="22:30"' in again and '<option value="Asia/Tbilisi" selected>' in again
    assert Entry.objects.count() == before, "no record knows it"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quiet_until": ""}, "Give both hours, or neither."),
        ({"quiet_until": "22:30"}, "The two hours are the same."),
        ({"quiet_from": "half past ten"}, "Enter a valid time."),
        ({"zone": "Mars/Olympus"}, "Select a valid choice."),
        ({"zone": "../../etc/passwd"}, "Select a valid choice."),
        ({"channel": "pigeon"}, "Select a valid choice."),
        ({"hour": "24"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    own: Client, wrong: dict[str, str], said: str
) -> None:
    answer = own.post(HOW, {**GIVEN, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    assert ("22:30" if "quiet_from" not in wrong else "half past ten") in page
    assert not Preference.objects.exists()


def test_nobody_chooses_for_another_or_without_signing_in(cast: Cast, own: Client) -> None:
    assert Client().post(HOW, GIVEN).status_code == 302 and not Preference.objects.exists()
    own.post(HOW, GIVEN)
    assert [row.person for row in Preference.objects.all()] == [cast.nadia]
    assert "Tbilisi</option>" in cast.client("oleg").get(HOW).content.decode()
    assert '<option value="Asia/Tbilisi" selected>' not in cast.client("oleg").get(HOW).content.decode()


def test_zone_and_hours_stand_nowhere_in_clear_and_go_with_the_person(
    cast: Cast, own: Client, settings: Any
) -> None:
    own.post(HOW, GIVEN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT wishes FROM notices_preference")
        (stored,) = cursor.fetchone()
    assert "Tbilisi" not in stored and "22:30" not in stored and "mail" not in stored
    erasure.destroy([cast.nadia.reference])
    keystore.destroy(cast.nadia.reference)
    person = type(cast.nadia).objects.get(pk=cast.nadia.pk)
    assert wishes.of(person).channel == "none", "a copy of the database tells nothing and mails nobody"


def test_a_zone_that_was_abolished_is_no_fault(cast: Cast) -> None:
    wishes.keep(cast.nadia, {"zone": "Asia/Atlantis"})
    assert (wishes.of(cast.nadia).when.zone, wishes.of(cast.nadia).zone_said) == ("UTC", "")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Message"), ("fr", "Message"), ("ru", "Сообщение")],
)
def test_the_one_word_is_the_whole_mail(language: str, words: str) -> None:
    assert wishes.outside(language, "word") == (words, words)


# --- in the house


def test_messages_stand_by_day_with_what_is_not_read_counted_by_kind(cast: Cast, own: Client) -> None:
    for number, kind in enumerate([Kind.OUTCOME, Kind.OUTCOME, Kind.MEASURE], 1):
        actions.write(cast.nadia.pk, kind, "CAND-22222222", number)
    actions.write(cast.oleg.pk, Kind.REPLY_WANTED, "CAND-33333333", 4)
    with clock.set_to(clock.now().replace(day=10)):
        actions.write(cast.nadia.pk, Kind.MEASURE, "CAND-22222222", 5)
    Letter.objects.filter(entry=5).update(read_at=clock.now())
    page = own.get("/desk/messages/").content.decode()
    days = [page.index(f'">{day}\u00a0February\u00a02027</h2>') for day in (10, 9)]
    assert days == sorted(days) and page.count("<h2") == 3
    assert (
        "<dt>There is an outcome</dt><dd>2</dd>" in page
        and "<dt>A decision concerns you</dt><dd>1</dd>" in page
    )
    assert "CAND-33333333" not in page and "Something waits for your reply" not in page


def test_who_wants_no_word_is_not_even_told_how_many_wait_until_asking(cast: Cast, own: Client) -> None:
    actions.write(cast.nadia.pk, Kind.OUTCOME, "CAND-22222222", 1)
    assert "1 unread message" in own.get("/desk/").content.decode()
    own.post(HOW, {**GIVEN, "channel": "none"})
    assert "unread message" not in own.get("/desk/").content.decode()
    asked = own.get("/desk/messages/").content.decode()
    assert "There is an outcome" in asked and "Periods run all the same" in asked
