"""Who reads what: by load, language and interest, the same answer every time, with the numbers behind it (3.1).

Pure: no database, no clock. A file goes only to people who read all its languages and whom nothing keeps from it;
among them loads are kept as equal as the files allow. Ties are broken by a digest of file and person, so that
nobody is always first and no two people always read together.
"""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Assessor:
    """Somebody who may be asked to read; `load` counts the readings held already."""

    key: int
    reference: str
    reads: frozenset[str]
    load: int = 0


@dataclass(frozen=True)
class File:
    """A file that wants `seats` readers. `out`: why a person cannot have it, by key (interest, has_read, ...)."""

    key: int
    reference: str
    languages: frozenset[str]
    seats: int
    out: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """Readers by file, fewest loaded first; a file with too few possible readers is in `short` and has none."""

    readers: Mapping[int, tuple[int, ...]]
    short: frozenset[int]
    explanations: Mapping[int, Mapping[str, int]]
    loads: Mapping[int, int]


def why_out(assessor: Assessor, file: File) -> str:
    """The code of what keeps the person from the file; empty when nothing does."""
    return file.out.get(assessor.key) or ("" if file.languages <= assessor.reads else "language")


def explain(file: File, assessors: Iterable[Assessor]) -> dict[str, int]:
    """How many could read the file, and how many could not, by ground: codes and counts only."""
    grounds = Counter(why_out(a, file) or "possible" for a in assessors)
    return dict(sorted(grounds.items()))


def spread(files: Iterable[File], assessors: Iterable[Assessor], *, at_most: int) -> Plan:
    """Give every file its readers. `at_most`: readings per person, those held already included.

    Files with the fewest possible readers choose first; then readings move along chains from fuller to emptier
    hands until no chain makes the loads more equal. A file that would take somebody over `at_most` is short.
    """
    people = sorted(assessors, key=lambda a: a.reference)
    rows = sorted(files, key=lambda f: f.reference)
    fits = {f.key: [a.key for a in people if not why_out(a, f)] for f in rows}
    load = {a.key: a.load for a in people}
    names = {a.key: a.reference for a in people}
    held: dict[int, list[int]] = {}
    short = {f.key for f in rows if len(fits[f.key]) < f.seats}
    for file in sorted(rows, key=lambda f: (len(fits[f.key]), f.reference)):
        if file.key in short:
            continue
        order = sorted(fits[file.key], key=lambda a: (load[a], _tie(file.reference, names[a])))
        held[file.key] = order[: file.seats]
        for key in held[file.key]:
            load[key] += 1
    _level(held, fits, load)
    for file in reversed(rows):
        if file.key in held and any(load[key] > at_most for key in held[file.key]):
            for key in held.pop(file.key):
                load[key] -= 1
            short.add(file.key)
    start = {a.key: a.load for a in people}
    return Plan(
        {key: tuple(sorted(v, key=lambda a: (start[a], names[a]))) for key, v in held.items()},
        frozenset(short),
        {f.key: explain(f, people) for f in rows},
        load,
    )


def _tie(file: str, person: str) -> str:
    return hashlib.sha256(f"{file} {person}".encode()).hexdigest()


def _level(held: dict[int, list[int]], fits: Mapping[int, Sequence[int]], load: dict[int, int]) -> None:
    """Move readings along chains until no chain leads from a person to one with at least two fewer.

    Each chain lowers the sum of squared loads by two or more, so this ends; and without such a chain the loads are
    as equal as the files allow (optimal semi-matching, Harvey et al. 2006).
    """
    while True:
        for start in sorted(load, key=lambda a: -load[a]):
            chain = _chain(start, held, fits, load)
            if chain:
                for file, giver, taker in chain:
                    held[file][held[file].index(giver)] = taker
                load[start] -= 1
                load[chain[-1][2]] += 1
                break
        else:
            return


def _chain(
    start: int, held: Mapping[int, Sequence[int]], fits: Mapping[int, Sequence[int]], load: Mapping[int, int]
) -> list[tuple[int, int, int]]:
    """The shortest chain of (file, giver, taker) from `start` to somebody with at least two fewer readings."""
    came: dict[int, tuple[int, int, int]] = {}
    queue = deque([start])
    while queue:
        giver = queue.popleft()
        for file, readers in held.items():
            if giver not in readers:
                continue
            for taker in fits[file]:
                if taker in readers or taker in came or taker == start:
                    continue
                came[taker] = (file, giver, taker)
                if load[taker] <= load[start] - 2:
                    return _back(came, start, taker)
                queue.append(taker)
    return []


def _back(came: Mapping[int, tuple[int, int, int]], start: int, end: int) -> list[tuple[int, int, int]]:
    chain = []
    while end != start:
        chain.append(came[end])
        end = came[end][1]
    return chain[::-1]
