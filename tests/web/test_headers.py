"""What stands in the head of every answer; and that forms are still taken where no referrer is sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from hemicycle.people import accounts
from tests.cast import Cast

EVERY = {
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
ORIGIN = "https://testserver"
KINDS = {
    "public page": "/", "sign-in": "/sign-in/", "French": "/fr/sign-in/", "data": "/composition.json",
    "not there": "/nothing-here/", "sent away": "/desk/", "static file": "/static/hemicycle/hemicycle.css",
    "script": "/static/people/passkey.js", "empty page": "/away/", "options of a passkey": "/sign-in/passkey/options/",
    "not that way": "/sign-out/", "icon": "/favicon.ico", "key of the log": "/record/log/key",
    "of the book": "/procedure/",
}  # fmt: skip


def assert_strict(answer: Any, name: str) -> None:
    for header, value in EVERY.items():
        assert answer.headers.get(header) == value, (name, header, answer.headers.get(header))
    policy = answer.headers["Permissions-Policy"]
    assert (
        "camera=()" in policy and "geolocation=()" in policy and "publickey-credentials-get=(self)" in policy
    )
    content = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in content and "unsafe" not in content, name
    if answer.streaming:
        b"".join(answer)  # read to its end, the file is closed
    assert "Set-Cookie" not in answer.headers or name not in (
        "public page",
        "data",
        "static file",
        "script",
        "empty page",
    )


def test_every_kind_of_answer_has_every_header(cast: Cast) -> None:
    client, inside = Client(), cast.client("anna")
    for name, path in KINDS.items():
        assert_strict(client.get(path), name)
    for path in ("/desk/", "/account/", "/offices/", "/matters/HOLD-NONE/", "/matters/new/people/grant/"):
        assert_strict(inside.get(path), path)
    assert_strict(inside.post("/matters/new/people/grant/", {}), "refused form")
    assert_strict(Client(enforce_csrf_checks=True).post("/sign-in/phrase/", {}), "form without its token")
    assert_strict(inside.post("/away/"), "left at once")


def test_over_https_the_browser_is_told_to_stay_there_for_a_year(cast: Cast, settings: Settings) -> None:
    assert "Strict-Transport-Security" not in Client().get("/sign-in/").headers
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True
    answer = Client().get("/sign-in/", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def lock(cast: Cast, **headers: str) -> int:
    """Send a form with its token over https, as a browser does that writes these headers."""
    _, phrase = accounts.new_phrases(cast.clara)
    client = Client(enforce_csrf_checks=True)
    token = client.get("/lock/", secure=True).context["csrf_token"]
    sent = {"phrase": phrase, "csrfmiddlewaretoken": str(token)}
    return int(client.post("/lock/", sent, secure=True, headers=headers).status_code)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},  # what browsers write without a referrer
        {"Origin": "null"},  # the same of an old browser
    ],
)
def test_a_form_of_the_house_is_taken_over_https_without_a_referrer(
    cast: Cast, headers: dict[str, str]
) -> None:
    assert lock(cast, **headers) == 200
    cast.clara.refresh_from_db()
    assert not cast.clara.is_active


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "same-site"},
        {},  # neither origin nor referrer
    ],
)
def test_a_form_of_any_other_site_is_refused_even_with_a_token(cast: Cast, headers: dict[str, str]) -> None:
    assert lock(cast, **headers) == 403
    cast.clara.refresh_from_db()
    assert cast.clara.is_active
