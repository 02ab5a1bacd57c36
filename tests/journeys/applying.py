"""A candidate at the form: the way in without name or address, every part, evidence good and bad."""

from __future__ import annotations

import re
import struct
import time
import zlib

from playwright.sync_api import Page, expect

from .walking import digits, follow, press, refused

NAME = "Nadezhda Invented"
STATEMENT = "I have said so in public, in my own name, since the first day."
NOT_A_PICTURE = {"name": "proof.png", "mimeType": "image/png", "buffer": b"MZ" + bytes(400)}


def picture() -> dict[str, object]:
    """A grey PNG of 8 x 8 pixels, made here."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes([120] * 8) for _ in range(8)))
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return {"name": "photo of the square.png", "mimeType": "image/png", "buffer": data}


def open_a_file(page: Page, url: str) -> tuple[str, str]:
    """From the public page to an account without name or address; returns the receipt phrase and the app's secret."""
    page.goto(f"{url}/apply/")
    follow(page, "Read the notice of the risk, then begin")
    expect(page.get_by_role("main")).to_contain_text("A candidacy can put you in danger")
    follow(page, "I have read this: open a file")
    press(page, "Make my phrase")
    expect(page.get_by_role("heading", level=1)).to_have_text("Receipt")
    assert "Assembly" not in page.title() + page.locator("body").inner_text()
    phrase = page.locator(".words").first.inner_text()
    assert len(phrase.split()) == 7
    press(page, "I have written it down")
    follow(page, "Set up an authenticator app")
    press(page, "Set up the app")
    refused(page)
    secret = page.locator("code.reference").inner_text()
    page.get_by_label("Code").fill(digits(secret))
    press(page, "Set up the app")
    return phrase, secret


def come_back(page: Page, url: str, phrase: str, secret: str) -> None:
    """Sign in with paper and telephone, from the page that offers it."""
    page.goto(f"{url}/sign-in/")
    page.get_by_text("With your receipt phrase").click()
    page.get_by_role("textbox", name="Receipt phrase").fill(phrase.upper())
    page.get_by_role("textbox", name="Code from your authenticator app").fill(
        digits(secret, time.time() + 30)
    )  # each code counts once
    press(page, "Sign in with the phrase")
    expect(page).to_have_url(re.compile(r"/desk/$"))


def fill_part(page: Page) -> None:
    """Fill whatever part of the candidacy is on the page, as its labels ask."""
    main = page.get_by_role("main")
    for label, text in (
        ("Name in your own script", "Надежда Вымышленная"), ("Name in Latin letters", NAME), ("Public name", NAME),
        ("Your statement", STATEMENT), ("Since when?", "2022-02-24"),
    ):  # fmt: skip
        field = main.get_by_label(label)
        if field.count():
            field.first.fill(text)
    for label in ("I declare that this is true.", "I send this candidacy myself", "Political opposition"):
        field = main.get_by_label(label)
        if field.count():
            field.first.check()
    if main.get_by_label("Country in which you live").count():
        main.get_by_label("Country in which you live").select_option(label="Lithuania")
    if main.get_by_label("No", exact=True).count():
        main.get_by_label("No", exact=True).check()
    press(page, "Save and go on")


def add_evidence(page: Page, home: str) -> None:
    """A bad file is refused and loses nothing; a link in its place, and then a good file, are kept."""
    page.goto(home)
    follow(page, "All evidence")
    title = "A speech on the square"
    page.get_by_label("What it is, in a few words").fill(title)
    page.get_by_label("File").set_input_files(NOT_A_PICTURE)  # type: ignore[arg-type]
    press(page, "Add")
    refused(page, "this file is something else, whatever its name says")
    expect(page.get_by_label("What it is, in a few words")).to_have_value(title)
    page.get_by_label("File").set_input_files(picture())  # type: ignore[arg-type]
    press(page, "Add")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    image = page.get_by_role("main").get_by_role("img")
    expect(image).to_have_js_property("naturalWidth", 8)
    page.get_by_label("From the left edge").fill("0")
    page.get_by_label("From the upper edge").fill("0")
    page.get_by_label("Width").fill("50")
    page.get_by_label("Height").fill("50")
    press(page, "Black out")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def link_evidence(page: Page, home: str) -> None:
    """Give an address as evidence wherever a criterion asks for some."""
    follow(page, "Submit the candidacy")
    missing = page.get_by_role("main").get_by_text("Evidence is missing:")
    criteria = [text.split(": ", 1)[1] for text in missing.all_inner_texts()]
    assert len(criteria) == 8
    for criterion in criteria:
        page.goto(home)
        follow(page, "All evidence")
        page.get_by_label("What it shows").select_option(label=criterion)
        page.get_by_label("What it is, in a few words").fill("A printed interview")
        page.get_by_label("Link").fill("https://example.org/interview")
        press(page, "Add")
        expect(page.get_by_role("main").get_by_role("link", name="A printed interview").first).to_be_visible()
