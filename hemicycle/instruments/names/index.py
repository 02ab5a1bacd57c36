"""The index of a list: words, their readings, keys of consonants, and in which names each word stands.

A *bag* is the set of words of a name, whatever their order; names with the same words share one bag.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import log
from zlib import crc32

import numpy as np
import numpy.typing as npt

from .fold import coarse, first_letters, is_given_name, is_patronymic_like, readings, skeleton

Ints = npt.NDArray[np.int32]
LIST_READINGS = 3
FEWEST = 20_000  # a shorter list is weighed as if it had as many names
RAREST = log(50_000)
SHARE_OF_GIVEN_NAME = 150


_SMALL_WORDS = (
    "al el ul ud ad as ash an ar at az bin ibn ben bint abu abou abd de da do dos del della di du la le van von der "
    "den zu y e und i mr mrs ms dr haji hajji sheikh shaykh mullah maulavi mawlawi general gen col agha sayyid syed "
    "sayed seyed seyyed sayyed u daw jr sr оглы кызы оглу ogly oglu kyzy kizi аль эль ибн бин абу"
)
PARTICLES = frozenset(_SMALL_WORDS.split())
PARTICLE_WEIGHT = 0.15
INITIAL_WEIGHT = 0.3


def told(word: str, weight: float) -> float:
    """How much a word tells in a name: initials and particles little."""
    if len(word) == 1:
        return INITIAL_WEIGHT
    return PARTICLE_WEIGHT * weight if word in PARTICLES else weight


class Grouped:
    """Integers in groups, one group after another: rows of a sparse matrix without values."""

    def __init__(self, groups: npt.NDArray[np.int64], members: Ints, size: int) -> None:
        order = np.argsort(groups, kind="stable")
        self.members: Ints = members[order].astype(np.int32)
        self.starts = np.zeros(size + 1, np.int64)
        self.sizes = np.bincount(groups, minlength=size)
        np.cumsum(self.sizes, out=self.starts[1:])

    def of_all(self, groups: Ints) -> tuple[Ints, npt.NDArray[np.int64]]:
        """The members of several groups one after another, and how many each has."""
        starts = self.starts[groups]
        counts = self.starts[groups + 1] - starts
        total = int(counts.sum())
        if total == 0:
            return self.members[:0], counts
        offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        return self.members[offsets + np.arange(total)], counts


def keys_of(reading: str) -> list[int]:
    """Numbers of the skeleton of a reading and, from three letters on, of what is left without one of them."""
    bones = skeleton(reading)
    found = {bones}
    if len(bones) > 2:
        found.update(bones[:place] + bones[place + 1 :] for place in range(len(bones)))
    return [crc32(bone.encode()) for bone in found]


class Index:
    """Built once from the words of all names; searched by `neighbours` and `search`, which keep their own caches."""

    def __init__(self, names: Sequence[tuple[str, ...]]) -> None:
        self.words: list[str] = []
        self.bags: list[tuple[int, ...]] = []
        self.bag_names: list[list[int]] = []
        self._gather(names)
        self._read()
        self._post()

    def _gather(self, names: Sequence[tuple[str, ...]]) -> None:
        self.word_ids: dict[str, int] = {}
        bag_ids: dict[tuple[int, ...], int] = {}
        for place, words in enumerate(names):
            if not words:
                continue
            bag = tuple(sorted(self.word_ids.setdefault(word, len(self.word_ids)) for word in words))
            number = bag_ids.setdefault(bag, len(bag_ids))
            if number == len(self.bags):
                self.bags.append(bag)
                self.bag_names.append([])
            self.bag_names[number].append(place)
        self.words = list(self.word_ids)

    def _read(self) -> None:
        self.reading_ids: dict[str, int] = {}
        groups, members = array("q"), array("i")
        self.first_reading = array("i")
        for place, word in enumerate(self.words):
            for rank, reading in enumerate(readings(word)[:LIST_READINGS]):
                number = self.reading_ids.setdefault(reading, len(self.reading_ids))
                groups.append(number)
                members.append(place)
                if rank == 0:
                    self.first_reading.append(number)
        texts = list(self.reading_ids)
        self.readings = np.array([*texts, ""], dtype=object)[:-1]
        self.coarse = np.array([*map(coarse, texts), ""], dtype=object)[:-1]
        self.lengths = np.array([*map(len, texts)], np.int16)
        self.words_of_reading = Grouped(_longs(groups), _ints(members), len(texts))
        keys, owners = array("q"), array("i")
        for place, text in enumerate(texts):
            of_text = keys_of(text)
            keys.extend(of_text)
            owners.extend([place] * len(of_text))
        self.keys, groups_of = np.unique(_longs(keys), return_inverse=True)
        self.readings_of_key = Grouped(groups_of.astype(np.int64), _ints(owners), len(self.keys))
        self.patronymic_like = [is_patronymic_like(texts[number]) for number in self.first_reading]

    def _post(self) -> None:
        groups, members = array("q"), array("i")
        for number, bag in enumerate(self.bags):
            last = -1
            for word in bag:
                if word != last:
                    groups.append(word)
                    members.append(number)
                    last = word
        self.bags_of_word = Grouped(_longs(groups), _ints(members), len(self.words))
        counts = self.bags_of_word.sizes
        texts = list(self.reading_ids)
        first = np.frombuffer(self.first_reading, np.int32) if self.words else np.zeros(0, np.int32)
        by_reading = np.bincount(first, counts, len(self.reading_ids)) if self.words else np.zeros(0)
        size = len(self.bags)
        self.size = max(size, FEWEST)
        self.rarest = min(log(self.size), RAREST)
        supposed = (
            self.size - size
        ) // SHARE_OF_GIVEN_NAME  # a short list cannot tell which names are frequent
        self.frequency = [
            int(by_reading[number]) + (supposed if is_given_name(texts[number]) else 0) for number in first
        ]
        self.told = [
            told(word, self.weight(frequency))
            for word, frequency in zip(self.words, self.frequency, strict=True)
        ]
        self.patronymics: dict[tuple[int, ...], int] = {}
        for bag in self.bags:
            if len(bag) > 2 and any(self.patronymic_like[word] for word in bag):
                self.patronymics[bag] = max(
                    (place for place, word in enumerate(bag) if self.patronymic_like[word]),
                    key=lambda place: self.frequency[bag[place]],
                )

    def first_letters(self, word: int) -> frozenset[str]:
        return first_letters(self.words[word])

    def weight(self, frequency: int) -> float:
        """How much a word tells: high for a rare one (the logarithm of names per name that has it)."""
        return max(0.5, min(self.rarest, log(self.size / (1 + frequency))))


def _longs(numbers: array[int]) -> npt.NDArray[np.int64]:
    return np.array(numbers, np.int64)


def _ints(numbers: array[int]) -> Ints:
    return np.array(numbers, np.int32)
