"""Over a picture that the browser opens, the browser draws the mark of its reader, under the policy of these pages."""

from __future__ import annotations

import base64
import io
import mimetypes
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from PIL import Image
from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser
POLICY = "default-src 'none'; script-src 'self'; img-src blob:; require-trusted-types-for 'script'; trusted-types 'none'"
GREY = (128, 128, 128)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    def answer(route: Route) -> None:
        path = route.request.url.partition("//localhost:1")[2]
        if path == "/page":
            body = '<div MARK><figure data-kind="image" hidden><img alt="Page 1" class="evidence-page"></figure></div>'
            body = body.replace("MARK", 'data-watermark="P-READER · 1 May"') + body.replace("MARK", "")
            route.fulfill(body=body, content_type="text/html", headers={"Content-Security-Policy": POLICY})
        else:
            found = finders.find(path.removeprefix("/static/"))
            assert found, path
            route.fulfill(path=found, content_type=mimetypes.guess_type(path)[0])

    context = browser.new_context()
    opened = context.new_page()
    opened.route("**/*", answer)
    opened.goto("http://localhost:1/page")
    yield opened
    context.close()


def shown(page: Page, place: int) -> Any:
    """Show a grey picture in the place, twice as after an attempt that failed: the element, its name, its colours."""
    held = io.BytesIO()
    Image.new("RGB", (600, 400), GREY).save(held, "PNG")
    return page.evaluate(
        """async ([place, picture]) => {
            const { show } = await import("/static/people/exhibits.js");
            const figure = document.querySelectorAll("figure")[place];
            const data = Uint8Array.from(atob(picture), (one) => one.charCodeAt(0));
            await show(figure, data);
            await show(figure, data);
            const element = figure.firstElementChild;
            const told = { tag: element.tagName, hidden: figure.hidden, look: element.className, count: figure.children.length,
                           name: element.getAttribute("aria-label") ?? element.alt };
            if (element.tagName !== "CANVAS") return { ...told, colours: [] };
            const { data: points } = element.getContext("2d").getImageData(0, 0, element.width, element.height);
            const rows = new Set();
            const colours = new Set();
            for (let at = 0; at < points.length; at += 4) {
                colours.add(points[at]);
                if (points[at] !== 128) rows.add(Math.floor(at / 4 / element.width / 100));
            }
            return { ...told, colours: [Math.min(...colours), Math.max(...colours)], bands: rows.size };
        }""",
        [place, base64.b64encode(held.getvalue()).decode()],
    )


def test_a_picture_of_a_file_is_shown_with_the_mark_over_all_of_it(page: Page) -> None:
    found = shown(page, 0)
    assert (found["tag"], found["name"], found["look"]) == ("CANVAS", "Page 1", "evidence-page")
    assert (found["hidden"], found["count"]) == (False, 1)
    assert found["colours"][0] < GREY[0] < found["colours"][1]  # seen on dark and on light ground
    assert found["bands"] == 4  # in every quarter of the height


def test_without_a_reader_to_mark_it_for_a_picture_is_shown_as_it_is(page: Page) -> None:
    found = shown(page, 1)
    assert (found["tag"], found["name"], found["hidden"]) == ("IMG", "Page 1", False)
