"""One part of a list, its persons or its organisations: index, neighbours and search under one roof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import organisations, persons
from .align import Alignment
from .clean import cleaned
from .index import Index
from .legal import telling
from .neighbours import Near, Neighbours
from .search import Search
from .weights import ORGANISATION, PERSON

PERSONS, ORGANISATIONS = "person", "organisation"
SURE = 0.9
LEAST_PIECE = 3
LONG = 8


@dataclass(frozen=True, slots=True)
class Compared:
    """A query beside one bag of a part: the words, the alignment and the sum of weighted features (log-odds)."""

    bag: int
    words: tuple[str, ...]
    alignment: Alignment
    sum: float


class Part:
    """Names of one kind. `places` are numbers that the caller knows the names by."""

    def __init__(self, kind: str, texts: Sequence[str], places: Sequence[int]) -> None:
        self.kind = kind
        self.places = places
        self.weights = PERSON if kind == PERSONS else ORGANISATION
        self.features = persons.FEATURES if kind == PERSONS else organisations.FEATURES
        self.index = Index([self.read(text)[0] for text in texts])
        self.neighbours = Neighbours(self.index)
        self.search = Search(self.index)

    def read(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of a name, and what is odd about its typing."""
        plain = cleaned(text, keep_digits=self.kind == ORGANISATIONS)
        words = persons.joined(plain.words) if self.kind == PERSONS else telling(plain.words)
        return words, plain.signals

    def names_of(self, bag: int) -> list[int]:
        return [self.places[name] for name in self.index.bag_names[bag]]

    def compared(self, words: tuple[str, ...]) -> list[Compared]:
        """All candidates of a name, also with words joined or split as the list has them."""
        found: dict[int, Compared] = {}
        for variant in (words, *self._variants(words)):
            near = [self.neighbours.of(word) for word in variant]
            patronymic = -1
            if self.kind == PERSONS:
                likes = [one.patronymic_like for one in near]
                patronymic = persons.patronymic_place(likes, [one.frequency for one in near], len(near))
            for bag in self.search.candidates(near):
                one = self._one(variant, near, bag, patronymic)
                if bag not in found or found[bag].sum < one.sum:
                    found[bag] = one
        return list(found.values())

    def _one(self, words: tuple[str, ...], near: Sequence[Near], bag: int, patronymic: int) -> Compared:
        bag_words = self.index.bags[bag]
        if self.kind == PERSONS:
            alignment = persons.aligned(near, bag_words, self.index, patronymic)
        else:
            alignment = organisations.aligned(near, bag_words, self.index)
        return Compared(bag, words, alignment, self._sum(alignment))

    def with_patronymics(self, one: Compared, patronymics: Sequence[int]) -> Compared:
        """The same comparison, counting the patronymics of the entry's other names against it where they differ."""
        if one.alignment.patronymics[0] < 0 or one.alignment.patronymics[1] >= 0:
            return one
        near = [self.neighbours.of(word) for word in one.words]
        other = persons.with_patronymic_elsewhere(one.alignment, near, patronymics, self.index)
        return one if other is None else Compared(one.bag, one.words, other, self._sum(other))

    def _sum(self, alignment: Alignment) -> float:
        return sum(value * weight for value, weight in zip(alignment.features, self.weights, strict=True))

    def _variants(self, words: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Neighbouring words joined where the list knows the whole; one word split where it knows both pieces."""
        known = self.index.word_ids
        found = []
        for place in range(len(words) - 1):
            whole = words[place] + words[place + 1]
            if whole in known:
                found.append((*words[:place], whole, *words[place + 2 :]))
        for place, word in enumerate(words):
            if len(word) < LONG or word in known or self.neighbours.of(word).nearest >= SURE:
                continue
            for cut in range(LEAST_PIECE, len(word) - LEAST_PIECE + 1):
                if word[:cut] in known and word[cut:] in known:
                    found.append((*words[:place], word[:cut], word[cut:], *words[place + 1 :]))
        return found[:4]
