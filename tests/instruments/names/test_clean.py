from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.instruments.names.clean import (
    CUT,
    DIGITS,
    INVISIBLE,
    LONGEST_WORD,
    MIXED,
    MOST_WORDS,
    UNREADABLE,
    alternatives,
    cleaned,
)


def test_plain_names_become_words_without_signals() -> None:
    assert cleaned("TRUBNISHCHEV, Milentiy").words == ("trubnishchev", "milentiy")
    assert cleaned("Трубнищев Милентий").signals == ()


@pytest.mark.parametrize(
    "mark", ["\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\u202e", "\ufeff", "\u061c"]
)
def test_invisible_marks_go_and_are_reported(mark: str) -> None:
    found = cleaned(f"Тру{mark}бни{mark}щев")
    assert found.words == ("трубнищев",)
    assert found.signals == (INVISIBLE,)


def test_apostrophes_and_soft_signs_go_without_cutting_the_word() -> None:
    assert cleaned("Yur'yevich Yurʹevich Юрьевич Trubn'Yev").words == (
        "yuryevich",
        "yurevich",
        "юревич",
        "trubnyev",
    )


def test_look_alike_letters_are_put_back_word_by_word() -> None:
    found = cleaned("Trubnishсhеv Мilentiу")  # Cyrillic с, е, М, у
    assert found.words == ("trubnishchev", "milentiy")
    assert MIXED in found.signals
    assert cleaned("Щавлинцeв").words == ("щавлинцев",)  # Latin e


def test_a_word_of_look_alikes_follows_its_neighbours() -> None:
    assert cleaned("Gorb Но").words == ("gorb", "ho")
    assert cleaned("Горб Но").words == ("горб", "но")


def test_digits_inside_words_become_letters_for_people_only() -> None:
    assert cleaned("Trubn1shchev Mil3ntiy").words == ("trubnishchev", "milentiy")
    assert DIGITS in cleaned("Trubn1shchev").signals
    assert cleaned("Plant 17b", keep_digits=True).words == ("plant", "17b")


def test_joined_words_part_where_a_capital_begins() -> None:
    assert cleaned("MilentiyTrubnishchev").words == ("milentiy", "trubnishchev")
    assert cleaned("McTrub").words == ("mctrub",)


def test_long_names_are_cut_and_say_so() -> None:
    found = cleaned("Щ" * 10_000)
    assert len(found.words) == 1 and len(found.words[0]) == LONGEST_WORD
    assert CUT in found.signals
    assert len(cleaned("ab " * 5_000).words) <= MOST_WORDS


def test_nothing_to_read_is_said() -> None:
    assert cleaned("").signals == (UNREADABLE,)
    assert cleaned(" ,.-\u200f").words == ()


def test_further_names_inside_one_cell() -> None:
    assert alternatives("Savva Voskretnikov (Lukyan Perestukin)") == [
        "Savva Voskretnikov",
        "Lukyan Perestukin",
    ]
    assert alternatives("Savva Voskretnikov aka Luk Perestukin") == ["Savva Voskretnikov", "Luk Perestukin"]
    assert alternatives("VOSKRETNIKOV, Savva") == []


@given(st.text(max_size=500))
def test_any_text_becomes_few_short_words(text: str) -> None:
    found = cleaned(text)
    assert len(found.words) <= MOST_WORDS
    assert all(0 < len(word) <= LONGEST_WORD for word in found.words)
    assert found == cleaned(text)
