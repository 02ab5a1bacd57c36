"""A candidate opens the own evidence in the own browser: the phrase is not sent, and what comes is sealed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from hemicycle.candidacy import actions, files
from hemicycle.candidacy.models import Evidence
from tests.cast import found, sign_in

from ..people.test_passkeys import AXE
from . import making, sealing
from .test_files import picture

pytestmark = pytest.mark.browser
TYPED = sealing.PHRASE.upper().translate(str.maketrans("TAVOREMI", "ТАВОРЕМИ"))


@pytest.fixture
def server(browser: Browser, own_database: None, settings: Any) -> Iterator[str]:
    settings.DEMONSTRATION = True
    live = LiveServer("localhost")
    yield live.url
    live.stop()


@pytest.fixture(params=["image", "text"])
def held(server: str, request: pytest.FixtureRequest) -> Evidence:
    cast = found()
    made = making.written(making.call(cast), cast.nadia)
    data, name = {"image": (picture(), "a.png"), "text": (b"Said in public.", "a.txt")}[request.param]
    kept = files.keep(sealing.uploaded(data, name), 10, files.envelope_for(made))
    actions.add_evidence(made, cast.actor("nadia"), title="A page", language="en", file=kept)
    return Evidence.objects.get(kind=request.param)


def signed_in(browser: Browser, server: str, held: Evidence, **options: Any) -> BrowserContext:
    client = sign_in(held.candidacy.person, Client)
    context = browser.new_context(viewport={"width": 390, "height": 844}, **options)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
    return context


def opened(context: BrowserContext, server: str, held: Evidence) -> tuple[Page, list[str], list[Response]]:
    page, sent, got = context.new_page(), list[str](), list[Response]()
    page.on("request", lambda request: sent.append(request.url + " " + (request.post_data or "")))
    page.on("response", lambda response: got.append(response))
    page.goto(server + reverse("candidacy-evidence-item", args=[held.name]))
    return page, sent, got


def test_the_phrase_opens_it_in_the_browser_and_is_not_sent(
    browser: Browser, server: str, held: Evidence, media: Path
) -> None:
    context = signed_in(browser, server, held)
    page, sent, got = opened(context, server, held)
    field, button = (
        page.get_by_label("Receipt phrase").first,
        page.get_by_role("button", name="Open in this browser"),
    )
    expect(page.get_by_role("button", name="Open on the server")).to_be_hidden()
    field.fill("tavo remi")
    button.click()
    expect(page.get_by_text("This phrase does not open your key.")).to_be_visible()
    field.fill(TYPED)
    button.click()
    shown = page.locator("figure img" if held.kind == "image" else "figure pre")
    expect(shown).to_be_visible()
    if held.kind == "image":
        assert page.evaluate("document.querySelector('figure img').naturalWidth") > 0
    else:
        expect(shown).to_have_text("Said in public.")
    assert not [each for each in sent if "tavo" in each.lower() or "тав" in each.lower()]
    assert all("unlock" not in cookie["name"] for cookie in context.cookies())
    sealed = [answer.body() for answer in got if "/sealed/" in answer.url]
    assert len(sealed) == 1 and sealed[0].startswith(b"age-encryption.org/v1")
    found_by_axe = Axe().run(page, options=AXE).response["violations"]
    assert not found_by_axe, [(v["id"], [n["html"] for n in v["nodes"]]) for v in found_by_axe]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.reload()
    expect(shown).to_be_hidden()  # the browser has forgotten
    page.get_by_text("Let the server open it").click()
    page.get_by_label("Receipt phrase").last.fill(sealing.PHRASE)
    page.get_by_role("button", name="Open on the server").click()
    expect(page.get_by_text("It is open in the server’s memory")).to_be_visible()
    context.close()


def test_an_older_phrase_says_that_it_does_not_open_it(
    browser: Browser, server: str, held: Evidence, media: Path
) -> None:
    box = held.keys.get(part="copy", holder="candidate")
    box.box = sealing.envelopes.seal_to(sealing.wraps.recipient_of(sealing.CUSTODIANS), "x")
    box.save()
    context = signed_in(browser, server, held)
    page, _sent, _got = opened(context, server, held)
    page.get_by_label("Receipt phrase").first.fill(sealing.PHRASE)
    page.get_by_role("button", name="Open in this browser").click()
    expect(page.get_by_text("a newer phrase does not open what was sealed before it")).to_be_visible()
    context.close()


def test_without_script_the_server_opens_it_and_says_so(
    browser: Browser, server: str, held: Evidence, media: Path
) -> None:
    context = signed_in(browser, server, held, java_script_enabled=False)
    page, _sent, _got = opened(context, server, held)
    expect(page.get_by_role("button", name="Open in this browser")).to_be_hidden()
    expect(page.get_by_text("your phrase then goes to the server")).to_be_visible()
    page.get_by_label("Receipt phrase").last.fill(sealing.PHRASE)
    page.get_by_role("button", name="Open on the server").click()
    expect(page.get_by_text("It is open in the server’s memory")).to_be_visible()
    context.close()
