"""On a phone and with keys only: one proposition after the other, with script and without; and a result that axe finds no fault
in. The page is in Russian."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from hemicycle.consultations.models import Consultation, Vote
from tests.cast import Cast, found, sign_in

from ..journeys.walking import faults_of_access
from . import making

pytestmark = pytest.mark.browser


@pytest.fixture
def server(browser: Browser, own_database: None, settings: Any) -> Iterator[str]:
    settings.DEMONSTRATION = True
    live = LiveServer("localhost")
    yield live.url
    live.stop()


def phone(browser: Browser, server: str, cast: Cast, **options: Any) -> BrowserContext:
    client = sign_in(cast.luca, Client)
    context = browser.new_context(viewport={"width": 390, "height": 844}, **options)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
    return context


def asked(page: Page) -> str:
    return str(page.locator("#words").inner_text())


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= 390"))


def given() -> list[int]:
    return list(Vote.objects.order_by("pk").values_list("value", flat=True))


def test_with_keys_only_on_a_phone_and_read_aloud(browser: Browser, server: str) -> None:
    cast = found()
    row = making.opened(cast)
    context = phone(browser, server, cast)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.goto(f"{server}/ru/consultations/{row.reference}/answer/#proposition")
    assert fits(page) and faults_of_access(page) == []
    expect(page.locator("#proposition")).to_be_focused()
    first = asked(page)
    page.keyboard.press("1")
    expect(page.locator("#told")).to_have_text("Отвечено: 1; осталось: 2.")
    expect(page.locator("#proposition")).to_be_focused()
    assert asked(page) != first and given() == [1]
    # By the buttons, as anywhere: the second one down is "disagree".
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("Отвечено: 2; осталось: 1.")
    assert given() == [1, -1] and faults_of_access(page) == []
    # A digit that is typed into the text of a proposition is no answer.
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.locator("textarea").focus()
    page.keyboard.type("3 года")
    assert page.locator("textarea").input_value() == "3 года" and given() == [1, -1]
    page.locator("#proposition").focus()
    page.keyboard.press("3")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Вы ответили на всё.")
    assert given() == [1, -1, 0] and faults == []
    context.close()


def test_without_script_every_button_works_and_undoes(browser: Browser, server: str) -> None:
    cast = found()
    row = making.opened(cast)
    context = phone(browser, server, cast, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/consultations/{row.reference}/answer/")
    first = asked(page)
    page.get_by_role("button", name="Disagree").click()
    assert asked(page) != first and given() == [-1]
    page.get_by_role("button", name="Undo the last answer").click()
    assert asked(page) == first and given() == []
    context.close()


def test_a_result_of_many_on_a_phone_in_the_dark(browser: Browser, server: str) -> None:
    cast = found()
    row = making.opened(cast, seeds=[f"Утверждение {n}." for n in range(1, 13)])
    making.camps(row, 60)
    making.published(cast, row)
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{server}/ru/consultations/{row.reference}/result/")
    assert Consultation.objects.get().result["by"] == "groups"
    assert page.locator("svg rect.square").count() == len(row.result["map"]["squares"])
    assert fits(page) and faults_of_access(page) == []
    context.close()
