"""The passages that two texts share: runs of words, with their places in both originals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass
from operator import itemgetter

from .plain import Plain, shingles

RUN = 4
MOST_PLACES = 20  # a run of words that stands more often in one text is tried at so many places of it


@dataclass(frozen=True, slots=True)
class Passage:
    """`words` words from place `first` of one text and place `second` of the other, in words."""

    first: int
    second: int
    words: int


def passages(
    first: Sequence[str], second: Sequence[str], common: Container[tuple[str, ...]]
) -> list[Passage]:
    """Runs of at least `RUN` words that stand in both, none overlapping another, in the order of the first text.

    At each place the longest run is taken. Runs in `common` (the form's own words) are passed over. Takes time
    linear in the length of both.
    """
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, run in enumerate(shingles(second, RUN)):
        if run not in common and len(places[run]) < MOST_PLACES:
            places[run].append(place)
    taken = bytearray(len(second))
    found = []
    start = 0
    runs = shingles(first, RUN)
    while start < len(runs):
        tried = [
            (_length(first, second, start, place, taken, common), place)
            for place in places.get(runs[start], ())
        ]
        length, place = max(tried, key=itemgetter(0), default=(0, 0))
        if length < RUN:
            start += 1
            continue
        found.append(Passage(start, place, length))
        taken[place : place + length] = b"\1" * length
        start += length
    return found


def _length(
    first: Sequence[str],
    second: Sequence[str],
    start: int,
    place: int,
    taken: bytearray,
    common: Container[tuple[str, ...]],
) -> int:
    """How many words the run goes on for; it ends before words taken already and where the form's words begin."""
    most = min(len(first) - start, len(second) - place)
    length = 0
    while length < most and first[start + length] == second[place + length] and not taken[place + length]:
        length += 1
        if length >= RUN and tuple(first[start + length - RUN : start + length]) in common:
            return length - 1
    return length


def own_words(text: Plain, common: Container[tuple[str, ...]]) -> Plain:
    """A text without the words that lie in runs common to too many files."""
    covered = bytearray(len(text.words))
    for place, run in enumerate(shingles(text.words, RUN)):
        if run in common:
            covered[place : place + RUN] = b"\1" * RUN
    kept = [place for place, is_covered in enumerate(covered) if not is_covered]
    return Plain(
        tuple(text.words[place] for place in kept),
        tuple(text.starts[place] for place in kept),
        tuple(text.ends[place] for place in kept),
    )
