"""The path by mouse, in English, on a desk screen: a candidate applies, the clerk looks, the President composes, a member of
the Bureau votes on a telephone. How a file is read: test_vetting.py."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .applying import NAME, STATEMENT, add_evidence, come_back, fill_part, link_evidence, open_a_file
from .conftest import NewPage, Served
from .walking import acts_on, ask, be, follow, press, reference, refused, state

pytestmark = pytest.mark.browser


def test_a_candidate_applies_with_a_receipt_phrase_and_is_declared_admissible(
    new_page: NewPage, served: Served
) -> None:
    page = new_page()
    phrase, secret = open_a_file(page, served.url)
    press(page, "Begin a candidacy")
    refused(page, "I have read this notice")
    page.get_by_label("I have read this notice").check()
    press(page, "Begin a candidacy")
    expect(state(page)).to_have_text("being written")
    home, candidacy = page.url, reference(page)
    follow(page, "Submit the candidacy")
    expect(page.get_by_role("main")).to_contain_text("Still missing")
    press(page, "Submit the candidacy")
    refused(page)

    page.goto(home)
    parts = page.locator("a[href*='/part/']")
    addresses = [str(parts.nth(i).get_attribute("href")) for i in range(parts.count())]
    assert len(addresses) == 16
    for address in addresses:
        page.goto(served.url + address)
        fill_part(page)
    add_evidence(page, home)

    # A draft is there again after signing out, with paper and telephone alone.
    page.goto(home)
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    assert page.request.get(home).status in (404, 200) and "Надежда" not in page.request.get(home).text()
    assert ask(served.home, "SELECT state FROM candidacy_candidacy WHERE reference = ?", candidacy) == [
        ("draft",)
    ]
    assert phrase not in str(ask(served.home, "SELECT phrase_digest FROM people_account"))

    come_back(page, served.url, phrase, secret)
    follow(page, re.compile("Candidacy|candidacy"))
    expect(page).to_have_url(home)
    follow(page, "Submit the candidacy")
    expect(page.get_by_role("main")).to_contain_text(STATEMENT)
    press(page, "Submit the candidacy")
    refused(page, "Evidence is missing")
    page.goto(home)
    link_evidence(page, home)
    page.goto(home)
    follow(page, "Submit the candidacy")
    expect(page.get_by_text("Still missing")).to_have_count(0)
    press(page, "Submit the candidacy")
    expect(page.get_by_role("heading", level=1)).to_have_text("Receipt")
    expect(page.locator("body")).to_contain_text(candidacy)
    assert "Assembly" not in page.content(), "the receipt names no institution"
    follow(page, "Go on")
    expect(state(page)).to_have_text("received")

    be(page, served.url, "Brandvik")
    follow(page, re.compile("Candidacies whose form is to be looked at"))
    follow(page, candidacy)
    expect(page.get_by_role("main")).to_contain_text(NAME)
    press(page, "Propose to declare admissible")
    be(page, served.url, "Castelneau")
    follow(page, re.compile("Candidacies whose form a second clerk confirms"))
    follow(page, candidacy)
    expect(page.get_by_role("main")).to_contain_text(NAME)
    press(page, "Declare admissible")
    expect(page.get_by_role("main")).to_contain_text("No form waits for you here")

    assert ask(served.home, "SELECT state FROM candidacy_candidacy WHERE reference = ?", candidacy) == [
        ("admissible",)
    ]
    done = acts_on(served.home, candidacy)
    assert (
        done[0] == "start"
        and done[-3:] == ["submit", "propose_admissible", "declare_admissible"]
        and "black_out" in done
    )
    public = new_page()
    for path in ("/record", "/rounds/2027", "/"):
        public.goto(served.url + path)
        assert candidacy not in public.content() and NAME not in public.content()


def test_the_composer_shows_its_marks_and_a_public_page_the_composition(
    new_page: NewPage, served: Served
) -> None:
    page = new_page()
    be(page, served.url, "Aldenhoven")
    page.goto(f"{served.url}/lists/")
    main = page.get_by_role("main")
    expect(main).to_contain_text("5 of 15 reserved: met")
    expect(main).to_contain_text("4 of 15 reserved, 5 required: short by 1, article 4.2")
    public = new_page()
    public.goto(f"{served.url}/composition/")
    expect(public.get_by_role("main")).to_contain_text("15 of 15 seats are taken.")
    assert public.request.get(f"{served.url}/lists/").url != f"{served.url}/lists/", (
        "the lists ask for a sign-in"
    )


class Taps:
    """Counts what a thumb does on a page."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def __call__(self, role: str, name: str | re.Pattern[str]) -> None:
        self.count += 1
        self.page.get_by_role("main").get_by_role(role, name=name).first.tap()  # type: ignore[arg-type]


def test_a_member_of_the_bureau_votes_on_a_phone_in_five_taps(new_page: NewPage, served: Served) -> None:
    page = new_page(390, 844, has_touch=True, is_mobile=True)
    page.goto(f"{served.url}/sign-in/")
    tap = Taps(page)
    tap("button", re.compile("Valadeiro"))
    tap("link", re.compile("^Vote: Shall the exchange of views"))
    expect(page).to_have_url(re.compile("/vote/VOTE-"))
    vote = reference(page)
    page.get_by_role("main").get_by_text("Against", exact=True).tap()
    tap.count += 1
    tap("button", "Continue")
    expect(page.get_by_role("main")).to_contain_text("Against")
    tap("button", re.compile("Record|Cast|Send|Vote", re.I))
    expect(page).to_have_url(re.compile("/recorded/$"))
    expect(page.get_by_role("main")).to_contain_text(re.compile("recorded", re.I))
    assert tap.count <= 5
    cast = (
        "SELECT b.choice FROM voting_ballot b JOIN voting_rollentry r ON r.id = b.roll_entry_id"
        " JOIN voting_vote v ON v.id = r.vote_id WHERE v.reference = ? AND r.name LIKE '%Valadeiro'"
    )
    assert ask(served.home, cast, vote) == [("against",)]
    public = new_page()
    public.goto(f"{served.url}/votes")
    assert "Valadeiro" not in public.content(), "no ballot shows before the close"
