"""Authentic, altered, unknown: what a text is, held against what was published."""

from __future__ import annotations

import hashlib
import time
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.instruments.passages import (
    ALTERED_FROM,
    Published,
    canonical,
    check,
    compared,
    differences,
    digest,
    line_of,
    runs,
    share,
    words,
)  # fmt: skip

TEXT = (
    "We ask every state to let in those who flee the war.\n\nNobody who refused an order may be sent back; "
    "each case is heard, and each answer is given in writing within ninety days of the request."
)
RUSSIAN = "Мы просим все государства принять тех, кто бежит от войны. Никого, кто отказался выполнять приказ, не высылают."
THERE = [Published("STMT-1", "en", TEXT), Published("STMT-1", "ru", RUSSIAN)]
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=120)


@given(TEXTS)
def test_the_canonical_text_is_canonical(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert once == "" or (once.endswith("\n") and not once.endswith("\n\n") and not once.startswith("\n"))
    assert "\r" not in once and "  " not in once and " \n" not in once
    assert unicodedata.is_normalized("NFC", once)
    assert digest(text) == hashlib.sha256(once.encode()).hexdigest()


@given(TEXTS, st.sampled_from(["\n", "\r\n", "\n\n", "  ", "\t", "\u00a0", "\u200b "]))
def test_broken_otherwise_it_is_the_same_text(text: str, gap: str) -> None:
    line = line_of(text)
    broken = gap.join(line.split(" "))
    assert line_of(broken) == line
    if line:
        assert check(broken, [Published("X", "en", text)]).kind == "authentic"


@given(TEXTS)
def test_case_quotes_and_normal_form_do_not_change_the_words(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(text)


def test_words_and_quotes() -> None:
    assert words("“L’État” dit : «non».") == ["l'état", "dit", "non"] == words('"L\'ÉTAT" dit: "non"')


@pytest.mark.parametrize("each", THERE, ids=lambda p: p.language)
def test_a_text_is_authentic_in_each_language(each: Published) -> None:
    copied = each.text.replace(" ", "\u00a0")
    found = check(f"\ufeff  {copied}\r\n", THERE)
    assert (found.kind, found.published, found.share) == ("authentic", each, 1)


def test_one_word_makes_it_altered_and_is_shown() -> None:
    forged = TEXT.replace("ninety", "thirty")
    found = check(forged, THERE)
    assert found.kind == "altered" and found.published == THERE[0] and ALTERED_FROM <= found.share < 1
    assert [(d.kind, d.text) for d in found.differences if d.kind != "same"] == [
        ("published", "ninety"),
        ("given", "thirty"),
    ]


def test_a_comma_makes_it_altered_too() -> None:
    assert check(TEXT.replace("heard,", "heard"), THERE).kind == "altered"


def test_a_paragraph_added_or_cut_off_does_not_hide_it() -> None:
    longer = f"{TEXT} And the sanctions are lifted at once, says everybody here who has ever signed."
    for text in (longer, TEXT.split("\n\n")[1]):
        found = check(text, THERE)
        assert (found.kind, found.share) == ("altered", share(text, TEXT)), (
            text
        )  # of its own runs, whichever is longer
    assert share(longer, TEXT) < ALTERED_FROM < share(TEXT, longer)


@pytest.mark.parametrize(
    "text", ["", "  \n", "We ask", "Something else was said here by somebody on another day entirely."]
)
def test_something_else_is_unknown(text: str) -> None:
    found = check(text, THERE)
    assert (found.kind, found.published, found.differences) == ("unknown", None, ())


def test_the_line_is_drawn_at_four_fifths() -> None:
    """Words 0..103 are 100 runs; with so many exchanged at the end, 80 are shared, or 79."""
    published = " ".join(f"w{n}" for n in range(104))
    for changed, kind in ((20, "altered"), (21, "unknown")):
        text = " ".join([*(f"w{n}" for n in range(104 - changed)), *(f"x{n}" for n in range(changed))])
        assert share(text, published) == Fraction(100 - changed, 100)
        assert check(text, [Published("S", "en", published)]).kind == kind


@given(TEXTS, TEXTS)
def test_the_differences_hold_both_texts(one: str, other: str) -> None:
    found = differences(one, other)
    assert " ".join(d.text for d in found if d.kind != "given") == line_of(other)
    assert " ".join(d.text for d in found if d.kind != "published") == line_of(one)
    assert all(d.text for d in found)


@given(TEXTS, TEXTS)
def test_lines_compared_hold_both_versions(old: str, new: str) -> None:
    found = compared(old, new)
    assert [line.text for line in found if line.kind != "added"] == canonical(old).splitlines()
    assert [line.text for line in found if line.kind != "removed"] == canonical(new).splitlines()


@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_runs_are_of_five_words_or_the_whole(given_words: list[str]) -> None:
    found = runs(given_words)
    assert all(len(run) == min(5, len(given_words)) for run in found)
    assert bool(found) == bool(given_words)


def test_a_text_made_to_be_slow_is_compared_in_time() -> None:
    said = ("the", "the", "of", *(f"word{number}" for number in range(7)))
    words = [
        said[(number * number) % len(said)] + str(number % 50) * (number % 3 > 0) for number in range(3500)
    ]
    pieces = [[*words[start : start + 60], *["the"] * 600] for start in range(0, len(words), 60)]
    given = " ".join(word for piece in pieces for word in piece)
    text = "Title\n\n" + " ".join(words)
    began = time.monotonic()
    found = check(given, [Published("a", "en", text)])
    took = time.monotonic() - began  # without the limit half a minute
    assert found.kind == "altered" and took < 5
    told = [each.text for each in found.differences if each.kind != "published"]
    assert " ".join(told).split() == given.split()
