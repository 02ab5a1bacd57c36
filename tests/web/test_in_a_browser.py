"""The pages in a real browser: letters, phone, dark, keyboard, and what axe finds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import Page, expect

from hemicycle.web import charts
from hemicycle.web.desk import Due, Fact
from hemicycle.web.parts import Cell, Row, Stage

from .drawing import draw
from .test_parts import ACT, MATTER, Reply

pytestmark = pytest.mark.browser
# Letters of Sakha, Komi, Udmurt, Mari, Chuvash, Tatar, Bashkir, Buryat, Tuvan, Yukaghir, Nenets, Khanty, Abaza and others.
LETTERS = "ҕҥөһүӝӟӥӧӵӓӱӹҫӑӗӳҗңәғҡҙӈӄӇӷҳҷӊԓԃԅӭёӛӫӏҮӨіїєґқұӌӆӎԥԧԩԮԯҟҵӕўјşğıłńśźżčďěňřšťůžāēīūőűțșəŋ"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SEATS = [
    charts.SeatMark(n, f"Seat {n}", n in (2, 5, 8, 11, 14), {5: "suspended", 9: "vacant"}.get(n, "sitting"))
    for n in range(1, 16)
]
COMPOSITION = """{% extends "web/base.html" %}{% block title %}Composition{% endblock %}
{% block banner %}<div class="hero flow"><h1>Composition</h1><p class="lead">Who sits</p></div>{% endblock %}
{% block main %}<c-hemicycle :layout="layout" title="Seats" /><c-meter :meter="meter">4 of 15: short by 1</c-meter>
<c-table :columns="columns" :rows="rows" caption="Seats" />
<c-outcome :bar="bar" in_favour="80" against="0" abstentions="4" />
<c-notice title="Correction" kind="good"><p>Dismissed on review.</p></c-notice>{% endblock %}"""


def composition() -> str:
    return draw(
        COMPOSITION,
        layout=charts.hemicycle(SEATS),
        meter=charts.thirds_meter(total=15, required=5, present=4),
        bar=charts.outcome_bar(in_favour=80, against=0, abstentions=4),
        columns=["Seat", "Name", "State"],
        rows=[
            Row([str(s.number), Cell(s.label, url="/p"), Cell(state_label=s.state)], id=f"seat-{s.number}")
            for s in SEATS
        ],
    )


def matter() -> str:
    at = datetime(2027, 5, 1, 10, 0, tzinfo=UTC)
    return draw(
        '{% extends "web/matter.html" %}',
        title="Айтал Ҕоһор",
        kind="Candidacy",
        state_label="Being read",
        state_kind="open",
        matter={"reference": "CAND-2027-014"},
        matter_facts=[Fact("Name", "Айтал Ҕоһор", "sah"), Fact("Statement", "word " * 80)],
        steps=[Stage("Submitted", "done", at), Stage("Being read", "current"), Stage("Opinion")],
        due=Due("The reply closes on", at, "14 days from 17 April"),
        acts_open=[
            {"title": "Reply", "url": "/r", "primary": True},
            {"title": "Withdraw", "url": "/w", "grave": True},
        ],
        acts_closed=[{"title": "Object", "reason": "The reading has started.", "article": "6.2"}],
        history=[{"title": "Submitted", "at": at, "office": "Candidate", "article": "5.1"}],
    )


DRAWN: dict[str, Callable[[], str]] = {
    "composition": composition,
    "matter": matter,
    "act": lambda: draw('{% extends "web/act.html" %}', act=ACT, matter=MATTER, form=Reply({"once": "x"})),
    "error": lambda: draw(
        '{% extends "web/error.html" %}', title="Not now", text="It is closed.", todo="Wait."
    ),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", list(DRAWN))
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    show: Callable[..., Page], name: str, width: int, scheme: str
) -> None:
    page = show(DRAWN[name](), width=width, color_scheme=scheme, bypass_csp=True)
    assert [v["id"] for v in Axe().run(page, options=RULES).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_strict_policy_has_nothing_to_refuse(show: Any) -> None:
    for drawn in DRAWN.values():
        page = show(drawn())
        assert page.evaluate("typeof htmx") == "object"
    assert show.complaints == []
    show("<p style='color:red'>x</p>")
    assert len(show.complaints) == 1  # the listener does hear a refusal


@pytest.mark.parametrize("family", ["--sans", "--serif"])
def test_every_letter_of_the_peoples_concerned_comes_from_our_own_fonts(
    show: Callable[..., Page], family: str
) -> None:
    tag = "p" if family == "--sans" else "h2"
    body = f"<{tag} id='letters'>{LETTERS}{LETTERS.upper()}</{tag}>"
    page = show(draw('{% extends "web/base.html" %}{% block main %}<h1>L</h1>' + body + "{% endblock %}"))
    page.evaluate("document.fonts.ready")
    cdp = page.context.new_cdp_session(page)
    cdp.send("DOM.enable")
    cdp.send("CSS.enable")
    root = cdp.send("DOM.getDocument")["root"]["nodeId"]
    node = cdp.send("DOM.querySelector", {"nodeId": root, "selector": "#letters"})["nodeId"]
    fonts = cdp.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert fonts
    assert all(font["isCustomFont"] and font["familyName"].startswith("Noto S") for font in fonts), fonts


def test_on_a_phone_the_menus_fold_and_open_by_keyboard_without_script(show: Callable[..., Page]) -> None:
    page = show(matter(), width=390, java_script_enabled=False)
    menu = page.get_by_role("navigation", name="My work")
    assert not menu.is_visible()
    page.get_by_role("button", name="My work").press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("button", name="Close the menu").click()
    assert not page.get_by_role("navigation", name="Public pages").is_visible()


def test_on_a_desk_the_menus_stand_open(show: Callable[..., Page]) -> None:
    page = show(matter())
    assert page.get_by_role("navigation", name="My work").is_visible()
    assert page.get_by_role("navigation", name="Public pages").is_visible()
    assert not page.get_by_role("button", name="My work").is_visible()


def test_the_first_tab_leads_past_the_menus(show: Callable[..., Page]) -> None:
    page = show(matter())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_an_error_summary_has_the_focus_when_the_page_opens(show: Callable[..., Page]) -> None:
    page = show(DRAWN["act"]())
    expect(page.locator("#error-summary")).to_be_focused()


def test_buttons_and_choices_are_large_enough_for_a_finger(show: Callable[..., Page]) -> None:
    page = show(DRAWN["act"](), width=390)
    for target in page.locator(".button, .choice, .menu-button:visible, .languages a").all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44


def test_a_double_click_sends_a_form_once(show: Callable[..., Page]) -> None:
    page = show(draw('{% extends "web/act.html" %}', act=ACT, matter=MATTER, form=Reply()), bypass_csp=True)
    page.evaluate(
        "window.sent = 0; addEventListener('submit', e => { if (!e.defaultPrevented) sent += 1; e.preventDefault(); })"
    )
    page.get_by_role("button", name="Send the reply").dblclick()
    assert page.evaluate("sent") == 1


def test_every_language_fits_a_phone(show: Callable[..., Page]) -> None:
    for language in ("en", "fr", "ru"):
        with translation.override(language):
            page = show(matter(), width=320)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), language
            assert page.locator("html").get_attribute("lang") == language
