"""What the command finds, put together once: the report, the table and the pictures all say the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .bridging import Bridging
from .cells import Cell, shown
from .opinion_map import OpinionMap
from .stability import SURE, Stability
from .tallies import Tallies, agreed, tallied, typical
from .votes import Flags, Floats, Ints, Votes

#: A statement's two ranks are told apart when they differ by more than this part of all statements.
APART = 0.25


@dataclass(frozen=True, slots=True)
class Found:
    """A map with all that stands beside it."""

    map: OpinionMap
    stability: Stability
    bridging: Bridging

    def common(self) -> tuple[Ints, Ints]:
        """Common ground, surest first: statements that all groups support, that all reject, and that stay so in `SURE` of the
        resamples at least.
        """
        ground, sure = self.map.ground, self.stability
        return _sure(ground.supported, sure.supported), _sure(ground.rejected, sure.rejected)

    def unsure(self) -> Ints:
        """What is common to all groups on this map, and not in `SURE` of the resamples."""
        ground, (supported, rejected) = self.map.ground, self.common()
        return np.setdiff1d(np.flatnonzero(ground.supported | ground.rejected), [*supported, *rejected])

    def divided(self) -> Ints:
        return _sure(self.map.ground.divided, self.stability.divided)

    def consensus(self) -> Floats:
        return self.map.drawn.tallies.consensus()

    def ranks(self) -> tuple[Ints, Ints]:
        """The place of each statement that has a bridging score by group-aware consensus and by that, 1 for the best; 0 for
        the others.
        """
        is_scored = self.map.is_scored()
        return _ranks(self.consensus(), is_scored), _ranks(self.bridging.score, is_scored)

    def agreement(self) -> float:
        """How alike the two orders are: Spearman's correlation, 1 for the same order."""
        is_scored = self.map.is_scored()
        first, second = (_off_middle(values[is_scored]) for values in (self.consensus(), self.bridging.score))
        size = float(np.sqrt((first @ first) * (second @ second)))
        return float(first @ second) / size if size > 0 else 1.0

    def apart(self) -> Ints:
        """Statements on which the two measures differ most, the widest first."""
        first, second = self.ranks()
        gap = np.abs(first - second)
        found = np.flatnonzero(gap > APART * max(1, self.map.is_scored().sum()))
        return found[np.argsort(-gap[found], kind="stable")]

    def between(self) -> Ints:
        """Rows of the participants who stay in their group in less than `SURE` of the resamples."""
        return np.flatnonzero((self.map.drawn.label >= 0) & (self.stability.stayed < SURE))

    def sizes(self) -> Ints:
        return np.bincount(self.map.drawn.groups.label)

    def cells(self, statement: int) -> list[tuple[Cell, ...]]:
        """For each group how many agree, disagree, pass and did not vote, as far as that may be shown."""
        tallies = self.map.drawn.tallies
        return [_cells(tallies, group, statement, int(size)) for group, size in enumerate(self.sizes())]

    def typical(self) -> list[list[tuple[int, bool]]]:
        return typical(self.map.drawn.tallies, self.map.is_in())


def positions(votes: Votes) -> list[tuple[Cell, ...]]:
    """For each statement how many agree, disagree, pass and did not vote, as far as that may be shown."""
    people = len(votes.participants)
    overall = tallied(votes.rows, np.zeros(people, np.int64)).overall()
    return [_cells(overall, 0, statement, people) for statement in range(len(votes.statements))]


def map_json(votes: Votes, found: Found | None) -> str:
    """The whole map for further work. It holds each participant's place and is for nobody's eyes."""
    told = _empty(votes) if found is None else _whole(votes, found)
    return json.dumps(told, separators=(",", ":"), allow_nan=False) + "\n"


def _empty(votes: Votes) -> Mapping[str, Any]:
    names = ("mean", "pc1", "pc2", "participant_ids", "x", "y", "group", "between")
    return {
        "statement_ids": votes.statements.tolist(),
        **{name: [] for name in names},
        "k": 0,
        **{
            name: {} for name in ("gac_agree", "gac_disagree", "consensus", "representative", "common_ground")
        },
        "stability": None,
        "positions": {
            str(statement): cells
            for statement, cells in zip(votes.statements.tolist(), positions(votes), strict=True)
        },
    }


def _whole(votes: Votes, found: Found) -> Mapping[str, Any]:
    drawn, sure = found.map.drawn, found.stability
    ids = votes.statements
    is_in = found.map.is_in()

    def named(which: Ints) -> list[int]:
        return [int(one) for one in ids[which]]

    def by_id(values: Floats) -> dict[str, float]:
        return dict(zip(map(str, ids.tolist()), values.tolist(), strict=True))

    supported, rejected = found.common()
    return {
        "statement_ids": ids.tolist(),
        "mean": drawn.axes.mean.tolist(),
        "pc1": drawn.axes.first.tolist(),
        "pc2": drawn.axes.second.tolist(),
        "participant_ids": votes.participants.tolist(),
        "x": drawn.places[:, 0].tolist(),
        "y": drawn.places[:, 1].tolist(),
        "group": [None if label < 0 else label for label in drawn.label.tolist()],
        "between": votes.participants[found.between()].tolist(),
        "k": len(drawn.groups),
        "silhouette": drawn.groups.silhouette,
        "within": drawn.groups.within,
        "gac_agree": by_id(found.consensus()),
        "gac_disagree": by_id(drawn.tallies.turned().consensus()),
        "consensus": {
            "agree": named(agreed(drawn.overall, is_in)),
            "disagree": named(agreed(drawn.overall.turned(), is_in)),
        },
        "representative": {
            str(group): [int(ids[one]) for one, _ in told] for group, told in enumerate(found.typical())
        },
        "common_ground": {"agree": named(supported), "disagree": named(rejected)},
        "divides": named(found.divided()),
        "bridging": found.bridging.score.tolist(),
        "bridging_loss": found.bridging.loss,
        "stability": sure.middle(),
        "resamples": {
            "count": len(sure.counts),
            "likeness": sure.likeness.tolist(),
            "k": sure.counts.tolist(),
            "supported": sure.supported.tolist(),
            "rejected": sure.rejected.tolist(),
            "divided": sure.divided.tolist(),
        },
    }


def _sure(holds: Flags, share: Floats) -> Ints:
    found = np.flatnonzero(holds & (share >= SURE - 1e-12))
    return found[np.argsort(-share[found], kind="stable")]


def _ranks(values: Floats, is_in: Flags) -> Ints:
    """1 for the largest; what is equal has the best of its places."""
    ranks = np.zeros(len(values), np.int64)
    ordered = np.sort(-values[is_in])
    ranks[is_in] = np.searchsorted(ordered, -values[is_in]) + 1
    return ranks


def _off_middle(values: Floats) -> Floats:
    """The rank of each value less the middle rank; what is equal shares the mean of its places."""
    ordered = np.sort(values)
    ranks = (np.searchsorted(ordered, values) + np.searchsorted(ordered, values, "right") + 1) / 2
    return np.asarray(ranks - (len(values) + 1) / 2)


def _cells(tallies: Tallies, group: int, statement: int, size: int) -> tuple[Cell, ...]:
    agree, disagree, voted = (
        int(counts[group, statement]) for counts in (tallies.agree, tallies.disagree, tallies.voted)
    )
    return shown((agree, disagree, voted - agree - disagree, size - voted))
