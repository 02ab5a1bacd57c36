"""The prices of the Method of Equal Shares (Peters and Skowron 2020), one candidate at a time, exactly."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from .endorsements import Endorsements, Floats, Ints
from .measures import Amount, Lazy
from .sums import EPSILON, Sums


class Prices(Lazy):
    """The smallest price at which the voters of a candidate pay her seat: who has less pays all that is left.

    The price is the one root of sum(min(money, price)) = 1 over her voters, and there is one when they have 1 together.
    For any set of them, (1 - their money) / (number of the others) is at most the price: the bounds rest on that.
    """

    def __init__(self, name: str, given: Endorsements, seats: int) -> None:
        self.name, self._given = name, given
        self._support = given.support.tolist()
        # Whose voters have less than one seat costs together, with all their money, can never be paid for.
        voters = given.voters
        super().__init__(
            [
                (1 / many * (1 - EPSILON), one)
                for one, many in enumerate(self._support)
                if many * seats >= voters
            ]
        )
        start = Fraction(seats, given.voters)
        self._sums = Sums(given)
        self._sums.add(np.arange(given.ballots), start, 1)
        self._sums.values[:] = float(start)
        self._sums.error = self._one_step = 2 * EPSILON * float(start)
        self._price: dict[int, tuple[float, float]] = {}  # the last bound and its error
        self._weights: dict[int, Floats] = {}  # of the ballots for a candidate
        self._broke: dict[int, Ints] = {}  # in this step: who has nothing left when the candidate is paid
        # Price and money of all supporters together, in floating point: what adding up may have lost.
        self._lost = EPSILON * (given.ballots + 16) * (seats + 2)

    def bracket(self, candidate: int) -> tuple[float, float] | None:
        """(lower bound, guess above) of the price; None when her voters have not enough, and never will again."""
        who = self._given.supporters[candidate]
        support = self._support[candidate]
        weights = self._weights.get(candidate)
        if weights is None:
            weights = self._weights[candidate] = self._given.weights[who].astype(np.float64)
        money = self._sums.values[who]
        purses = weights * money
        fuzz = support * self._sums.error + self._lost
        total = float(purses.sum())
        if total < 1.0 + fuzz:
            if total < 1.0 - fuzz:
                return None
            above, below = self._sums.exact_over(candidate)
            if above < below:
                return None
        price, wealthy = self._price.get(candidate, (1.0 / support, 0.0))[0], float(support)
        while True:
            has = (money >= price).astype(np.float64)
            many = float(weights.dot(has))
            if not many:
                break
            price = max(price, (1.0 - total + float(purses.dot(has))) / many)
            if many == wealthy:
                break
            wealthy = many
        error = 2 * fuzz / wealthy
        self._price[candidate] = (price - error, error)
        return price - error, price + error

    def exact(self, candidate: int) -> Fraction:
        """The price. Who is poorer and who richer than it is verified; whoever is too near is decided in fractions."""
        bound, error = self._price[candidate]
        who = self._given.supporters[candidate]
        money, slack = self._sums.values[who], 4 * (error + self._sums.error)
        guess = bound + error
        while True:
            is_poor = money < guess - slack
            poor, near = who[is_poor], who[~is_poor & (money <= guess + slack)]
            price, broke = self._settled(candidate, poor, near)
            away = abs(float(price) - guess) + 2 * (self._sums.error + EPSILON * float(price))
            # Right when the margin covers how far the price lies from the guess; else again, with a wider one.
            if away <= slack or len(near) == len(who):
                self._broke[candidate] = broke
                return price
            slack = 2 * away

    def _settled(self, candidate: int, poor: Ints, near: Ints) -> tuple[Fraction, Ints]:
        """The price when `poor` pay all they have and `near` are judged by it; and all who then have nothing left."""
        weights = self._given.weights
        above, below = self._sums.exact_among(poor)
        owed = Fraction(below - above, below)
        many = self._support[candidate] - int(weights[poor].sum())
        purses = sorted((self._sums.exact_value(int(ballot)), int(ballot)) for ballot in near)
        price, emptied = owed / many if many else Fraction(-1), 0
        while emptied < len(purses) and purses[emptied][0] <= price:
            money, ballot = purses[emptied]
            if money < price:
                many -= int(weights[ballot])
                owed -= money * int(weights[ballot])
                price = owed / many if many else money
            emptied += 1
        return price, np.concatenate((poor, [ballot for _, ballot in purses[:emptied]])).astype(np.int64)

    def elect(self, candidate: int, amount: Amount) -> None:
        """Her voters pay."""
        super().elect(candidate, amount)
        broke = self._broke[candidate]
        payers = np.setdiff1d(self._given.supporters[candidate], broke, assume_unique=True)
        self._sums.clear(broke)
        self._sums.values[broke] = 0.0
        if len(payers):
            self._sums.add(payers, Fraction(amount), -1)
            self._sums.values[payers] -= float(amount)
        self._sums.error += self._one_step
        self._broke.clear()

    def as_loads(self) -> Sums:
        """What is left, as loads below zero. The prices end here."""
        return self._sums.negated()
