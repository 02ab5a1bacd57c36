"""Which names of the glossary stand in a text. Plain Python: it reads words, not grammar, so it warns and never refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable

ENDING = {"en": 0, "fr": 0, "ru": 2}  # so many last letters of a word change with its case
SUFFIX = {"en": 3, "fr": 3, "ru": 4}  # so many may stand in their place
_WORD = re.compile(r"\w+")


def occurs(name: str, text: str, language: str) -> bool:
    """Whether a name stands in a text, in any number or case. Time is linear in the length of the text."""
    pattern = _pattern(name, language)
    return pattern is not None and pattern.search(text) is not None


def missing(
    pairs: Iterable[tuple[str, str]], original: str, source: str, text: str, target: str
) -> list[str]:
    """Of (name in the source language, name in the target language): those whose first stands in the original and whose
    second does not stand in the translation, by the second."""
    return [
        there for here, there in pairs if occurs(here, original, source) and not occurs(there, text, target)
    ]


def _pattern(name: str, language: str) -> re.Pattern[str] | None:
    words = _WORD.findall(name)
    if not words:
        return None
    cut, more = ENDING.get(language, 0), SUFFIX.get(language, 3)
    parts = [re.escape(word[: len(word) - cut] if len(word) > 4 else word) for word in words]
    return re.compile(r"\b" + rf"\w{{0,{more}}}\W{{1,3}}".join(parts) + rf"\w{{0,{more}}}\b", re.IGNORECASE)
