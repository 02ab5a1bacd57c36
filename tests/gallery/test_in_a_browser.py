"""The procedure book on a phone: short, folded, every anchor opens what it points to, and all of it is printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from ..cast import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def source(cast: Cast) -> str:
    return Client().get("/procedure").content.decode()


@pytest.mark.parametrize("anchor", ["room-voting", "voting-vote", "candidacy-candidacy"])
def test_an_anchor_opens_what_it_points_to_without_script(
    source: str, anchor: str, show: Callable[..., Page]
) -> None:
    page = show(source, width=390, java_script_enabled=False)
    assert not page.locator(f"#{anchor}").is_visible()
    opened = show(source, width=390, at=f"#{anchor}", java_script_enabled=False)
    assert opened.locator(f"#{anchor}").is_visible()
    assert opened.locator("details[open]").count() == 1


def test_the_contents_lead_to_every_chapter(source: str, show: Callable[..., Page]) -> None:
    page = show(source, width=390)
    links = page.locator("nav .contents a")
    assert links.count() == page.locator("details.chapter").count() == 17
    for index in range(links.count()):
        links.nth(index).click()
        assert page.locator("details.chapter").nth(index).get_attribute("open") is not None
    assert Axe().run(page).response["violations"] == []


def test_it_is_short_on_a_phone_and_whole_on_paper(source: str, show: Callable[..., Page]) -> None:
    page = show(source, width=390, java_script_enabled=False)
    height = "document.documentElement.scrollHeight"
    assert page.evaluate(height) < 4 * 844
    page.emulate_media(media="print")
    assert page.evaluate(height) > 20 * 844
    assert page.evaluate("getComputedStyle(document.querySelector('#voting-vote')).display") == "block"
