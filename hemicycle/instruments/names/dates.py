"""Dates of birth, whole or years alone: they tell two people of one name apart, and are used for nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

FEATURES = (
    "birth date is the same",
    "birth year is the same",
    "birth day and month are swapped",
    "birth years are one apart",
    "birth dates differ",
)
_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")

Date = tuple[int, int, int]


def date_of(text: str) -> Date | None:
    """A date as (year, month, day), 0 where it is not known; None if it is none at all."""
    found = _DATE.match(text.strip()[:10])
    if found is None:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    return (year, month, day) if month <= 12 and day <= 31 else None


def dates_of(text: str) -> tuple[Date, ...]:
    """All dates of a cell, `;` between them; what is no date is left out."""
    return tuple(date for part in text.split(";") if (date := date_of(part)) is not None)


def agreement(mine: Date | None, theirs: Iterable[Date]) -> int | None:
    """The place in `FEATURES` that says best how a date agrees with one of several; None if nothing is known."""
    if mine is None:
        return None
    return min((_agreement(mine, date) for date in theirs), default=None)


def _agreement(mine: Date, theirs: Date) -> int:
    if mine[0] == theirs[0]:
        if not (mine[1] and theirs[1]):
            return 1
        if mine[1] == theirs[1] and (mine[2] == theirs[2] or not (mine[2] and theirs[2])):
            return 0 if mine[2] and theirs[2] else 1
        if mine[1] == theirs[2] and mine[2] == theirs[1]:
            return 2
        return 4 if mine[2] and theirs[2] and mine[1] != theirs[1] and mine[2] != theirs[2] else 1
    return 3 if abs(mine[0] - theirs[0]) == 1 else 4
