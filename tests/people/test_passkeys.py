"""Passkeys in a real browser with a virtual authenticator: enrolled, used, refused; and the pages under axe."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, expect
from pytest_django.live_server_helper import LiveServer

from hemicycle.people.models import Enrolment
from tests.cast import Cast, found

from .apps import app_code
from .codes import code_for

pytestmark = pytest.mark.browser
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def server(browser: Browser, own_database: None) -> Iterator[str]:
    """The house on localhost, the one host for which browsers allow passkeys without TLS."""
    live = LiveServer("localhost")
    yield live.url
    live.stop()


@pytest.fixture
def founded(server: str) -> Cast:
    return found()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 390, "height": 844})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def device(page: Page, *, knows_its_person: bool = True) -> tuple[Any, str]:
    """A virtual authenticator in the device; returns its channel and id."""
    channel = page.context.new_cdp_session(page)
    channel.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": knows_its_person, "automaticPresenceSimulation": True,
    }  # fmt: skip
    added = channel.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return channel, added["authenticatorId"]


def enrol(page: Page, server: str, code: str, prefix: str = "") -> None:
    page.goto(f"{server}{prefix}/enrol/")
    page.locator("#id_code").fill(code)
    page.locator("form.act button[type=submit]").click()
    page.wait_for_load_state()
    page.bring_to_front()  # a device answers only to the page in front
    page.locator("[data-passkey-button]").click()
    try:
        page.wait_for_url("**/account/")
    except TimeoutError as error:
        refused = page.locator("[data-passkey-failed]").is_visible()
        summary = page.locator(".error-summary").all_inner_texts()
        raise AssertionError(f"not enrolled at {page.url}; device refused: {refused}; {summary}") from error


def test_an_office_holder_enrols_with_a_code_and_signs_in_with_the_passkey(
    founded: Cast, server: str, page: Page
) -> None:
    device(page)
    enrol(page, server, code_for(founded, "henri"))
    expect(page.get_by_text("You are enrolled and signed in.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/desk/")
    page.goto(f"{server}/account/")
    expect(page.get_by_text("This device", exact=False).first).to_be_visible()


def test_a_code_opens_a_second_time_nothing(founded: Cast, server: str, page: Page) -> None:
    device(page)
    code = code_for(founded, "henri")
    enrol(page, server, code)
    page.context.clear_cookies()
    page.goto(f"{server}/enrol/")
    page.locator("#id_code").fill(code)
    page.locator("form.act button[type=submit]").click()
    expect(page.get_by_role("alert").first).to_be_visible()


def test_a_device_that_does_not_know_its_person_is_refused(founded: Cast, server: str, page: Page) -> None:
    device(page, knows_its_person=False)
    page.goto(f"{server}/enrol/")
    page.locator("#id_code").fill(code_for(founded, "henri"))
    page.locator("form.act button[type=submit]").click()
    page.locator("[data-passkey-button]").click()
    # The browser refuses by itself, or hands on an answer without verification, which the server refuses.
    expect(page.locator("[data-passkey-failed]:visible, .error-summary").first).to_be_visible()
    page.goto(f"{server}/account/")
    assert "/sign-in/" in page.url
    assert not Authenticator.objects.exists()
    assert Enrolment.objects.get(person=founded.henri).state == "issued"


def test_a_removed_passkey_opens_nothing(founded: Cast, server: str, page: Page) -> None:
    device(page)
    enrol(page, server, code_for(founded, "luca"))
    Authenticator.objects.filter(user=founded.luca).delete()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert "/sign-in/" in page.url


def test_a_changed_answer_of_the_device_proves_nothing(founded: Cast, server: str, page: Page) -> None:
    device(page)
    enrol(page, server, code_for(founded, "luca"))
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    for forged in ("{}", "[]", "null", '{"id": 1, "response": {"clientDataJSON": 2}}', "no json",
                   '{"id": "a", "rawId": "a", "type": "public-key", "response": {"clientDataJSON": "e30", '
                   '"userHandle": "MQ"}}'):  # fmt: skip
        status = page.evaluate(
            """async (credential) => {
                const form = new URLSearchParams(new FormData(document.querySelector("form[data-passkey]")));
                form.set("credential", credential);
                return (await fetch("/sign-in/passkey/", {method: "POST", body: form})).status; }""",
            forged,
        )
        assert status == 422, forged


def test_a_passkey_is_asked_again_before_ways_in_are_changed(founded: Cast, server: str, page: Page) -> None:
    from django.contrib.sessions.models import Session

    device(page)
    enrol(page, server, code_for(founded, "luca"))
    session = Session.objects.get(session_key=_key(page))
    data = session.get_decoded()
    data["account_authentication_methods"] = [
        {**way, "at": time.time() - 3600} for way in data["account_authentication_methods"]
    ]
    Session.objects.save(session.session_key, data, session.expire_date)
    page.goto(f"{server}/account/app/")
    expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/account/app/")


def _key(page: Page) -> str:
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid")


def test_a_candidate_begins_with_phrase_and_app_without_script(
    founded: Cast, server: str, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{server}/ru/account/begin/?next=/ru/account/")
    page.locator("form[action$='/account/begin/'] button").click()
    phrase = page.locator(".words").first.inner_text()
    assert len(phrase.split()) == 7
    text = page.content().lower()
    for name in ("parliament", "парламент", "совет европы", "platform", "платформ", "hemicycle/"):
        assert name not in text.replace("static/hemicycle/", ""), name
    page.locator("main form button").click()
    page.locator("a[href*='/account/app/']").click()
    secret = page.locator("code.reference").inner_text().replace(" ", "")
    page.locator("#id_code").fill(app_code(secret))
    page.locator("form.act button[type=submit]").click()
    assert page.url.endswith("/ru/account/")
    page.locator("form[action$='/sign-out/'] button").click()
    page.locator("details:has(#phrase_phrase) > summary").click()  # folded, and opens without script
    page.locator("#phrase_phrase").fill(phrase.upper())
    page.locator("#phrase_code").fill(app_code(secret, ahead=1))
    page.locator("form[action$='/sign-in/phrase/'] button").click()
    assert page.url.endswith("/ru/desk/")
    context.close()


@pytest.mark.parametrize("prefix", ["", "/fr", "/ru"])
def test_axe_finds_nothing_and_nothing_overflows(founded: Cast, server: str, page: Page, prefix: str) -> None:
    device(page)
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)

    def look(name: str) -> None:
        found_by_axe = Axe().run(page, options=AXE).response["violations"]
        assert not found_by_axe, (name, [(v["id"], [n["html"] for n in v["nodes"]]) for v in found_by_axe])
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name

    for path in ("sign-in", "lock", "enrol", "account/begin"):
        page.goto(f"{server}{prefix}/{path}/")
        look(path)
    page.locator("form[action$='/account/begin/'] button").click()
    look("receipt")
    page.locator("main form button").click()
    look("set-up")
    page.locator("a[href*='/account/app/']").click()
    look("app")
    page.context.clear_cookies()
    enrol(page, server, code_for(founded, "bruno"), prefix)
    for path in ("account", "account/me", "account/address", "account/passkeys/new", "persons", "offices",
                 "enrolments", "recoveries", "matters/new/people/grant", "matters/new/people/ask_recovery"):  # fmt: skip
        page.goto(f"{server}{prefix}/{path}/")
        look(path)
    assert not complaints


def test_what_is_pressed_is_at_least_44_pixels_high(founded: Cast, server: str, page: Page) -> None:
    device(page)
    enrol(page, server, code_for(founded, "bruno"))
    for path in ("account", "sign-in", "enrol", "lock"):
        if path == "sign-in":
            page.context.clear_cookies()
        page.goto(f"{server}/{path}/")
        for button in page.locator(
            "main button:visible, main input:not([type=hidden]):visible, main a.button:visible"
        ).all():
            box = button.bounding_box()
            assert box is not None and box["height"] >= 43.5, (path, button.inner_text(), box)
