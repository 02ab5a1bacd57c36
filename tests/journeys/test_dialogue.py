"""Questions in both directions, by people in windows of their own: asked in English, answered in Russian, reviewed in French;
one that is long overdue, after a stop and more time, is on the chair's page. No public page holds what is not released."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .before_the_questions import OVERDUE
from .conftest import NewPage, Served, load_once, serve
from .keys import fr, ru
from .test_every_page import ENGLISH, LEFTOVERS
from .walking import acts_on, ask, be, faults_of_access, follow, press, reference, refused, state
from .windows import Window, english

pytestmark = pytest.mark.browser

QUESTION = "Which consulates accept an expired passport?"
DRAFT = "Только в черновике: четыре консульства."
ANSWER = "Четыре консульства, со ссылками на закон."
LATE = "Sept cent douze, dit le secrétariat."
REASONS = "La réponse ne nomme pas les consulats."
DECISION = "The four are to be named."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, lay_migrated: Callable[[Path], None]) -> Iterator[Served]:
    script = [sys.executable, "-m", "tests.journeys.before_the_questions"]
    loaded = load_once(tmp_path_factory, "before-the-questions", script, lay_migrated)
    with serve(loaded, tmp_path_factory.mktemp("questions") / "home") as found:
        yield found


def test_questions_from_a_draft_to_a_review_in_both_directions(new_page: NewPage, house: Served) -> None:
    def sit_down(name: str, prefix: str = "", says: Callable[..., str] = english) -> Window:
        page = new_page()
        be(page, house.url, name, prefix)
        return Window(page, house.url, prefix, says)

    asker, clerk = sit_down("Luca Ferrandi"), sit_down("Anna Lindqvist")
    public = Window(new_page(), house.url, "", english)

    question = put_a_question(asker)
    nothing_is_public(public, question, QUESTION)
    clerk.at(f"/matters/{question}/")
    clerk.take("Admit the question")
    public.at(f"/questions/{question}/")
    public.shows(QUESTION, "10 working days")

    writer = sit_down("Nadiya Yeryomkina", "/ru", ru)
    let_write(clerk, question)
    write(writer, question, DRAFT)
    public.at(f"/questions/{question}/")
    public.hides(DRAFT)
    asker.at(f"/matters/{question}/")
    asker.hides(DRAFT)
    write(writer, question, ANSWER)
    writer.take("Sign the answer off")
    writer.take("Release the answer")
    expect(state(writer.page)).to_have_text(ru("answered", "question of the dialogue"))

    ask_for_a_review(Window(asker.page, house.url, "/fr", fr), question)
    decide(sit_down("Jonas Petrauskis"), question)
    second = sit_down("Pavel Sorozhin", "/ru", ru)
    write(second, question, "Вена, Осло, Рига, Прага.")
    second.take("Sign the answer off")
    second.take("Release the answer")
    for prefix, says in (("", english), ("/fr", fr), ("/ru", ru)):
        public.page.goto(f"{house.url}{prefix}/questions/{question}/")
        public.shows(QUESTION, ANSWER, "Вена, Осло, Рига, Прага.", DECISION, says("Answer after the review"))
        public.hides(REASONS, DRAFT)
        if prefix:
            assert public.page.evaluate(LEFTOVERS, ENGLISH) == []
    assert faults_of_access(public.page) == []
    assert acts_on(house.home, question)[-1] == "release_answer"

    answer_late(asker, public, house)
    facts = str(ask(house.home, "SELECT group_concat(facts) FROM record_entry"))
    assert not [words for words in (QUESTION, ANSWER, LATE, REASONS, OVERDUE) if words in facts]


def put_a_question(asker: Window) -> str:
    """From the page of the topic; a form without a text is refused and loses nothing."""
    asker.at("/topics/")
    follow(asker.page, "Humanitarian visas")
    follow(asker.page, "Put a question")
    page = asker.page
    page.get_by_label("as a member of the Assembly").check()
    page.get_by_label("Who is asked").select_option("participants")
    page.get_by_label("Question for information").check()
    press(page, "Write a question")
    refused(page)
    expect(page.get_by_label("Question for information")).to_be_checked()
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_label("Language of this text").select_option("en")
    press(page, "Write a question")
    question = reference(page)
    asker.take("Table the question")
    return question


def nothing_is_public(public: Window, question: str, *texts: str) -> None:
    public.is_shut_out(f"/questions/{question}/")
    for path in ("/questions/", "/topics/"):
        public.at(path)
        public.hides(question, *texts)


def let_write(clerk: Window, question: str) -> None:
    clerk.at(f"/matters/{question}/")
    follow(clerk.page, "Put down who writes the answer")
    clerk.page.get_by_role("group", name="Who writes the answer").get_by_label("Nadiya Yeryomkina").or_(
        clerk.page.get_by_role("group", name="Who writes the answer").get_by_role("checkbox").first
    ).first.check()
    clerk.page.get_by_label("Which participant proposed it").select_option(index=1)
    press(clerk.page, "Put down who writes the answer")


def write(writer: Window, question: str, text: str) -> None:
    writer.at(f"/matters/{question}/")
    follow(writer.page, writer.says("Write the answer"))
    writer.page.locator("textarea[name=text]").fill(text)
    writer.page.locator("select[name=language]").select_option("ru")
    press(writer.page, writer.says("Write the answer"))
    writer.shows(text)


def ask_for_a_review(asker: Window, question: str) -> None:
    asker.at(f"/matters/{question}/")
    follow(asker.page, fr("Ask for a review of the answer"))
    asker.page.get_by_label(fr("What the answer leaves open")).fill(REASONS)
    press(asker.page, fr("Ask for a review of the answer"))
    expect(state(asker.page)).to_have_text(fr("answer under review", "question of the dialogue"))
    expect(asker.page.get_by_role("link", name=fr("Ask for a review of the answer"))).to_have_count(0)


def decide(judge: Window, question: str) -> None:
    """Somebody who neither asked nor answered; the first author cannot be chosen again."""
    judge.at("/desk/")
    follow(judge.page, re.compile("Decide on the review"))
    judge.shows(QUESTION, ANSWER)
    judge.page.get_by_label("Others are to answer anew").check()
    judge.page.get_by_role("group", name="Who answers anew").get_by_label(
        re.compile("Сорожин|Sorozhin")
    ).check()
    judge.page.get_by_label("Reasons").fill(DECISION)
    press(judge.page, "Decide on the review")
    assert reference(judge.page) == question


def answer_late(chair: Window, public: Window, house: Served) -> None:
    """The clock that goes round wrote every level; the chair is told, and the answer comes late."""
    overdue = str(ask(house.home, "SELECT reference FROM dialogue_question WHERE due_at IS NOT NULL")[0][0])
    wait_for_levels(house, overdue)
    public.at(f"/questions/{overdue}/")
    public.shows("overdue", "The archive is closed.", "Trois bureaux.", "2 working days more", OVERDUE)
    chair.at("/desk/")
    chair.shows(f"An answer is long overdue: {overdue}")
    chair.at(f"/matters/{overdue}/")
    follow(chair.page, "Say who writes the answer")
    chair.page.get_by_label("Luca Ferrandi").check()
    press(chair.page, "Say who writes the answer")
    follow(chair.page, "Write the answer")
    chair.page.locator("textarea[name=text]").fill(LATE)
    chair.page.locator("select[name=language]").select_option("fr")
    press(chair.page, "Write the answer")
    chair.take("Sign the answer off")
    chair.take("Release the answer")
    public.at(f"/questions/{overdue}/")
    public.shows(LATE)
    written = acts_on(house.home, overdue)
    assert written.count("escalate") == 3 and written[-1] == "release_answer"


def wait_for_levels(house: Served, question: str) -> None:
    for _second in range(40):
        if acts_on(house.home, question).count("escalate") == 3:
            return
        time.sleep(0.5)
    raise AssertionError("no clock wrote that the answer is overdue")
