"""A signed act with the passkey of a device, and leaving at once, in a real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from hemicycle.people import actions
from hemicycle.people.models import Challenge
from hemicycle.record.models import Entry
from tests.cast import Cast

from .codes import code_for
from .test_offices import propose
from .test_passkeys import context, device, enrol, founded, page, server

__all__ = ["context", "founded", "page", "server"]  # fixtures
pytestmark = pytest.mark.browser


def test_an_office_is_granted_with_the_passkey_of_a_device_and_not_when_the_device_refuses(
    founded: Cast, server: str, page: Page
) -> None:
    holding = propose(founded, "quiet", "assessor")
    actions.grant(holding, founded.actor("anna"))
    channel, key = device(page)
    enrol(page, server, code_for(founded, "bruno"))
    page.goto(f"{server}/matters/{holding.reference}/confirm_grant/")
    page.get_by_role("main").get_by_role("button", name="Grant the office").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign: Grant the office")
    found = Axe().run(page).response["violations"]
    assert not found, [(v["id"], [n["html"] for n in v["nodes"]]) for v in found]
    channel.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.get_by_role("button", name="Sign with your passkey").click()
    expect(page.locator("[data-passkey-failed]:visible, .error-summary").first).to_be_visible()
    assert not Entry.objects.filter(act="confirm_grant").exists()
    channel.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": True})
    page.get_by_role("button", name="Sign with your passkey").click()
    page.wait_for_url(f"**/matters/{holding.reference}/")
    assert Entry.objects.get(act="confirm_grant").facts["signed"] == "passkey"
    assert not Challenge.objects.exists()


def test_who_leaves_at_once_by_keyboard_finds_nothing_behind_the_arrow_back(
    founded: Cast, server: str, page: Page
) -> None:
    device(page)
    enrol(page, server, code_for(founded, "bruno"))
    page.goto(f"{server}/offices/")
    page.evaluate("sessionStorage.setItem('a', '1'); localStorage.setItem('a', '1')")
    page.get_by_role("button", name="Leave at once").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/away/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Empty page")
    assert page.title() == "Empty page" and not page.context.cookies()
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert "Bruno Castellane" not in page.content()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Empty page")


def test_leaving_at_once_works_without_script(founded: Cast, server: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    client = founded.client("bruno")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
    page = context.new_page()
    page.goto(f"{server}/offices/")
    page.get_by_role("button", name="Leave at once").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Empty page")
    assert not context.cookies()
    page.goto(f"{server}/offices/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    context.close()
