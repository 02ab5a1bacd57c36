"""Every kind of page that the public or anybody of the cast is led to, once in each language, in a browser."""

from __future__ import annotations

import re
import urllib.parse
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from bench.crawl import LEFT_OUT, LINK, Visitor, cast

from .conftest import Served
from .walking import faults_of_access

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "fr", "ru")
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
# Words that no French or Russian sentence has; two of them in one text are English that nobody translated. A text
# that is kept in its original language says so with `lang`, and is left out.
ENGLISH = r"\b(the|and|of|is|are|be|to|with|by|from|this|that|who|has|have|not|your|you)\b"
LEFTOVERS = """(words) => {
  const found = [], english = new RegExp(words, "gi");
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const holder = texts.currentNode.parentElement;
    if (holder.closest("[lang]") !== document.documentElement) continue;
    if (holder.closest("script, style, code, pre, textarea, [translate=no]")) continue;
    const text = texts.currentNode.textContent.trim();
    if ((text.match(english) || []).length > 1) found.push(text.slice(0, 120));
  }
  return found;
}"""
WIDTH = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
# A heading in the words of the page; one that is kept in its original language says so.
OWN_WORDS = "h1:not([lang]):not(:has([lang]))"
# Headings that are the same words in two languages.
SAME = {"Votes", "Dialogue", "Consultations", "Participation", "Messages", "Sessions", "Composition, session"}
# Pages whose heading is data: what a person wrote, or a name.
HEADED_BY_DATA = ("/matters/", "/evidence/", "/files/")


@dataclass(frozen=True)
class Stop:
    """One kind of page: who sees it, where it stands in English, and its heading there."""

    shape: str
    visitor: str
    path: str
    heading: str


def shape(path: str) -> str:
    """What pages of one kind have in common: the kind of a reference stays, the reference goes."""
    bare = urllib.parse.urlsplit(path).path
    bare = re.sub(r"\b([A-Z]{1,4})-[2-9A-Z]{6,}", r"\1", bare)
    bare = re.sub(r"[0-9a-f]{32}", "<name>", bare)
    bare = re.sub(r"(criterion|bar):\w+", r"\1", bare)
    return re.sub(r"/\d[\d.]*(?=/|$)", "/<n>", bare)


def led_to(visitor: Visitor, start: str, known: Counter[str]) -> dict[str, tuple[str, str]]:
    """The first page of each shape that links lead to, in English, and its heading; a shape that answers no page is left out, and one
    that several visitors (`known`) have met already, unless it is of the kind that shows each something else."""
    pages: dict[str, tuple[str, str]] = {}
    queue, met = (
        deque([start]),
        {kind for kind, times in known.items() if times > 1 and "/matters/" not in kind},
    )
    while queue:
        path = queue.popleft()
        answer = visitor.get(path)
        assert answer.status == 200, f"{visitor.name}: {path} answered {answer.status}"
        if not answer.kind.startswith("text/html"):
            continue
        heading = HEADING.search(answer.body)
        pages[shape(path)] = path, unescape(heading[1]).strip() if heading else ""
        for link in LINK.findall(answer.body):
            target = urllib.parse.urljoin(answer.url, unescape(link))
            path = target.removeprefix(visitor.base)
            if path == target or path.startswith(("/fr", "/ru")) or any(part in path for part in LEFT_OUT):
                continue
            if shape(path) not in met:
                met.add(shape(path))
                queue.append(path)
    return pages


@dataclass
class House:
    """The stops, and a browser context for each visitor."""

    url: str
    stops: list[Stop]
    contexts: dict[str, BrowserContext]


@pytest.fixture(scope="module")
def house(served: Served, browser: Browser) -> Iterator[House]:
    """Everything that links lead to, found without a browser: each shape once, by the first who sees it."""
    visitors = [Visitor(served.url), *(visitor for _name, visitor in cast(served.url))]
    assert len(visitors) == 17
    stops: dict[str, Stop] = {}
    known: Counter[str] = Counter()
    contexts = {}
    for visitor in visitors:
        for kind, (path, heading) in led_to(
            visitor, "/" if visitor.name == "public" else "/desk/", known
        ).items():
            known[kind] += 1 if visitor.name != "public" else 2
            stops.setdefault(kind, Stop(kind, visitor.name, path, heading))
        contexts[visitor.name] = context = browser.new_context(viewport=PHONE)
        cookies = [{"name": c.name, "value": str(c.value), "url": served.url} for c in visitor.jar]
        context.add_cookies(cookies)  # type: ignore[arg-type]
    yield House(served.url, list(stops.values()), contexts)
    for context in contexts.values():
        context.close()


def test_there_is_much_to_see(house: House) -> None:
    kinds = {stop.shape for stop in house.stops}
    assert len(kinds) > 100
    assert {
        "/",
        "/composition",
        "/votes/founding",
        "/desk/",
        "/matters/CAND/",
        "/vote/VOTE/",
        "/lists/",
    } <= kinds


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_in(language: str, house: House) -> None:
    """Answers, loads without a fault, fits a phone, says its language, is translated; axe takes turns."""
    faults: list[str] = []
    pages = {name: opened(context, faults) for name, context in house.contexts.items()}
    for index, stop in enumerate(house.stops):
        page, before = pages[stop.visitor], len(faults)
        look_at(page, house.url, stop, language, faults)
        if index % len(LANGUAGES) == LANGUAGES.index(language):
            faults += faults_of_access(page)
            page.set_viewport_size(DESK)
            if page.evaluate(WIDTH) > 0:
                faults.append("wider than 1280 px")
            if index % 5 == 0:
                faults += [f"at 1280 px: {fault}" for fault in faults_of_access(page)]
            page.set_viewport_size(PHONE)
        faults[before:] = [f"{stop.visitor} {stop.path} ({language}): {fault}" for fault in faults[before:]]
    for page in pages.values():
        page.close()
    assert not faults, "\n".join(faults)


def opened(context: BrowserContext, faults: list[str]) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    return page


def look_at(page: Page, url: str, stop: Stop, language: str, faults: list[str]) -> None:
    prefix = "" if language == "en" else f"/{language}"
    response = page.goto(f"{url}{prefix}{stop.path}", wait_until="domcontentloaded")
    if response is None or response.status != 200:
        faults.append(f"answered {response and response.status}")
        return
    if page.locator("html").get_attribute("lang") != language:
        faults.append("says another language")
    if page.evaluate(WIDTH) > 0:
        faults.append(f"{page.evaluate(WIDTH)} px wider than a phone")
    headings = page.locator("h1").all_inner_texts()
    if len(headings) != 1:
        faults.append("has not one h1")
    if language != "en":
        if (
            stop.heading in page.locator(OWN_WORDS).all_inner_texts()
            and stop.heading.rstrip(" 0123456789") not in SAME
            and not stop.path.startswith(HEADED_BY_DATA)
        ):
            faults.append(f"English heading: {stop.heading}")
        faults += [f"English: {text}" for text in page.evaluate(LEFTOVERS, ENGLISH)]
