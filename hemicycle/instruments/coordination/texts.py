"""Near duplicates among the texts of several files, with the passages that they share.

A text is first cut down to its own words: what the form says to everybody, and runs of words that stand in too many files,
do not count. Two views are then compared exactly, words with their neighbours and runs of five characters; a pair whose
geometric mean is `ALIKE` or more, and which shares passages that a person can look at, becomes a question. So does a pair with a
run of `LONG_RUN` words in common, however long the rest is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from .passages import RUN, own_words, passages
from .plain import Plain, plain, shingles
from .products import letter_grams, products, weighted, word_grams
from .question import NEAR_COPY, Question

ALIKE = 0.30  # fixed on the altered copies of bench/near_duplicates.py; 1 is the same text
LONG_RUN = 30  # words; fixed there too: no two base texts that are apart have as many
LEAST_WORDS = 8  # shared words below which there is nothing to look at
LEAST_SHARE = 0.05  # of the own words of one of the two
ALWAYS_FOUND = 8  # so many files with one text are found however few files there are in all
COMMON_SHARE = 5  # what stands in more than one file of so many is common to all

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One text: its key, which no other has, the file it belongs to, its language (en, fr, ru …; may be empty) and its words."""

    key: str
    file: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Everywhere:
    """A run of words that stands in so many files that it does not count; a person may see whether the form says it."""

    words: str
    files: int


@dataclass(frozen=True)
class Found:
    """Questions, the largest share first, and what was set aside because it stands in many files."""

    questions: tuple[Question, ...]
    everywhere: tuple[Everywhere, ...]


def limit_of(files: int) -> int:
    """In how many files a run of words may stand and still count, of `files` in all.

    One in five; in a small call eight, but never all. With two files nothing tells a copy from the form's own words:
    there all counts, and the form should be given.
    """
    return max(2, min(files - 1, ALWAYS_FOUND), files // COMMON_SHARE)


def near_copies(
    texts: Iterable[Text], form: Sequence[str] = (), told: Callable[[int], object] = lambda done: None
) -> Found:
    """Pairs of texts of different files that share much of their own words, whatever their order in `texts`.

    `form` are the sentences that the form itself puts into every file. `told` hears how many texts are compared. Time:
    linear in the length of the texts, and for each run of characters the square of the number of texts it stands in.
    """
    ordered = sorted(texts, key=lambda one: one.key)
    plains = [plain(one.text) for one in ordered]
    files = [one.file for one in ordered]
    known = {run for one in form for run in shingles(plain(one).words, RUN)}
    counts = _counted(plains, files)
    limit = limit_of(len(set(files)))
    common = {run for run, count in counts.items() if count > limit}
    owns = [own_words(one, known | common) for one in plains]
    found = []
    for first, second in sorted(_with_long_run(owns, files, counts) | _alike(owns, files, told)):
        question, share = _question(ordered, plains, owns, (first, second), known | common)
        if question:
            found.append((-share, first, second, question))
    found.sort(key=lambda one: one[:3])
    everywhere = _everywhere(ordered, plains, common - known)
    return Found(tuple(question for *_, question in found), tuple(everywhere))


def _counted(plains: Sequence[Plain], files: Sequence[str]) -> Counter[Run]:
    """In how many files each run of words stands."""
    holders: dict[str, set[Run]] = defaultdict(set)
    for one, file in zip(plains, files, strict=True):
        holders[file].update(shingles(one.words, RUN))
    return Counter(run for runs in holders.values() for run in runs)


def _alike(
    owns: Sequence[Plain], files: Sequence[str], told: Callable[[int], object]
) -> set[tuple[int, int]]:
    """Pairs that are alike in both views."""
    numbers = {file: number for number, file in enumerate(sorted(set(files)))}
    holders = [numbers[file] for file in files]
    limit = limit_of(len(numbers))
    views = [weighted(grams(owns), holders, limit) for grams in (word_grams, letter_grams)]
    found: set[tuple[int, int]] = set()
    for (row, words), (_, letters) in zip(*(products(view) for view in views), strict=True):
        alike = np.flatnonzero(np.sqrt(words * letters) >= ALIKE)
        found.update((other, row) for other in map(int, alike) if files[other] != files[row])
        told(row + 1)
    return found


def _with_long_run(
    owns: Sequence[Plain], files: Sequence[str], counts: Mapping[Run, int]
) -> set[tuple[int, int]]:
    """Pairs with a long run in common: only where each short run in it stands in several files is there one."""
    holders: dict[Run, set[int]] = defaultdict(set)
    before = LONG_RUN - RUN
    for place, one in enumerate(owns):
        streak = 0
        for start, run in enumerate(shingles(one.words, RUN)):
            streak = streak + 1 if counts.get(run, 0) > 1 else 0
            if streak > before:
                holders[one.words[start - before : start + RUN]].add(place)
    groups = {tuple(sorted(places)) for places in holders.values() if len(places) > 1}
    return {pair for group in groups for pair in combinations(group, 2) if files[pair[0]] != files[pair[1]]}


def _question(
    texts: Sequence[Text],
    plains: Sequence[Plain],
    owns: Sequence[Plain],
    pair: tuple[int, int],
    common: Collection[Run],
) -> tuple[Question | None, float]:
    """What two texts share, and the larger of the two shares."""
    first, second = (plains[place] for place in pair)
    found = passages(first.words, second.words, common)
    words = sum(one.words for one in found)
    shares = [min(1.0, words / max(1, len(owns[place].words))) for place in pair]
    is_long = any(one.words >= LONG_RUN for one in found)
    if not is_long and (words < LEAST_WORDS or max(shares) < LEAST_SHARE):
        return None, 0.0
    evidence = {
        "texts": [texts[place].key for place in pair],
        "languages": [texts[place].language for place in pair],
        "words": words,
        "shares": [round(share, 4) for share in shares],
        "passages": [
            {
                "first": [first.starts[one.first], first.ends[one.first + one.words - 1]],
                "second": [second.starts[one.second], second.ends[one.second + one.words - 1]],
                "words": one.words,
            }
            for one in found
        ],
    }
    files = sorted(texts[place].file for place in pair)
    return Question(NEAR_COPY, tuple(files), evidence, NEAR_COPY), max(shares)


def _everywhere(texts: Sequence[Text], plains: Sequence[Plain], common: set[Run]) -> list[Everywhere]:
    """The longest stretches of common runs as first written, most files first; none that lies within another."""
    holders: dict[Run, set[str]] = defaultdict(set)
    written: dict[Run, str] = {}
    for text, one in zip(texts, plains, strict=True):
        start = 0
        runs = [run in common for run in shingles(one.words, RUN)]
        for place, is_common in enumerate([*runs, False]):
            if is_common:
                continue
            if place > start:
                last = place + RUN - 2
                stretch = one.words[start : last + 1]
                holders[stretch].add(text.file)
                written.setdefault(stretch, text.text[one.starts[start] : one.ends[last]])
            start = place + 1
    found = []
    seen: set[Run] = set()
    for stretch in sorted(holders, key=lambda words: (-len(words), words)):
        runs_of = set(shingles(stretch, RUN))
        if not runs_of <= seen:
            found.append(Everywhere(written[stretch], len(holders[stretch])))
            seen |= runs_of
    return sorted(found, key=lambda one: (-one.files, one.words))
