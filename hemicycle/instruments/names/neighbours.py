"""The words of the list that sound or look like a word of the query, with how close they are; kept per word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from .fold import coarse, first_letters, is_patronymic_like, other_gender, readings
from .index import Index, Ints, keys_of, told

CLOSE = 0.66
OTHER_GENDER = 0.86
MOST_KEPT = 20_000
MOST_POSTINGS = 10_000_000  # five bytes each


@dataclass(frozen=True, slots=True)
class Near:
    """One word of the query: its weight, near words of the list, and the bags they stand in, nearest last."""

    word: str
    reading: str
    told: float
    is_initial: bool
    patronymic_like: bool
    frequency: int
    close: dict[int, float]
    bags: Ints
    closeness: npt.NDArray[np.uint8]  # in 255ths: it only chooses candidates
    nearest: float  # how close the nearest word of the list is

    @property
    def first_letters(self) -> frozenset[str]:
        return first_letters(self.word)


class Neighbours:
    """Finds and keeps the neighbours of words in one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._kept: dict[str, Near] = {}
        self._postings = 0
        self._best = np.zeros(len(index.words), np.float32)
        self._stamps = np.zeros(max(len(index.words), len(index.reading_ids)), np.int32)
        self._most_postings = max(MOST_POSTINGS, 40 * len(index.bags))

    def of(self, word: str) -> Near:
        found = self._kept.get(word)
        if found is None:
            found = self._found(word)
            self._postings += len(found.bags)
            if len(self._kept) >= MOST_KEPT or self._postings > self._most_postings:
                self._kept.clear()
                self._postings = len(found.bags)
            self._kept[word] = found
        return found

    def is_other_gender(self, mine: str, theirs: str) -> bool:
        """Whether two surnames differ by the ending of the gender alone."""
        heard = set(readings(theirs))
        return any(other_gender(reading) in heard for reading in readings(mine))

    def _found(self, word: str) -> Near:
        index = self.index
        heard = readings(word)
        if len(word) == 1 or not index.words:
            none = np.zeros(0, np.int32)
            weight = told(word, index.rarest)
            return Near(
                word, heard[0], weight, len(word) == 1, False, 0, {}, none, none.astype(np.uint8), 0.0
            )
        numbers, values = self._near_readings(heard)
        words, counts = index.words_of_reading.of_all(numbers)
        value_of_word = np.repeat(values, counts)
        np.maximum.at(self._best, words, value_of_word)
        words = self._once(words)
        values = self._best[words]
        self._best[words] = 0
        order = np.argsort(values, kind="stable")
        words, values = words[order], values[order]
        bags, counts = index.bags_of_word.of_all(words)
        same = words[values >= 0.99]
        frequency = int(index.bags_of_word.sizes[same].sum()) if len(same) else 0
        return Near(
            word,
            heard[0],
            told(word, index.weight(frequency)),
            False,
            any(is_patronymic_like(reading) for reading in heard),
            frequency,
            dict(zip(words.tolist(), values.tolist(), strict=True)),
            bags,
            np.repeat((values * 255).astype(np.uint8), counts),
            float(values[-1]) if len(values) else 0.0,
        )

    def _near_readings(self, heard: tuple[str, ...]) -> tuple[Ints, npt.NDArray[np.float32]]:
        index = self.index
        keys = np.array(sorted({key for reading in heard for key in keys_of(reading)}), np.int64)
        places = np.searchsorted(index.keys, keys)
        places[places == len(index.keys)] = 0
        places = places[index.keys[places] == keys].astype(np.int32)
        numbers = self._once(index.readings_of_key.of_all(places)[0])
        lengths = index.lengths[numbers]
        shortest, longest = min(map(len, heard)), max(map(len, heard))
        room = max(1, longest // 3)
        numbers = numbers[(lengths >= shortest - room) & (lengths <= longest + room)]
        numbers, values = self._close(heard, numbers)
        others = [other for reading in heard if (other := other_gender(reading)) in index.reading_ids]
        if others:
            extra = np.array([index.reading_ids[other] for other in others if other], np.int32)
            numbers = np.concatenate((numbers, extra))
            values = np.concatenate((values, np.full(len(extra), OTHER_GENDER, np.float32)))
        return numbers, values

    def _once(self, numbers: Ints) -> Ints:
        """Each number once: the last to stamp its place stays. Faster than sorting thousands."""
        turns = np.arange(len(numbers), dtype=np.int32)
        self._stamps[numbers] = turns
        kept: Ints = numbers[self._stamps[numbers] == turns]
        return kept

    def _close(self, heard: tuple[str, ...], numbers: Ints) -> tuple[Ints, npt.NDArray[np.float32]]:
        """Those of the readings that are close enough: the mean likeness of sounds and of near sounds made one."""
        if len(numbers):
            rough = _likeness(
                [coarse(reading) for reading in heard], self.index.coarse[numbers].tolist(), CLOSE
            )
            kept = rough.max(axis=0) >= CLOSE
            numbers, rough = numbers[kept], rough[:, kept]
        if not len(numbers):
            return numbers, np.zeros(0, np.float32)
        fine = _likeness(heard, self.index.readings[numbers].tolist(), 2 * CLOSE - 1)
        best = ((fine + rough) / 2).max(axis=0)
        kept = best >= CLOSE
        return numbers[kept], best[kept]


def _likeness(mine: Sequence[str], theirs: list[str], least: float) -> npt.NDArray[np.float32]:
    """How alike words are, in rows and columns; below `least` it is 0."""
    return cdist(mine, theirs, scorer=OSA.normalized_similarity, dtype=np.float32, score_cutoff=least)
