"""One file from an assessor's interest to an opinion, by people in windows of their own: the candidate in French, readers in
English and Russian. Whoever has an interest reads nothing; two blind readings differ and a third is called; a name on a
list is cleared with reasons; a point is answered in Russian and dropped; and no public page holds a word of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bench.crawl import Visitor, walk

from .conftest import NewPage, Served
from .keys import fr, ru
from .test_every_page import ENGLISH, LEFTOVERS
from .walking import acts_on, ask, be, faults_of_access, follow, press, reference, refused, say_why, state
from .windows import Window, english

pytestmark = pytest.mark.browser

CANDIDATE = "Mark Goldenveis"
INTEREST = "We signed the same appeal in spring and have met since."
FIRST = "The statement and the exhibits agree, says the first reading."
DOUBT = "Сказанное в заявлении не подтверждено ни одним приложением."
THIRD = "Третье прочтение: приложение пятое подтверждает заявление."
CLEARED = "Born in 1931, the official of the list could be his grandfather."
REPLY = "Страница старше списка: до 2019 года редакция не называла авторов."
ANSWER = "Ответ объясняет даты: списка тогда не было."
OPINION = "The file bears the statement out."
CASE = (INTEREST, FIRST, DOUBT, THIRD, CLEARED, REPLY, ANSWER, OPINION)
LIST = "Register of spring (invented)"
CSV = f"entity_id,name,birth_dates,position,programme\nIO-9,{CANDIDATE},1931-01-05,Inspector,INVENTED\n"
RECEIVED = (
    "Your reply has been received. Nothing is decided before the readers have answered it, with reasons."
)
DROPPED = "The readers have dropped this point. It does not count against you."
ANOTHER = "A reader says, with reasons, that the list means somebody else. It does not count against you."


def test_a_file_from_an_interest_to_the_opinion(new_page: NewPage, served: Served) -> None:
    def sit_down(name: str, prefix: str = "", says: Callable[..., str] = english) -> Window:
        page = new_page()
        be(page, served.url, name, prefix)
        return Window(page, served.url, prefix, says)

    clerk = sit_down("Brandvik")
    take_a_list_into_use(clerk.page, served.url)

    tied = sit_down("Holtermoen")
    lost = declare_an_interest(tied)
    candidate = sit_down("Goldenveis", "/fr", fr)
    examination = accept_the_readers(candidate)

    # Two blind readings that differ, the second in Russian.
    first = sit_down("Varoquier")
    follow(first.page, re.compile("Read a file"))
    one = reference(first.page)
    give_reading(first, FIRST)
    expect(state(first.page)).to_have_text("reading given")
    second, third = order_of_reading(sit_down)
    two = open_the_file(second)
    second.hides(FIRST, "Varoquier")
    second.is_shut_out(f"/matters/{one}/", f"/files/{one}/")
    second.at(f"/matters/{examination}/")
    second.hides(FIRST)
    second.at(f"/matters/{two}/")
    give_reading(second, DOUBT, not_met="public_opposition")
    second.at(f"/matters/{examination}/")
    second.shows(DOUBT)
    second.hides(FIRST)
    second.is_shut_out(f"/matters/{one}/")
    first.at(f"/matters/{examination}/")
    first.hides(DOUBT)

    # A third is called, who sees neither.
    assert acts_on(served.home, examination)[-1] == "call_third"
    accept_the_readers(candidate)
    three = open_the_file(third)
    third.hides(FIRST, DOUBT)
    third.is_shut_out(f"/matters/{one}/", f"/matters/{two}/")
    give_reading(third, THIRD)
    third.at(f"/matters/{examination}/")
    third.shows(FIRST, DOUBT, THIRD)
    expect(third.page.get_by_text(ru("the readers differ"), exact=True)).to_have_count(1)

    hit = clear_the_name(first, examination)
    point = reply_in_russian(candidate)
    answer(second, point)
    agree(first, (second, third), examination)

    read_in_french(candidate, examination, hit, point)
    candidate.is_shut_out(f"/matters/{one}/", f"/matters/{two}/", f"/matters/{three}/")
    assert acts_on(served.home, point)[-3:] == ["save_reply", "reply", "answer_point"]
    tied.at("/files/")
    tied.hides(INTEREST)
    tied.is_shut_out(f"/matters/{examination}/", f"/matters/{hit}/", f"/matters/{point}/", f"/matters/{one}/")
    facts = str(ask(served.home, "SELECT group_concat(facts) FROM record_entry"))
    assert not [words for words in CASE if words in facts], "the record keeps no personal text"
    nothing_of_it_is_public(served.url, *CASE, LIST, lost, examination, one, two, three, hit, point)


def take_a_list_into_use(page: Page, url: str) -> None:
    """The clerk reads a list in, on which somebody is called like the candidate; clock and worker then compare."""
    page.goto(f"{url}/examinations/lists/")
    follow(page, "Take a list into use")
    page.get_by_label("Name of the list").fill(LIST)
    page.get_by_label("Publisher", exact=True).fill("An invented institute")
    press(page, "Take a list into use")
    follow(page, "Read in a version")
    page.get_by_role("main").get_by_label("File").set_input_files(
        {"name": "register.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    )
    press(page, "Read in a version")
    follow(page, "Use this version")
    press(page, "Use this version")
    expect(state(page)).to_have_text("in use")


def declare_an_interest(tied: Window) -> str:
    """Before the file is open, its head is enough; then the file is closed to this assessor, and the page says why."""
    page = tied.page
    follow(page, re.compile("Read a file"))
    reading = reference(page)
    tied.shows(CANDIDATE)
    tied.is_shut_out(f"/files/{reading}/")
    follow(page, "Declare an interest")
    press(page, "Declare an interest")
    refused(page, "In your own words")
    page.get_by_label("Kind of tie").select_option("work")
    page.get_by_label("In your own words").fill(INTEREST)
    press(page, "Declare an interest")
    expect(page.get_by_role("heading", level=1)).to_have_text("This file is closed to you")
    tied.shows("You declared an interest in it", reading, "somebody else reads the file")
    tied.hides(CANDIDATE)
    assert faults_of_access(page) == []
    tied.is_shut_out(f"/files/{reading}/", f"/matters/{reading}/")
    follow(page, "My files")
    expect(page.locator("#queue")).to_have_count(0)
    follow(page, reading)
    expect(page.get_by_role("heading", level=1)).to_have_text("This file is closed to you")
    return reading


def accept_the_readers(candidate: Window) -> str:
    """The candidate is told in what capacity people read, and says that nobody is objected to."""
    candidate.at("/desk/")
    follow(candidate.page, fr("You may object to those who read your file"))
    candidate.take("Say that you do not object to the assessors")
    again = candidate.page.get_by_role("link", name=fr("Say that you do not object to the assessors"))
    expect(again).to_have_count(0)
    return reference(candidate.page)


def order_of_reading(sit_down: Callable[..., Window]) -> tuple[Window, Window]:
    """Chance of the plan: which of the two others has the file now, and which of them will be the third."""
    others = [sit_down("Salimbekov", "/ru", ru), sit_down("Ozolkalne", "/ru", ru)]
    for window in others:
        window.at("/files/")
    return (
        (others[0], others[1])
        if others[0].page.get_by_text(CANDIDATE).count() > 1
        else (others[1], others[0])
    )


def open_the_file(window: Window) -> str:
    """From the queue: the declaration that nothing ties one to the person, then the file."""
    window.at("/files/")
    window.page.locator("#queue").get_by_role("row").filter(has_text=CANDIDATE).get_by_role("link").click()
    window.take("Declare that you have no interest")
    window.take("Open the file")
    reading = reference(window.page)
    follow(window.page, window.says("Read the whole file"))
    window.shows(CANDIDATE)
    window.at(f"/matters/{reading}/")
    return reading


def give_reading(window: Window, reasons: str, not_met: str = "") -> None:
    """Find on every criterion and bar, with reasons, at the form of the reading."""
    page = window.page
    follow(page, window.says("Write the reading"))
    for box in page.locator("section.reading-part").all():
        key = str(box.get_attribute("id")).removeprefix("part-")
        box.locator(f"input[name=verdict_{key}][value={'not_met' if key == not_met else 'met'}]").check()
        box.locator(f"textarea[name=reasons_{key}]").fill(reasons)
    page.locator("input[type=checkbox][name^=evidence_]").first.check()
    page.locator("select[name=language]").select_option(window.prefix.strip("/") or "en")
    press(page, window.says("Give the reading"))


def clear_the_name(first: Window, examination: str) -> str:
    """What clock and worker found meanwhile is judged by a reader."""
    first.at("/desk/")
    link = first.page.get_by_role("link", name=re.compile("Judge a name on a list"))
    for _turn in range(40):
        if link.count():
            break
        first.page.wait_for_timeout(500)
        first.page.reload()
    follow(first.page, re.compile("Judge a name on a list"))
    first.shows(LIST, "1931-01-05", "A name is not a person.")
    follow(first.page, "Judge who it is")
    first.shows(LIST, "1931-01-05")
    first.page.get_by_label("another", exact=False).first.check()
    first.page.get_by_label("Reasons").fill(CLEARED)
    press(first.page, "Judge who it is")
    expect(state(first.page)).to_have_text("somebody else")
    first.shows(CLEARED)
    return reference(first.page)


def reply_in_russian(candidate: Window) -> str:
    """The interface is French, the person writes Russian; a draft is kept."""
    page = candidate.page
    candidate.at("/desk/")
    follow(page, fr("A point to which you may reply"))
    point = reference(page)
    follow(page, fr("Reply", "act"))
    press(page, fr("Send the reply"))
    refused(page, fr("Your reply"))
    page.get_by_label(fr("Your reply")).fill(REPLY)
    press(page, fr("Save the draft"))
    page.reload()
    expect(page.get_by_label(fr("Your reply"))).to_have_value(REPLY)
    # The page is French; the language in which this person is written to is offered for the text.
    expect(page.locator("select[name=language]")).to_have_value("ru")
    press(page, fr("Send the reply"))
    expect(page.locator("dd[lang=ru]", has_text=REPLY)).to_be_visible()
    candidate.shows(fr(RECEIVED))
    return point


def answer(reader: Window, point: str) -> None:
    reader.at(f"/matters/{point}/")
    reader.shows(REPLY)
    follow(reader.page, ru("Answer the reply"))
    reader.page.get_by_label(ru("do not uphold it")).check()
    reader.page.get_by_label(ru("Reasons")).fill(ANSWER)
    reader.page.locator("select[name=language]").select_option("ru")
    press(reader.page, ru("Answer the reply"))
    expect(state(reader.page)).to_have_text(ru("dropped, with reasons"))


def agree(first: Window, others: tuple[Window, ...], examination: str) -> None:
    """One puts an opinion, the others agree with it; it is given when all have spoken."""
    page = first.page
    first.at("/desk/")
    follow(page, re.compile("Agree an opinion"))
    follow(page, "Put an opinion to the other readers")
    page.get_by_label("met", exact=True).check()
    page.get_by_label("Text of the opinion").fill(OPINION)
    press(page, "Put an opinion to the other readers")
    follow(page, "Give the opinion")
    press(page, "Give the opinion")
    refused(page)
    for other in others:
        other.at(f"/matters/{examination}/")
        other.shows(OPINION)
        other.take("Agree with the opinion")
    first.at(f"/matters/{examination}/")
    first.take("Give the opinion")
    expect(state(page)).to_have_text("opinion given")


def read_in_french(candidate: Window, examination: str, hit: str, point: str) -> None:
    """The outcome point by point, each text in its own language; everything around it is French."""
    page = candidate.page
    candidate.at("/my-examination/")
    candidate.shows(fr("opinion given"))
    follow(page, re.compile(examination))
    is_french(page)
    candidate.shows(fr("dropped, with reasons"), fr("somebody else", "name on a list"), LIST)
    # Of a "not met" alone a letter tells at once, and of that alone review is asked for.
    expect(page.get_by_role("link", name=fr("Ask for review"))).to_have_count(0)
    follow(page, re.compile(LIST.split(" (")[0]))
    expect(page).to_have_url(re.compile(f"/fr/matters/{hit}/$"))
    is_french(page)
    expect(page.locator("dd[lang=en]", has_text=CLEARED)).to_be_visible()
    candidate.shows(fr(ANOTHER))
    candidate.at(f"/matters/{point}/")
    is_french(page)
    expect(page.locator("dd[lang=ru]", has_text=REPLY)).to_be_visible()
    expect(page.locator("dd[lang=ru]", has_text=ANSWER)).to_be_visible()
    candidate.shows(fr(DROPPED))
    candidate.hides("Varoquier", "Salimbekov", "Ozolkalne", "Holtermoen", FIRST, DOUBT)


def is_french(page: Page) -> None:
    say_why(page)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert page.evaluate(LEFTOVERS, ENGLISH) == []
    assert faults_of_access(page) == []


def nothing_of_it_is_public(url: str, *secrets: str) -> None:
    """Whatever links lead to without an account, in three languages: pages and data."""
    seen = walk(Visitor(url), "/", per_shape=500)
    assert {"/", "/fr/", "/ru/", "/record", "/composition"} <= seen.keys() and len(seen) > 100
    found = [(path, secret) for path, answer in seen.items() for secret in secrets if secret in answer.body]
    assert not found
