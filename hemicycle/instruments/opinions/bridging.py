"""A bridging score: how much a statement is liked beyond what one's leaning explains. The model and loss of Community Notes,
minimised exactly in turns (ridge regressions) where Community Notes descends by gradients from a random start.

vote = μ + a of the participant + b of the statement + f of the participant · g of the statement; a vote is 1, ½ or 0. The loss is
the mean squared error + 0.15 (mean a², mean b², μ²) + 0.03 (mean f², mean g²). The score is b; Community Notes takes 0.4 as helpful.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse

from .votes import Floats, Rows

INTERCEPTS = 0.15
FACTORS = 0.03
HELPFUL = 0.4
#: A statement that fewer voted on gets no score, as with Community Notes.
VOTES = 5
_ROUNDS = 1_000
_ENOUGH = 1e-6


@dataclass(frozen=True, slots=True)
class Bridging:
    """`score` and `factor` of each statement (b, g), `liking` and `leaning` of each participant (a, f), `middle` (μ), and the
    `loss` reached.
    """

    score: Floats
    factor: Floats
    liking: Floats
    leaning: Floats
    middle: float
    loss: float


def bridging(rows: Rows, start: Floats) -> Bridging:
    """The scores. `start`: a first guess of the statements' factors, such as the loadings of the map's first axis."""
    people = _Side(rows.matrix(rows.values / 2 + 0.5), rows.matrix(np.ones(len(rows.values))))
    statements = people.turned()
    total, many = people.total, max(1, people.many)
    score, factor = np.zeros(rows.width), start / (np.abs(start).max(initial=0) or 1)
    middle = total / many / (1 + INTERCEPTS)
    for _ in range(_ROUNDS):
        liking, leaning = people.fitted(middle, score, factor)
        before = score
        score, factor = statements.fitted(middle, liking, leaning)
        explained = people.size @ liking + statements.size @ score + leaning @ (people.said @ factor)
        middle = float(total - explained) / many / (1 + INTERCEPTS)
        if np.abs(score - before).max(initial=0) < _ENOUGH:
            break
    loss = _loss(rows, middle, (liking, leaning), (score, factor))
    return Bridging(score, factor, liking, leaning, middle, loss)


class _Side:
    """Participants, or statements, of whom each gets an intercept and a factor when those of the other side are held."""

    def __init__(self, votes: sparse.csr_array, said: sparse.csr_array) -> None:
        self.votes, self.said = votes, said
        self.size = np.diff(said.indptr)
        self.many = int(self.size.sum())
        self.total = float(votes.data.sum())
        self.of_each = np.asarray(votes.sum(axis=1)).ravel()
        # The loss takes means over each side, the sum of squares here is over all votes. Who has no vote counts in none.
        self.weight = self.many / max(1, int(np.count_nonzero(self.size)))

    def turned(self) -> _Side:
        return _Side(self.votes.T.tocsr(), self.said.T.tocsr())

    def fitted(self, middle: float, other: Floats, slope: Floats) -> tuple[Floats, Floats]:
        """Intercept and factor of each: the exact solution of its two normal equations."""
        held = self.said @ np.column_stack((slope, slope * slope, other, other * slope))
        error = self.of_each - middle * self.size - held[:, 2]
        tilted = self.votes @ slope - middle * held[:, 0] - held[:, 3]
        one = self.size + INTERCEPTS * self.weight
        two = held[:, 1] + FACTORS * self.weight
        cross = held[:, 0]
        whole = one * two - cross * cross
        return (two * error - cross * tilted) / whole, (one * tilted - cross * error) / whole


def _loss(
    rows: Rows, middle: float, people: tuple[Floats, Floats], statements: tuple[Floats, Floats]
) -> float:
    (liking, leaning), (score, factor) = people, statements
    counts = rows.counts()
    told = np.repeat(middle + liking, counts) + score[rows.columns]
    told += np.repeat(leaning, counts) * factor[rows.columns]
    error = rows.values / 2 + 0.5 - told
    many = max(1, int(np.count_nonzero(counts))), max(1, len(np.unique(rows.columns)))
    held = INTERCEPTS * (liking @ liking / many[0] + score @ score / many[1] + middle**2)
    held += FACTORS * (leaning @ leaning / many[0] + factor @ factor / many[1])
    return float(error @ error / max(1, len(error)) + held)
