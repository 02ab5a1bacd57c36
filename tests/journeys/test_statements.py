"""A statement in three languages: it reaches two thirds with one dissent, somebody who consented is suspended, it falls short,
another person consents, it is published; and a text that somebody forged fails the check."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import NewPage, Served, load_once, serve
from .keys import fr, ru
from .walking import be, faults_of_access, follow, press, refused, state
from .windows import Window, english

pytestmark = pytest.mark.browser

TITLE = "A road for those who refused"
BODY = (
    "We ask every state to let in those who refused to fight this war, and to hear each of them in person.\n"
    "Nobody may be sent back before a judge has read the case."
)
FRENCH = "Une voie pour celles et ceux qui ont refusé\n\nNous demandons à tous les États de les accueillir et de les entendre."
RUSSIAN = "Дорога для тех, кто отказался\n\nМы просим все государства принять их и выслушать каждого лично."
DISSENT = "Мало просить государства: нужно просить и города."
PEOPLE = ("Ayna Toreva", "Boris Kelmin", "Chimit Olzo", "Daria Venskaya", "Erdem Sakhal", "Faina Lugova")


@pytest.fixture(scope="module")
def platform(
    tmp_path_factory: pytest.TempPathFactory, lay_migrated: Callable[[Path], None]
) -> Iterator[Served]:
    script = [sys.executable, "-m", "tests.journeys.who_sit"]
    loaded = load_once(tmp_path_factory, "who-sit", script, lay_migrated)
    with serve(loaded, tmp_path_factory.mktemp("who-sit") / "home") as found:
        yield found


def test_a_statement_from_its_draft_to_a_forgery_of_it(new_page: NewPage, platform: Served) -> None:
    def sit_down(seat: int, prefix: str = "", says: Callable[..., str] = english) -> Window:
        page = new_page()
        be(page, platform.url, PEOPLE[seat], prefix)
        return Window(page, platform.url, prefix, says)

    mover = sit_down(0)
    statement = write(mover)
    for window in (mover, sit_down(1, "/fr", fr), sit_down(2, "/ru", ru), sit_down(3)):
        consent(window, statement)
    dissent(sit_down(4, "/ru", ru), statement)
    visitor = Window(new_page(), platform.url, "", english)
    visitor.is_shut_out(f"/statements/{statement}/", f"/statements/{statement}/text.en.txt")

    mover.at(f"/matters/{statement}/")
    mover.shows("4 of 6 have consented; 2/3 of 6 is 4: that is enough.")
    suspend(platform.home, PEOPLE.index("Chimit Olzo") + 1)
    follow(mover.page, "Publish the statement")
    press(mover.page, "Publish the statement")
    refused(mover.page, "3 of 6 have consented; 2/3 of 6 is 4: 1 more.")
    refused(mover.page, "Not counted, because suspended or no longer sitting: 1.")
    visitor.is_shut_out(f"/statements/{statement}/")

    consent(sit_down(5), statement)
    mover.at(f"/matters/{statement}/")
    mover.take("Publish the statement")
    expect(state(mover.page)).to_have_text("published")

    read(visitor, statement)
    forge(visitor)


def write(mover: Window) -> str:
    """A draft, and its final text with two other languages beside it; its reference."""
    page = mover.page
    mover.at("/statements/own/")
    follow(page, "Begin a statement")
    page.get_by_label("Text", exact=True).fill(f"{TITLE}\n\n{BODY}")
    press(page, "Begin a statement")
    expect(state(page)).to_have_text("draft")
    statement = re.search(r"STMT-\w+", page.url)
    assert statement is not None
    follow(page, "Make the text final")
    page.get_by_label("The text in French").fill(FRENCH)
    page.get_by_label("The text in Russian").fill("Без текста")
    press(page, "Make the text final")
    refused(page, "Write the title on the first line")
    expect(page.get_by_label("The text in French")).to_have_value(FRENCH)
    page.get_by_label("The text in Russian").fill(RUSSIAN)
    press(page, "Make the text final")
    expect(state(page)).to_have_text("final text, open for consent")
    return statement[0]


def consent(window: Window, statement: str) -> None:
    """From what waits on the desk to the signature over the digest that the page shows."""
    window.at("/desk/")
    # A browser reads the French space before the colon as any other.
    asked = (window.says("Consent or dissent: %(title)s") % {"title": TITLE}).replace("\u00a0", " ")
    follow(window.page, re.compile(re.escape(asked)))
    title = window.says("Consent to the statement")
    follow(window.page, title)
    window.shows(BODY.split("\n")[1])
    with window.page.expect_navigation():
        window.page.get_by_role("main").get_by_role("button", name=title).click()
    window.shows(window.page.locator("input[name=digest]").first.input_value())
    with window.page.expect_navigation():
        window.page.locator("form#sign button[type=submit]").click()
    expect(window.page).to_have_url(re.compile(f"/matters/{statement}/$"))


def dissent(window: Window, statement: str) -> None:
    window.at(f"/matters/{statement}/")
    title = window.says("Give a dissent or a separate opinion")
    follow(window.page, title)
    window.page.locator("input[name=kind][value=dissent]").check()
    window.page.locator("textarea[name=text]").fill(DISSENT)
    window.page.locator("select[name=language]").select_option("ru")
    press(window.page, title)
    window.shows(DISSENT)


def suspend(home: Path, seat: int) -> None:
    """As a suspension leaves the row; what it takes to get there is another journey."""
    with closing(sqlite3.connect(home / "hemicycle.sqlite3", timeout=20)) as database, database:
        done = database.execute(
            "UPDATE mandates_mandate SET state = 'suspended', suspended_at = begun_at, \"case\" = 'SUSP-TEST', "
            "suspended_until = datetime('now', '+30 days') WHERE seat_number = ?",
            [seat],
        )
        assert done.rowcount == 1


def read(visitor: Window, statement: str) -> None:
    """Everybody reads it, in each language, with its dissent and how many consents counted."""
    page = visitor.page
    for prefix, words in (("", TITLE), ("/fr", FRENCH.split("\n")[0]), ("/ru", RUSSIAN.split("\n")[0])):
        page.goto(f"{visitor.url}{prefix}/statements/{statement}/")
        expect(page.get_by_role("heading", level=1)).to_have_text(words)
        expect(page.get_by_role("main")).to_contain_text(DISSENT)
    assert faults_of_access(page) == []
    visitor.at(f"/statements/{statement}/")
    visitor.shows("4 of 6; 4 were needed", "Faina Lugova", "Erdem Sakhal")
    answer = page.request.get(f"{visitor.url}/statements/{statement}/ru.pdf")
    assert answer.ok and answer.body().startswith(b"%PDF-")


def forge(visitor: Window) -> None:
    """What is copied from the page is authentic; with one word exchanged it is not, and the page says where."""
    page = visitor.page
    copied = page.evaluate(
        "() => document.querySelector('main h1').innerText + '\\n' + document.querySelector('main .written').innerText"
    )
    page.goto(f"{visitor.url}/check/")
    page.get_by_label("Paste the text").fill(copied)
    press(page, "Check the text")
    visitor.shows("Authentic")
    page.get_by_label("Paste the text").fill(copied.replace("Nobody may", "Anybody may"))
    press(page, "Check the text")
    visitor.shows("Altered", "published: Nobody", "this text: Anybody")
    assert faults_of_access(page) == []
    page.goto(f"{visitor.url}/fr/check/")
    page.get_by_label(fr("Paste the text")).fill(
        "Nous ne demandons rien à personne, et nous ne l’avons jamais fait."
    )
    press(page, fr("Check the text"))
    visitor.shows(fr("Unknown"))
