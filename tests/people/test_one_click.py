"""The cast of a demonstration, and nobody else, comes in with one click."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from pytest_django import Settings

from hemicycle.people import accounts, demonstration
from hemicycle.record import clock, references
from hemicycle.record.models import Entry
from tests.cast import Cast

from .entering import is_in

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


def test_one_of_the_cast_whose_account_was_locked_stays_out_and_the_page_says_what_to_do(
    demo: Cast, client: Client
) -> None:
    demonstration.add_to_cast(demo.bruno, 3, "Clerk", "Greffier", "Секретарь")
    _, lock_phrase = accounts.new_phrases(demo.anna)
    assert client.post("/lock/", {"phrase": lock_phrase}).status_code == 200
    client.post(f"/sign-in/as/{demo.bruno.reference}/")
    answer = client.post(f"/sign-in/as/{demo.anna.reference}/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "This account was locked" in page and "make demo-reset" in page
    assert is_in(client), "who was signed in before still is"
    assert not UserSession.objects.filter(user=demo.anna).exists()


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
