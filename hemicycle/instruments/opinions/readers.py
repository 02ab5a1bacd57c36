"""Votes and statements from the files that Polis exports, plain or packed.

`votes.csv`: one vote a row, `comment-id`, `voter-id`, `vote`. `participants-votes.csv`: one participant a row, `participant` and a
column for each statement. `comments.csv`: `comment-id`, `moderated` (−1 is out), `comment-body`. Other columns are passed over.

A file is read in blocks of bytes by arrays. Where one is not as plain as that (quotes, blanks, any fault), all is read again row by
row, which understands more and tells where a fault is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..names.files import Unreadable, opened
from ..names.readers import cells_of, rows_of
from .votes import Ints, Votes, gathered

LONG = ("voter-id", "comment-id", "vote")
COMMENTS = ("comment-id", "moderated")
_BLOCK = 1 << 24
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_COMMA, _END, _MINUS, _ZERO = b",\n-0"

#: Participant, statement and vote, of equal length.
Columns = tuple[Ints, Ints, Ints]


class _NotPlain(Exception):
    """The file is not as plain as the fast way needs it."""


@dataclass(frozen=True, slots=True)
class Statements:
    """The ids of those that were moderated out, and the texts by id."""

    out: Collection[int]
    texts: dict[int, str]


def read_votes(path: Path, out: Collection[int] = ()) -> Votes:
    """The votes of a file; `out` are the statements that were moderated out."""
    try:
        columns = _by_arrays(path)
    except _NotPlain:
        columns = _by_rows(path)
    return gathered(*columns, out)


def read_statements(path: Path) -> Statements:
    """What a `comments.csv` says of the statements."""
    out: set[int] = set()
    texts: dict[int, str] = {}
    for line, row in rows_of(path, COMMENTS):
        one = _whole(path, line, "comment-id", row["comment-id"])
        if one in texts:
            raise Unreadable(f"{path}, line {line}, column “comment-id”: {one} stands twice")
        moderated = _whole(path, line, "moderated", row["moderated"])
        if moderated not in (-1, 0, 1):
            raise Unreadable(f"{path}, line {line}, column “moderated”: “{moderated}” is none of -1, 0, 1")
        if moderated == -1:
            out.add(one)
        texts[one] = row.get("comment-body", "")
    return Statements(out, texts)


# --- by rows ---------------------------------------------------------------------------------------------------------


def _by_rows(path: Path) -> Columns:
    found: list[tuple[int, int, int]] = []
    _, header = next(cells_of(path), (1, []))
    statements = _statements(path, [name.strip() for name in header])
    seen: set[int] = set()
    for line, row in rows_of(path, ()):
        if not statements:
            who, what = (_whole(path, line, name, row[name]) for name in LONG[:2])
            found.append((who, what, _vote(path, line, "vote", row["vote"])))
            continue
        who = _whole(path, line, "participant", row["participant"])
        if who in seen:
            raise Unreadable(f"{path}, line {line}, column “participant”: {who} stands twice")
        seen.add(who)
        for name, what in statements.items():
            if row[name].strip():
                found.append((who, what, _vote(path, line, name, row[name])))
    who_, what_, votes = (np.array([row[place] for row in found], np.int64) for place in range(3))
    return who_, what_, votes


def _statements(path: Path, header: list[str]) -> dict[str, int]:
    """The columns of a wide file that are statements; none for a long file."""
    if set(LONG) <= set(header):
        return {}
    found = {name: int(name) for name in header if _WHOLE.fullmatch(name)}
    if "participant" not in header or not found:
        raise Unreadable(
            f"{path}, line 1: neither the columns {', '.join(LONG)} nor participant and one column a statement "
            f"(there are: {', '.join(header)[:200] or 'none'})"
        )
    return found


def _whole(path: Path, line: int, column: str, text: str) -> int:
    if not _WHOLE.fullmatch(text.strip()):
        raise Unreadable(f"{path}, line {line}, column “{column}”: “{text[:40]}” is no whole number")
    return int(text)


def _vote(path: Path, line: int, column: str, text: str) -> int:
    vote = _whole(path, line, column, text)
    if vote not in (-1, 0, 1):
        raise Unreadable(
            f"{path}, line {line}, column “{column}”: {vote} is no vote (1 agrees, -1 disagrees, 0 passes)"
        )
    return vote


# --- by arrays -------------------------------------------------------------------------------------------------------


def _by_arrays(path: Path) -> Columns:
    blocks = _blocks(path)
    header = next(blocks).decode("utf-8", "replace").rstrip("\n").removeprefix("\ufeff").split(",")
    if len(set(header)) < len(header):
        raise _NotPlain
    is_long = set(LONG) <= set(header)
    parts: list[Columns] = []
    people: list[Ints] = []
    for block in blocks:
        cells = _Cells(block, len(header))
        parts.append(_long(cells, header) if is_long else _wide(cells, header))
        people.append(np.zeros(0, np.int64) if is_long else cells.column(header.index("participant")))
    everybody = np.concatenate([*people, np.zeros(0, np.int64)])
    if not parts or len(np.unique(everybody)) < len(everybody):
        raise _NotPlain
    who, what, votes = (np.concatenate(kind) for kind in zip(*parts, strict=True))
    if len(votes) and (votes.min() < -1 or votes.max() > 1):
        raise _NotPlain
    return who, what, votes


def _blocks(path: Path) -> Iterator[bytes]:
    """The header, then whole lines."""
    with opened(path) as file:
        try:
            yield file.readline(_BLOCK)
            rest = b""
            while block := file.read(_BLOCK):
                block = rest + block
                end = block.rfind(b"\n") + 1
                if end:
                    yield block[:end]
                rest = block[end:]
                if len(rest) > _BLOCK:
                    raise _NotPlain
            if rest:
                yield rest + b"\n"
        except OSError as error:
            raise _NotPlain from error  # the other way tells the line


def _long(cells: _Cells, header: list[str]) -> Columns:
    who, what, vote = (cells.column(header.index(name)) for name in LONG)
    return who, what, vote


def _wide(cells: _Cells, header: list[str]) -> Columns:
    if "participant" not in header:
        raise _NotPlain
    places = [place for place, name in enumerate(header) if _WHOLE.fullmatch(name)]
    if not places:
        raise _NotPlain
    who = cells.column(header.index("participant"))
    begins, ends = cells.begins[:, places], cells.ends[:, places]
    row, column = np.nonzero(ends > begins)
    statements = np.array([int(header[place]) for place in places], np.int64)
    return who[row], statements[column], cells.whole(begins[row, column], ends[row, column])


class _Cells:
    """Where the cells of a block of lines begin and end."""

    def __init__(self, block: bytes, width: int) -> None:
        if b'"' in block:
            raise _NotPlain
        self.bytes: NDArray[np.uint8] = np.frombuffer(block.replace(b"\r\n", b"\n"), np.uint8)
        is_end = self.bytes == _END
        marks = np.flatnonzero(is_end | (self.bytes == _COMMA))
        if len(marks) % width:
            raise _NotPlain
        self.ends = marks.reshape(-1, width)
        if is_end.sum() != len(self.ends) or not is_end[self.ends[:, -1]].all():
            raise _NotPlain
        self.begins = np.append([0], marks[:-1] + 1).reshape(-1, width)

    def column(self, place: int) -> Ints:
        return self.whole(self.begins[:, place], self.ends[:, place])

    def whole(self, begins: Ints, ends: Ints) -> Ints:
        """Whole numbers of at most 15 digits from where they begin up to where they end."""
        is_minus = self.bytes[np.minimum(begins, len(self.bytes) - 1)] == _MINUS
        begins = begins + is_minus
        size = ends - begins
        if len(size) and (size.min() < 1 or size.max() > 15):
            raise _NotPlain
        number = np.zeros(len(begins), np.int64)
        for step in range(int(size.max(initial=0))):
            is_there = step < size
            digit = self.bytes[(begins + step)[is_there]] - np.uint8(
                _ZERO
            )  # below zero wraps round to a large number
            if (digit > 9).any():
                raise _NotPlain
            number[is_there] = number[is_there] * 10 + digit
        return np.where(is_minus, -number, number)
