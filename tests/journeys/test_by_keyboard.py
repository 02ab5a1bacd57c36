"""By keyboard alone, in Russian: a candidacy from the notice to the receipt, a reading, a reply, a ballot on a
telephone's width, the menus. The list and its way to the public page: test_list_by_keyboard.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewPage, Served
from .keys import FOCUS, be_by_keyboard, enter, exactly, fill, ru, tab_to, take
from .walking import acts_on, ask, digits, reference

pytestmark = pytest.mark.browser


def test_a_member_of_the_bureau_votes_by_keyboard_on_a_narrow_screen(
    new_page: NewPage, served: Served
) -> None:
    page = new_page(390, 844)
    be_by_keyboard(page, served.url, "Moerkensteen")
    enter(page, "^Голосование: ")
    expect(page).to_have_url(re.compile("/ru/vote/VOTE-"))
    vote = reference(page)
    tab_to(page, "#choice-for")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUS)["value"] == "abstention"
    enter(page, "^Продолжить$")
    expect(page.get_by_role("main")).to_contain_text("Ваш голос: Воздержание")
    before = "SELECT r.has_voted FROM voting_rollentry r JOIN voting_vote v ON v.id = r.vote_id"
    before += " WHERE v.reference = ? AND r.name LIKE '%Moerkensteen'"
    assert ask(served.home, before, vote) == [(0,)], "nothing is recorded before the check"
    enter(page, "^Подписать и зарегистрировать мой голос$")
    expect(page).to_have_url(re.compile("/recorded/$"))
    cast = "SELECT b.choice FROM voting_ballot b JOIN voting_rollentry r ON r.id = b.roll_entry_id"
    cast += " JOIN voting_vote v ON v.id = r.vote_id WHERE v.reference = ? AND r.name LIKE '%Moerkensteen'"
    assert ask(served.home, cast, vote) == [("abstention",)]


PARTS = {
    "names": {"name": "Вымышленная Вера", "latin_name": "Vera Invented", "public_name": "Vera I."},
    "people": {"for_reserve": "no"},
    "residence": {"residence": "Литва", "origin": "on"},
    "declaration": {"is_own_act": "on"},
}
CRITERION = {"statement": "Говорю об этом открыто, под своим именем.", "declared": "on"}


def open_a_file(page: Page, url: str) -> str:
    """From the public page to a candidacy that is being written; returns its reference."""
    page.goto(f"{url}/ru/apply/")
    enter(page, "риск")
    enter(page, "^Прочитано: открыть дело$")
    enter(page, "^Создать мою фразу$")
    enter(page, "^Записано$")
    enter(page, "^Настроить приложение-аутентификатор$")
    secret = page.locator("code.reference").inner_text()
    tab_to(page, "#id_code")
    page.keyboard.type(digits(secret))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    fill(page, {"notice_read": "on"}, "^Начать оформление кандидатуры$")
    expect(page).to_have_url(re.compile("/ru/matters/CAND-"))
    return reference(page)


def write_part(page: Page) -> None:
    """Whatever part is on the page, by the names of its fields."""
    names = page.locator("main form [name]").evaluate_all("all => all.map(one => one.name)")
    part = page.url.rstrip("/").rsplit("/", 1)[1]
    values = PARTS.get(part) or ({"answer": "no"} if "answer" in names else dict(CRITERION))
    if "since" in names and page.locator("#id_since").get_attribute("type") == "date":
        values["since"] = "2022-02-24"
    fill(page, values, "^Сохранить")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_candidate_writes_and_submits_a_candidacy_by_keyboard(new_page: NewPage, served: Served) -> None:
    page = new_page()
    candidacy = open_a_file(page, served.url)
    home = page.url
    addresses = [str(a.get_attribute("href")) for a in page.locator("main a[href*='/part/']").all()]
    for address in addresses:
        page.goto(served.url + address)
        write_part(page)
    saved = (
        "SELECT p.name, p.public_name FROM people_person p JOIN candidacy_candidacy c ON c.person_id = p.id"
    )
    ((name, public_name),) = ask(served.home, f"{saved} WHERE c.reference = ?", candidacy)
    assert name.startswith("s1.") and public_name.startswith("s1."), "names are sealed at rest"
    page.goto(f"{served.url}/candidacy/{candidacy}/part/names/")
    expect(page.locator("[name=name]")).to_have_value("Вымышленная Вера")
    expect(page.locator("[name=public_name]")).to_have_value("Vera I.")

    page.goto(home)
    enter(page, exactly("Submit the candidacy"))
    missing = page.get_by_role("main").get_by_text(ru("Evidence is missing: %(rule)s").split("%")[0].strip())
    criteria = [text.split(": ", 1)[1] for text in missing.all_inner_texts()]
    assert len(criteria) == 8
    for criterion in criteria:
        page.goto(home)
        enter(page, exactly("All evidence"))
        given = {
            "criterion": criterion,
            "title": "Интервью в печати",
            "link": "https://example.org/interview",
        }
        fill(page, given, exactly("Add"))
        expect(page.get_by_role("alert")).to_have_count(0)
    page.goto(home)
    enter(page, exactly("Submit the candidacy"))
    fill(page, {}, exactly("Submit the candidacy"))
    expect(page.get_by_role("main")).to_contain_text(candidacy)
    assert acts_on(served.home, candidacy)[-1] == "submit", page.get_by_role("main").inner_text()
    assert ask(served.home, "SELECT state FROM candidacy_candidacy WHERE reference = ?", candidacy) == [
        ("submitted",)
    ]


def test_an_assessor_reads_and_a_candidate_replies_by_keyboard(new_page: NewPage, served: Served) -> None:
    page = new_page()
    be_by_keyboard(page, served.url, "Salimbekov")
    enter(page, "^" + ru("Read a file: %(reference)s").split("%")[0])
    take(page, "Declare that you have no interest")
    take(page, "Open the file")
    reading = reference(page)
    enter(page, exactly("Write the reading"))
    names = page.locator("main form [name]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
    found = {n: page.locator(f"[name={n}]").first.input_value() for n in names if n.startswith("verdict_")}
    reasons = {n: "Заявление и документы согласуются." for n in names if n.startswith("reasons_")}
    fill(page, {**found, **reasons}, exactly("Give the reading"))
    assert acts_on(served.home, reading)[-1] == "give_reading"

    be_by_keyboard(page, served.url, "Goldenveis")
    enter(page, exactly("A point to which you may reply"))
    point = reference(page)
    enter(page, "^Ответить$")
    name = page.locator("main form textarea").first.get_attribute("name") or ""
    fill(page, {name: "Страница старше списка."}, exactly("Send the reply"))
    expect(page.get_by_role("main")).to_contain_text("Страница старше списка.")
    assert acts_on(served.home, point)[-1] == "reply"


def test_the_skip_link_leads_to_the_content_and_the_menus_open_and_close(
    new_page: NewPage, served: Served
) -> None:
    page = new_page(390, 844)
    be_by_keyboard(page, served.url, "Valadeiro")
    page.reload()
    first = tab_to(page, ".")
    assert first["text"] == "Перейти к содержанию"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.reload()
    tab_to(page, "^Меню$")
    menu = page.locator("#menu")
    expect(menu).to_be_hidden()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    tab_to(page, "^Состав$")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    assert page.evaluate(FOCUS)["text"] == "Меню", "a closed menu gives the focus back to its button"
    page.keyboard.press("Space")
    expect(menu).to_be_visible()
    enter(page, "^Состав$")
    expect(page).to_have_url(f"{served.url}/ru/composition")
