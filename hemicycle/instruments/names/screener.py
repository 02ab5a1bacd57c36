"""The screener: a list of names read once, then asked about one name after another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .clean import alternatives, cleaned
from .dates import Date, agreement, date_of, dates_of
from .explain import Explanation, explained, probability
from .legal import is_marked
from .part import ORGANISATIONS, PERSONS, Compared, Part
from .weights import BIRTH, THRESHOLD

WEAK = "weak"
ROUNDING = 1e-5
_OF_PERSONS = frozenset({"person"})
_OF_BOTH = frozenset({"", "legalentity", "thing"})


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of one entry of a list. `birth_dates` may hold several, `;` between them."""

    entity_id: str
    name: str
    kind: str = "primary"
    schema: str = ""
    birth_dates: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A name to ask about. Without a schema it is taken for a person's and an organisation's."""

    qid: str
    text: str
    schema: str = ""
    birth_date: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed entity that a query may be: a question for a person to decide, never a finding."""

    entity_id: str
    score: float
    matched_name: str
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Candidate:
    """The best name of one entity for a query; `sum` is in log-odds, the date of birth counted in."""

    entity: int
    name: int
    part: Part
    compared: Compared
    birth: int | None
    sum: float


def kinds_of(schema: str) -> tuple[str, ...]:
    """The parts of a list that a schema belongs to."""
    plain = schema.strip().lower()
    if plain in _OF_BOTH:
        return (PERSONS, ORGANISATIONS)
    return (PERSONS,) if plain in _OF_PERSONS else (ORGANISATIONS,)


class Screener:
    """Weak aliases (nicknames) are left out unless `with_weak`. Same list and query, same hits."""

    def __init__(self, names: Iterable[ListedName], *, with_weak: bool = False) -> None:
        self.entities: list[str] = []
        self.births: list[tuple[Date, ...]] = []
        self.names: list[str] = []
        self.entity_of: list[int] = []
        numbers: dict[str, int] = {}
        texts: dict[str, list[str]] = {PERSONS: [], ORGANISATIONS: []}
        places: dict[str, list[int]] = {PERSONS: [], ORGANISATIONS: []}
        for one in names:
            if one.kind.strip().lower() == WEAK and not with_weak:
                continue
            number = numbers.setdefault(one.entity_id, len(numbers))
            dates = dates_of(one.birth_dates) if one.birth_dates else ()
            if number == len(self.entities):
                self.entities.append(one.entity_id)
                self.births.append(dates)
            elif dates and dates != self.births[number]:
                self.births[number] = tuple(dict.fromkeys((*self.births[number], *dates)))
            for kind in kinds_of(one.schema):
                for text in (one.name, *alternatives(one.name)):
                    texts[kind].append(text)
                    places[kind].append(len(self.names))
            self.names.append(one.name)
            self.entity_of.append(number)
        self.parts = {kind: Part(kind, texts[kind], places[kind]) for kind in texts}
        self.patronymics: dict[int, set[int]] = {}
        persons = self.parts[PERSONS]
        for bag, words in enumerate(persons.index.bags):
            place = persons.index.patronymics.get(words)
            if place is not None:
                for name in persons.names_of(bag):
                    self.patronymics.setdefault(self.entity_of[name], set()).add(words[place])

    def candidates(self, query: Query) -> list[Candidate]:
        """The best name of every entity that comes near, best first; most are no hits."""
        best: dict[int, Candidate] = {}
        born = date_of(query.birth_date) if query.birth_date else None
        for kind in kinds_of(query.schema):
            part = self.parts[kind]
            # A name of no known schema that does not look like an organisation's is one only where all of it agrees.
            is_guess = kind == ORGANISATIONS and not query.schema and not is_marked(cleaned(query.text).words)
            for text in (query.text, *alternatives(query.text)):
                words, _ = part.read(text)
                for compared in part.compared(words):
                    if is_guess and not compared.alignment.is_whole:
                        continue
                    self._keep(best, part, compared, born)
        return sorted(best.values(), key=lambda one: (-one.sum, one.entity))

    def _keep(self, best: dict[int, Candidate], part: Part, compared: Compared, born: Date | None) -> None:
        """Keep the best name of each entity that has this bag."""
        for name in part.names_of(compared.bag):
            entity = self.entity_of[name]
            held = best.get(entity)
            if held is not None and held.compared.sum >= compared.sum:
                continue
            one, birth = compared, None
            if part.kind == PERSONS:
                birth = agreement(born, self.births[entity])
                if entity in self.patronymics:
                    one = part.with_patronymics(compared, sorted(self.patronymics[entity]))
                    if held is not None and held.compared.sum >= one.sum:
                        continue
            best[entity] = Candidate(
                entity, name, part, one, birth, one.sum + (0.0 if birth is None else BIRTH[birth])
            )

    def hits(self, query: Query, threshold: float = THRESHOLD) -> list[Hit]:
        """The entities at or above the threshold, best first, each explained."""
        found = []
        for candidate in self.candidates(query):
            if probability(candidate.sum) < threshold - ROUNDING:
                break
            name = self.names[candidate.name]
            signals = candidate.part.read(query.text)[1]
            told = explained(query.text, name, candidate.part, candidate.compared, candidate.birth, signals)
            if told["score"] >= threshold:
                found.append(Hit(self.entities[candidate.entity], told["score"], name, told))
        return found
