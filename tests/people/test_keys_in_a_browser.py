"""Keys made, kept, tried and opened in a real browser; what it sends, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from hemicycle.people import queries, wraps
from hemicycle.people.models import Custodian, ReaderKey
from tests.cast import Cast, found

from .codes import code_for
from .test_passkeys import AXE, enrol

pytestmark = pytest.mark.browser


@pytest.fixture
def server(browser: Browser, own_database: None) -> Iterator[str]:
    live = LiveServer("localhost")
    yield live.url
    live.stop()


@pytest.fixture
def founded(server: str) -> Cast:
    return found()


@pytest.fixture
def sent() -> list[str]:
    """Every body and address that a browser sent."""
    return []


@pytest.fixture
def context(browser: Browser, sent: list[str]) -> Iterator[BrowserContext]:
    def note(request: Request) -> None:
        sent.append(request.url + " " + (request.post_data or ""))

    opened = browser.new_context(viewport={"width": 390, "height": 844})
    opened.on("request", note)
    yield opened
    opened.close()


def page_of(context: BrowserContext, cast: Cast, key: str, server: str, *, prf: bool = True) -> Page:
    """A page of somebody who has just enrolled with a device of his or her own."""
    page = context.new_page()
    channel = page.context.new_cdp_session(page)
    channel.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True, "hasPrf": prf,
    }  # fmt: skip
    channel.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    enrol(page, server, code_for(cast, key))
    return page


def show_that_it_is_on_paper(page: Page, one: list[str], two: list[str]) -> None:
    """Type the two parts for which the page asks."""
    for i, parts in enumerate((one, two)):
        number = int(page.locator("[data-number]").nth(i).inner_text())
        page.locator("[data-part]").nth(i).fill(parts[number - 1].lower())


def make(page: Page, server: str) -> tuple[str, str]:
    """Fill the page of a new key but do not send it; returns the phrase and the identity of the sheet."""
    page.goto(f"{server}/matters/new/people/add_reader_key/")
    groups = page.locator("[data-groups] li")
    expect(groups).to_have_count(16)
    phrase, sheet = page.locator("[data-phrase]").inner_text(), groups.all_inner_texts()
    show_that_it_is_on_paper(page, phrase.split(), sheet)
    return phrase, "".join(sheet)


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep this key").click()
    page.wait_for_url("**/account/reading-key/")


def nothing_secret(sent: list[str]) -> None:
    assert any("recipient=age1" in each for each in sent)
    assert not [each for each in sent if wraps.holds_secret(each)]


def looked_at(page: Page) -> None:
    found_by_axe = Axe().run(page, options=AXE).response["violations"]
    assert not found_by_axe, [(v["id"], [n["html"] for n in v["nodes"]]) for v in found_by_axe]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def planted(page: Page) -> str:
    return str(
        page.evaluate(
            """() => { try { document.querySelector("main").innerHTML = "<b>planted</b>"; return "written"; }
                       catch (error) { return error.name; } }"""
        )
    )


def test_a_key_is_made_kept_and_opened_with_phrase_passkey_and_sheet(
    founded: Cast, server: str, context: BrowserContext, sent: list[str]
) -> None:
    page = page_of(context, founded, "clara", server)
    phrase, identity = make(page, server)
    assert wraps.read_identity(identity) == identity and len(phrase.split()) == 7
    looked_at(page)
    page.get_by_label("Open it with my passkey too").check()
    keep(page)
    key = ReaderKey.objects.get()
    assert key.kinds == ["prf", "passphrase"] and key.recipient == wraps.recipient_of(identity)
    assert wraps.opened(key.wraps[1], key.recipient, passphrase=phrase) == identity
    nothing_secret(sent)
    assert not [each for each in sent if phrase.split()[0] + "+" in each or phrase in each]
    assert planted(page) == "TypeError"
    looked_at(page)
    opened = page.locator("[data-opened]")
    page.get_by_label("Phrase of your reading key").fill("tavo remi")
    page.get_by_role("button", name="Open with the phrase").click()
    expect(page.get_by_text("This phrase does not open your key.")).to_be_visible()
    expect(opened).to_be_hidden()
    page.get_by_label("Phrase of your reading key").fill(f" {phrase}")
    page.get_by_role("button", name="Open with the phrase").click()
    expect(opened).to_be_visible()
    page.reload()
    expect(opened).to_be_hidden()  # the browser has forgotten
    page.get_by_role("button", name="Open with a passkey").click()
    expect(opened).to_be_visible()
    page.reload()
    page.get_by_text("With the recovery sheet").click()
    page.get_by_label("The key as it stands on the sheet").fill(identity.lower().replace("-", " "))
    page.get_by_role("button", name="Open with the sheet").click()
    expect(opened).to_be_visible()
    nothing_secret(sent)


def test_a_passkey_is_added_to_a_key_that_only_a_phrase_opened(
    founded: Cast, server: str, context: BrowserContext, sent: list[str]
) -> None:
    page = page_of(context, founded, "clara", server)
    phrase, _identity = make(page, server)
    keep(page)
    expect(page.get_by_role("button", name="Open with a passkey")).to_be_hidden()
    page.get_by_role("link", name="Open it with a passkey too").click()
    page.get_by_label("Phrase of your reading key").fill(phrase)
    page.get_by_role("button", name="Open with the phrase").click()
    page.get_by_role("button", name="Wrap it with the passkey").click()
    page.wait_for_url("**/matters/RKEY-*/")
    assert ReaderKey.objects.get().kinds == ["passphrase", "prf"]
    page.goto(f"{server}/account/reading-key/")
    page.get_by_role("button", name="Open with a passkey").click()
    expect(page.locator("[data-opened]")).to_be_visible()
    nothing_secret(sent)


def test_a_device_that_draws_no_secret_leaves_the_phrase(
    founded: Cast, server: str, context: BrowserContext
) -> None:
    page = page_of(context, founded, "clara", server, prf=False)
    make(page, server)
    page.get_by_label("Open it with my passkey too").check()
    page.get_by_role("button", name="Keep this key").click()
    expect(page.get_by_text("The passkey was not used")).to_be_visible()
    assert not ReaderKey.objects.exists()
    page.get_by_label("Open it with my passkey too").uncheck()
    keep(page)
    assert ReaderKey.objects.get().kinds == ["passphrase"]


def test_who_has_not_written_the_sheet_down_keeps_no_key(
    founded: Cast, server: str, context: BrowserContext
) -> None:
    page = page_of(context, founded, "clara", server)
    make(page, server)
    page.locator("[data-part]").nth(1).fill("QQQQ")
    page.get_by_role("button", name="Keep this key").click()
    expect(page.get_by_text("What you typed does not stand on the sheet.")).to_be_visible()
    assert not ReaderKey.objects.exists()


def test_without_script_the_page_says_that_it_needs_one(
    founded: Cast, server: str, browser: Browser, context: BrowserContext
) -> None:
    page = page_of(context, founded, "clara", server)
    plain = browser.new_context(java_script_enabled=False, storage_state=context.storage_state())
    without = plain.new_page()
    without.goto(f"{server}/matters/new/people/add_reader_key/")
    expect(without.get_by_text("A key is made only in a browser with script")).to_be_visible()
    expect(without.get_by_role("button", name="Keep this key")).to_be_hidden()
    plain.close()
    page.close()


def test_two_holders_make_a_custodian_of_which_each_has_one_half(
    founded: Cast, server: str, browser: Browser, context: BrowserContext, sent: list[str]
) -> None:
    first = page_of(context, founded, "anna", server)
    first.goto(f"{server}/matters/new/people/ask_custodian/")
    expect(first.locator("[data-sheet]").nth(1)).not_to_be_empty()
    sheets = first.locator("[data-sheet]").all_inner_texts()
    first.get_by_label("Holder of the second sheet").select_option(founded.marta.reference)
    show_that_it_is_on_paper(first, *[sheet.split("-") for sheet in sheets])
    looked_at(first)
    first.get_by_role("button", name="Make the custodian’s key").click()
    first.wait_for_url("**/matters/CUST-*/")
    custodian = Custodian.objects.get()
    assert (custodian.state, custodian.holder_two) == ("proposed", founded.marta)
    other: Any = browser.new_context()
    second = page_of(other, founded, "marta", server)
    second.goto(f"{server}/matters/{custodian.reference}/confirm_custodian/")
    second.get_by_label("Second sheet").fill(sheets[0])
    second.get_by_role("button", name="Confirm that the second sheet is mine").click()
    expect(second.get_by_text("This is the same sheet twice, or not the second one.")).to_be_visible()
    second.get_by_label("Second sheet").fill(sheets[1].replace("-", " ").lower())
    looked_at(second)
    second.get_by_role("button", name="Confirm that the second sheet is mine").click()
    second.wait_for_url(f"**/matters/{custodian.reference}/")
    assert queries.custodian() == custodian
    first.goto(f"{server}/custodians/{custodian.reference}/try/")
    looked_at(first)
    for label, sheet in zip(("First sheet", "Second sheet"), sheets, strict=True):
        first.get_by_label(label).fill(sheet)
    first.get_by_role("button", name="Join the two sheets").click()
    expect(first.get_by_text("The two sheets open this key.")).to_be_visible()
    assert planted(first) == "TypeError"
    nothing_secret(sent)
    letters = [sheet.replace("-", "")[8:56] for sheet in sheets]
    assert not [each for each in sent if any(part in each.replace("-", "") for part in letters)]
    other.close()
