"""The path by mouse, in English, on a desk screen: a candidate applies, the clerk looks, assessors read, the candidate
replies, the President composes, a member of the Bureau votes on a telephone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .applying import NAME, STATEMENT, add_evidence, come_back, fill_part, link_evidence, open_a_file
from .conftest import NewPage, Served
from .walking import acts_on, ask, be, follow, go, press, reference, refused, state, take

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


def give_reading(page: Page) -> None:
    """Find on every criterion and bar that one reads the file as met or not in the way, with reasons."""
    follow(page, re.compile("^(Write|Give) the reading$"))
    for radio in page.locator("input[type=radio][name^=verdict_]").all():
        if radio.get_attribute("value") in ("met", "not_met") and str(radio.get_attribute("id")).endswith(
            "_0"
        ):
            radio.check()
    for reasons in page.locator("textarea[name^=reasons_]").all():
        reasons.fill("The statement and the exhibits agree.")
    for box in page.locator("input[type=checkbox][id$=_0][name^=evidence_]").all():
        box.check()
    press(page, re.compile("Give the reading"))


def test_two_assessors_read_blind_and_the_candidate_replies(new_page: NewPage, served: Served) -> None:
    page = new_page()
    be(page, served.url, "Holtermoen")
    follow(page, re.compile("Read a file"))
    second = page.url
    assert page.request.get(f"{served.url}/files/{reference(page)}/").status in (403, 404, 409), (
        "not before a declaration"
    )
    take(page, "Declare that you have no interest")
    take(page, "Open the file")
    expect(state(page)).to_have_text("file open")
    give_reading(page)
    expect(page).to_have_url(second)
    given = state(page).inner_text()

    be(page, served.url, "Varoquier")
    follow(page, re.compile("Read a file"))
    first = page.url
    assert page.request.get(second).status == 404, "nobody sees a reading before the others are given"
    give_reading(page)
    expect(page).to_have_url(first)
    expect(state(page)).to_have_text(given)

    be(page, served.url, "Goldenveis")
    follow(page, "A point to which you may reply")
    point = reference(page)
    follow(page, "Reply")
    press(page, "Send the reply")
    refused(page, "Your reply")
    page.get_by_label("Your reply").fill(
        "The page is older than the list: the newsroom had no public list before 2019."
    )
    press(page, "Save the draft")
    page.reload()
    expect(page.get_by_label("Your reply")).to_have_value(re.compile("^The page is older"))
    press(page, "Send the reply")
    expect(page.get_by_role("main")).to_contain_text("The page is older than the list")
    assert acts_on(served.home, point)[-2:] == ["save_reply", "reply"]
    facts = str(ask(served.home, "SELECT facts FROM record_entry WHERE matter = ?", point))
    assert "older than" not in facts

    # The readers answer the reply, agree an opinion and give it; the candidate reads who decided what.
    be(page, served.url, "Varoquier")
    follow(page, re.compile("Agree an opinion"))
    examination = page.url
    follow(page, "Put an opinion to the other readers")
    page.get_by_label("met", exact=True).check()
    page.get_by_label("Text of the opinion").fill("The file bears the statement out.")
    press(page, "Put an opinion to the other readers")
    expect(page).to_have_url(examination)
    follow(page, "Give the opinion")
    press(page, "Give the opinion")
    refused(page)
    go(page, f"{served.url}/matters/{point}/")
    follow(page, "Answer the reply")
    page.get_by_label("do not uphold it").check()
    page.get_by_label("Reasons").fill("The reply explains the dates.")
    press(page, "Answer the reply")
    expect(state(page)).to_have_text("dropped, with reasons")

    be(page, served.url, "Holtermoen")
    follow(page, re.compile("Agree an opinion"))
    expect(page.get_by_role("main")).to_contain_text("The file bears the statement out.")
    take(page, "Agree with the opinion")
    take(page, "Give the opinion")
    expect(state(page)).to_have_text("opinion given")

    be(page, served.url, "Goldenveis")
    go(page, f"{served.url}/matters/{point}/")
    expect(page.get_by_role("main")).to_contain_text("The reply explains the dates.")
    assert page.request.get(second).status == 404, "who read is told by capacity, not by the reading"


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
