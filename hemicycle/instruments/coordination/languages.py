"""Texts of different files in different languages that may be one text: by what survives a translation, and by their sentences.

Names, numbers, dates and addresses of pages are always compared; sentences only with an encoder. `Across.compared_by` says which
of the two was done, so that a page can say what was not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from .encoder import Embed, Vectors
from .marks import Mark, marks
from .passages import RUN, own_words
from .plain import plain, shingles
from .question import SHARED_MARKS, TRANSLATION, Question
from .sentences import SAME_SENTENCE, Sentence, aligned, sentences
from .texts import Text, limit_of

LEAST_MARKS = 4
MARKS_SHARE = 0.4  # of the weight of all marks of the text that has less
LEAST_SENTENCES = 3
SENTENCES_SHARE = 0.4  # of the sentences of the text that has fewer
MARKS, SENTENCES = "marks", "sentences"


@dataclass(frozen=True)
class Across:
    """Questions, the largest share first, and by what the texts were compared."""

    questions: tuple[Question, ...]
    compared_by: tuple[str, ...]


def across_languages(
    texts: Iterable[Text],
    form: Sequence[str] = (),
    embed: Embed | None = None,
    told: Callable[[int], object] = lambda done: None,
) -> Across:
    """Pairs of texts of different files and languages that share rare marks, or that say the same sentence by sentence.

    A mark, or a sentence in whatever language, that stands in too many files does not count (`texts.limit_of`). With an
    encoder all sentences are compared with all: the time is their number squared, times 512.
    """
    ordered = sorted(texts, key=lambda one: one.key)
    found = _by_marks(ordered, form)
    if embed is not None:
        found += _by_sentences(ordered, form, embed, told)
    found.sort(key=lambda one: (-one[0], one[1].kind, one[1].files, str(one[1].evidence["texts"])))
    compared_by = (MARKS,) if embed is None else (MARKS, SENTENCES)
    return Across(tuple(question for _, question in found), compared_by)


def _differ(one: Text, other: Text) -> bool:
    return one.file != other.file and one.language != other.language


def _by_marks(texts: Sequence[Text], form: Sequence[str]) -> list[tuple[float, Question]]:
    known = {key for text in form for mark in marks(text) for key in mark.keys}
    of_text = [[mark for mark in marks(one.text) if known.isdisjoint(mark.keys)] for one in texts]
    holders: dict[str, set[str]] = defaultdict(set)
    places: dict[str, list[int]] = defaultdict(list)
    for place, (one, those) in enumerate(zip(texts, of_text, strict=True)):
        for key in sorted({key for mark in those for key in mark.keys}):
            holders[key].add(one.file)
            places[key].append(place)
    files = len({one.file for one in texts})
    limit = limit_of(files)
    weights = {key: 1 + log((1 + files) / (1 + len(of))) for key, of in holders.items() if len(of) <= limit}
    met: dict[tuple[int, int], int] = defaultdict(int)
    for key in weights:
        for number, second in enumerate(places[key]):
            for first in places[key][:number]:
                if _differ(texts[first], texts[second]):
                    met[first, second] += 1
    found = []
    for pair, count in met.items():
        if count >= LEAST_MARKS:
            found += _shared_marks(texts, of_text, pair, weights)
    return found


def _shared_marks(
    texts: Sequence[Text],
    of_text: Sequence[Sequence[Mark]],
    pair: tuple[int, int],
    weights: Mapping[str, float],
) -> list[tuple[float, Question]]:
    """The question about a pair, if its marks share enough: each mark has one partner at most."""
    first, second = ([mark for mark in of_text[place] if not mark.keys.isdisjoint(weights)] for place in pair)
    left = list(second)
    shared = []
    weight = 0.0
    for mark in first:
        partner = next(
            (other for other in left if not mark.keys.isdisjoint(other.keys & weights.keys())), None
        )
        if partner is not None:
            left.remove(partner)
            weight += max(weights[key] for key in mark.keys & partner.keys if key in weights)
            shared.append({"kind": mark.kind, "first": mark.written, "second": partner.written})
    whole = [
        sum(max(weights[key] for key in mark.keys if key in weights) for mark in side)
        for side in (first, second)
    ]
    shares = [min(1.0, weight / side) for side in whole]
    if len(shared) < LEAST_MARKS or max(shares) < MARKS_SHARE:
        return []
    return [(max(shares), _question(SHARED_MARKS, texts, pair, {"marks": shared}, shares))]


def _by_sentences(
    texts: Sequence[Text], form: Sequence[str], embed: Embed, told: Callable[[int], object]
) -> list[tuple[float, Question]]:
    known = {run for one in form for run in shingles(plain(one).words, RUN)}
    of_text = [[one for one in sentences(text.text) if _is_own(one, known)] for text in texts]
    every = [one.text for of in of_text for one in of]
    distinct = {text: number for number, text in enumerate(dict.fromkeys(every))}
    rows = (
        embed(list(distinct))[[distinct[text] for text in every]] if every else np.zeros((0, 1), np.float32)
    )
    bounds = np.cumsum([0, *(len(of) for of in of_text)])
    alike = _alike(texts, rows, bounds, told)
    kept = [alike.counts[bounds[place] : bounds[place + 1]] for place in range(len(texts))]
    found = []
    for pair in alike.pairs:
        sides = [np.flatnonzero(kept[place]) for place in pair]
        vectors = [rows[bounds[place] + side] for place, side in zip(pair, sides, strict=True)]
        found += _aligned(texts, of_text, pair, sides, vectors)
    return found


def _is_own(sentence: Sentence, known: set[tuple[str, ...]]) -> bool:
    """Whether less than half of a sentence is what the form says."""
    words = plain(sentence.text)
    return 2 * len(own_words(words, known).words) > len(words.words)


@dataclass(frozen=True)
class _Alike:
    """Which sentences count, and the pairs of texts worth aligning."""

    counts: NDArray[np.bool_]
    pairs: list[tuple[int, int]]


def _alike(
    texts: Sequence[Text], rows: Vectors, bounds: NDArray[np.int64], told: Callable[[int], object]
) -> _Alike:
    """All sentences beside all: those with a like in too many files do not count; pairs of texts with enough likes."""
    files = {file: number for number, file in enumerate(sorted({one.file for one in texts}))}
    file_of = np.array([files[one.file] for one in texts], np.int64)
    filled = np.flatnonzero(np.diff(bounds))
    counts = np.zeros(len(rows), bool)
    met: list[tuple[int, int]] = []
    for place in map(int, filled):
        near = rows[bounds[place] : bounds[place + 1]] @ rows.T
        like = np.maximum.reduceat(near, bounds[filled], axis=1) >= SAME_SENTENCE
        in_files = np.zeros((len(near), len(files)), bool)
        for column, other in enumerate(filled):
            in_files[:, file_of[other]] |= like[:, column]
        counted = in_files.sum(1) <= limit_of(len(files))
        counts[bounds[place] : bounds[place + 1]] = counted
        likes = like[counted].sum(0)
        met += [
            (place, other)
            for other, number in zip(map(int, filled), likes, strict=True)
            if place < other and number >= LEAST_SENTENCES and _differ(texts[place], texts[other])
        ]
        told(place + 1)
    return _Alike(counts, met)


def _aligned(
    texts: Sequence[Text],
    of_text: Sequence[Sequence[Sentence]],
    pair: tuple[int, int],
    sides: Sequence[NDArray[np.int64]],
    vectors: Sequence[Vectors],
) -> list[tuple[float, Question]]:
    beside = aligned(vectors[0], vectors[1])
    shares = [len(beside) / max(1, len(side)) for side in sides]
    if len(beside) < LEAST_SENTENCES or max(shares) < SENTENCES_SHARE:
        return []
    told = []
    for first, second, near in beside:
        one, other = of_text[pair[0]][sides[0][first]], of_text[pair[1]][sides[1][second]]
        told.append({"first": [one.start, one.end], "second": [other.start, other.end], "near": near})
    return [(max(shares), _question(TRANSLATION, texts, pair, {"sentences": told}, shares))]


def _question(
    kind: str,
    texts: Sequence[Text],
    pair: tuple[int, int],
    evidence: Mapping[str, object],
    shares: Sequence[float],
) -> Question:
    whole = {
        "texts": [texts[place].key for place in pair],
        "languages": [texts[place].language for place in pair],
        "shares": [round(share, 4) for share in shares],
        **evidence,
    }
    return Question(kind, tuple(sorted(texts[place].file for place in pair)), whole, kind)
