"""The picture of posts and money in a browser: on a phone and a desk, in the light and the dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from hemicycle.candidacy.models import Candidacy

from ..cast import Cast
from .service import declared

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
MEETING = """() => {
  const boxes = [...document.querySelectorAll(".service-chart .scroll svg text")].map((t) => t.getBoundingClientRect());
  return boxes.some((a, i) => boxes.slice(i + 1).some((b) =>
    a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom));
}"""


@pytest.fixture
def source(candidacy: Candidacy, cast: Cast) -> str:
    declared(candidacy)
    declared(candidacy, kind="teaching", payer="Ж" * 150, language="ru", began="1990-09", ended="2016-03")
    declared(
        candidacy,
        kind="other_post",
        payer="W" * 150,
        source="https://example.org/" + "w" * 150,
        began="2019",
        ended="now",
    )
    return cast.client("nadia").get("/ru/my-service/").content.decode()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_labels_stand_apart_the_page_keeps_its_width_and_axe_finds_nothing(
    source: str, show: Callable[..., Page], width: int, scheme: str
) -> None:
    page = show(source, width=width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not page.evaluate(MEETING)
    assert Axe().run(page).response["violations"] == []


def test_a_strip_leads_to_its_row_without_script(source: str, show: Callable[..., Page]) -> None:
    page = show(source, width=1280, java_script_enabled=False)
    page.locator(".service-chart a.entry .possible").nth(1).click()
    assert page.url.endswith("#service-2")
