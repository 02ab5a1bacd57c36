"""Folding: each word becomes one to six *readings*, what it may sound like, in a small alphabet of sounds.

Glides beside vowels and doubled letters go; the endings of patronymics and of surnames become one; a given name known
in several languages also gets the reading of its first form. Two words that share a reading sound alike.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from . import cyrillic, latin
from .given import FORMS

MOST_READINGS = 6

_CYRILLIC = re.compile(r"[Ѐ-ԯ]")
_LATIN = re.compile(r"^[a-zß-ɏəḀ-ỿ]+$")
_VOWEL_BESIDE = re.compile(r"i+(?=[aeou])|(?<=[aeou])i+")
_DOUBLED = re.compile(r"(.)\1+")
_NOT_SOUNDS = re.compile(r"[^a-zSCZJ0-9]")
_PATRONYMIC = re.compile(r"^(.{2,}?)[aeiou]*(?:v[iu]?C|v[ie]cC|vics)$")
_PATRONYMIC_HER = re.compile(r"^(.{2,}?)(?:[aeiou]*vna|[aei]una)$")
_OFF = re.compile(r"(?<=[eo])f+$")
_BALTIC = re.compile(r"^(.{3,}?(?:[bcčdfgkķlļmnņprtvzž]|[aeio]j))(?:[aiuy]?s|ius)$")
_FRENCH_IN = re.compile(r"(?<=.{3}[^aeiou]i)ne$")
_SOFT_ENDING = re.compile(r"iv(?=a?$)")
_CLASSES = str.maketrans(
    {**dict.fromkeys("szScCZJ", "s"), **dict.fromkeys("gkhq", "k"), **dict.fromkeys("bpvfw", "p"), "d": "t"}
)
_COARSE = str.maketrans(
    {**dict.fromkeys("szSZ", "s"), **dict.fromkeys("cCJ", "c"), "g": "k", "p": "b", "f": "v"}
    | {"d": "t", "o": "a", "e": "i"}
)
_VOWELS = dict.fromkeys(map(ord, "aeiou"))


def finished(raw: str) -> str:
    """A raw reading in its final form: no glides, no doubles, one form for the endings."""
    text = _DOUBLED.sub(r"\1", raw)
    text = _VOWEL_BESIDE.sub("", text)
    text = _DOUBLED.sub(r"\1", text)
    if len(text) > 4:
        if text[-1] == "f":
            text = _OFF.sub("v", text)
        elif text[-1] == "C" or text[-1] == "s":
            his = _PATRONYMIC.match(text)
            if his:
                return his[1] + "oviC"
        elif text.endswith("na"):
            her = _PATRONYMIC_HER.match(text)
            if her:
                return her[1] + "ovna"
    return text or raw[:1]


def _raw(word: str, most: int) -> list[str]:
    if _CYRILLIC.search(word):
        return cyrillic.sounds(word)
    if _LATIN.match(word):
        return latin.sounds(word, most)
    plain = _NOT_SOUNDS.sub("", anyascii(word).lower())
    return latin.sounds(plain, most) if plain else [""]


def _stem(reading: str) -> str:
    return reading.rstrip("aeiou") or reading


def _known() -> tuple[dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    stems: dict[str, str] = {}
    for line in FORMS.split("\n"):
        forms = [finished(latin.sounds(form, 1)[0]) for form in line.split()]
        for form in forms:
            names.setdefault(form, forms[0])
            stems.setdefault(_stem(form), _stem(forms[0]))
    return names, stems


_NAMES, _STEMS = _known()


def _common_form(reading: str) -> str | None:
    """The reading of the first form of a given name or of its patronymic, if it is known."""
    found = _NAMES.get(reading)
    if found is not None:
        return found
    if reading.endswith(("oviC", "ovna")):
        stem = _STEMS.get(_stem(reading[:-4]))
        if stem is not None:
            return stem + reading[-4:]
    return None


@lru_cache(maxsize=200_000)
def readings(word: str, most: int = MOST_READINGS) -> tuple[str, ...]:
    """One to `most` readings of a cleaned word, the likeliest first; never empty."""
    found: dict[str, None] = {}
    for raw in _raw(word, most):
        reading = finished(raw)
        if reading:
            found[reading] = None
    if not found:
        return (word[:1],)
    common = [form for reading in found if (form := _common_form(reading)) is not None]
    if common:
        first, *others = found
        found = dict.fromkeys([first, *common, *others])
    if word[-1] == "s" and len(word) > 4:
        baltic = _BALTIC.match(word)
        if baltic:
            bare = finished(_raw(baltic[1], 1)[0])
            found[bare] = None
            found[_common_form(bare) or bare] = None
    elif word.endswith("ine") and len(word) > 5:
        for reading in list(found):
            found[_FRENCH_IN.sub("n", reading)] = None
    return tuple(found)[:most]


def coarse(reading: str) -> str:
    """A reading with near sounds made one, for the second look at how close two words are."""
    if reading[-1:] == "h" and len(reading) > 3:
        reading = reading[:-1]
    return _SOFT_ENDING.sub("av", reading.translate(_COARSE))


def skeleton(reading: str) -> str:
    """The consonants alone, sibilants, velars and labials merged; a first vowel stays as a mark."""
    bare = reading.translate(_VOWELS).translate(_CLASSES)
    return _DOUBLED.sub(r"\1", bare) or reading[:1]


def is_patronymic_like(reading: str) -> bool:
    """Whether a reading has the ending of a patronymic; some surnames have it too."""
    return len(reading) > 4 and reading.endswith(("oviC", "ovna", "iCna", "ogli", "oglu", "kizi", "uli"))


def is_given_name(reading: str) -> bool:
    """Whether a reading is a given name that this module knows, or its patronymic."""
    return _common_form(reading) is not None


def other_gender(reading: str) -> str | None:
    """The surname's form for the other gender, if its ending has one."""
    if len(reading) < 5:
        return None
    if reading.endswith(("ova", "eva", "ina")):
        return reading[:-1]
    if reading.endswith(("ov", "ev", "in")):
        return reading + "a"
    if reading.endswith("ska"):
        return reading[:-1] + "i"
    if reading.endswith("ski"):
        return reading[:-1] + "a"
    return None


@lru_cache(maxsize=200_000)
def first_letters(word: str) -> frozenset[str]:
    """The first sounds a word may begin with, near ones made one: what an initial can stand for."""
    heard = readings(word)
    return frozenset(coarse(reading)[0] for reading in heard) | {word[0]}


@lru_cache(maxsize=200_000)
def skeletons(word: str) -> frozenset[str]:
    """The consonants of all readings of a word: where two words share none, more than vowels differs."""
    return frozenset(skeleton(reading) for reading in readings(word))
