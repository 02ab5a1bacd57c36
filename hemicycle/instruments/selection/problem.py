"""A pool, seats and rules as counts: rows over people, and over types of people whom no rule tells apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .pool import Pool
from .rule import Rule

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One rule over positions: between `least` and `most` of `who` sit."""

    rule: Rule
    who: tuple[int, ...]
    least: int
    most: int

    def admits(self, count: int) -> bool:
        return self.least <= count <= self.most


@dataclass(frozen=True)
class Problem:
    """`rows[i]` is `rules[i]` over the positions of `ids`; `seats` people sit."""

    ids: tuple[str, ...]
    seats: int
    rows: tuple[Row, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(row.rule for row in self.rows)

    def reordered(self, order: Sequence[int]) -> Problem:
        """The same problem over the people in another order: place i holds who stood at `order[i]`."""
        place = {old: new for new, old in enumerate(order)}
        rows = (replace(row, who=tuple(sorted(place[one] for one in row.who))) for row in self.rows)
        return Problem(tuple(self.ids[old] for old in order), self.seats, tuple(rows))

    def without(self, rows: Iterable[int]) -> Problem:
        gone = set(rows)
        kept = tuple(row for place, row in enumerate(self.rows) if place not in gone)
        return Problem(self.ids, self.seats, kept)

    def with_rules(self, pool: Pool, rules: Iterable[Rule]) -> Problem:
        more = tuple(row_of(rule, pool, self.seats) for rule in rules)
        return Problem(self.ids, self.seats, (*self.rows, *more))

    @cached_property
    def types(self) -> Types:
        return Types.of(self)


@dataclass(frozen=True)
class Types:
    """People whom no binding rule tells apart.

    `of_person`: (people,) the type of each. `size`: (types,) how many. `matrix`: (rows, types) 0 or 1, only rows that can
    bind (`row_numbers` are their places in the problem). `least`, `most`: (rows,).
    """

    of_person: Ints
    size: Ints
    matrix: NDArray[np.float64]
    least: Ints
    most: Ints
    row_numbers: Ints

    @classmethod
    def of(cls, problem: Problem) -> Types:
        people = len(problem.ids)
        binding = [
            place
            for place, row in enumerate(problem.rows)
            if row.least > 0 or row.most < min(len(row.who), problem.seats)
        ]
        # Each person is marked by the rows that speak of her; equal marks, equal type.
        speaking: list[list[int]] = [[] for _ in range(people)]
        for number, place in enumerate(binding):
            for who in problem.rows[place].who:
                speaking[who].append(number)
        known: dict[tuple[int, ...], int] = {}
        of_person = np.fromiter(
            (known.setdefault(tuple(marks), len(known)) for marks in speaking), np.int64, people
        )
        matrix = np.zeros((len(binding), len(known)))
        for marks, number in known.items():
            matrix[list(marks), number] = 1.0
        return cls(
            of_person,
            np.bincount(of_person, minlength=len(known)).astype(np.int64),
            matrix,
            np.array([problem.rows[place].least for place in binding], dtype=np.int64),
            np.array([problem.rows[place].most for place in binding], dtype=np.int64),
            np.array(binding, dtype=np.int64),
        )

    def counts(self, members: Iterable[int]) -> Ints:
        """(types,) how many of each type sit, for the positions of members."""
        return np.bincount(self.of_person[list(members)], minlength=len(self.size)).astype(np.int64)

    def people_of(self, number: int) -> list[int]:
        return [int(place) for place in np.flatnonzero(self.of_person == number)]


def row_of(rule: Rule, pool: Pool, seats: int) -> Row:
    return Row(rule, tuple(rule.concerns(pool)), rule.least, _most(rule, seats))


def _most(rule: Rule, seats: int) -> int:
    return max(rule.least, seats) if rule.most is None else rule.most


def problem_of(pool: Pool, seats: int, rules: Sequence[Rule]) -> Problem:
    """Rules become rows over the pool. A rule may be impossible (it asks for more than there are): that is for `explain`."""
    if seats < 1:
        raise ValueError("a list has one seat at least")
    by_value: dict[tuple[str, str], list[int]] = {}
    for place, declared in enumerate(pool.declared):
        for pair in declared.items():
            by_value.setdefault(pair, []).append(place)
    rows = []
    for rule in rules:
        # The frequent rule speaks of one value: looked up, not searched, as there may be thousands.
        if len(rule.where) == 1:
            who = tuple(by_value.get(rule.where[0], ()))
            rows.append(Row(rule, who, rule.least, _most(rule, seats)))
        else:
            rows.append(row_of(rule, pool, seats))
    return Problem(pool.ids, seats, tuple(rows))
