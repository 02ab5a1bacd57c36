"""Counts of agreement by group and statement, and what Polis' measures make of them: group-aware consensus, what is typical of
a group, what all agree on. Counts add up over participants.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from .sums import BLOCK
from .votes import AGREE, DISAGREE, Flags, Floats, Ints, Rows

#: A test value beyond this is taken as more than chance (one-sided, 90 %).
SIGNIFICANT = float(ndtri(0.9))
#: So many statements are named for a group, and for consensus on either side.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Tallies:
    """How many agree, disagree and have voted at all; groups by statements."""

    agree: Ints
    disagree: Ints
    voted: Ints

    def __add__(self, other: Tallies) -> Tallies:
        return Tallies(self.agree + other.agree, self.disagree + other.disagree, self.voted + other.voted)

    def groups(self) -> Tallies:
        """Without the last row, which holds those who are in no group."""
        return Tallies(*(counts[:-1] for counts in (self.agree, self.disagree, self.voted)))

    def overall(self) -> Tallies:
        """All participants together, in one row."""
        return Tallies(*(counts.sum(0)[None] for counts in (self.agree, self.disagree, self.voted)))

    def turned(self) -> Tallies:
        """The same with agreement and disagreement exchanged."""
        return Tallies(self.disagree, self.agree, self.voted)

    def others(self) -> Tallies:
        """For each group all the other groups together."""
        return Tallies(*(counts.sum(0) - counts for counts in (self.agree, self.disagree, self.voted)))

    def shares(self) -> Floats:
        """The share that agrees, with one voter added on either side."""
        return np.asarray((self.agree + 1) / (self.voted + 2), np.float64)

    def consensus(self) -> Floats:
        """Group-aware consensus, one a statement: the product of the groups' shares."""
        return np.asarray(self.shares().prod(axis=0))

    def majority(self) -> Floats:
        """Test value: do more than half of a group's voters agree?"""
        many = self.voted + 1
        return np.asarray(2 * np.sqrt(many) * ((self.agree + 1) / many - 0.5))

    def difference(self) -> Floats:
        """Test value: do more of a group's voters agree than of the others'?"""
        others = self.others()
        a, b, n, m = self.agree + 1, others.agree + 1, self.voted + 1, others.voted + 1
        pooled = (a + b) / (n + m)
        noise = np.sqrt(np.maximum(0.0, pooled * (1 - pooled)) * (1 / n + 1 / m))
        return np.asarray(np.divide(a / n - b / m, noise, out=np.zeros_like(noise), where=noise > 0))


def tallied(rows: Rows, label: Ints, count: int = 1) -> Tallies:
    """The tallies of some participants, groups by statements; `label` is the group of each. A last row holds those who belong to
    none (−1).
    """
    total = np.zeros((count + 1, rows.width, 3), np.int64)
    start = 0
    for part in rows.parts(BLOCK):
        of_vote = np.repeat(label[start : start + len(part)] % (count + 1), part.counts())
        cell = (of_vote * rows.width + part.columns) * 3 + (part.values - DISAGREE)
        total += np.bincount(cell, minlength=total.size).reshape(total.shape)
        start += len(part)
    return Tallies(total[:, :, AGREE - DISAGREE], total[:, :, 0], total.sum(2))


def agreed(tallies: Tallies, is_in: Flags) -> Ints:
    """The statements that most of all voters agree with beyond chance, strongest first; `tallies` has one row."""
    share, test = tallies.shares()[0], tallies.majority()[0]
    found = np.flatnonzero(is_in & (share > 0.5) & (test > SIGNIFICANT))
    return found[np.argsort(-(share * test)[found], kind="stable")][:NAMED]


def typical(tallies: Tallies, is_in: Flags) -> list[list[tuple[int, bool]]]:
    """For each group the statements that tell it from the others, each with whether the group agrees with it: agreed ones
    first, the one it agrees with best at the head.
    """
    return [_typical_of(group, tallies, is_in) for group in range(len(tallies.voted))]


def _typical_of(group: int, tallies: Tallies, is_in: Flags) -> list[tuple[int, bool]]:
    sides = [_Side(one, group) for one in (tallies, tallies.turned())]
    for_, against = sides
    does_agree = for_.difference > against.difference
    strength = np.where(does_agree, for_.strength, against.strength)
    is_clear = is_in & (for_.is_clear() | against.is_clear())
    order = np.flatnonzero(is_clear)[np.argsort(-strength[is_clear], kind="stable")]
    head = _best_agreed(for_, np.flatnonzero(is_in & (tallies.agree[group] + tallies.disagree[group] > 0)))
    if head is None and not len(order) and is_in.any():  # nothing is beyond chance: the least weak one
        ahead = np.where(is_in, np.maximum(for_.difference, against.difference), -np.inf)
        head = int(np.argmax(ahead))
    chosen = [head] if head is not None else []
    chosen += [int(one) for one in order if one != head]
    told = [(one, bool(does_agree[one])) for one in chosen[:NAMED]]
    return sorted(told, key=lambda one: not one[1])


class _Side:
    """What is to be known of one group's agreement (or disagreement) with each statement."""

    def __init__(self, tallies: Tallies, group: int) -> None:
        shares = tallies.shares()
        self.share = shares[group]
        self.ratio = self.share / tallies.others().shares()[group]
        self.majority = tallies.majority()[group]
        self.difference = tallies.difference()[group]
        self.strength = self.ratio * self.difference * self.share * self.majority

    def is_clear(self) -> Flags:
        return np.asarray((self.majority > SIGNIFICANT) & (self.difference > SIGNIFICANT))


def _best_agreed(side: _Side, voted: Ints) -> int | None:
    """The statement that a group agrees with best. Polis' rule, which goes from one statement to the next: the measure by which
    the next one must be better is by what sets the group apart as soon as the best so far does that.
    """
    best: int | None = None
    for one in map(int, voted):
        if best is None:
            is_better = side.majority[one] > SIGNIFICANT or (side.ratio[one] > 1 and side.share[one] > 0.5)
        elif side.ratio[best] > 1:
            is_better = side.strength[one] > side.strength[best]
        else:
            is_better = side.share[one] * side.majority[one] > side.share[best] * side.majority[best]
        best = one if is_better else best
    return best
