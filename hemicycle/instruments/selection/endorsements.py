"""Endorsements: who of the people is approved by which voters. Identical ballots are one ballot with a weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .pool import Pool, Unreadable, rows_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

DENSE = 8_000_000  # cells of a table candidates x ballots that may be held whole (as 8 bytes each)


@dataclass(frozen=True, eq=False)
class Ranked:
    """The table in single precision with the most endorsed first: `order[p]` is the candidate at place `p`, `place` the
    other way round, `falling[p]` minus her support (so that it ascends)."""

    table: NDArray[np.float32]
    order: list[int]
    place: list[int]
    falling: Floats


@dataclass(frozen=True, eq=False)
class Endorsements:
    """Approval ballots over the positions of `candidates`, as compressed rows.

    Ballot `b` approves `approved[starts[b]:starts[b + 1]]`, ascending; `weights[b]` voters gave exactly that ballot.
    """

    candidates: tuple[str, ...]
    starts: Ints
    approved: Ints
    weights: Ints

    @classmethod
    def of(
        cls,
        candidates: Sequence[str],
        ballots: Iterable[Iterable[int]],
        weights: Iterable[int] | None = None,
    ) -> Endorsements:
        """Ballots as sets of positions, each with the number of voters who gave it (one, when not told)."""
        known: dict[tuple[int, ...], int] = {}
        rows = [tuple(sorted(set(ballot))) for ballot in ballots]
        counts = [1] * len(rows) if weights is None else list(weights)
        for ballot, count in zip(rows, counts, strict=True):
            if count < 1:
                raise ValueError(f"{count} voters cannot give a ballot")
            if ballot and not 0 <= ballot[0] <= ballot[-1] < len(candidates):
                raise ValueError("a ballot endorses somebody who is not a candidate")
            known[ballot] = known.get(ballot, 0) + count
        starts = np.zeros(len(known) + 1, dtype=np.int64)
        np.cumsum([len(ballot) for ballot in known], out=starts[1:])
        return cls(
            tuple(candidates),
            starts,
            np.fromiter((place for ballot in known for place in ballot), np.int64, int(starts[-1])),
            np.fromiter(known.values(), np.int64, len(known)),
        )

    @cached_property
    def voters(self) -> int:
        """How many voters there are, those included who endorse nobody."""
        return int(self.weights.sum())

    @property
    def ballots(self) -> int:
        """How many different ballots there are."""
        return len(self.weights)

    @cached_property
    def ballot_of(self) -> Ints:
        """The ballot of each place of `approved`."""
        return np.repeat(np.arange(self.ballots), np.diff(self.starts))

    @cached_property
    def supporters(self) -> tuple[Ints, ...]:
        """Per candidate the ballots that approve her, ascending."""
        order = np.argsort(self.approved, kind="stable")
        ends = np.cumsum(np.bincount(self.approved, minlength=len(self.candidates)))
        return tuple(np.split(self.ballot_of[order], ends[:-1]))

    @cached_property
    def support(self) -> Ints:
        """(candidates,) how many voters endorse each."""
        out = np.zeros(len(self.candidates), dtype=np.int64)
        np.add.at(out, self.approved, self.weights[self.ballot_of])
        return out

    @cached_property
    def table(self) -> Floats | None:
        """(candidates, ballots) the weight of the ballot where it approves, else 0; None when it would be too large."""
        if len(self.candidates) * self.ballots > DENSE:
            return None
        out = np.zeros((len(self.candidates), self.ballots))
        out[self.approved, self.ballot_of] = self.weights[self.ballot_of]
        return out

    @cached_property
    def ranked(self) -> Ranked | None:
        """The table for searching the greatest sum; None when it would be too large."""
        if self.table is None:
            return None
        order = np.argsort(-self.support, kind="stable")
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        rough = self.table.astype(np.float32)[order]
        return Ranked(rough, order.tolist(), place.tolist(), -self.support[order].astype(np.float64))

    def seated(self, members: Iterable[int]) -> Ints:
        """(ballots,) how many of `members` each ballot approves."""
        sits = np.zeros(len(self.candidates), dtype=np.int64)
        sits[list(members)] = 1
        ahead = np.concatenate(([0], np.cumsum(sits[self.approved])))
        out: Ints = ahead[self.starts[1:]] - ahead[self.starts[:-1]]
        return out

    def each(self) -> Iterator[tuple[frozenset[int], int]]:
        """(ballot, voters), for those who want plain sets."""
        every, ends = self.approved.tolist(), self.starts.tolist()
        for number, count in enumerate(self.weights.tolist()):
            yield frozenset(every[ends[number] : ends[number + 1]]), count


def read_endorsements(path: Path, pool: Pool | None = None) -> Endorsements:
    """Endorsements from CSV with the columns `voter` and `candidate`, one line per endorsement; `.gz` too.

    With a pool, candidates stand as in the pool and nobody else may be endorsed. Without one, they stand in the order of
    their names (numbers by value), so that the order of the lines decides nothing. A line with a voter and no candidate
    says that this voter endorses nobody: the voter counts among the voters. Raises Unreadable.
    """
    given: dict[str, dict[str, int]] = {}
    for line, row in rows_of(path):
        for name in ("voter", "candidate"):
            if name not in row:
                raise Unreadable(f"{path}: no column “{name}”: one line is one endorsement")
        voter, candidate = row["voter"], row["candidate"]
        if not voter:
            raise Unreadable(f"{path}, line {line}: no voter")
        if candidate and pool is not None and candidate not in pool.position:
            raise Unreadable(f"{path}, line {line}: {candidate} does not stand in the pool")
        before = given.setdefault(voter, {}).setdefault(candidate, line)
        if before != line:
            raise Unreadable(f"{path}, line {line}: the same endorsement stands already in line {before}")
    if not given:
        raise Unreadable(f"{path}: nobody endorses anybody")
    names = (
        sorted({name for ballot in given.values() for name in ballot if name}, key=_by_name)
        if pool is None
        else pool.ids
    )
    position = {name: place for place, name in enumerate(names)}
    return Endorsements.of(names, ([position[name] for name in ballot if name] for ballot in given.values()))


def _by_name(name: str) -> tuple[bool, int, str]:
    is_number = name.isascii() and name.isdecimal()
    return (not is_number, int(name) if is_number else 0, name)
