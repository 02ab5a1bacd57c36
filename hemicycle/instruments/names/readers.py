"""Tables and lines of text, from plain or packed files; an error names file, line and column."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from .dates import date_of
from .files import Unreadable, opened
from .screener import Query

LONGEST_CELL = 1_000_000
LONGEST_LINE = 64_000_000
MOST_EMPTY = 100_000
QUERY_COLUMNS = ("qid", "query")


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a file in UTF-8; a byte that is none is told with its line and column."""
    with opened(path) as file:
        number = empty = 0
        while True:
            number += 1
            try:
                line = file.readline(LONGEST_LINE)
            except OSError as error:
                raise Unreadable(f"{path}, line {number}: the file is damaged: {error}") from error
            if not line:
                return
            if len(line) == LONGEST_LINE:
                raise Unreadable(f"{path}, line {number}, column {LONGEST_LINE}: the line does not end")
            empty = empty + 1 if line in (b"\n", b"\r\n") else 0
            if empty > MOST_EMPTY:
                raise Unreadable(f"{path}, line {number}, column 1: {empty:,} empty lines in a row")
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"{path}, line {number}, column {error.start + 1}: not UTF-8 (byte {line[error.start]:#04x})"
                ) from error


class _Kept:
    """Lines that are kept until their row is read, so that the place of a fault in it can be told."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.of_row: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.of_row.append(line)
        return line


def cells_of(path: Path, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The rows of a table as they stand, each with the number of its last line; empty lines are left out."""
    before = csv.field_size_limit(LONGEST_CELL)
    kept = _Kept(lines_of(path))
    reader = csv.reader(kept, strict=True, delimiter=delimiter)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
            kept.of_row.clear()
    except csv.Error as error:
        below, column = _place(kept.of_row, delimiter)
        line = reader.line_num - len(kept.of_row) + 1 + below
        raise Unreadable(f"{path}, line {line}, column {column}: {error}") from error
    finally:
        csv.field_size_limit(before)  # it is one for the whole process, and others rely on the smaller one


def _place(lines: list[str], delimiter: str) -> tuple[int, int]:
    """Where a row breaks: what follows a closed quote, a stray end of line, or the quote that is never closed."""
    begun, before = (0, 1), delimiter
    is_quoted = is_closed = False
    for below, line in enumerate(lines):
        for column, letter in enumerate(line, 1):
            if is_quoted:
                is_quoted, is_closed = letter != '"', letter == '"'
            elif is_closed and letter == '"':
                is_quoted, is_closed = True, False
            elif is_closed and letter not in (delimiter, "\r", "\n"):
                return below, column
            elif before == "\r" and letter != "\n":
                return below, column - 1
            else:
                is_closed = False
                is_quoted = letter == '"' and before in (delimiter, "\n")
                begun = (below, column) if is_quoted or before == delimiter else begun
            before = letter
    return begun


def rows_of(
    path: Path, needed: tuple[str, ...], *, delimiter: str = ",", above: int = 0
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their line numbers, below a header that stands under `above` other rows.

    Columns may stand in any order; unknown ones are passed over.
    """
    cells = cells_of(path, delimiter)
    for _ in range(above):
        next(cells, None)
    number, header = next(cells, (above + 1, []))
    header = [name.strip() for name in header]
    for name in needed:
        if name not in header:
            raise Unreadable(
                f"{path}, line {number}: no column “{name}” (there are: {', '.join(header) or 'none'})"
            )
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        raise Unreadable(f"{path}, line {number}: the column “{min(twice)}” stands twice")
    for line, row in cells:
        if len(row) != len(header):
            raise Unreadable(
                f"{path}, line {line}, column {min(len(row), len(header)) + 1}: "
                f"{len(row)} cells where the header has {len(header)}"
            )
        yield line, dict(zip(header, row, strict=True))


def filled(path: Path, line: int, row: dict[str, str], column: str) -> str:
    """What a cell holds that must not be empty."""
    if not row[column].strip():
        raise Unreadable(f"{path}, line {line}, column “{column}”: empty")
    return row[column].strip()


def read_queries(path: Path) -> list[Query]:
    """The queries of a CSV `qid,query[,schema,birth_date]`."""
    found: dict[str, Query] = {}
    for line, row in rows_of(path, QUERY_COLUMNS):
        qid = filled(path, line, row, "qid")
        if qid in found:
            raise Unreadable(f"{path}, line {line}, column “qid”: {qid} stands twice")
        date = row.get("birth_date", "").strip()
        if date and date_of(date) is None:
            raise Unreadable(
                f"{path}, line {line}, column “birth_date”: “{date}” is no date (1975 or 1975-03-31)"
            )
        found[qid] = Query(qid, row["query"], row.get("schema", ""), date)
    return list(found.values())
