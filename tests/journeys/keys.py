"""A person who uses the keyboard alone: nothing is clicked, and at every stop the focus is to be seen.

Pages are in Russian; `ru` (and `fr`) look up how the interface says an English text there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import polib
from playwright.sync_api import Page, expect

from .conftest import ROOT

# What has the focus: its name as a person reads it, its address, and whether an outline is drawn on it, or on what
# stands for it (a choice is drawn by the label around its radio button, a seat of a chart by its stroke).
FOCUS = """() => {
  const one = document.activeElement;
  const drawn = [one, one.closest("label"), one.nextElementSibling].filter(Boolean);
  const style = (e) => getComputedStyle(e);
  return {
    text: (one.getAttribute("aria-label") || one.innerText || one.value || one.name || "").trim(),
    id: one.id, name: one.name || "", tag: one.tagName, type: one.type || "", value: one.value || "",
    seen: drawn.some((e) => style(e).outlineStyle !== "none" && parseFloat(style(e).outlineWidth) > 0)
      || (one.matches(".seat") && parseFloat(style(one.querySelector(".mark")).strokeWidth) > 3),
  };
}"""
MOST = 200


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


@lru_cache(maxsize=2)
def _catalogue(language: str) -> dict[tuple[str, str], str]:
    files = sorted((ROOT / "hemicycle").glob(f"*/locale/{language}/LC_MESSAGES/django.po"))
    return {
        (entry.msgctxt or "", entry.msgid): entry.msgstr
        for file in files
        for entry in polib.pofile(str(file))
    }


def ru(english: str, context: str = "") -> str:
    """The Russian text of the interface for an English one."""
    return _catalogue("ru")[context, english]


def fr(english: str, context: str = "") -> str:
    return _catalogue("fr")[context, english]


def exactly(english: str) -> str:
    """A pattern of the whole Russian text."""
    return f"^{re.escape(ru(english))}$"


def fill(page: Page, values: Mapping[str, str], send: str) -> None:
    """Tab through a form from where the focus is: give each named field its value, and send with Enter.

    Text is typed; a choice is walked to with the arrows, in a list by how it begins; a box named with any value is
    ticked once.
    """
    left = dict(values)
    for _stop in range(MOST):
        page.keyboard.press("Tab")
        focus: dict[str, str] = page.evaluate(FOCUS)
        if focus["tag"] == "BODY":
            continue
        assert focus["seen"], f"the focus cannot be seen: {focus} on {page.url}"
        if focus["type"] == "submit" and re.search(send, focus["text"]):
            assert not left, f"never reached: {left} on {page.url}"
            with page.expect_navigation():
                page.keyboard.press("Enter")
            if page.locator("form#sign").count():
                enter(page, exactly("Sign with the demonstration key"))
            return
        if focus["name"] in left:
            _give(page, focus, left.pop(focus["name"]))
    raise AssertionError(f"{MOST} times Tab never reached {send} on {page.url}")


def _give(page: Page, focus: Mapping[str, str], value: str) -> None:
    if focus["type"] == "radio":
        page.keyboard.press("Space")
        for _step in range(10):
            if page.evaluate(FOCUS)["value"] == value:
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"no choice {value} at {focus}")
    if focus["type"] == "checkbox":
        page.keyboard.press("Space")
    elif focus["type"] == "date":
        year, month, day = value.split("-")
        page.keyboard.type(f"{month}{day}{year}")
    elif focus["tag"] == "SELECT":
        page.keyboard.press("Home")
        for _step in range(300):
            if page.evaluate("document.activeElement.selectedOptions[0].text").strip().startswith(value):
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"no choice {value} at {focus}")
    else:
        page.keyboard.press("Control+a")
        page.keyboard.type(value)


def take(page: Page, act: str, values: Mapping[str, str] | None = None) -> None:
    """On the page of a matter: go to an act by its English title, fill in, send; the page of the matter answers."""
    matter = page.url
    enter(page, exactly(act))
    fill(page, values or {}, exactly(act))
    expect(page).to_have_url(matter)
