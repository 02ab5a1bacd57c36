"""Texts as plain words that keep their place: small letters, no invisible marks, look-alike letters made one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..names.clean import CYRILLIC_TO_LATIN, GREEK_TO_LATIN

# What stands inside a word without being a letter: combining marks, soft hyphens, joiners, direction marks.
_INSIDE = (
    "\u00ad\u0300-\u036f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
_WORD = re.compile(rf"[^\W_]+(?:[{_INSIDE}]+[^\W_]+)*[{_INSIDE}]*")


@dataclass(frozen=True, slots=True)
class Plain:
    """The words of a text as they are compared, and where each starts and ends in the original."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def plain(text: str) -> Plain:
    """The words of a text, in their order. Takes time linear in the text's length."""
    found = [(word, one.start(), one.end()) for one in _WORD.finditer(text) if (word := compared(one[0]))]
    words, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return Plain(words, starts, ends)


@lru_cache(maxsize=200_000)
def compared(word: str) -> str:
    """A word as it is compared; Cyrillic and Greek letters that look Latin count as Latin, whoever typed them.

    The result is for comparing only: it is no word of any language.
    """
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word)
        word = "".join(letter for letter in word if unicodedata.category(letter) not in ("Cf", "Mn"))
    word = word.casefold()
    return word if word.isascii() else word.translate(CYRILLIC_TO_LATIN).translate(GREEK_TO_LATIN)


def shingles(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """All runs of `size` words, one for each place where one starts."""
    return list(zip(*(words[start:] for start in range(size)), strict=False))
