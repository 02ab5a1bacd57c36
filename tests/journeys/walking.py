"""What every journey does: be one of the cast, fill a form by its labels, look into the database of the served copy."""

from __future__ import annotations

import base64
import hmac
import re
import sqlite3
import struct
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

# Two cores are shared by several browsers and servers, so a page may take its time.
expect.set_options(timeout=20_000)


def be(page: Page, url: str, name: str, prefix: str = "") -> None:
    """Sign in as one of the cast, by name; whoever was signed in before gives way. `prefix`: "", "/fr" or "/ru"."""
    page.goto(f"{url}{prefix}/sign-in/")
    page.get_by_role("button", name=name).click()
    expect(page).to_have_url(re.compile(r"/desk/$"))
    expect(page.locator("header")).to_contain_text(name)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button of the content and wait for the answer to its form; what has to be signed is signed."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).click()
    if page.locator("form#sign").count():
        with page.expect_navigation():
            page.locator("form#sign button[type=submit]").click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Click a link of the content and wait until its page is there."""
    before = page.url
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    page.wait_for_url(lambda url: url != before)
    say_why(page)


def go(page: Page, url: str) -> None:
    """Open an address; where it is a sealed file, say why first."""
    page.goto(url)
    say_why(page)


def say_why(page: Page) -> None:
    """Where a sealed file asks why it is opened, answer; the page that was asked for follows."""
    if re.search(r"/(re)?open_file/\?next=", page.url):
        assert faults_of_access(page) == []
        page.locator("input[name=reason]").first.check()
        with page.expect_navigation():
            page.locator("form.act button[type=submit]").click()


def take(page: Page, act: str, texts: Sequence[tuple[str, str]] = (), button: str = "") -> None:
    """On the page of a matter: follow the link of an act, fill in, send; the page of the matter answers."""
    matter = page.url
    follow(page, act)
    expect(page.get_by_role("heading", level=1)).to_have_text(act)
    for label, text in texts:
        page.get_by_label(label, exact=False).first.fill(text)
    press(page, button or act)
    expect(page).to_have_url(matter)


def refused(page: Page, text: str = "") -> None:
    """The page says that something was refused and, where given, what; and it can be read by everybody as it stands."""
    expect(page.get_by_role("alert")).to_contain_text(text)
    assert faults_of_access(page) == []


def faults_of_access(page: Page) -> list[str]:
    """What axe finds on the page as it stands: rule and element."""
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {node['target']} {node.get('failureSummary', '')}" for v in found for node in v["nodes"]
    ]


def state(page: Page) -> Locator:
    """The state that the page of a matter shows beside its reference."""
    return page.get_by_role("main").locator(".caption .state").first


def reference(page: Page) -> str:
    return page.url.rstrip("/").rsplit("/", 1)[1]


def digits(secret: str, at: float | None = None) -> str:
    """The six digits that an authenticator app shows for a secret in base 32 (RFC 6238, SHA-1, 30 s)."""
    key = base64.b32decode(secret.replace(" ", "").upper())
    mac = hmac.digest(key, struct.pack(">Q", int(time.time() if at is None else at) // 30), "sha1")
    start = mac[-1] & 15
    number = struct.unpack(">I", mac[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def ask(home: Path, question: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the database file of the served copy, from outside and without writing."""
    with closing(sqlite3.connect(f"file:{home / 'hemicycle.sqlite3'}?mode=ro", uri=True, timeout=20)) as file:
        return file.execute(question, values).fetchall()


def acts_on(home: Path, matter: str) -> list[str]:
    """What the record holds of one matter, in its order; who opened it stands apart."""
    question = """SELECT act FROM record_entry WHERE matter = ?
        AND NOT (act = 'reopen_file' OR act = 'open_file' AND room <> 'vetting') ORDER BY number"""
    return [act for (act,) in ask(home, question, matter)]
