"""Phrases and codes: enough bits, readable in three languages, insulting in none."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from hemicycle.people import keeping, phrases

WORDS = [
    a + b + c + d
    for a in phrases.CONSONANTS
    for b in phrases.VOWELS
    for c in phrases.CONSONANTS
    for d in phrases.VOWELS
    if a + b + c + d not in phrases.AVOIDED
]


def test_a_receipt_phrase_holds_at_least_eighty_bits_and_a_lock_phrase_sixty() -> None:
    assert phrases.OPENING_WORDS * math.log2(len(WORDS)) >= 80
    assert phrases.LOCKING_WORDS * math.log2(len(WORDS)) >= 60
    assert len(phrases.opening().split()) == 7
    assert len(phrases.locking().split()) == 5


def test_words_are_drawn_from_all_that_there_are() -> None:
    drawn = {phrases.word() for _ in range(60_000)}
    assert drawn <= set(WORDS)
    assert len(drawn) > 0.99 * len(WORDS)


def test_no_phrase_holds_a_word_to_be_avoided() -> None:
    assert not {phrases.word() for _ in range(20_000)} & phrases.AVOIDED


def test_two_phrases_are_never_alike() -> None:
    assert len({phrases.opening() for _ in range(2_000)}) == 2_000


@given(st.text(max_size=60))
def test_any_typed_text_can_be_read_and_gives_latin_letters_only(typed: str) -> None:
    assert phrases.plain(typed).strip("abcdefghijklmnopqrstuvwxyz") == ""
    assert phrases.plain(phrases.plain(typed)) == phrases.plain(typed)
    assert not set(phrases.plain_code(typed)) - set(phrases.CROCKFORD)


def test_a_code_is_read_back_however_it_is_typed() -> None:
    code = phrases.code()
    assert len(code.replace("-", "")) == 16
    for typed in (
        code.lower(),
        code.replace("-", " "),
        f" {code}\n",
        code.replace("0", "O").replace("1", "l"),
    ):
        assert phrases.plain_code(typed) == code.replace("-", "")


def test_digests_of_different_purposes_differ() -> None:
    assert keeping.digest("phrase", "tavo") != keeping.digest("lock", "tavo")


@given(st.text(max_size=200))
def test_what_is_sealed_is_read_back_and_a_changed_seal_is_not(text: str) -> None:
    sealed = keeping.seal("test", text)
    assert keeping.unseal("test", sealed) == text
    for purpose, changed in (
        ("other", sealed),
        ("test", "A" + sealed[1:] if sealed[0] != "A" else "B" + sealed[1:]),
    ):
        try:
            keeping.unseal(purpose, changed)
        except keeping.Unreadable:
            continue
        raise AssertionError("opened under another purpose, or after a change")
