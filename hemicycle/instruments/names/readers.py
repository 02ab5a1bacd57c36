"""Lists and queries as CSV files, plain or `.gz`; an error names file, line and column."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from . import ftm
from .dates import date_of
from .screener import ListedName, Query

LONGEST_CELL = 1_000_000
LIST_COLUMNS = ("entity_id", "name")
QUERY_COLUMNS = ("qid", "query")
KINDS = frozenset({"", "primary", "alias", "previous", "weak"})


class Unreadable(ValueError):
    """A file cannot be read; the message names file, line and column."""


def opened(path: Path) -> BinaryIO:
    """A file for reading as bytes, unpacked where its name ends in `.gz`."""
    return cast(BinaryIO, gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a file in UTF-8; a byte that is none is told with its line and column."""
    with opened(path) as file:
        number = 0
        while True:
            number += 1
            try:
                line = file.readline()
            except (OSError, EOFError, zlib.error) as error:
                raise Unreadable(f"{path}, line {number}: the file is damaged: {error}") from error
            if not line:
                return
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"{path}, line {number}, column {error.start + 1}: not UTF-8 (byte {line[error.start]:#04x})"
                ) from error


def rows_of(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their line numbers. Columns may stand in any order; unknown ones are passed over."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines_of(path), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        for name in needed:
            if name not in header:
                raise Unreadable(
                    f"{path}, line 1: no column “{name}” (there are: {', '.join(header) or 'none'})"
                )
        twice = {name for name in header if name and header.count(name) > 1}
        if twice:
            raise Unreadable(f"{path}, line 1: the column “{min(twice)}” stands twice")
        for row in reader:
            if not row:
                continue
            if len(row) != len(header):
                raise Unreadable(
                    f"{path}, line {reader.line_num}, column {min(len(row), len(header)) + 1}: "
                    f"{len(row)} cells where the header has {len(header)}"
                )
            yield reader.line_num, dict(zip(header, row, strict=True))
    except csv.Error as error:
        raise Unreadable(f"{path}, line {reader.line_num}: {error}") from error


def read_list(path: Path) -> Iterator[ListedName]:
    """The names of a list: a CSV `entity_id,name[,kind,schema,birth_dates]`, or FollowTheMoney's JSON lines."""
    if is_ftm(path):
        for number, text in enumerate(lines_of(path), 1):
            try:
                yield from ftm.names_of(text)
            except ftm.NoEntity as error:
                raise Unreadable(f"{path}, line {number}, column {error.column}: {error}") from error
        return
    for line, row in rows_of(path, LIST_COLUMNS):
        _filled(path, line, row, "entity_id")
        kind = row.get("kind", "").strip().lower()
        if kind not in KINDS:
            raise Unreadable(
                f"{path}, line {line}, column “kind”: “{kind}” is none of primary, alias, previous, weak"
            )
        dates = row.get("birth_dates", "")
        for date in dates.split(";"):
            if date.strip() and date_of(date) is None:
                raise Unreadable(
                    f"{path}, line {line}, column “birth_dates”: “{date}” is no date (1975 or 1975-03-31)"
                )
        yield ListedName(
            row["entity_id"].strip(), row["name"], kind or "primary", row.get("schema", ""), dates
        )


def read_queries(path: Path) -> list[Query]:
    """The queries of a CSV `qid,query[,schema,birth_date]`."""
    found: dict[str, Query] = {}
    for line, row in rows_of(path, QUERY_COLUMNS):
        _filled(path, line, row, "qid")
        qid = row["qid"].strip()
        if qid in found:
            raise Unreadable(f"{path}, line {line}, column “qid”: {qid} stands twice")
        date = row.get("birth_date", "").strip()
        if date and date_of(date) is None:
            raise Unreadable(
                f"{path}, line {line}, column “birth_date”: “{date}” is no date (1975 or 1975-03-31)"
            )
        found[qid] = Query(qid, row["query"], row.get("schema", ""), date)
    return list(found.values())


def is_ftm(path: Path) -> bool:
    """Whether a file's name says that it holds JSON lines."""
    return any(suffix in (".json", ".jsonl", ".ndjson", ".ijson") for suffix in path.suffixes)


def _filled(path: Path, line: int, row: dict[str, str], column: str) -> None:
    if not row[column].strip():
        raise Unreadable(f"{path}, line {line}, column “{column}”: empty")
