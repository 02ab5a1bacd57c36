"""How proposals fare: counts, shares and times of their stages. They tell of acts of bodies, never of a person (7.3).

Every moment is given, never read. What happened after `at` is not known at `at`: a board of an earlier day is the board that
day showed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from statistics import median

STAGES = ("committee", "report", "action", "answer")
TAKEN_UP, DECLINED, REPORTED, ASKED, CLOSED = "taken_up", "declined", "reported", "asked", "closed"
ANSWERS = ("positive", "partial", "negative")
AT_LEAST = 5  # fewer times make no median


@dataclass(frozen=True)
class Stretch:
    """A stage of one proposal: begun, ended with an outcome or still open; from `ignored_from` on it counts as ignored.

    `days`: the working days that it took, once it has ended.
    """

    key: str
    begun: datetime
    ignored_from: datetime
    ended: datetime | None = None
    outcome: str = ""
    days: int = 0


@dataclass(frozen=True)
class Chain:
    """One proposal with its stretches in the order in which they began."""

    made: datetime
    stretches: Sequence[Stretch] = field(default=())
    carried_out: datetime | None = None


def as_of(chain: Chain, at: datetime) -> Chain:
    """What was known of a chain at an instant."""
    known = [
        one if one.ended is None or one.ended <= at else Stretch(one.key, one.begun, one.ignored_from)
        for one in chain.stretches
        if one.begun <= at
    ]
    done = chain.carried_out is not None and chain.carried_out <= at
    return Chain(chain.made, tuple(known), chain.carried_out if done else None)


def is_ignored(chain: Chain, at: datetime) -> bool:
    """Whether what was due had no act until it counted as ignored, and has had none since. To close it then changes nothing.

    Several states may owe an answer to one proposal: it is ignored where the time of one is over and none has answered. To
    ask another state later does not put that off.
    """
    known = as_of(chain, at)
    if known.carried_out is not None or any(one.outcome in ANSWERS for one in known.stretches):
        return False
    waiting = [one for one in known.stretches if one.outcome in ("", CLOSED)]
    return any(one.ignored_from <= (one.ended or at) for one in waiting)


@dataclass(frozen=True)
class Share:
    """`count` of `of`; no fraction where there is nothing to be a part of."""

    count: int
    of: int

    @property
    def fraction(self) -> Fraction | None:
        return Fraction(self.count, self.of) if self.of else None


@dataclass(frozen=True)
class Time:
    """The median of the working days of a stage, over `of` that have ended; none while they are fewer than `AT_LEAST`.

    What was closed, or began and ended in one act, took no time of anybody's and is not counted.
    """

    key: str
    median: Fraction | None
    of: int


@dataclass(frozen=True)
class Board:
    """`taken_up`, `declined`, `carried_out`, `ignored`: of the proposals made. `answered`: of those asked of a state."""

    made: int
    taken_up: Share
    answered: Share
    carried_out: Share
    declined: Share
    ignored: Share
    times: tuple[Time, ...] = ()


def board(chains: Iterable[Chain], at: datetime) -> Board:
    """The board of these proposals as of an instant."""
    known = [as_of(chain, at) for chain in chains if chain.made <= at]
    made = len(known)
    asked = [chain for chain in known if _has(chain, ASKED)]
    return Board(
        made,
        taken_up=Share(sum(_has(chain, TAKEN_UP) for chain in known), made),
        answered=Share(sum(_has(chain, *ANSWERS) for chain in asked), len(asked)),
        carried_out=Share(sum(chain.carried_out is not None for chain in known), made),
        declined=Share(sum(_has(chain, DECLINED) for chain in known), made),
        ignored=Share(sum(is_ignored(chain, at) for chain in known), made),
        times=tuple(_time(key, known) for key in STAGES),
    )


def _has(chain: Chain, *outcomes: str) -> bool:
    return any(one.outcome in outcomes for one in chain.stretches)


def _time(key: str, known: Sequence[Chain]) -> Time:
    ended = [
        one
        for chain in known
        for one in chain.stretches
        if one.key == key and one.outcome not in ("", CLOSED)
    ]
    days = [one.days for one in ended if one.ended is not None and one.begun < one.ended]
    middle = median(map(Fraction, days)) if len(days) >= AT_LEAST else None
    return Time(key, middle, len(days))
