"""The President composes: by dragging with a mouse, by keyboard, and with a finger on a phone; then mends, takes and saves."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import NewPage, Served
from .keys import tab_to
from .test_list import OTHERS, RESERVED, choose
from .walking import acts_on, ask, be, faults_of_access, follow, press, reference

pytestmark = pytest.mark.browser
SHORT = "4 of 15 reserved, 5 required: short by 1, article 4.2"


def begin(page: Page, url: str, name: str) -> str:
    be(page, url, "Aldenhoven")
    page.goto(f"{url}/lists/")
    follow(page, "Begin a list")
    page.get_by_label("Working title").fill(name)
    press(page, "Begin a list")
    address = page.url
    follow(page, "Fill the seats")
    return address


def card(page: Page, name: str) -> Locator:
    return page.locator(f".composer-person[data-name='{name}']")


def seat(page: Page, number: int) -> Locator:
    return page.locator(f"#row-{number}")


def drag(page: Page, source: Locator, target: Locator) -> None:
    """As a hand does it: press, move in steps, let go."""
    source.scroll_into_view_if_needed()
    target.scroll_into_view_if_needed()
    begin_, end = source.bounding_box(), target.bounding_box()
    assert begin_ and end
    page.mouse.move(begin_["x"] + 12, begin_["y"] + 12)
    page.mouse.down()
    page.mouse.move(end["x"] + 20, end["y"] + 8, steps=6)
    page.mouse.up()


def mend_take_and_save(page: Page, address: str, home: object) -> None:
    page.get_by_role("button", name="Mend").click()
    expect(page.get_by_role("heading", name="The fewest exchanges that mend this list")).to_be_focused()
    assert faults_of_access(page) == []
    press(page, re.compile("^Take this one"))
    main = page.get_by_role("main")
    expect(main).to_contain_text("5 of 15 reserved: met")
    expect(main).to_contain_text("Not saved yet.")
    listed = "SELECT count(*) FROM composition_seat s JOIN composition_list l ON l.id = s.list_id WHERE l.reference = ?"
    name = address.rstrip("/").rsplit("/", 1)[1]
    assert ask(home, listed, name) == [(0,)], "nothing is written before it is saved"  # type: ignore[arg-type]
    press(page, "Save seats")
    expect(page).to_have_url(address)
    expect(main).to_contain_text("5 of 15 reserved: met")
    assert ask(home, listed, name) == [(15,)]  # type: ignore[arg-type]
    assert acts_on(home, name) == ["draft", "compose"]  # type: ignore[arg-type]


def test_by_mouse_four_of_fifteen_are_short_by_one_and_mended(
    new_page: NewPage, opinions_given: Served
) -> None:
    page = new_page()
    address = begin(page, opinions_given.url, "By mouse")
    main, said = page.get_by_role("main"), page.locator("#said")
    for number, name in enumerate([*RESERVED[:4], *OTHERS[:9]], 1):
        choose(page, number, name, reserved=number < 5)
    drag(page, card(page, OTHERS[9]), seat(page, 15))
    expect(said).to_contain_text(f"{OTHERS[9]}: seat 15.")
    expect(card(page, OTHERS[9])).to_contain_text("Seat 15")
    page.locator("[data-save]").evaluate(
        "e => e.scrollIntoView({block: 'end'})"
    )  # the marks stay on top of the rows
    drag(page, seat(page, 15).locator("[data-grip]"), seat(page, 14))
    expect(seat(page, 15).locator("select")).to_have_value("")
    drag(page, seat(page, 14).locator("[data-grip]"), seat(page, 12))
    expect(said).to_contain_text(f"{OTHERS[9]}: seat 12. {OTHERS[7]}: seat 14.")
    expect(seat(page, 14).locator("select option:checked")).to_have_text(OTHERS[7])
    free = card(page, "Evgenia Poluektova-Reid")
    expect(free).to_be_visible()
    drag(page, free, seat(page, 15))
    expect(main).to_contain_text(SHORT)
    expect(said).to_contain_text("short by 1, article 4.2")
    assert faults_of_access(page) == []
    mend_take_and_save(page, address, opinions_given.home)


def test_by_keyboard_a_person_is_put_told_why_not_and_mended(
    new_page: NewPage, opinions_given: Served
) -> None:
    page = new_page()
    address = begin(page, opinions_given.url, "By keyboard")
    for number, name in enumerate([*RESERVED[:4], *OTHERS[:9]], 1):
        choose(page, number, name, reserved=number < 5)
    main, said, tip = page.get_by_role("main"), page.locator("#said"), page.locator("#tip")
    # One seat more for the others, and the reserve is out of reach for whoever did not declare.
    tab_to(page, r"^Put on a seat…\s+Evgenia Poluektova-Reid")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Put Evgenia Poluektova-Reid on a seat")
    assert faults_of_access(page) == []
    tab_to(page, "^Put there")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Evgenia Poluektova-Reid: seat 14.")
    expect(page.locator(":focus")).to_contain_text("Evgenia Poluektova-Reid")
    barred = card(page, "Anna Steinbruck")
    expect(barred.locator("[data-why]")).to_be_visible()
    page.locator("body").press("Tab")
    page.evaluate("document.activeElement.blur()")
    page.locator("#pool-title").scroll_into_view_if_needed()
    tab_to(page, r"^Put on a seat…\s+Anna Steinbruck")
    expect(tip).to_contain_text("article 4.2")
    tip.hover()
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Enter")
    tab_to(page, "^Put there")
    page.keyboard.press("Enter")
    expect(main).to_contain_text(SHORT)
    tab_to(page, r"^Clear\s+seat 15")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Seat 15 is clear.")
    mend_take_and_save(page, address, opinions_given.home)


def test_on_a_phone_people_and_seats_are_two_sides_and_nothing_is_lost_unasked(
    new_page: NewPage, opinions_given: Served
) -> None:
    page = new_page(390, 844, has_touch=True, is_mobile=True)
    address = begin(page, opinions_given.url, "On a phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(seat(page, 1)).to_be_visible()
    expect(card(page, RESERVED[0])).to_be_hidden()
    page.get_by_role("link", name="People", exact=True).tap()
    page.get_by_text("Filter", exact=True).first.tap()
    page.get_by_label("Declared for the reserve").select_option("yes")
    expect(card(page, OTHERS[0])).to_be_hidden()
    card(page, RESERVED[0]).locator("[data-put]").tap()
    page.get_by_role("button", name="Put there").tap()
    expect(page.locator("#said")).to_contain_text(f"{RESERVED[0]}: seat 1.")
    assert faults_of_access(page) == []
    page.get_by_role("link", name="Seats", exact=True).tap()
    expect(seat(page, 1).locator("select option:checked")).to_contain_text(RESERVED[0])
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(address)
    assert asked == ["beforeunload"]
    assert reference(page) in address
