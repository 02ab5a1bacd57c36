"""What survives a translation: names by their sounds, numbers, dates and addresses of pages. No e-mail address is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..names.clean import cleaned
from ..names.fold import readings, skeleton

NAME, NUMBER, DATE, PAGE = "name", "number", "date", "page"
LEAST_LETTERS = 4
LEAST_SOUNDS = 3

_MAIL = re.compile(r"\S{1,100}@\S{1,100}")
_PAGE = re.compile(r"(?:https?://|www\.)[^\s<>«»“”\"]{3,300}", re.IGNORECASE)
_TAIL = ".,;:!?)"
_MONTHS = (
    "янв січ jan",
    "фев лют feb fév fev",
    "мар бер mar",
    "апр квіт apr avr",
    "май мая мае трав may mai",
    "июн черв jun juin",
    "июл лип jul juil",
    "авг серп aug aoû aou",
    "сен вер sep",
    "окт жовт oct",
    "ноя лист nov",
    "дек груд dec déc",
)
_MONTH_OF = {stem: number for number, stems in enumerate(_MONTHS, 1) for stem in stems.split()}
_MONTH = rf"(?P<month>(?:{'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})[^\W\d_]{{0,8}})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)\b",
        rf"\b(?P<day>\d\d?)[./](?P<number>\d\d?)[./]{_YEAR}\b",
        rf"\b(?P<day>\d\d?)(?:er|st|nd|rd|th|-?го|-?е)?\s+(?:of\s+)?{_MONTH}\.?,?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+(?:de\s+)?{_YEAR}\b",
    )
)
_NUMBER = re.compile(r"(?<!\w)\d{1,15}(?:[\s.,]\d{3}){0,5}(?:[.,]\d{1,9})?(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_ENDS = re.compile(r"[.!?…:]\W*$")
_GAP = 40  # characters before a word that are looked at
# Endings of Russian and Ukrainian cases that add a consonant to a name; the others only change vowels, which do not count.
_CASE = re.compile(r"(?:ами|ями|ого|его|ому|ему|ыми|ими|ым|им|ом|ем|ём|ою|ею|ых|их|ах|ях|ам|ям|ів|ов)$")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark as it is written, its kind, and the keys by which it is found in another language."""

    kind: str
    written: str
    keys: frozenset[str]


def marks(text: str) -> list[Mark]:
    """The marks of a text, each once, in their order. Takes time linear in its length."""
    found: dict[frozenset[str], Mark] = {}

    def put(kind: str, written: str, *keys: str) -> None:
        of_kind = frozenset(f"{kind}:{key}" for key in keys)
        found.setdefault(of_kind, Mark(kind, written, of_kind))

    text = _MAIL.sub(lambda one: " " * len(one[0]), text)
    for one in _PAGE.finditer(text):
        put(PAGE, one[0].rstrip(_TAIL), _page(one[0]))
    text = _PAGE.sub(lambda one: " " * len(one[0]), text)
    for pattern in _DATES:
        for one in pattern.finditer(text):
            put(DATE, one[0], _date(one.groupdict()))
        text = pattern.sub(lambda one: " " * len(one[0]), text)
    for one in _NUMBER.finditer(text):
        digits = re.sub(r"\s", "", one[0])
        digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", digits).replace(",", ".")
        if len(digits) > 1:
            put(NUMBER, one[0], digits)
    for word in _names(text):
        keys = sounds(word)
        if keys:
            put(NAME, word, *keys)
    return list(found.values())


@lru_cache(maxsize=100_000)
def sounds(word: str) -> tuple[str, ...]:
    """The consonants of a name in each of its readings; of a Cyrillic one also without the endings of its cases."""
    found: dict[str, None] = {}
    for part in cleaned(word).words:
        forms = (part, _CASE.sub("", part)) if len(part) > LEAST_LETTERS + 1 else (part,)
        for form in dict.fromkeys(forms):
            for reading in readings(form):
                bare = skeleton(reading)
                if len(bare) >= LEAST_SOUNDS:
                    found[bare] = None
    return tuple(found)


def _names(text: str) -> list[str]:
    """Words with a capital that is not only a sentence's, and those beside one."""
    words = list(_WORD.finditer(text))
    capital = [one[0][0].isupper() and len(one[0]) >= LEAST_LETTERS for one in words]
    found = []
    for place, one in enumerate(words):
        if not capital[place]:
            continue
        before = text[words[place - 1].end() if place else 0 : one.start()][-_GAP:]
        is_first = not place or bool(_SENTENCE_ENDS.search(before))
        follows = place + 1 < len(words) and capital[place + 1]
        if not is_first or follows:
            found.append(one[0])
    return found


def _page(written: str) -> str:
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", written, flags=re.IGNORECASE)
    host, slash, path = bare.partition("/")
    return (host.casefold() + slash + path).rstrip("/" + _TAIL)


def _date(parts: dict[str, str | None]) -> str:
    month = parts.get("number")
    if month is None:
        name = (parts["month"] or "").casefold()
        month = next(
            str(_MONTH_OF[name[:size]]) for size in range(len(name), 0, -1) if name[:size] in _MONTH_OF
        )
    day = parts.get("day")
    return f"{parts['year']}-{int(month):02}" + (f"-{int(day):02}" if day else "")
