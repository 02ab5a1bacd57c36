"""What a rule answers, in words."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from hemicycle.rules.charter import Text
from hemicycle.rules.findings import N_, Finding, Unmet

LOCALE = Path(__file__).parents[2] / "hemicycle" / "rules" / "locale"


def test_an_unmet_rule_says_all_its_findings() -> None:
    error = Unmet(
        Finding(N_("short by %(short)s"), {"short": 1}, "composition.seat"), Finding(N_("100 % sure"))
    )
    assert str(error) == "short by 1; 100 % sure"
    assert [finding.article for finding in error.findings] == ["composition.seat", ""]


def test_two_findings_with_the_same_words_are_equal() -> None:
    assert Finding("a %(b)s", {"b": 2}) == Finding("a %(b)s", {"b": 2})
    assert Finding("a %(b)s", {"b": 2}) != Finding("a %(b)s", {"b": 3})


def test_a_text_answers_in_the_language_asked_and_otherwise_in_english() -> None:
    text = Text("seat", "siège", "место")
    assert [text["fr"], text["fr-be"], text["ru"], text["en-gb"], text["de"], str(text)] == [
        "siège",
        "siège",
        "место",
        "seat",
        "seat",
        "seat",
    ]


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_every_answer_of_the_law_fills_the_same_places_in_each_language(language: str) -> None:
    catalogue = polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))
    assert len(catalogue) > 30
    places = {name: f"<{name}>" for entry in catalogue for name in _places(entry.msgid)}
    for entry in catalogue:
        assert entry.translated() and _places(entry.msgid) == _places(entry.msgstr), entry.msgid
        assert entry.msgstr % places


def _places(text: str) -> set[str]:
    return {part.split(")s")[0] for part in text.split("%(")[1:]}
