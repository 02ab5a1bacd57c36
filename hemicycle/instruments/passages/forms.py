"""The canonical text, which is signed, and the words, which are compared."""

from __future__ import annotations

import hashlib
import re
import unicodedata

RUN = 5  # words in a row
_JOINERS = "\u200c\u200d"  # Persian and Kurdish need them
_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛′ʼ", "'"), **dict.fromkeys("“”„‟″«»", '"')})
_WORD = re.compile(r"\w+(?:['-]\w+)*")


def canonical(text: str) -> str:
    """The text whose bytes in UTF-8 are digested. Applied twice it changes nothing more; an empty text stays empty."""
    text = re.sub(r"\r\n?|[\x85\u2028\u2029\v\f]", "\n", text)
    seen = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc") or c in f"\n\t{_JOINERS}")
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", seen).split("\n")]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return f"{joined}\n" if joined else ""


def digest(text: str) -> str:
    """SHA-256 of the canonical text, in hex: what `sha256sum` says of the published file."""
    return hashlib.sha256(canonical(text).encode()).hexdigest()


def line_of(text: str) -> str:
    """The canonical text on one line: two texts are the same if these are."""
    return " ".join(canonical(text).split())


def words(text: str) -> list[str]:
    """The words: NFC, one kind of apostrophe and of quotation mark, case folded, without punctuation."""
    plain = canonical(text).translate(_QUOTES).casefold()
    return _WORD.findall(unicodedata.normalize("NFC", plain))


def runs(given: list[str], length: int = RUN) -> set[tuple[str, ...]]:
    """Every run of so many words; a shorter text is one run."""
    if len(given) <= length:
        return {tuple(given)} if given else set()
    return {tuple(given[start : start + length]) for start in range(len(given) - length + 1)}
