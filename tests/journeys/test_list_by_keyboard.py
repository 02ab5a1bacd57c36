"""By keyboard alone, in Russian: from the opinions to the public composition."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewPage, Served
from .keys import be_by_keyboard, enter, exactly, fill, tab_to, take
from .test_list import OTHERS, PARTICIPANT, RESERVED, others_vote
from .walking import acts_on

pytestmark = pytest.mark.browser


def do(page: Page, url: str, name: str, address: str, *acts: str) -> None:
    """Be one of the cast, and take acts without fields on a matter."""
    be_by_keyboard(page, url, name)
    page.goto(address)
    for act in acts:
        take(page, act)


def compose(page: Page, url: str) -> str:
    be_by_keyboard(page, url, "Aldenhoven")
    page.goto(f"{url}/ru/lists/")
    enter(page, exactly("Begin a list"))
    fill(page, {"name": "Осенний список"}, exactly("Begin a list"))
    address = page.url
    seats = {f"seat_{number}": name for number, name in enumerate([*RESERVED, *OTHERS], 1)}
    enter(page, exactly("Fill the seats"))
    fill(page, seats | {f"reserved_{number}": "on" for number in range(1, 6)}, exactly("Save seats"))
    expect(page).to_have_url(address)
    reasons = {"reasons_en": "Peoples and professions.", "reasons_fr": "Peuples et métiers."}
    take(page, "Write the reasons for the list as a whole", reasons)
    return address


def vote(page: Page, url: str, name: str) -> None:
    be_by_keyboard(page, url, name)
    enter(page, "^Голосование: Утверждает ли Бюро")
    tab_to(page, "#choice-for")
    page.keyboard.press("Space")
    enter(page, "^Продолжить$")
    enter(page, "^Подписать и зарегистрировать мой голос$")
    expect(page).to_have_url(re.compile("/recorded/$"))


def ratify(page: Page, url: str, address: str) -> None:
    page.goto(address)
    enter(page, exactly("Record the vote on ratification"))
    given = {
        "held_on": date.today().isoformat(), "form": "show_of_hands", "source": "Протокол Постоянной комиссии, пункт 4",
        "for_": "31", "against": "2", "abstentions": "3",
    }  # fmt: skip
    fill(page, given, exactly("Record a vote held elsewhere"))
    do(page, url, "Castelneau", page.url, "Confirm the vote held elsewhere")


def test_a_list_reaches_the_public_by_keyboard(new_page: NewPage, opinions_given: Served) -> None:
    url = opinions_given.url
    page = new_page()
    address = compose(page, url)

    be_by_keyboard(page, url, PARTICIPANT)
    enter(page, exactly("You are asked whether you accept a seat"))
    take(page, "Accept", {"commitments": "on", "name_to_bureau": "on"})
    do(page, url, "Aldenhoven", address, "Propose the list")
    do(page, url, "Brandvik", address, "Release the list to the Bureau", "Call the vote of the Bureau")
    enter(page, "^Утверждает ли Бюро")
    question = page.url
    take(page, "Open the vote")
    vote(page, url, "Valadeiro")
    others_vote(opinions_given.home, reference_of(question))
    do(page, url, "Brandvik", question, "Close the vote and count")
    page.goto(address)
    take(page, "Record the approval")
    ratify(page, url, address)
    page.goto(address)
    take(page, "Record the ratification")
    take(page, "Send the outcome letters")
    take(page, "Announce the composition")
    page.goto(f"{url}/ru/desk/")
    enter(page, exactly("A composition is announced: begin the participation"))
    enter(page, exactly("Begin the participation"))
    expect(page.get_by_role("main")).to_contain_text(PARTICIPANT)

    public = new_page()
    public.goto(f"{url}/ru/")
    enter(public, "^Состав$")
    expect(public.get_by_role("main")).to_contain_text(PARTICIPANT)
    enter(public, exactly("Decision sheet of the round"))
    expect(public.get_by_role("main")).to_contain_text("Peoples and professions.")
    assert acts_on(opinions_given.home, reference_of(address))[-1] == "announce"


def reference_of(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[1]
