"""A suspension from the allegation to the correction, by mouse: every act by whoever holds its office."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .conftest import NewPage, Served
from .walking import acts_on, ask, be, follow, go, press, reference, refused, state, take

pytestmark = pytest.mark.browser

TAISIA = "Taisia Olkhovatskaya"
PENDING = "Participation suspended pending review; no violation has been established"
SECRET = "A recorded interview of last spring that gives up the borders"


def test_a_suspension_runs_from_the_allegation_to_the_public_correction(
    new_page: NewPage, served: Served
) -> None:
    page, public = new_page(), new_page()
    corrections = "Correction: the allegation was dismissed"
    public.goto(f"{served.url}/composition/")
    before = public.get_by_text(corrections).count()

    be(page, served.url, "Dubhghall")
    page.goto(f"{served.url}/suspension/allege/")
    follow(page, TAISIA)
    page.get_by_label("Criterion or bar").select_option(index=1)
    page.get_by_label("What happened, with dates").fill(SECRET)
    page.get_by_label("Evidence: documents and public addresses").fill("https://example.org/recording")
    press(page, "Submit an allegation")
    expect(state(page)).to_have_text("alleged")
    case, matter = reference(page), page.url

    be(page, served.url, TAISIA)
    # Before the notice the case does not exist for the participant.
    assert page.request.get(matter).status == 404

    be(page, served.url, "Brandvik")
    follow(page, re.compile(case))
    follow(page, "Notify the participant")
    # The notice begins with the words of the allegation; she reads Russian, so that a translation stands beside them.
    expect(page.get_by_label("Substance and evidence")).to_have_value(re.compile(re.escape(SECRET)))
    press(page, "Notify the participant")
    refused(page, "give a translation and its translator")
    page.get_by_label("The same in the participant’s language").fill("Интервью прошлой весны.")
    press(page, "Notify the participant")
    refused(page, "together")
    expect(page.get_by_label("The same in the participant’s language")).to_have_value(
        "Интервью прошлой весны."
    )
    page.get_by_label("Translator").fill("Oksana Vyrova")
    press(page, "Notify the participant")
    expect(state(page)).to_have_text("notified, reply time runs")

    be(page, served.url, TAISIA)
    follow(page, re.compile("allegation|suspension|Suspension|reply", re.I))
    expect(page).to_have_url(matter)
    expect(page.get_by_role("main")).to_contain_text("Dubhghall")
    expect(page.locator("dd[lang=ru]")).to_have_text("Интервью прошлой весны.")
    expect(page.locator("dd[lang=en]")).to_contain_text(SECRET)
    take(
        page,
        "Reply to the allegation",
        [("Your reply", "The interview says the opposite; the whole text is here.")],
    )
    expect(state(page)).to_have_text("replied")

    be(page, served.url, "Hallmundarson")
    go(page, matter)
    take(
        page, "Find prima facie", [("Reasons", "The reply does not answer the second half of the interview.")]
    )
    public.goto(f"{served.url}/composition/")
    expect(public.get_by_text(PENDING)).to_have_count(0)

    be(page, served.url, "Aldenhoven")
    go(page, matter)
    follow(page, "Suspend pending review")
    press(page, "Suspend pending review")
    refused(page, "The finding does not stand in the participant’s language yet")

    be(page, served.url, "Brandvik")
    follow(page, re.compile(f"Put a translation beside a text.*{case}"))
    page.get_by_label("Translated text").fill("Ответ не касается второй половины интервью.")
    page.get_by_label("Translator").fill("Oksana Vyrova")
    press(page, "Put a translation beside a text")
    expect(page).to_have_url(matter)
    be(page, served.url, "Aldenhoven")
    go(page, matter)
    take(page, "Suspend pending review")
    expect(state(page)).to_have_text("suspended pending review")

    for prefix, words in (("", PENDING), ("/fr", "aucune violation"), ("/ru", "нарушени")):
        public.goto(f"{served.url}{prefix}/composition/")
        expect(public.get_by_role("main")).to_contain_text(words)
        assert SECRET not in public.content() and case not in public.content()
    seats = public.request.get(f"{served.url}/composition.json").json()["seats"]
    assert [s["state"] for s in seats if s["name"] == TAISIA] == ["suspended"]

    be(page, served.url, "Castelneau")
    go(page, matter)
    follow(page, "Give the case to a reviewer")
    page.get_by_label("Reviewer").select_option(label="Marit Ystgaard")
    press(page, "Give the case to a reviewer")
    expect(state(page)).to_have_text("under review")

    be(page, served.url, "Ystgaard")
    go(page, matter)
    take(page, "Dismiss the allegation", [("Reasons", "The whole interview defends the borders.")])
    expect(state(page)).to_have_text("dismissed")

    public.goto(f"{served.url}/composition/")
    expect(public.get_by_text(corrections)).to_have_count(before + 1)
    expect(public.get_by_text(PENDING)).to_have_count(0)
    assert SECRET not in public.content()
    seats = public.request.get(f"{served.url}/composition.json").json()["seats"]
    assert [s["state"] for s in seats if s["name"] == TAISIA] == ["sitting"]

    assert acts_on(served.home, case) == [
        "allege", "notify", "reply", "find_prima_facie", "translate", "suspend", "review", "dismiss"
    ]  # fmt: skip
    ((facts,),) = ask(served.home, "SELECT group_concat(facts) FROM record_entry WHERE matter = ?", case)
    assert "interview" not in facts and "Интервью" not in facts, "the record keeps no personal text"
