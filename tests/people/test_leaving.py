"""Going out: every session ends with the next request, whichever process answers; and the page that says nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from hemicycle.people import accounts, actions, phrases
from hemicycle.people.models import Challenge, Recovery
from hemicycle.record import clock
from tests.cast import Cast
from tests.passkeys import Passkey

from .entering import is_in
from .test_offices import granted

End = Callable[[Cast], None]


def recovered(cast: Cast) -> None:
    asked = Recovery(person=cast.clara)
    actions.ask_recovery(asked, cast.actor("anna"), live_check="in_person")
    actions.confirm_recovery(asked, cast.actor("bruno"), live_check="video")
    with clock.set_to(asked.wait_until or clock.now()):
        actions.complete_recovery(asked, cast.actor("anna"), half=phrases.half())


def locked(cast: Cast) -> None:
    _, lock_phrase = accounts.new_phrases(cast.clara)
    assert accounts.lock_by(lock_phrase)


def rested(cast: Cast) -> None:
    actions.rest(cast.clara.holdings.get(), cast.actor("anna"))


def left_at_once(cast: Cast) -> None:
    assert cast.client("clara").post("/away/").status_code == 200


def ended_by_hand(cast: Cast) -> None:
    assert cast.client("clara").post("/account/sessions/end-all/").status_code == 302


@pytest.mark.parametrize("end", [recovered, locked, rested, left_at_once, ended_by_hand])
def test_every_session_of_the_person_is_over_with_the_next_request(cast: Cast, end: End) -> None:
    here, there, another = cast.client("clara"), cast.client("clara"), cast.client("david")
    assert is_in(here) and is_in(there)
    end(cast)
    assert not is_in(here) and not is_in(there)
    assert is_in(another), "nobody else is sent out"
    assert not UserSession.objects.filter(user=cast.clara).exists()


def test_who_removes_a_way_in_stays_and_every_other_session_ends(cast: Cast) -> None:
    Passkey().give_to(cast.clara)
    Passkey().give_to(cast.clara)
    here, there = cast.client("clara"), cast.client("clara")
    old_key = here.session.session_key
    removed = Authenticator.objects.filter(user=cast.clara).first()
    assert removed is not None
    assert here.post(f"/account/factors/{removed.pk}/remove/").status_code == 302
    assert is_in(here) and not is_in(there)
    assert not Session.objects.filter(session_key=old_key).exists(), "the old cookie is worth nothing"
    assert UserSession.objects.filter(user=cast.clara).count() == 1


def test_a_way_in_that_must_stay_is_kept_and_so_are_the_sessions(cast: Cast) -> None:
    Passkey().give_to(cast.clara)
    here, there = cast.client("clara"), cast.client("clara")
    only = Authenticator.objects.get(user=cast.clara)
    here.post(f"/account/factors/{only.pk}/remove/")
    assert Authenticator.objects.filter(pk=only.pk).exists() and is_in(here) and is_in(there)


def test_an_office_that_ends_is_gone_with_the_next_request(cast: Cast) -> None:
    holding = granted(cast, "quiet", "integrity_officer")
    client = cast.client("quiet")
    with clock.set_to(clock.now() + timedelta(minutes=1)):
        actions.end_holding(holding, cast.actor("anna"))
        client.get("/desk/")
        assert "integrity_officer" not in cast.actor("quiet").offices


# The quick-lock


@pytest.mark.parametrize("prefix", ["", "/fr", "/ru"])
def test_who_leaves_at_once_sees_a_page_that_says_nothing_and_the_browser_is_emptied(
    cast: Cast, prefix: str
) -> None:
    client = cast.client("anna")
    Challenge.objects.create(ticket="t", nonce="n", person=cast.anna, expires_at=clock.now() + timedelta(1))
    page = client.get(f"{prefix}/desk/").content.decode()
    assert f'action="{prefix}/away/"' in page
    answer = client.post(f"{prefix}/away/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "no-store" in answer.headers["Cache-Control"]
    text = answer.content.decode().lower()
    for word in ("parliament", "assembl", "парламент", "ассамбле", "platform", "платформ", "hemicycle", "<link",
                 "<script", "style", "href", "anna", "sign in"):  # fmt: skip
        assert word not in text, word
    assert not Challenge.objects.exists()


def test_leaving_needs_no_token_and_a_form_of_another_site_ends_nothing(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = cast.client("anna").cookies
    assert strict.post("/away/").status_code == 200
    assert not is_in(strict)
    cast.anna.refresh_from_db()
    inside = cast.client("anna")
    stranger = Client(enforce_csrf_checks=True)  # SameSite: the cookie of the session does not come along
    answer = stranger.post("/away/", headers={"Sec-Fetch-Site": "cross-site"})
    assert "Clear-Site-Data" not in answer.headers and is_in(inside)


def test_looking_at_the_empty_page_ends_nothing(cast: Cast) -> None:
    client = cast.client("anna")
    answer = client.get("/away/")
    assert answer.status_code == 200 and "Clear-Site-Data" not in answer.headers
    assert is_in(client)


def test_nothing_that_somebody_signed_in_has_read_stays_in_a_cache(cast: Cast) -> None:
    client = cast.client("anna")
    for path in ("/desk/", "/account/", "/offices/", "/composition"):
        assert "no-store" in client.get(path).headers["Cache-Control"], path
