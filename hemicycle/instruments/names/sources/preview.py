"""What a list holds before it is taken in, and how it differs from an earlier version."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .entry import Entry, PassedOver
from .lists import published_on, read, recognised

FIRST = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """The numbers of the entries that a newer version adds, changes and removes, and how many stay as they were."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds.

    `sha256` is over the bytes as given, packed or not; `beside` are (name, sha256) of OFAC's further files. `passed_over` are
    (reason, how often, first lines); a line is that where the entry begins. `first` are the first five entries.
    """

    format: str
    published_on: str
    sha256: str
    beside: tuple[tuple[str, str], ...]
    entries: int
    names: int
    with_birth_dates: int
    by_schema: dict[str, int]
    by_kind: dict[str, int]
    passed_over: tuple[tuple[str, int, tuple[int, ...]], ...]
    first: tuple[Entry, ...]
    difference: Difference | None


class _Tally:
    """Counts entries while somebody else reads them."""

    def __init__(self) -> None:
        self.schemata: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.with_birth_dates = 0
        self.first: list[Entry] = []

    def counted(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            self.schemata[entry.schema] += 1
            self.kinds.update(kind for _, kind in entry.names)
            self.with_birth_dates += bool(entry.birth_dates)
            if len(self.first) < FIRST:
                self.first.append(entry)
            yield entry


def preview(
    path: Path,
    format: str | None = None,
    *,
    beside: tuple[Path, ...] = (),
    before: Mapping[str, str] | None = None,
) -> Preview:
    """Read a whole list and tell what it holds; with `before`, the digests of an earlier version, also what differs.

    Raises Unreadable as `read` does; then nothing is told.
    """
    name = format or recognised(path)
    passed, tally = PassedOver(), _Tally()
    entries = tally.counted(read(path, name, beside=beside, passed=passed))
    differs = None
    if before is None:
        for _ in entries:
            pass
    else:
        differs = difference(before, entries)
    return Preview(
        format=name,
        published_on=published_on(path, name),
        sha256=sha256_of(path),
        beside=tuple((one.name, sha256_of(one)) for one in beside),
        entries=tally.schemata.total(),
        names=tally.kinds.total(),
        with_birth_dates=tally.with_birth_dates,
        by_schema=dict(tally.schemata.most_common()),
        by_kind=dict(tally.kinds.most_common()),
        passed_over=tuple(
            (why, count, tuple(passed.lines[why])) for why, count in passed.counts.most_common()
        ),
        first=tuple(tally.first),
        difference=differs,
    )


def difference(old: Mapping[str, str], new: Iterable[Entry]) -> Difference:
    """What differs from an earlier version, of which the number and the digest of each entry are known."""
    added, changed, kept = [], [], set()
    for entry in new:
        if entry.entity_id not in old:
            added.append(entry.entity_id)
            continue
        kept.add(entry.entity_id)
        if old[entry.entity_id] != entry.digest():
            changed.append(entry.entity_id)
    removed = tuple(number for number in old if number not in kept)
    return Difference(tuple(added), tuple(changed), removed, len(kept) - len(changed))


def digests(entries: Iterable[Entry]) -> dict[str, str]:
    """The digest of each entry by its number."""
    return {entry.entity_id: entry.digest() for entry in entries}


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
