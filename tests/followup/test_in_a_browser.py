"""The public pages in a browser: three languages, a phone and a desk, light and dark, on paper; axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from hemicycle.followup import actions
from hemicycle.record import clock

from ..cast import Cast
from .making import answer, asked, claimed, made, public

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def paths(cast: Cast) -> Sequence[str]:
    row, past = asked(cast, "FR", "DE", rapporteur=cast.henri), public(cast)
    answer(row, cast)
    claimed(row, cast)
    actions.confirm_carried_out(row, cast.actor("anna"))
    actions.correct_proposal(
        row, cast.actor("anna"), part="title", text="W" * 60, ground="Slip.", ground_language="en"
    )
    made(cast, title="Щ" * 60, language="ru")
    return (
        "/board/",
        f"/board/{row.reference}/",
        "/committees/political/",
        "/earlier/",
        f"/earlier/{past.reference}/",
    )


@pytest.mark.parametrize(
    ("prefix", "width", "scheme"), [("", 390, "dark"), ("/fr", 1280, "light"), ("/ru", 390, "light")]
)
def test_pages_keep_their_width_and_axe_finds_nothing(
    paths: Sequence[str], show: Callable[..., Page], prefix: str, width: int, scheme: str
) -> None:
    with clock.set_to(clock.now() + timedelta(days=60)):
        drawn = [Client().get(prefix + path).content.decode() for path in paths]
    for html, path in zip(drawn, paths, strict=True):
        page = show(html, width=width, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert Axe().run(page).response["violations"] == [], path
        page.context.close()


def test_a_chain_is_printed_without_menus_and_buttons(
    paths: Sequence[str], show: Callable[..., Page]
) -> None:
    page = show(Client().get(paths[1]).content.decode())
    page.emulate_media(media="print")
    assert not page.locator(".menu-bar").is_visible() and not page.locator(".crumbs").is_visible()
    assert page.locator(".timeline li").count() == 6 and page.locator(".timeline").is_visible()
