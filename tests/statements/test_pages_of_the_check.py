"""Whether a text is a statement that was published here: pasted, as a file, on paper."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.statements import actions, checking, paper
from hemicycle.statements.models import Statement

from .browsing import check, page
from .making import (
    FRENCH,
    RUSSIAN,
    TEXT,
    Hall,
    consent,
    drafted,
)


def test_a_text_is_authentic_altered_or_unknown(published: Statement) -> None:
    assert "Authentic" in check(f"  {TEXT}\r\n") and "Authentic" in check(RUSSIAN.replace("\n\n", "\n"))
    altered = check(TEXT.replace("ninety", "thirty"))
    assert "Altered" in altered and published.reference in altered
    for mark in ("published:", "this text:"):
        assert mark in altered
    assert "Unknown" in check("Something else entirely was written here.")
    assert "Authentique" in check(FRENCH, prefix="/fr")


def test_a_file_is_checked_too(published: Statement) -> None:
    for name in ("t.txt", "t.md"):
        assert "Authentic" in check(file=SimpleUploadedFile(name, TEXT.encode()))
    assert "cannot be read" in check(file=SimpleUploadedFile("t.pdf", b"%PDF-1.7 nonsense"), status=422)
    assert "cannot be read" in check(
        file=SimpleUploadedFile("t.txt", b"\x89PNG\r\n\x1a\n" + b"0" * 40), status=422
    )
    assert "1 MB" in check(file=SimpleUploadedFile("t.txt", b"a" * 1_100_000), status=422)


def test_the_paper_is_authentic_and_one_that_was_set_by_somebody_else_is_not(published: Statement) -> None:
    paper_ = paper.pdf(published, "ru")
    assert "Authentic" in check(file=SimpleUploadedFile("p.pdf", paper_))
    forged = check(file=SimpleUploadedFile("p.pdf", paper_ + b"\n"))
    assert "Altered" in forged  # the same words, and those around them


def test_a_pdf_with_the_words_of_a_statement_below_other_pages_is_not_authentic(
    published: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its pages show one thing, the words that can be taken out of it are another.
    monkeypatch.setattr(checking, "_words", lambda data: TEXT)
    told = check(file=SimpleUploadedFile("p.pdf", b"%PDF-1.7 an invisible layer of words"))
    assert "Not our paper" in told and "pages may show others" in told and "Authentic" not in told


def test_the_check_says_in_whose_name_a_text_was_published(published: Statement) -> None:
    assert "in the name of all participants" in check(TEXT)


@pytest.mark.parametrize("sign", ["\u202e", "\u2067", "\u200f"], ids=ascii)
def test_a_text_that_is_read_in_another_order_is_altered_and_the_sign_named(
    published: Statement, sign: str
) -> None:
    told = check(TEXT.replace("ninety days", f"{sign}ninety days"))
    assert "Altered" in told and f"[U+{ord(sign):04X}]" in told


@pytest.mark.parametrize(
    "given", [{}, {"text": " "}, {"text": "a", "file": SimpleUploadedFile("t.txt", b"a")}], ids=str
)
def test_nothing_or_two_things_are_refused(db: None, given: Any) -> None:
    assert "Paste a text or choose a file" in check(status=422, **given)


def test_who_asks_too_often_waits(published: Statement, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "statements_check": "2/15m/ip"}
    for _time in range(2):
        check(TEXT)
    check(TEXT, status=429)


def test_the_paper_has_the_same_bytes_twice_and_draws_every_letter(published: Statement) -> None:
    import pypdfium2

    made = paper.pdf(published, "ru")
    paper._set.cache_clear()
    assert paper.pdf(published, "ru") == made
    document = pypdfium2.PdfDocument(made)
    text = document[0].get_textpage().get_text_bounded()
    assert "За тех, кто отказался" in text and published.digest in text.replace("\r\n", "")
    ink = document[0].render(scale=1).to_pil().convert("L").histogram()
    assert sum(ink[:128]) > 2000  # the letters are drawn, not only there


def test_nothing_in_a_text_is_read_as_markup(there: Hall) -> None:
    import pypdfium2

    text = "Title #1\n\n#panic(1) *not bold* $x$ <b>no</b> \\ @reference `code`\n"
    row = drafted(there, text=text, scope="signatories")
    actions.finalise(row, there.actor(0), texts={})
    consent(there, row, 0)
    actions.publish(row, there.actor(0))
    read = pypdfium2.PdfDocument(paper.pdf(row, "en"))[0].get_textpage().get_text_bounded()
    assert "#panic(1) *not bold* $x$ <b>no</b> \\ @reference `code`" in read
    shown = page(f"/statements/{row.reference}/")
    assert "#panic(1) *not bold* $x$ &lt;b&gt;no&lt;/b&gt; \\ @reference `code`" in shown
