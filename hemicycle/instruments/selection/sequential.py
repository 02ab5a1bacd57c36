"""Proportional choice one by one: sequential PAV, sequential Phragmen, the Method of Equal Shares.

Definitions: Lackner and Skowron, Multi-Winner Voting with Approval Preferences (2023); Equal Shares: Peters and Skowron,
Proportionality and the Limits of Welfarism (2020), completed by Phragmen's rule from the money that is left, as their
section on completion has it. A tie goes to the candidate who stands first.

Every choice is that of exact arithmetic (`measures.py`, `shares.py`), and `replay` does it again in plain fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .endorsements import Endorsements
from .guard import Guard
from .measures import Gains, Loads, Measure, TabledGains, Unendorsed
from .problem import Problem
from .shares import Prices

PAV, PHRAGMEN, EQUAL_SHARES = "sequential PAV", "sequential Phragmen", "equal shares"


@dataclass(frozen=True)
class Step:
    """One election. `amount`: what decided, exactly: the gain in PAV score (greatest wins); the load of her voters
    (smallest wins); the price that each of her voters pays at most (smallest wins); None: nobody endorses her.

    `tied`: all with the same amount, herself included. `barred`: found since the last step to be in no lawful list
    together with those elected, and set aside for good.
    """

    rule: str
    elected: int
    amount: Fraction | None
    tied: tuple[int, ...]
    barred: tuple[int, ...] = ()


@dataclass(frozen=True)
class Choice:
    """`members` in the order of their election, which belongs to the certificate and is shown nowhere else."""

    rule: str
    members: tuple[int, ...]
    steps: tuple[Step, ...]


def sequential_pav(given: Endorsements, seats: int, problem: Problem | None = None) -> Choice:
    """Each seat to the candidate who adds most to the PAV score (Thiele 1895)."""
    course = _Course(given, seats, problem)
    course.run((TabledGains if TabledGains.fits(given, seats) else Gains)(PAV, given, seats))
    return course.filled(PAV)


def phragmen(given: Endorsements, seats: int, problem: Problem | None = None) -> Choice:
    """Each seat is a load of one, spread over who endorses her; the smallest greatest load (Phragmen 1894)."""
    course = _Course(given, seats, problem)
    course.run(Loads(PHRAGMEN, given))
    return course.filled(PHRAGMEN)


def equal_shares(given: Endorsements, seats: int, problem: Problem | None = None) -> Choice:
    """Each voter has seats/voters to spend, a seat costs one, its voters pay the same or all that they have left.

    When nobody can be paid for any more, Phragmen's rule goes on with what is left as loads below zero.
    """
    course = _Course(given, seats, problem)
    prices = Prices(EQUAL_SHARES, given, seats)
    course.run(prices)
    if len(course.steps) < seats:
        left = course.left(np.flatnonzero(given.support).tolist())
        course.run(Loads(PHRAGMEN, given, prices.as_loads(), left))
    return course.filled(EQUAL_SHARES)


class _Course:
    """The elections so far. Rules in a `problem` bar whom no lawful list contains; without rules no solver is called."""

    def __init__(self, given: Endorsements, seats: int, problem: Problem | None) -> None:
        if not 1 <= seats <= len(given.candidates):
            raise ValueError(f"{seats} seats and {len(given.candidates)} candidates")
        if problem is not None and (problem.ids != given.candidates or problem.seats != seats):
            raise ValueError(
                "the rules speak of other people or of another number of seats than the endorsements"
            )
        self._given, self._seats, self._guard = given, seats, Guard.of(problem)
        self._barred: list[int] = []  # since the last step
        self.steps: list[Step] = []

    def left(self, people: list[int]) -> list[int]:
        """Of some people, who is neither elected nor barred."""
        gone = {step.elected for step in self.steps}
        guard = self._guard
        return [one for one in people if one not in gone and (guard is None or guard.is_open(one))]

    def run(self, measure: Measure) -> None:
        """Elects by one measure until the seats are full or it has nobody more."""
        guard = self._guard
        while len(self.steps) < self._seats and (found := measure.least()):
            amount, tied = found
            elected = tied[0]
            if guard is not None:
                if not guard.admits(elected):
                    self._bar(measure, guard.like(elected))
                    continue
                guard.elect(elected)
            measure.elect(elected, amount)
            self.steps.append(
                Step(measure.name, elected, measure.told(amount), tuple(tied), tuple(self._barred))
            )
            self._barred = []

    def filled(self, rule: str) -> Choice:
        """The choice, with seats that remain given to people whom nobody endorses."""
        if len(self.steps) < self._seats:
            self.run(Unendorsed(rule, self.left(np.flatnonzero(self._given.support == 0).tolist())))
        if len(self.steps) < self._seats:
            raise RuntimeError("nobody is left to be elected although a lawful list exists")
        return Choice(rule, tuple(step.elected for step in self.steps), tuple(self.steps))

    def _bar(self, measure: Measure, people: list[int]) -> None:
        gone = {step.elected for step in self.steps}
        self._barred = sorted({*self._barred, *people} - gone)
        measure.drop(self._barred)
