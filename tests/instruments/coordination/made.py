"""Texts made of invented words, so that nobody's are among them."""

from __future__ import annotations

import random

from hemicycle.instruments.coordination.texts import Text

CONSONANTS = {"en": "bcdfghklmnprstvz", "ru": "бвгджзклмнпрстфхцчш"}
VOWELS = {"en": "aeiou", "ru": "аеиоуыюя"}
DECLARATION = (
    "I declare that all of this is true and complete, that I have read the charter of the platform, and that I accept how my file "
    "is opened, read, kept and erased."
)


def words(count: int, seed: int, script: str = "en") -> list[str]:
    chance = random.Random(seed)
    consonants, vowels = CONSONANTS[script], VOWELS[script]
    return [
        "".join(chance.choice(consonants) + chance.choice(vowels) for _ in range(chance.randint(1, 4)))
        for _ in range(count)
    ]


def sentence_text(count: int, seed: int, script: str = "en") -> str:
    """A text of so many words, in sentences of nine."""
    made = words(count, seed, script)
    return " ".join(" ".join(made[at : at + 9]).capitalize() + "." for at in range(0, count, 9))


def altered(text: str, share: float, seed: int) -> str:
    """A copy with that share of its words replaced and its sentences in another order."""
    chance = random.Random(seed)
    fresh = iter(words(len(text.split()), seed + 1000))
    sentences = [
        " ".join(next(fresh) if chance.random() < share else word for word in sentence.split())
        for sentence in text.split(". ")
    ]
    chance.shuffle(sentences)
    return ". ".join(sentences)


def texts(*bodies: str, language: str = "en") -> list[Text]:
    """One text a file: a, b, c …"""
    return [
        Text(f"text-{letter}", letter, language, body)
        for letter, body in zip("abcdefghijklmnopqrst", bodies, strict=False)
    ]
