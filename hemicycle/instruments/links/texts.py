"""Texts of a drawing: what may stand in XML, how wide they run, where they are broken or cut.

Widths are estimates on the safe side, in units of the letter size: a server has no fonts to measure with.
"""

from __future__ import annotations

import unicodedata

ELLIPSIS = "…"
_NARROW = frozenset("ijltfrI.,:;'’|!()[]- ·")
_WIDE = frozenset("mwMW@%…—→←↔шщжюыфмШЩЖЮЫФМ")
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FIRST, _POP = "\u2068", "\u2069"


def cleaned(text: str) -> str:
    """The text without what XML forbids and without marks that turn the direction of what follows; blanks made single."""
    kept = (
        " " if ch.isspace() else ch
        for ch in text
        if ch.isspace() or (ch not in _BIDI and unicodedata.category(ch) not in ("Cc", "Cs", "Cn", "Co"))
    )
    return " ".join("".join(kept).split())


def isolated(text: str) -> str:
    """A text whose direction, right to left or left to right, stays its own and touches nothing beside it."""
    return f"{_FIRST}{text}{_POP}" if text else ""


def width(text: str) -> float:
    return sum(map(_width, text))


def _width(ch: str) -> float:
    if unicodedata.combining(ch) or unicodedata.category(ch) in ("Cf", "Me", "Mn"):
        return 0.0
    if unicodedata.east_asian_width(ch) in ("W", "F"):
        return 1.05
    if ch in _NARROW:
        return 0.36
    if ch in _WIDE:
        return 0.95
    return 0.72 if ch.isupper() else 0.6


def cut(text: str, most: float) -> str:
    """The text, or as much of it as runs within `most` with three dots after it; never between a letter and its mark."""
    if width(text) <= most:
        return text
    most -= width(ELLIPSIS)
    kept = 0
    run = 0.0
    for place, ch in enumerate(text):
        run += _width(ch)
        if run > most:
            break
        kept = place + 1
    return text[:kept].rstrip() + ELLIPSIS


def wrapped(text: str, most: float, lines: int) -> tuple[str, ...]:
    """At most so many lines, broken between words where that goes; what does not fit is cut from the last."""
    found: list[str] = []
    words = text.split()
    while words and len(found) < lines - 1:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}") <= most:
            line = f"{line} {words.pop(0)}"
        if width(line) > most:  # one word alone is too long
            fits = _fits(line, most)
            words.insert(0, line[fits:])
            line = line[:fits]
        found.append(line)
    if words:
        found.append(cut(" ".join(words), most))
    return tuple(found)


def _fits(word: str, most: float) -> int:
    """How many characters of a word run within `most`: one at least, with its marks."""
    run = 0.0
    for place, ch in enumerate(word):
        run += _width(ch)
        if run > most and place:
            return place
    return len(word)
