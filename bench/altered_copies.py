"""Altered copies of real texts, made by chance: what near duplicates are looked for in.

Base texts are statements of reasons of the EU's consolidated list, in their order or by chance; 120 of them get three to six
altered copies each. Every text ends with the same declaration. Nothing of the data is written anywhere.
"""

from __future__ import annotations

import csv
import gzip
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from bench.given import data

CHANGED = {"light": 0.08, "medium": 0.25, "heavy": 0.45, "mixed": 0.40}
CLUSTERS = 120
BASES = 616
LEAST_WORDS = 60
RUN, SHARED = 5, 0.05
DECLARATION = (
    "I declare that what I have written here is true and complete. I know the charter of the platform and accept its procedure. "
    "I hold no office of the state and have read the notice on how my data are kept, for how long, and who may read them. "
    "I agree that the assessors open my file and that the bodies named in the charter are asked about my candidacy."
)


@dataclass(frozen=True)
class Case:
    """One text of the test; `cluster` is its base text's number, `kind` is empty for a base text.

    `foreign` is the number of the other base text that a mixed copy took sentences from.
    """

    key: str
    text: str
    cluster: int
    kind: str
    foreign: int = -1


def reasons() -> list[str]:
    """The distinct statements of reasons with enough words, in the order of the file."""
    csv.field_size_limit(10**9)
    path = data("screening") / "raw" / "eu_consolidated_2026-08.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        found = {" ".join(row["reason"].split()) for row in csv.DictReader(file)}
    return sorted(text for text in found if len(text.split()) >= LEAST_WORDS)


def apart(texts: list[str], most: int) -> list[str]:
    """The first `most` texts of which no two share more than `SHARED` of their words in runs of `RUN` words.

    By sets of runs, so that the tool's own products have no say in what its precision is measured on.
    """
    taken: list[str] = []
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    sizes: list[int] = []
    for text in texts:
        words = re.findall(r"\w+", text.lower())
        runs = set(zip(*(words[start:] for start in range(RUN)), strict=False))
        met = Counter(place for run in runs for place in places[run])
        if any(count > SHARED * min(len(runs), sizes[place]) for place, count in met.items()):
            continue
        for run in runs:
            places[run].append(len(taken))
        taken.append(text)
        sizes.append(len(runs))
        if len(taken) == most:
            break
    return taken


def altered(text: str, kind: str, foreign: str, chance: random.Random, vocabulary: list[str]) -> str:
    """A copy: that share of words replaced by chance and its sentences shuffled, or mixed with another text's."""
    share = CHANGED[kind]
    sentences = re.split(r"(?<=[.!?;]) ", text)
    if kind == "mixed":
        kept = [one for one in sentences if chance.random() >= share]
        others = re.split(r"(?<=[.!?;]) ", foreign)
        size = sum(len(one.split()) for one in kept) * share / (1 - share)
        added: list[str] = []
        while others and sum(len(one.split()) for one in added) < size:
            added.append(others.pop(chance.randrange(len(others))))
        sentences = kept + added
    else:
        sentences = [
            " ".join(chance.choice(vocabulary) if chance.random() < share else word for word in one.split())
            for one in sentences
        ]
    chance.shuffle(sentences)
    return " ".join(sentences)


def cases(bases: list[str], seed: int) -> list[Case]:
    """Base texts and the copies of `CLUSTERS` of them, each with the declaration, in the order of chance."""
    chance = random.Random(seed)
    vocabulary = [word for text in bases for word in text.split()]
    made = []
    for place, text in enumerate(bases):
        made.append(Case(f"b{place}", f"{text} {DECLARATION}", place, ""))
        for number in range(chance.randint(3, 6) if place < CLUSTERS else 0):
            kind = chance.choice(tuple(CHANGED))
            foreign = chance.randrange(len(bases)) if kind == "mixed" else -1
            copy = altered(text, kind, bases[foreign], chance, vocabulary)
            made.append(Case(f"c{place}-{number}", f"{copy} {DECLARATION}", place, kind, foreign))
    chance.shuffle(made)
    return made
