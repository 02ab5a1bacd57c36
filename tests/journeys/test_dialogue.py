"""A question on its whole way, by people in windows of their own and as weeks pass: put in French, answered in Russian by two, late
after a stop and an extension, reviewed once. No public page holds what is not released."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .before_the_questions import BEGUN, OVERDUE
from .conftest import ROOT, NewPage, Served, load_once, serve
from .keys import fr, ru
from .test_every_page import ENGLISH, LEFTOVERS
from .walking import acts_on, ask, be, faults_of_access, follow, press, reference, refused, state
from .windows import Window, english

pytestmark = pytest.mark.browser

QUESTION = "Quels consulats acceptent un passeport dont la date est passée, et selon quelle loi?"
DRAFT = "Только в черновике: четыре консульства."
ANSWER = "Четыре консульства, со ссылками на закон."
ANEW = "Вена, Осло, Рига, Прага."
STOPPED = "The archive is closed."
EXTENDED = "Two consulates have not replied."
REASONS = "La réponse ne nomme pas les consulats."
DECISION = "The four are to be named."

# What the page of the question says of its clock, in each language: the reckoning, and that it is over.
RECKONED = {
    "": ("by 26 February 2027", "The clock stood from 9 February 2027", "2 working days more, given on 11 February 2027",
         "Not counted, because the clock stood: 10 February 2027", "Counted: 12 working days"),
    "/fr": ("le 26 février 2027 au plus tard", "L’horloge était arrêtée du 9 février 2027",
            "2 jours ouvrables de plus, accordés le 11 février 2027", "Comptés : 12 jours ouvrables"),
    "/ru": ("не позднее 26 февраля 2027 года", "Отсчёт был остановлен: с 9 февраля 2027 года",
            "Добавлено 2 рабочих дня, 11 февраля 2027 года", "Засчитано 12 рабочих дней"),
}  # fmt: skip
IS_OVERDUE = {"": "It is overdue.", "/fr": "Elle est en retard.", "/ru": "Он просрочен."}
HOW_LATE = {
    "": "Due by 26 February 2027, released 12 working days late.",
    "/fr": "Due le 26 février 2027 au plus tard, rendue avec 12 jours ouvrables de retard.",
    "/ru": "Срок — не позднее 26 февраля 2027 года; ответ обнародован с опозданием на 12 рабочих дней.",
}


@dataclass(frozen=True)
class House:
    """The served copy, and its time: every process of it reads from a file how far it is from the real one."""

    served: Served
    apart: Path

    def at(self, instant: datetime) -> None:
        beside = self.apart.with_suffix(".new")
        beside.write_text(str((instant - datetime.now(UTC)).total_seconds()))
        beside.replace(self.apart)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, lay_migrated: Callable[[Path], None]) -> Iterator[House]:
    script = [sys.executable, "-m", "tests.journeys.before_the_questions"]
    loaded = load_once(tmp_path_factory, "before-the-questions", script, lay_migrated)
    folder = tmp_path_factory.mktemp("questions")
    moved = {"JOURNEY_TIME": str(folder / "apart"), "PYTHONPATH": str(ROOT / "tests" / "journeys" / "moved")}
    House(Served("", folder), folder / "apart").at(BEGUN)
    with serve(loaded, folder / "home", **moved) as found:
        yield House(found, folder / "apart")


def test_a_question_from_a_draft_to_a_late_answer_and_its_review(new_page: NewPage, house: House) -> None:
    url, home = house.served.url, house.served.home

    def sit_down(name: str, prefix: str = "", says: Callable[..., str] = english) -> Window:
        page = new_page()
        be(page, url, name, prefix)
        return Window(page, url, prefix, says)

    visitor = new_page()
    public = [
        Window(visitor, url, prefix, says) for prefix, says in (("", english), ("/fr", fr), ("/ru", ru))
    ]

    # The first day: put, admitted, given to two participants; the clock is stopped.
    question = put_a_question(sit_down("Luca Ferrandi", "/fr", fr))
    nothing_is_public(public[0], question, QUESTION)
    clerk = sit_down("Anna Lindqvist")
    clerk.at(f"/matters/{question}/")
    clerk.shows("The Secretariat is to decide by", "16 February 2027")
    clerk.take("Admit the question")
    let_write(clerk, question, "Nadiya Yeryomkina", "Oleg Tympyrov", proposed_by="Pavel Sorozhin")
    send(clerk, question, "Stop the clock", reasons=STOPPED, language="en")
    clerk.shows("The clock stands from 9 February 2027")

    # Two days later it goes on, with more time.
    house.at(BEGUN + timedelta(days=2))
    clerk = sit_down("Anna Lindqvist")
    clerk.at(f"/matters/{question}/")
    clerk.take("Let the clock go on")
    send(clerk, question, "Give more time for the answer", days="2", reasons=EXTENDED, language="en")
    for window in public:
        window.at(f"/questions/{question}/")
        window.shows(QUESTION, *RECKONED[window.prefix], STOPPED, EXTENDED)
    assert faults_of_access(visitor) == []

    # Weeks later it is overdue on every level, and the answer is late.
    house.at(BEGUN + timedelta(days=35))
    writer = sit_down("Nadiya Yeryomkina", "/ru", ru)
    writer.shows(writer.says("Write or sign the answer: %s") % question)
    write(writer, question, DRAFT)
    other = sit_down("Oleg Tympyrov", "/ru", ru)
    wait_for_levels(home, question)
    sit_down("Greta Aurland").shows(f"An answer is long overdue: {question}")
    for window in public:
        window.at(f"/questions/{question}/")
        window.shows(IS_OVERDUE[window.prefix])
        window.hides(DRAFT)
    public[0].at("/committees/political/questions/?state=overdue")
    public[0].shows(QUESTION, OVERDUE)
    assert faults_of_access(visitor) == []
    write(writer, question, ANSWER)
    writer.take("Sign the answer off")
    expect(writer.page.get_by_role("link", name=ru("Release the answer"))).to_have_count(0)
    other.at(f"/matters/{question}/")
    other.shows(ANSWER)
    other.take("Sign the answer off")
    other.take("Release the answer")
    expect(state(other.page)).to_have_text(ru("answered", "question of the dialogue"))

    # Whoever asked wants a review, once; another decides, and another answers anew.
    asker = sit_down("Luca Ferrandi", "/fr", fr)
    ask_for_a_review(asker, question)
    assert acts_on(home, question).count("ask_review") == 1
    decide(sit_down("Jonas Petrauskis"), question)
    second = sit_down("Pavel Sorozhin", "/ru", ru)
    write(second, question, ANEW)
    second.take("Sign the answer off")
    second.take("Release the answer")
    for window in public:
        window.at(f"/questions/{question}/")
        window.shows(
            QUESTION, ANSWER, ANEW, DECISION, HOW_LATE[window.prefix], window.says("Answer after the review")
        )
        window.hides(REASONS, DRAFT)
        if window.prefix:
            assert visitor.evaluate(LEFTOVERS, ENGLISH) == []
    assert faults_of_access(visitor) == []
    asker.at(f"/matters/{question}/")
    expect(asker.page.get_by_role("link", name=fr("Ask for a review of the answer"))).to_have_count(0)
    written = acts_on(home, question)
    assert written.count("escalate") == 3 and written[-1] == "release_answer"

    # The question to the committee is long overdue as well: its chair is told, and says who writes.
    owed = str(ask(home, "SELECT reference FROM dialogue_question WHERE due_at IS NOT NULL")[0][0])
    asker.at("/desk/")
    asker.shows(fr("An answer is long overdue: %s") % owed)
    asker.at(f"/matters/{owed}/")
    follow(asker.page, fr("Say who writes the answer"))
    asker.page.get_by_role("checkbox", name="Luca Ferrandi").check()
    press(asker.page, fr("Say who writes the answer"))
    expect(asker.page.get_by_role("link", name=fr("Write the answer"))).to_have_count(1)

    facts = str(ask(home, "SELECT group_concat(facts) FROM record_entry"))
    said = (QUESTION, ANSWER, ANEW, REASONS, DECISION, STOPPED, EXTENDED, OVERDUE)
    assert not [words for words in said if words in facts]


def put_a_question(asker: Window) -> str:
    """From the page of the topic, for the committee; a form without a text is refused and loses nothing."""
    asker.at("/topics/")
    follow(asker.page, "Visas humanitaires")
    follow(asker.page, fr("Put a question"))
    page = asker.page
    page.get_by_role("radio", name=re.compile("^pour la commission")).check()
    page.get_by_label(fr("Who is asked")).select_option("participants")
    kind = page.get_by_role("radio", name=re.compile("^Demande de renseignements"))
    kind.check()
    press(page, fr("Write a question"))
    refused(page)
    expect(kind).to_be_checked()
    page.get_by_label(fr("Your question")).fill(QUESTION)
    page.locator("select[name=language]").select_option("fr")
    press(page, fr("Write a question"))
    question = reference(page)
    asker.take("Table the question")
    return question


def nothing_is_public(public: Window, question: str, *texts: str) -> None:
    public.is_shut_out(f"/questions/{question}/")
    for path in ("/questions/", "/topics/"):
        public.at(path)
        public.hides(question, *texts)


def let_write(clerk: Window, question: str, *names: str, proposed_by: str) -> None:
    clerk.at(f"/matters/{question}/")
    follow(clerk.page, "Put down who writes the answer")
    for name in names:
        clerk.page.get_by_role("checkbox", name=name).check()
    clerk.page.get_by_label("Which participant proposed it").select_option(label=proposed_by)
    press(clerk.page, "Put down who writes the answer")


looked_at: set[str] = set()  # acts whose form is asked once what of it cannot be read


def send(window: Window, question: str, act: str, *, language: str, **texts: str) -> None:
    """An act that asks for words, from the page of the question."""
    window.at(f"/matters/{question}/")
    follow(window.page, window.says(act))
    if act not in looked_at:
        assert faults_of_access(window.page) == []
        looked_at.add(act)
    for name, text in texts.items():
        window.page.locator(f"[name={name}]").fill(text)
    window.page.locator("select[name=language]").select_option(language)
    press(window.page, window.says(act))
    assert reference(window.page) == question


def write(writer: Window, question: str, text: str) -> None:
    send(writer, question, "Write the answer", text=text, language="ru")
    writer.shows(text)


def ask_for_a_review(asker: Window, question: str) -> None:
    """Another page of the same form, opened before, is refused afterwards."""
    asker.at(f"/matters/{question}/")
    other = Window(asker.page.context.new_page(), asker.url, asker.prefix, asker.says)
    other.at(f"/matters/{question}/")
    follow(other.page, fr("Ask for a review of the answer"))
    send(asker, question, "Ask for a review of the answer", reasons=REASONS, language="fr")
    expect(state(asker.page)).to_have_text(fr("answer under review", "question of the dialogue"))
    expect(asker.page.get_by_role("link", name=fr("Ask for a review of the answer"))).to_have_count(0)
    other.page.locator("[name=reasons]").fill("Encore une fois.")
    other.page.locator("select[name=language]").select_option("fr")
    press(other.page, fr("Ask for a review of the answer"))
    refused(other.page)


def decide(judge: Window, question: str) -> None:
    """Somebody who neither asked nor answered; the first authors cannot be chosen again."""
    follow(judge.page, f"Decide on the review of an answer: {question}")
    judge.shows(QUESTION, ANSWER)
    judge.page.get_by_label("Others are to answer anew").check()
    who = judge.page.get_by_role("group", name="Who answers anew")
    expect(who.get_by_label(re.compile("Yeryomkina|Tympyrov"))).to_have_count(0)
    who.get_by_label("Pavel Sorozhin").check()
    judge.page.get_by_label("Reasons").fill(DECISION)
    assert faults_of_access(judge.page) == []
    press(judge.page, "Decide on the review")
    assert reference(judge.page) == question


def wait_for_levels(home: Path, question: str) -> None:
    for _second in range(40):
        if acts_on(home, question).count("escalate") == 3:
            return
        time.sleep(0.5)
    raise AssertionError("no clock wrote that the answer is overdue")
