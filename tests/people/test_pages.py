from __future__ import annotations

import pytest

from tests.cast import Cast

LANGUAGES = ("", "/fr", "/ru")


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize("path", ["/sign-in/", "/lock/", "/enrol/", "/account/begin/"])
def test_every_door_opens_without_a_session(cast: Cast, client, prefix: str, path: str) -> None:
    answer = client.get(prefix + path)
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    ["/account/", "/account/me/", "/persons/", "/offices/", "/enrolments/", "/recoveries/", "/desk/",
     "/matters/new/people/grant/", "/matters/new/people/issue_enrolment/", "/matters/new/people/ask_recovery/"],
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
def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page(cast: Cast, client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/sign-in/?next=")
    assert client.get("/fr" + path)["Location"].startswith("/fr/sign-in/?next=")


@pytest.mark.parametrize(
    "path", ["login", "signup", "password/reset", "email", "2fa", "sessions", "3rdparty"]
)
def test_no_page_of_the_library_is_reachable(cast: Cast, client, path: str) -> None:
    assert client.get(f"/account/{path}/").status_code == 404
    assert client.get(f"/accounts/{path}/").status_code == 404
