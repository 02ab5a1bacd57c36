"""Geometry of the charts: plain numbers for the templates that draw them. No Django, no colour, no text.

Every chart stands beside a table or a sentence that says the same; shape carries meaning beside colour.
Lengths are units of the drawing's viewBox (1000 wide); y grows downwards, as in SVG.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDTH = 1000
MOST_SEATS = 400
NUMBERED_UP_TO = 60
"""Above this number of seats a printed number would be too small to read."""


@dataclass(frozen=True)
class SeatMark:
    """One seat as the caller knows it; `state` is `sitting`, `suspended` or `vacant`."""

    number: int
    label: str
    is_reserved: bool = False
    state: str = "sitting"


@dataclass(frozen=True)
class Place:
    """One seat as it is drawn: centre (x, y), radius r, and the turn in degrees that faces the middle."""

    seat: SeatMark
    x: float
    y: float
    r: float
    rotation: float
    row: int

    @property
    def anchor(self) -> str:
        """The id of the seat's row in the table beside the chart."""
        return f"seat-{self.seat.number}"

    @property
    def mark_r(self) -> float:
        """Radius of a round mark, a little smaller than the place it stands in."""
        return self.r * 0.9

    @property
    def half(self) -> float:
        """Half the side of a square mark, so that its corners stay inside the place."""
        return self.r * 0.7

    @property
    def side(self) -> float:
        return self.half * 2

    @property
    def left(self) -> float:
        return self.x - self.half

    @property
    def top(self) -> float:
        return self.y - self.half

    @property
    def stroke(self) -> float:
        return max(self.r * 0.12, 1.5)

    @property
    def slash(self) -> str:
        """Path of a line across the seat, for what is suspended."""
        arm = self.mark_r * 0.6
        return f"M{self.x - arm:.1f} {self.y + arm:.1f}L{self.x + arm:.1f} {self.y - arm:.1f}"

    @property
    def baseline(self) -> float:
        return self.y + self.r * 0.27


@dataclass(frozen=True)
class HemicycleLayout:
    """All places from left to right, with the size of the drawing."""

    places: tuple[Place, ...]
    width: int
    height: float
    is_numbered: bool

    @property
    def text_size(self) -> float:
        return self.places[0].r * 0.72

    @property
    def has_reserved(self) -> bool:
        return any(place.seat.is_reserved for place in self.places)

    @property
    def has_suspended(self) -> bool:
        return any(place.seat.state == "suspended" for place in self.places)

    @property
    def has_vacant(self) -> bool:
        return any(place.seat.state == "vacant" for place in self.places)


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Share `total` among the weights by largest remainder; the sum is exactly `total`."""
    exact = [total * weight / sum(weights) for weight in weights]
    shares = [math.floor(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], -i))
    for index in by_remainder[: total - sum(shares)]:
        shares[index] += 1
    return shares


def _nearest(radii: Sequence[float], counts: Sequence[int], spacing: float) -> float:
    """The smallest distance between two seats' centres: along a row (the chord), or between rows."""
    chords = [
        2 * radius * math.sin(math.pi / (count - 1) / 2)
        for radius, count in zip(radii, counts, strict=True)
        if count > 1
    ]
    return min([*chords, spacing])


def _rows(total: int) -> tuple[list[float], list[int], float]:
    """Choose the rows (radii with the outermost at 1, seats in each) that give the largest seats."""
    best: tuple[float, list[float], list[int]] | None = None
    for rows in range(1, min(total, 16) + 1):
        for step in range(4, 41):
            spacing = step / 64
            radii = [1 - spacing * (rows - 1 - row) for row in range(rows)]
            if radii[0] < 0.3:
                break
            counts = apportion(total, radii)
            if min(counts) < 1:
                continue
            nearest = _nearest(radii, counts, spacing if rows > 1 else 0.5)
            if best is None or nearest > best[0] * 1.02:
                best = (nearest, radii, counts)
    if best is None:
        raise ValueError(f"no arrangement for {total} seats")
    nearest, radii, counts = best
    return radii, counts, nearest


def hemicycle(seats: Sequence[SeatMark]) -> HemicycleLayout:
    """Place 1 to 400 seats in rows of a half circle; the n-th seat given is the n-th from the left.

    Raises ValueError for no seat, or for more than 400.
    """
    if not 1 <= len(seats) <= MOST_SEATS:
        raise ValueError(f"a hemicycle has 1 to {MOST_SEATS} seats, not {len(seats)}")
    radii, counts, nearest = _rows(len(seats))
    seat_r = nearest * 0.46
    scale = WIDTH / (2 * (1 + seat_r))
    spots: list[tuple[float, float, int, float]] = []
    for row, (radius, count) in enumerate(zip(radii, counts, strict=True)):
        for index in range(count):
            turn = math.pi * (1 - (index / (count - 1) if count > 1 else 0.5))
            # Seats of several rows share an angle only up to the last bits of a float; unrounded, their order
            # would be an accident of arithmetic. Of two on one ray, the one further left comes first.
            spots.append((-round(turn, 9), round(math.cos(turn) * radius, 9), row, radius))
    spots.sort()
    places = tuple(
        Place(
            seat=seat,
            x=WIDTH / 2 + across * scale,
            y=(1 + seat_r - math.sin(-turn) * radius) * scale,
            r=seat_r * scale,
            rotation=90 + math.degrees(turn),
            row=row,
        )
        for seat, (turn, across, row, radius) in zip(seats, spots, strict=True)
    )
    return HemicycleLayout(places, WIDTH, (1 + 2 * seat_r) * scale, len(seats) <= NUMBERED_UP_TO)


@dataclass(frozen=True)
class Segment:
    """A stretch of a bar: `kind` is also its class in the drawing."""

    kind: str
    count: int
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """A bar with its stretches, the places of its dividing lines, and a mark (a threshold) or None."""

    segments: tuple[Segment, ...]
    total: int
    mark: float | None
    gaps: tuple[float, ...] = ()
    width: int = WIDTH
    height: int = 64
    mark_needs: int | None = None
    is_met: bool | None = None


def _natural(**numbers: int) -> None:
    for name, number in numbers.items():
        if number < 0:
            raise ValueError(f"{name} cannot be negative: {number}")


def thirds_meter(*, total: int, required: int, present: int) -> Bar:
    """A bar of `total` seats, filled up to `present`, with a mark after `required` (the reserve).

    Raises ValueError when a number is negative, or present or required exceeds the total.
    """
    _natural(total=total, required=required, present=present)
    if total < 1 or max(required, present) > total:
        raise ValueError(f"of {total} seats, {present} cannot be present and {required} required")
    unit = WIDTH / total
    gaps = tuple(unit * seat for seat in range(1, total)) if total <= NUMBERED_UP_TO else ()
    filled = (Segment("reserve", present, 0, unit * present),) if present else ()
    return Bar(filled, total, unit * required, gaps, mark_needs=required, is_met=present >= required)


def outcome_bar(
    *, in_favour: int, against: int, abstentions: int, threshold: Fraction = Fraction(1, 2)
) -> Bar | None:
    """Votes for and against in one bar, abstentions apart from it: they are not votes cast.

    The mark stands at the threshold's share of the votes cast; None when nobody voted at all.
    """
    _natural(in_favour=in_favour, against=against, abstentions=abstentions)
    cast = in_favour + against
    everyone = cast + abstentions
    if everyone == 0:
        return None
    apart = 24 if cast and abstentions else 0
    unit = (WIDTH - apart) / everyone
    parts = (
        Segment("for", in_favour, 0, unit * in_favour),
        Segment("against", against, unit * in_favour, unit * against),
        Segment("abstentions", abstentions, unit * cast + apart, unit * abstentions),
    )
    mark = unit * cast * float(threshold) if cast else None
    return Bar(tuple(part for part in parts if part.count), everyone, mark)


def turnout_bar(*, voted: int, roll: int, quorum: int | None = None) -> Bar:
    """How many of the roll have voted, with a mark at the quorum when there is one.

    Raises ValueError when more have voted than the roll holds.
    """
    _natural(voted=voted, roll=roll)
    if roll < 1 or voted > roll:
        raise ValueError(f"{voted} of a roll of {roll} cannot have voted")
    unit = WIDTH / roll
    parts = (Segment("part", voted, 0, unit * voted),) if voted else ()
    if quorum is None:
        return Bar(parts, roll, None, height=28)
    return Bar(parts, roll, unit * min(quorum, roll), height=28, mark_needs=quorum, is_met=voted >= quorum)
