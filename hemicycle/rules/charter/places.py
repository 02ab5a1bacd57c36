"""Places in the prose where a number of the rules stands: ``{seats.total}``, or ``{periods.reply_days|day|days}``.

After the key stand the forms of the word that the number counts, so that a sentence stays right when the number is
amended: two in English and French (one, more), three in Russian (1 день, 2 дня, 5 дней), in the case of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

PLACE = re.compile(r"\{([a-z_.]+)((?:\|[^{}|]+)*)\}")
FORMS = {"en": 2, "fr": 2, "ru": 3}


def fill(prose: str, language: str, values: Mapping[str, object]) -> str:
    """The prose with its numbers and the words that they count. ``KeyError``: no such number."""

    def put(found: re.Match[str]) -> str:
        value, forms = values[found[1]], found[2].split("|")[1:]
        return f"{value} {forms[form(language, value)]}" if forms and isinstance(value, int) else str(value)

    return PLACE.sub(put, prose)


def form(language: str, number: int) -> int:
    """Which form of a word goes with a number, from 0 (Unicode CLDR, cardinals)."""
    if language == "en":
        return int(number != 1)
    if language == "fr":
        return int(number > 1)
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


def problems(prose: str, language: str, numbers: Mapping[str, object]) -> Iterator[tuple[int, str]]:
    """(line, message) of each place that names no number, or has not as many forms as its language."""
    for line, row in enumerate(prose.splitlines(), start=1):
        for key, forms in PLACE.findall(row):
            given = forms.count("|")
            if key not in numbers:
                yield line, f"names no number of the rules: {key}"
            elif given and not isinstance(numbers[key], int):
                yield line, f"forms of a word stand only after a whole number: {key}"
            elif given and given != FORMS[language]:
                yield line, f"{key} has {given} of {FORMS[language]} forms of its word"
