"""By keyboard alone, in Russian: signing in, a ballot on a telephone's width, a page of a candidacy, the menus.

Nothing here is clicked. At every stop the focus is to be seen.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewPage, Served
from .walking import ask, digits, reference

pytestmark = pytest.mark.browser

# What has the focus: its name as a person reads it, its address, and whether an outline is drawn on it, or on what
# stands for it (a choice is drawn by the label around its radio button).
FOCUS = """() => {
  const one = document.activeElement;
  const drawn = [one, one.closest("label"), one.nextElementSibling].filter(Boolean);
  const style = (e) => getComputedStyle(e);
  return {
    text: (one.getAttribute("aria-label") || one.innerText || one.value || one.name || "").trim(),
    id: one.id, tag: one.tagName, type: one.type || "", value: one.value || "",
    seen: drawn.some((e) => style(e).outlineStyle !== "none" && parseFloat(style(e).outlineWidth) > 0),
  };
}"""
MOST = 120


def tab_to(page: Page, wanted: str, key: str = "Tab") -> dict[str, str]:
    """Press Tab until what is wanted (a pattern of its text, or #id) has the focus; every stop must be seen."""
    for _stop in range(MOST):
        page.keyboard.press(key)
        focus: dict[str, str] = page.evaluate(FOCUS)
        if focus["tag"] == "BODY":
            continue
        assert focus["seen"], f"the focus cannot be seen: {focus} on {page.url}"
        if wanted == f"#{focus['id']}" or (not wanted.startswith("#") and re.search(wanted, focus["text"])):
            return focus
    raise AssertionError(f"{MOST} times Tab never reached {wanted} on {page.url}")


def enter(page: Page, wanted: str) -> None:
    tab_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def be_by_keyboard(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}/ru/sign-in/")
    enter(page, name)
    expect(page).to_have_url(re.compile("/ru/desk/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Моя работа")


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
    enter(page, "^Зарегистрировать мой голос$")
    expect(page).to_have_url(re.compile("/recorded/$"))
    cast = "SELECT b.choice FROM voting_ballot b JOIN voting_rollentry r ON r.id = b.roll_entry_id"
    cast += " JOIN voting_vote v ON v.id = r.vote_id WHERE v.reference = ? AND r.name LIKE '%Moerkensteen'"
    assert ask(served.home, cast, vote) == [("abstention",)]


def test_a_candidate_begins_and_saves_a_page_by_keyboard(new_page: NewPage, served: Served) -> None:
    page = new_page()
    page.goto(f"{served.url}/ru/apply/")
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
    tab_to(page, "#id_notice_read")
    page.keyboard.press("Space")
    enter(page, "^Начать оформление кандидатуры$")
    expect(page).to_have_url(re.compile("/ru/matters/CAND-"))
    candidacy = reference(page)
    enter(page, "^Ваши имена")
    for field, text in (
        ("name", "Вымышленная Вера"),
        ("latin_name", "Vera Invented"),
        ("public_name", "Vera I."),
    ):
        tab_to(page, f"#id_{field}")
        page.keyboard.type(text)
    enter(page, "^Сохранить")
    expect(page).to_have_url(re.compile("/part/people/$"))
    saved = (
        "SELECT p.name, p.public_name FROM people_person p JOIN candidacy_candidacy c ON c.person_id = p.id"
    )
    assert ask(served.home, f"{saved} WHERE c.reference = ?", candidacy) == [("Вымышленная Вера", "Vera I.")]


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
