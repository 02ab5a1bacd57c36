"""Judging a list rule by rule, without a solver: met, broken, or not to be met any more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from .problem import Problem, Row


class Standing(StrEnum):
    MET = "met"
    BROKEN = "broken"  # as the list stands; free seats, or an exchange, could mend it
    OPEN = "open"  # not met yet, and the free seats can still meet it
    LOST = "lost"  # by the seats that are free it cannot be met any more


@dataclass(frozen=True)
class Verdict:
    """A rule and a list: `count` of the people of whom it speaks sit; `short` too few or `over` too many (else 0)."""

    row: Row
    count: int
    standing: Standing
    short: int
    over: int

    @property
    def words(self) -> str:
        said = f"{self.row.rule.words}; there are {self.count}: {self.standing.value}"
        if self.short:
            said += f", short by {self.short}"
        if self.over:
            said += f", over by {self.over}"
        return said + (f", article {self.row.rule.article}" if self.row.rule.article else "")


def check(problem: Problem, members: Collection[int]) -> list[Verdict]:
    """One verdict per rule for the positions of `members`, who may be fewer than the seats."""
    sitting = frozenset(members)
    if len(sitting) != len(members):
        raise ValueError("somebody stands on the list twice")
    free = problem.seats - len(sitting)
    return [_judge(row, sitting, free) for row in problem.rows]


def is_lawful(problem: Problem, members: Collection[int]) -> bool:
    """Whether the list is full and meets every rule."""
    verdicts = check(problem, members)
    return len(members) == problem.seats and all(one.standing == Standing.MET for one in verdicts)


def _judge(row: Row, sitting: frozenset[int], free: int) -> Verdict:
    count = sum(place in sitting for place in row.who)
    short, over = max(0, row.least - count), max(0, count - row.most)
    if over:
        standing = Standing.BROKEN
    elif not short:
        standing = Standing.MET
    elif free <= 0:
        standing = Standing.BROKEN
    else:
        standing = Standing.OPEN if short <= min(free, len(row.who) - count) else Standing.LOST
    return Verdict(row, count, standing, short, over)
