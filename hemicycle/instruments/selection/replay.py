"""A proportional choice done again, slowly, by the definitions: plain sets and fractions, no solver, no numpy.

It shares nothing with the fast rules but the form of the result.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from .check import is_lawful
from .endorsements import Endorsements
from .problem import Problem
from .sequential import EQUAL_SHARES, PAV, PHRAGMEN, Choice

Ballots = list[tuple[frozenset[int], int]]


def replay(given: Endorsements, choice: Choice, problem: Problem | None = None) -> bool:
    """Whether every step elects who comes first, by the exact amount that it tells, tied with whom it tells.

    Without a problem nobody may have been barred. With one, the list must be lawful; that whoever was barred stood in no
    lawful list with those elected is taken from the steps: only the solver can say it in general.
    """
    if choice.rule not in (PAV, PHRAGMEN, EQUAL_SHARES) or len(set(choice.members)) != len(choice.members):
        return False
    if choice.members != tuple(step.elected for step in choice.steps):
        return False
    if problem is None and any(step.barred for step in choice.steps):
        return False
    if problem is not None and not is_lawful(problem, choice.members):
        return False
    ballots = list(given.each())
    course = _Course(ballots, choice.rule, len(choice.members))
    open_ = set(range(len(given.candidates)))
    for step in choice.steps:
        open_ -= set(step.barred)
        rule, amounts = course.amounts(open_)
        if not amounts:
            return False
        # Whoever has no amount is endorsed by nobody and comes last.
        numbers = [amount for amount in amounts.values() if amount is not None]
        best = (max(numbers) if rule == PAV else min(numbers)) if numbers else None
        tied = tuple(sorted(one for one, amount in amounts.items() if amount == best))
        if (step.rule, step.elected, step.amount, step.tied) != (rule, tied[0], best, tied):
            return False
        course.elect(step.elected, rule, best)
        open_.remove(step.elected)
    return True


class _Course:
    """Where every ballot stands: how many are seated, which load it carries, how much each of its voters has left."""

    def __init__(self, ballots: Ballots, rule: str, seats: int) -> None:
        self._ballots, self._rule = ballots, rule
        voters = sum(many for _, many in ballots)
        self._seated = [0 for _ in ballots]
        self._load = [Fraction(0) for _ in ballots]
        self._money = [Fraction(seats, voters) for _ in ballots]
        self._is_paid = rule == EQUAL_SHARES
        self._by: dict[int, list[int]] = {}
        for number, (ballot, _) in enumerate(ballots):
            for one in ballot:
                self._by.setdefault(one, []).append(number)

    def amounts(self, among: Collection[int]) -> tuple[str, dict[int, Fraction | None]]:
        """The rule at work and its amount for each of some candidates."""
        if self._is_paid:
            prices = {one: self._price(one) for one in among if one in self._by}
            affordable = {one: price for one, price in prices.items() if price is not None}
            if affordable:
                return EQUAL_SHARES, dict(affordable)
            self._is_paid = False
            self._load = [-money for money in self._money]
        rule = PHRAGMEN if self._rule == EQUAL_SHARES else self._rule
        found: dict[int, Fraction | None] = {one: self._amount(one, rule) for one in among}
        # In the last place, where nobody endorses whoever is left, the rule of the whole choice is named.
        return (self._rule if all(x is None for x in found.values()) else rule), found

    def _amount(self, one: int, rule: str) -> Fraction | None:
        who = self._by.get(one)
        if not who:
            return None
        weight = [self._ballots[number][1] for number in who]
        if rule == PAV:
            return sum(
                (Fraction(w, self._seated[v] + 1) for v, w in zip(who, weight, strict=True)), Fraction(0)
            )
        carried = sum((w * self._load[v] for v, w in zip(who, weight, strict=True)), Fraction(0))
        return (1 + carried) / sum(weight)

    def _price(self, one: int) -> Fraction | None:
        """The least price at which her voters together pay 1, poorest first."""
        purses = sorted((self._money[number], self._ballots[number][1]) for number in self._by[one])
        owed, many = Fraction(1), sum(weight for _, weight in purses)
        for money, weight in purses:
            if owed <= money * many:
                return owed / many
            owed, many = owed - money * weight, many - weight
        return None

    def elect(self, one: int, rule: str, amount: Fraction | None) -> None:
        for number in self._by.get(one, ()):
            self._seated[number] += 1
            if amount is not None and rule == PHRAGMEN:
                self._load[number] = amount
            if amount is not None and rule == EQUAL_SHARES:
                self._money[number] -= min(amount, self._money[number])
