"""A reader writes, opens a sealed picture beside the form, and saves: what was typed stays, the picture too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy import files
from hemicycle.vetting import actions
from hemicycle.vetting.models import Reading, ReadingFinding

from ..candidacy import making as calls
from ..candidacy import sealing
from ..candidacy.test_files import picture
from ..cast import found, sign_in
from ..people.test_passkeys import AXE
from . import making
from .test_boxes import PHRASE, give_key, sealed

pytestmark = pytest.mark.browser
KEY = "exile"  # the criterion that the picture is to show


@pytest.fixture
def server(browser: Browser, own_database: None, settings: Any, tmp_path: Path) -> Iterator[str]:
    settings.DEMONSTRATION, settings.MEDIA_ROOT = True, tmp_path
    live = LiveServer("localhost")
    yield live.url
    live.stop()


@pytest.fixture
def reading(server: str) -> Reading:
    """Open to its reader, with a picture that was sealed to them and the address of an article."""
    cast = found()
    call = calls.call(cast)
    making.describe(cast)
    for key in making.ASSESSORS:
        give_key(cast, key)
    made = calls.written(call, cast.nadia)
    kept = files.keep(sealing.uploaded(picture()), 10, files.envelope_for(made))
    for what in ({"title": "A page", "file": kept}, {"title": "An article", "link": "https://example.org/1"}):
        candidacies.add_evidence(made, cast.actor("nadia"), language="en", criterion=KEY, **what)
    candidacies.submit(made, cast.actor("nadia"))
    candidacies.propose_admissible(made, cast.actor("anna"))
    candidacies.declare_admissible(made, cast.actor("bruno"))
    examination = making.assigned(made, cast)
    actions.seal_to_readers(examination, cast.actor("anna"), boxes=sealed(cast))
    return making.opened(examination)[0]


def signed_in(browser: Browser, server: str, reading: Reading, width: int) -> BrowserContext:
    """In a session in which the reader has said why the file is opened."""
    client = sign_in(reading.assessor)
    client.get(f"/matters/{reading.reference}/give_reading/")
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
    return context


def test_a_picture_opens_beside_the_form_and_nothing_typed_is_lost(
    browser: Browser, server: str, reading: Reading
) -> None:
    context = signed_in(browser, server, reading, 1280)
    page, address = context.new_page(), f"{server}/matters/{reading.reference}/give_reading/"
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(address)
    words, pane = page.locator(f"#id_reasons_{KEY}"), page.locator("#beside")
    page.locator(f"#id_verdict_{KEY}_0").check()
    words.fill("The page shows the date.")
    expect(pane).to_be_hidden()
    page.keyboard.press("Alt+e")  # to the evidence of the part in which the reader writes
    expect(pane).to_be_visible()
    expect(page.locator("#open-phrase")).to_be_focused()
    page.keyboard.type(PHRASE)
    page.keyboard.press("Enter")
    drawn = pane.locator("figure canvas.evidence-page")
    expect(drawn).to_be_visible()  # on a canvas stands only what carries the mark of its reader
    form, beside = page.locator("form[data-reading]").bounding_box(), pane.bounding_box()
    assert form and beside and form["x"] + form["width"] <= beside["x"] and form["width"] > 400
    page.keyboard.press("Alt+j")
    expect(pane.get_by_role("heading", name="An article")).to_be_focused()
    page.keyboard.press("Alt+e")
    expect(words).to_be_focused()
    expect(words).to_have_value("The page shows the date.")
    page.keyboard.press("Alt+s")
    expect(page.locator("[data-kept]")).to_contain_text("Recorded")
    pane.get_by_role("link", name="A page", exact=True).click()
    expect(drawn).to_be_visible()  # still open: the page was not left
    assert ReadingFinding.objects.get(key=KEY).reasons == "The page shows the date."
    words.fill("Said later.")
    page.locator(f"#part-{KEY} [data-next]").click()
    expect(page.locator(f"#part-{KEY} [data-complete]")).to_be_visible()
    expect(page.locator(f".reading-part:focus:not(#part-{KEY})")).to_be_visible()
    found_by_axe = Axe().run(page, options=AXE).response["violations"]
    assert not found_by_axe, [(v["id"], [n["html"] for n in v["nodes"]]) for v in found_by_axe]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    words.fill("Not saved.")
    page.get_by_role("link", name="Read the whole file").first.click()
    page.wait_for_timeout(200)
    assert (asked, page.url.partition("#")[0]) == (["beforeunload"], address)
    assert ReadingFinding.objects.get(key=KEY).reasons == "Said later."
    context.clear_cookies()  # signed out meanwhile
    page.keyboard.press("Alt+s")
    expect(page.get_by_text("The draft was not saved.")).to_be_visible()
    expect(words).to_have_value("Not saved.")
    context.close()


def test_on_a_phone_the_evidence_is_a_link_to_its_page(
    browser: Browser, server: str, reading: Reading
) -> None:
    context = signed_in(browser, server, reading, 390)
    page = context.new_page()
    page.goto(f"{server}/matters/{reading.reference}/give_reading/")
    expect(page.get_by_role("button", name="Evidence beside the form")).to_be_hidden()
    with context.expect_page() as opened:
        page.locator(f"#part-{KEY}").get_by_role("link", name="A page").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Evidence of")
    expect(page.locator("#beside")).to_be_hidden()
    context.close()


def test_whoever_leaves_at_once_is_not_asked_whether_to_lose_what_was_typed(
    browser: Browser, server: str, reading: Reading
) -> None:
    context = signed_in(browser, server, reading, 1280)
    page, asked = context.new_page(), list[str]()
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(f"{server}/matters/{reading.reference}/give_reading/")
    page.locator(f"#id_reasons_{KEY}").fill("Typed.")
    page.get_by_role("button", name="Leave at once").click()
    page.wait_for_url("**/away/")
    assert asked == []
    context.close()
