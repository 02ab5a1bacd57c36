"""A rule of a list: of certain people, at least so many and at most so many sit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from .pool import Pool


@dataclass(frozen=True)
class Rule:
    """Of the people whom `where` describes (all of its attributes) or `people` names, `least` to `most` sit.

    `most` None: without limit. A statutory rule is never relaxed. `article` is a number of the charter. The rule holds
    from the day `since`; None: always.
    """

    name: str
    where: tuple[tuple[str, str], ...] = ()
    people: frozenset[str] = frozenset()
    least: int = 0
    most: int | None = None
    is_statutory: bool = False
    article: str = ""
    since: date | None = None

    def __post_init__(self) -> None:
        if bool(self.where) == bool(self.people):
            raise ValueError(f"{self.name}: a rule speaks of attributes or of named people")
        if self.least < 0 or (self.most is not None and self.most < 0):
            raise ValueError(f"{self.name}: nobody can count less than zero people")
        if self.most is not None and self.least > self.most:
            raise ValueError(f"{self.name}: at least {self.least} and at most {self.most}")

    def concerns(self, pool: Pool) -> list[int]:
        """The positions of the people of whom the rule speaks, ascending."""
        if self.people:
            return sorted(pool.position[name] for name in self.people if name in pool.position)
        return [
            place
            for place, row in enumerate(pool.declared)
            if all(row.get(feature) == value for feature, value in self.where)
        ]

    @property
    def words(self) -> str:
        """`gender = f: 6 to 9` in words."""
        low, high = self.least, self.most
        if high is None:
            return f"{self.name}: at least {low}"
        if low == high:
            return f"{self.name}: exactly {low}"
        return f"{self.name}: at most {high}" if low == 0 else f"{self.name}: {low} to {high}"


def share_of(seats: int, share: Fraction, rounding: str) -> int:
    """How many of `seats` a share is, rounded `up`, `down` or `nearest` (a half: up). Exact."""
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is no share: it lies between 0 and 1")
    exact = seats * share
    if rounding not in ("up", "down", "nearest"):
        raise ValueError(f"unknown rounding: {rounding}")
    return ceil(exact) if rounding == "up" else floor(exact if rounding == "down" else exact + Fraction(1, 2))


def must_sit(person: str, *, article: str = "") -> Rule:
    return Rule(
        f"{person} must sit", people=frozenset({person}), least=1, most=1, is_statutory=True, article=article
    )


def may_not_sit(person: str, *, article: str = "") -> Rule:
    return Rule(
        f"{person} may not sit", people=frozenset({person}), most=0, is_statutory=True, article=article
    )


def not_together(one: str, other: str, *, article: str = "") -> Rule:
    if one == other:
        raise ValueError(f"{one} is named twice: a pair is two people")
    name = f"{one} and {other} may not sit together"
    return Rule(name, people=frozenset({one, other}), most=1, is_statutory=True, article=article)


def cap_per_value(
    pool: Pool,
    feature: str,
    most: int,
    *,
    apart_from: Iterable[str] = (),
    is_statutory: bool = False,
    article: str = "",
) -> list[Rule]:
    """At most `most` people per value of a feature (an organisation); who declared nothing is bound by no cap."""
    free = {"", *apart_from}
    values = dict.fromkeys(row.get(feature, "") for row in pool.declared)
    return [
        Rule(
            f"{feature} = {value}", ((feature, value),), most=most, is_statutory=is_statutory, article=article
        )
        for value in values
        if value not in free
    ]


def in_force(rules: Iterable[Rule], on: date | None) -> list[Rule]:
    """The rules that hold on a day; without a day, all."""
    return [rule for rule in rules if on is None or rule.since is None or rule.since <= on]
