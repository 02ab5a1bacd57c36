"""From what somebody typed to plain words: invisible marks dropped, look-alike letters put back, lengths capped."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOST_CHARACTERS = 400
MOST_WORDS = 16
LONGEST_WORD = 40

MIXED = "mixed scripts in one word"
INVISIBLE = "invisible characters"
DIGITS = "digits inside words"
CUT = "cut: too long"
UNREADABLE = "nothing to read"

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛`´ʹʺʻʼʽʾʿˈ′″\u0640ьъЬЪ“”"))
_BREAKS = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿа-яё]{3})(?=[A-ZА-ЯЁ](?:[a-zà-ÿа-яё]{2}|l-))")
_LATIN = re.compile(r"[a-zß-ɏ]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_CYRILLIC_LOOKALIKE = "авеёкмнорстухіїјѕһԁԛԝ"
CYRILLIC_TO_LATIN = str.maketrans(_CYRILLIC_LOOKALIKE, "abeekmhopctyxiijshdqw")
_TO_CYRILLIC = str.maketrans("abcehikmoptxy3", "авсенікмортхуз")
GREEK_TO_LATIN = str.maketrans("αβεικνορτυχκ", "abeikvoptyxk")
_ONLY_LATIN = re.compile(r"[dfglqrsuvwzšžčłß]|[jnb]")
_ONLY_CYRILLIC = re.compile(r"[бгджзийлпфцчшщыэюяєґўәғқңөүұҡҙҫӑӗ]")
_GREEK = re.compile(r"[α-ω]")
_DIGITS = str.maketrans("013457869", "oieastbgg")
_BRACKETS = re.compile(r"\(([^()]*)\)?")
_KNOWN_AS = re.compile(r"\b(?:a\.k\.a\.|aka|f\.k\.a\.|fka)(?=\s)", re.IGNORECASE)
_HAS_DIGIT = re.compile(r"\d")
_KRA = {ord("ĸ"): "к", ord("Ӏ"): None, ord("ӏ"): None, ord("ǃ"): None}


@dataclass(frozen=True)
class Cleaned:
    """Words in lower case, in their order, and what is odd about the way they were typed."""

    words: tuple[str, ...]
    signals: tuple[str, ...]


def cleaned(text: str, keep_digits: bool = False) -> Cleaned:
    """The words of a name. With `keep_digits` (organisations) figures stay figures."""
    signals: list[str] = []
    if len(text) > MOST_CHARACTERS:
        signals.append(CUT)
        text = text[:MOST_CHARACTERS]
    if not text.isascii():
        text = _visible(text, signals)
    text = _CAMEL.sub(" ", text).translate(_APOSTROPHES).lower()
    words = [word for word in _BREAKS.split(text) if word]
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        if CUT not in signals:
            signals.append(CUT)
        words = [word[:LONGEST_WORD] for word in words[:MOST_WORDS]]
    if not text.isascii():
        words = _one_script(words, signals)
    if not keep_digits and _HAS_DIGIT.search(text):
        words = _without_digits(words, signals)
    if not words:
        signals.append(UNREADABLE)
    return Cleaned(tuple(words), tuple(signals))


def alternatives(text: str) -> list[str]:
    """Further names inside one cell: what stands outside and inside brackets, and names in a row of commas."""
    if len(text) > MOST_CHARACTERS:
        return []
    found: list[str] = []
    if "(" in text:
        found.append(_BRACKETS.sub(" ", text))
        found.extend(inside for inside in _BRACKETS.findall(text) if " " in inside.strip())
    if ";" in text or text.count(",") > 1:
        found.extend(piece for piece in re.split("[;,]", text) if " " in piece.strip())
    if _KNOWN_AS.search(text):
        found.extend(_KNOWN_AS.split(text))
    return [one.strip() for one in found if one.strip()][:6]


def _visible(text: str, signals: list[str]) -> str:
    text = unicodedata.normalize("NFKC", text)
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS]
    shown = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    if shown != text:
        signals.append(INVISIBLE)
    shown = unicodedata.normalize("NFC", shown.translate(_KRA))
    return "".join(letter for letter in shown if unicodedata.category(letter) != "Mn")


def _one_script(words: list[str], signals: list[str]) -> list[str]:
    """Put look-alike letters back, word by word; a word that could be either follows its neighbours."""
    latin_words = sum(
        bool(_LATIN.search(word)) and (not _CYRILLIC.search(word) or _leans_latin(word)) for word in words
    )
    put: list[str] = []
    for word in words:
        if not (_CYRILLIC.search(word) or _GREEK.search(word)):
            put.append(word)
            continue
        has_latin = bool(_LATIN.search(word))
        if has_latin:
            to_latin = _leans_latin(word)
        else:
            to_latin = latin_words > 0 and all(letter in _CYRILLIC_LOOKALIKE for letter in word)
        if has_latin or to_latin:
            if MIXED not in signals:
                signals.append(MIXED)
            table = CYRILLIC_TO_LATIN if to_latin else _TO_CYRILLIC
            word = word.translate(table)
            if to_latin:
                word = word.translate(GREEK_TO_LATIN)
        put.append(word)
    return put


def _leans_latin(word: str) -> bool:
    latin = len(_ONLY_LATIN.findall(word))
    cyrillic = len(_ONLY_CYRILLIC.findall(word))
    if latin != cyrillic:
        return latin > cyrillic
    return len(_LATIN.findall(word)) * 2 >= len(word)


def _without_digits(words: list[str], signals: list[str]) -> list[str]:
    put = []
    for word in words:
        if _HAS_DIGIT.search(word) and any(letter.isalpha() for letter in word):
            word = word.translate(_DIGITS)
            if DIGITS not in signals:
                signals.append(DIGITS)
        put.append(word)
    return put
