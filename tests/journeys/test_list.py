"""From the opinions to the public composition, by mouse and on a telephone: the President composes, a person accepts,
two people release, the Bureau votes, two clerks record the ratification, the candidates are told, then the public.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import ROOT, NewPage, Served, environment
from .test_by_mouse import Taps
from .walking import acts_on, ask, be, follow, press, reference, refused, state, take

pytestmark = pytest.mark.browser

RESERVED = (
    "Aiyyna Kytalykova",
    "Italmas Shundyeva",
    "Echan Püncherin",
    "Zöhrä Yoldızova",
    "Aishat Dittasheva",
)
PARTICIPANT = "Taisia Olkhovatskaya"
OTHERS = (
    PARTICIPANT, "Gleb Vereskunov", "Roman Zaozerin", "Vera Pshenichnikova-Lund", "Arkady Srebrolensky",
    "Inga Kolosvetova", "Dmitry Burelomov", "Sofia Neznaeva", "Lidia Chernopol", "Matvey Yasentsev",
)  # fmt: skip
NAMES = (*RESERVED, *OTHERS[1:])  # the participant stands on the sign-in page of the demonstration
WITHHELD = "Inga Kolosvetova"
EARLY = ("/", "/composition/", "/composition.json", "/votes", "/record", "/rounds/", "/lists/", "/proposals/")


def others_vote(home: Path, vote: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.others_vote", vote],
        cwd=ROOT, env=environment(home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def nothing_is_public(public: Page, url: str, *secrets: str) -> None:
    for path in EARLY:
        body = public.request.get(url + path).text()
        assert not [secret for secret in secrets if secret in body], path


def choose(page: Page, number: int, name: str, *, reserved: bool) -> None:
    seat = (
        page.get_by_label(f"Seat {number} (optional)", exact=True)
        .or_(page.locator(f"#id_seat_{number}"))
        .first
    )
    value = seat.locator("option", has_text=name).first.get_attribute("value")
    seat.select_option(value=value)
    page.locator(f"#id_reserved_{number}").set_checked(reserved)


def compose(page: Page, url: str) -> str:
    """The President fills the seats, one reserved seat short at first; returns the address of the list."""
    page.goto(f"{url}/lists/")
    follow(page, "Begin a list")
    page.get_by_label("Working title").fill("The autumn list")
    press(page, "Begin a list")
    address = page.url
    follow(page, "Fill the seats")
    for number, name in enumerate([*RESERVED, *OTHERS], 1):
        choose(page, number, name, reserved=number < 5)
    main = page.get_by_role("main")
    expect(main).to_contain_text("4 of 15 reserved, 5 required: short by 1")
    page.locator("#id_reserved_5").check()
    expect(main).to_contain_text("5 of 15 reserved: met")
    press(page, "Save seats")
    expect(page).to_have_url(address)
    return address


def accept(page: Page, url: str) -> None:
    """The one who had not answered reads the commitments and accepts each part."""
    be(page, url, PARTICIPANT)
    follow(page, re.compile("whether you accept a seat"))
    question = page.url
    follow(page, "Accept")
    press(page, "Accept")
    refused(page)
    page.get_by_label("I accept the commitments written above.").check()
    page.get_by_label("I know and agree that my name goes to the Bureau.").check()
    press(page, "Accept")
    expect(page).to_have_url(question)
    expect(state(page)).to_have_text("accepted")


def vote_on_a_phone(new_page: NewPage, url: str, name: str, choice: str, *, read: str = "") -> None:
    """From the sign-in page to the receipt in five taps; the people may be read before, each on a page."""
    page = new_page(390, 844, has_touch=True, is_mobile=True)
    page.goto(f"{url}/sign-in/")
    tap = Taps(page)
    tap("button", re.compile(name))
    tap("link", re.compile("^Vote: Does the Bureau approve"))
    expect(page).to_have_url(re.compile("/vote/VOTE-"))
    if read:
        ballot = page.url
        page.get_by_role("main").get_by_role("link", name=re.compile("^Seat 1 ")).tap()
        expect(page.get_by_role("heading", level=1)).to_contain_text(read)
        expect(page.get_by_role("main")).to_contain_text("Opinion")
        page.goto(ballot)
    page.get_by_role("main").get_by_text(choice, exact=True).tap()
    tap.count += 1
    tap("button", "Continue")
    tap("button", re.compile("Record|Cast|Send|Vote", re.I))
    expect(page).to_have_url(re.compile("/recorded/$"))
    assert tap.count <= 5


def ratify(page: Page, url: str, address: str) -> None:
    """Held elsewhere: one clerk records it from its source, the other confirms."""
    page.goto(address)
    main = page.get_by_role("main")
    for act in ("Record the ratification", "Announce the composition", "Send the outcome letters"):
        expect(main.get_by_role("link", name=act)).to_have_count(0)
    follow(page, "Record the vote on ratification")
    expect(page.get_by_label("Question in French")).to_have_value(re.compile("ratifiée"))
    page.get_by_label("Day of the vote").fill(date.today().isoformat())
    page.get_by_label("Show of hands", exact=False).first.check()
    page.get_by_label("Source document").fill("Minutes of the Standing Committee, item 4")
    page.get_by_label("For", exact=False).first.fill("31")
    page.locator("#id_against").fill("2")
    page.locator("#id_abstentions").fill("3")
    press(page, "Record a vote held elsewhere")
    vote = page.url
    be(page, url, "Castelneau")
    page.goto(vote)
    take(page, "Confirm the vote held elsewhere")
    page.goto(address)


def test_from_the_opinions_to_the_public_composition(new_page: NewPage, opinions_given: Served) -> None:
    url, home = opinions_given.url, opinions_given.home
    page, public = new_page(), new_page()

    be(page, url, "Aldenhoven")
    address = compose(page, url)
    list_ = reference(page)
    take(
        page,
        "Write the reasons for the list as a whole",
        [("Reasons in English", "Peoples and professions."), ("Reasons in French", "Peuples et métiers.")],
    )
    follow(page, "Propose the list")
    press(page, "Propose the list")
    refused(page, "accepted")
    accept(page, url)
    be(page, url, "Aldenhoven")
    page.goto(address)
    take(page, "Propose the list")
    expect(page.get_by_role("main").get_by_role("link", name="Release the list to the Bureau")).to_have_count(
        0
    )
    nothing_is_public(public, url, list_, *NAMES)

    be(page, url, "Brandvik")
    follow(page, re.compile("A list waits for the second person"))
    take(page, "Release the list to the Bureau")
    expect(state(page)).to_have_text("before the Bureau")
    take(page, "Call the vote of the Bureau")
    follow(page, re.compile("^Does the Bureau approve"))
    vote = reference(page)
    take(page, "Open the vote")
    nothing_is_public(public, url, list_, vote, *NAMES)

    vote_on_a_phone(new_page, url, "Valadeiro", "Abstention", read=RESERVED[0])
    others_vote(home, vote)
    page.reload()
    take(page, "Close the vote and count")
    main = page.get_by_role("main")
    expect(main).to_contain_text("33–0–1")
    expect(main).to_contain_text("For: 33. Against: 0. Abstentions: 1. Votes cast: 33.")
    page.goto(address)
    expect(main.get_by_role("link", name="Record the refusal")).to_have_count(0)
    take(page, "Record the approval")
    expect(state(page)).to_have_text("approved by the Bureau, before ratification")
    ratify(page, url, address)
    nothing_is_public(public, url, list_, vote, *NAMES)
    take(page, "Record the ratification")
    expect(main.get_by_role("link", name="Announce the composition")).to_have_count(0)
    take(page, "Send the outcome letters")
    nothing_is_public(public, url, list_, vote, *NAMES)
    take(page, "Announce the composition")

    be(page, url, "Brandvik")
    follow(page, re.compile("begin the participation"))
    press(page, "Begin the participation")
    expect(main).to_contain_text("5 of 15 reserved: met")

    everybody_reads(public, url)
    be(page, url, PARTICIPANT)
    expect(main.get_by_role("link", name="Your participation")).to_be_visible()
    follow(page, re.compile("outcome|letter", re.I))
    expect(main).to_contain_text("on the list")
    assert acts_on(home, list_) == [
        "draft", "compose", "state_reasons", "ask_release", "confirm_release", "call_bureau_vote", "approve", "ratify",
        "tell_candidates", "announce",
    ]  # fmt: skip
    assert ask(home, "SELECT count(*) FROM mandates_mandate WHERE state = 'sitting'") == [(15,)]


def everybody_reads(public: Page, url: str) -> None:
    """The composition in three languages and as data; the decision sheet with the vote."""
    seats = public.request.get(f"{url}/composition.json").json()["seats"]
    assert [seat["state"] for seat in seats] == ["sitting"] * 15
    assert [seat["reserved"] for seat in seats].count(True) == 5
    # One accepted on condition that the name is withheld for safety.
    assert {seat["name"] for seat in seats} == {*RESERVED, *OTHERS, None} - {WITHHELD}
    for prefix in ("", "/fr", "/ru"):
        public.goto(f"{url}{prefix}/composition/")
        expect(public.get_by_role("main")).to_contain_text(PARTICIPANT)
    public.goto(f"{url}/composition/")
    follow(public, re.compile("ecision sheet"))
    main = public.get_by_role("main")
    expect(main).to_contain_text("Peoples and professions.")
    expect(main).to_contain_text("5 of 15 reserved: met")
    expect(main.get_by_role("link", name=re.compile("^Does the Bureau approve")).first).to_be_visible()
    expect(main).to_contain_text(re.compile("33.0.1"))
