"""A number of the rules in the prose, and the word that it counts: right for every number that an amendment may give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hemicycle.rules.charter import places

CHARTERS = sorted((Path(__file__).parents[2] / "charters").glob("*/*.md"))
DAYS = {
    "en": "{periods.reply_days|day|days}",
    "fr": "{periods.reply_days|jour|jours}",
    "ru": "{periods.reply_days|день|дня|дней}",
}


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("en", 0, "0 days"), ("en", 1, "1 day"), ("en", 2, "2 days"), ("en", 21, "21 days"),
        ("fr", 0, "0 jour"), ("fr", 1, "1 jour"), ("fr", 2, "2 jours"), ("fr", 21, "21 jours"),
        ("ru", 0, "0 дней"), ("ru", 1, "1 день"), ("ru", 2, "2 дня"), ("ru", 5, "5 дней"), ("ru", 11, "11 дней"),
        ("ru", 14, "14 дней"), ("ru", 21, "21 день"), ("ru", 24, "24 дня"), ("ru", 111, "111 дней"),
        ("ru", 112, "112 дней"), ("ru", 122, "122 дня"),
    ],
)  # fmt: skip
def test_the_word_follows_its_number(language: str, number: int, words: str) -> None:
    assert places.fill(DAYS[language], language, {"periods.reply_days": number}) == words


def test_a_number_may_stand_alone() -> None:
    assert places.fill("{a.b} / {a.c}", "ru", {"a.b": 3, "a.c": "1/3"}) == "3 / 1/3"


@pytest.mark.parametrize(
    ("prose", "said"),
    [
        ("{a.none}", "names no number of the rules: a.none"),
        ("{a.days|день|дней}", "a.days has 2 of 3 forms of its word"),
        ("{a.share|место|места|мест}", "forms of a word stand only after a whole number: a.share"),
    ],
)
def test_a_place_that_cannot_be_filled_is_named_with_its_line(prose: str, said: str) -> None:
    assert list(places.problems(f"# A\n{prose}\n", "ru", {"a.days": 3, "a.share": 0.5})) == [(2, said)]


@pytest.mark.parametrize("path", CHARTERS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_no_sentence_fixes_the_plural_of_a_number_that_can_be_amended(path: Path) -> None:
    """Days, hours, minutes, months, seats: the word stands in the place, with its forms."""
    counted = (
        r"days?|hours?|minutes|months?|seats|people|readings|sessions?|jours?|heures?|sièges|personnes|lectures|sessions?|"
        r"д(?:ень|ня|ней)|час(?:а|ов)?|минут\w*|месяц\w*|мест(?:о|а)?"
    )
    text = path.read_text()
    assert re.findall(rf"\{{(?!reserve\.share|interests)[a-z_.]+\}}[ \u00a0](?:{counted})\b", text) == []
