"""The words that people read, held against the glossary (docs/glossary.md, procedure 8)."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest

from tools.catalogues import places_of

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "hemicycle").glob("*/locale/*/LC_MESSAGES/django.po"))
TEMPLATES = sorted((ROOT / "hemicycle").glob("*/templates/**/*.html"))
CHARTERS = sorted([*(ROOT / "charters").glob("*/*.md"), *(ROOT / "charters").glob("*/*.toml")])
TOLD = sorted((ROOT / "hemicycle" / "demonstration" / "data").glob("*.toml"))

# A msgid may differ between rooms only here, and only with the reason beside it. Where the meaning differs, the
# source says so with pgettext: Django merges all catalogues, so that one room would speak with another's words.
MAY_DIFFER: set[tuple[str | None, str]] = set()

STATE = "флаг|герб|власт|режим|правительств|войск|государств|арми|агресси|бюджет|паспорт"
NEVER = {
    "en": r"\b(users?|roles?|tickets?|applications?|applicants?|quota buckets?|reserve lists?)\b",
    "fr": r"liste de réserve|\brôles?\b|\butilisat(eur|rice)s?\b|\bmandats?\b|[Uu]krainien(ne)?s? de Russie",
    "ru": rf"русск\w+\s+({STATE})|на Украин|малочисленн|резервн\w+ спис|\bмандат|пользовател",
}
# What the invented people of the demonstration write is theirs (one held an elected mandate), but not these.
NEVER_EVEN_TOLD = rf"русск\w+\s+({STATE})|на Украин|малочисленн"
# U+00A0 before : ; ? ! and inside « », never a plain space; a straight apostrophe is a typewriter's. An address in
# a text (`https:`) or a command after a colon has its own spelling, so only a mark that ends a word is looked at.
FRENCH_MARKS = re.compile(r"[ \u2009\u202f][;:!?»]|«[^\u00a0]|[^\u00a0]»|\w[;?!](\s|$)|\w'\w")
RUSSIAN_MARKS = re.compile(r"[“”\"„]|« | »|\w-\s|\s-\s")


def entries(path: Path) -> Iterator[tuple[polib.POEntry, list[str]]]:
    """Each entry of a catalogue with its translations: one, or one per plural form."""
    for entry in polib.pofile(str(path)):
        if not entry.obsolete:
            forms = [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)]
            yield entry, forms if entry.msgid_plural else [entry.msgstr]


def language_of(path: Path) -> str:
    return path.parent.parent.name


def texts_of(value: Any, language: str) -> Iterator[str]:
    """The texts of one language in a TOML file of texts in three languages."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key == language and isinstance(part, str):
                yield part
            else:
                yield from texts_of(part, language)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part, language)


def spoken(language: str) -> Iterator[tuple[str, str]]:
    """(where, text) of all that the house itself says in a language: sources or translations, and charters."""
    for path in CATALOGUES:
        for entry, forms in entries(path):
            if language == "en" and language_of(path) == "fr":
                yield str(path), f"{entry.msgid} {entry.msgid_plural}"
            elif language_of(path) == language:
                yield from ((str(path), form) for form in forms)
    for path in CHARTERS:
        if path.suffix == ".toml":
            yield from ((str(path), text) for text in texts_of(tomllib.loads(path.read_text()), language))
        elif path.name.endswith(f".{language}.md"):
            yield str(path), path.read_text()


def test_there_are_texts_to_look_at() -> None:
    assert len(CATALOGUES) >= 28 and len(TEMPLATES) > 50 and len(CHARTERS) >= 8 and TOLD
    assert all(sum(1 for _ in spoken(language)) > 2000 for language in ("en", "fr", "ru"))


@pytest.mark.parametrize(
    "path", [*CATALOGUES, *TEMPLATES, *CHARTERS, *TOLD], ids=lambda p: str(p.relative_to(ROOT))
)
def test_no_space_is_used_that_the_fonts_do_not_have(path: Path) -> None:
    assert "\u202f" not in path.read_text(), "U+202F is not in the fonts: U+00A0"


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_no_text_uses_a_word_that_the_glossary_bars(language: str) -> None:
    barred = re.compile(NEVER[language], re.IGNORECASE)
    found = [(where, m[0]) for where, text in spoken(language) if (m := barred.search(text))]
    assert found == []


@pytest.mark.parametrize("path", TOLD, ids=lambda p: p.name)
def test_the_story_of_the_demonstration_keeps_to_the_russian_words(path: Path) -> None:
    assert (found := re.search(NEVER_EVEN_TOLD, path.read_text(), re.IGNORECASE)) is None, found


@pytest.mark.parametrize(
    ("language", "bad", "good"),
    [
        ("ru", "русская армия", "российская армия"),
        ("ru", "война на Украине", "война в Украине"),
        ("ru", "малочисленные народы", "коренные народы; русский язык"),
        ("ru", "срок мандата", "срок участия"),
        ("fr", "liste de réserve", "liste de succession"),
        ("en", "the user's role", "the person's office"),
        ("en", "your application", "your candidacy; an authenticator app"),
    ],
)
def test_the_rule_on_words_tells_the_wrong_from_the_right(language: str, bad: str, good: str) -> None:
    assert re.search(NEVER[language], bad, re.IGNORECASE) and not re.search(
        NEVER[language], good, re.IGNORECASE
    )


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_a_text_is_translated_in_one_way_in_all_rooms(language: str) -> None:
    ways: dict[tuple[str | None, str], set[tuple[str, ...]]] = defaultdict(set)
    for path in CATALOGUES:
        if language_of(path) == language:
            for entry, forms in entries(path):
                ways[entry.msgctxt, entry.msgid].add(tuple(forms))
    assert {key: said for key, said in ways.items() if len(said) > 1 and key not in MAY_DIFFER} == {}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_form_of_a_translation_keeps_its_places(path: Path) -> None:
    for entry, forms in entries(path):
        for form in forms:
            assert form.strip(), entry.msgid
            assert places_of(form) == places_of(entry.msgid_plural or entry.msgid), entry.msgid


@pytest.mark.parametrize(("language", "marks"), [("fr", FRENCH_MARKS), ("ru", RUSSIAN_MARKS)])
def test_marks_are_set_as_each_language_sets_them(language: str, marks: re.Pattern[str]) -> None:
    assert [(where, m[0], text) for where, text in spoken(language) if (m := marks.search(text))] == []
