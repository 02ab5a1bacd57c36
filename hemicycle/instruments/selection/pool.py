"""The people among whom a list is composed, and what each has declared."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

# Names of the column that says who a row is, in files of this house and of civic lotteries, in order of preference.
ID_COLUMNS = ("id", "reference", "unique_id", "nationbuilder_id", "person_id", "respondent_id")


class Unreadable(ValueError):
    """A file cannot be taken in. The message names the file, the line and what to do."""


@dataclass(frozen=True)
class Pool:
    """People in a fixed order. `declared[i]` maps a feature to what person `ids[i]` declared, nothing inferred."""

    ids: tuple[str, ...]
    declared: tuple[Mapping[str, str], ...]

    def __post_init__(self) -> None:
        if len(self.ids) != len(self.declared):
            raise ValueError(f"{len(self.ids)} people and {len(self.declared)} rows of attributes")
        if len(set(self.ids)) != len(self.ids):
            twice = next(name for name in self.ids if self.ids.count(name) > 1)
            raise ValueError(f"{twice} stands in the pool twice")

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each id stands."""
        return {name: place for place, name in enumerate(self.ids)}

    @cached_property
    def features(self) -> tuple[str, ...]:
        """Every feature that anybody declared, in the order of the file."""
        return tuple(dict.fromkeys(name for row in self.declared for name in row))

    def __len__(self) -> int:
        return len(self.ids)


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of a CSV file with a head, `.gz` too. Cells and names of columns lose the blanks around them."""
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path}: byte {error.start} is not UTF-8: save the file as CSV in UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [cell.strip() for cell in next(reader, [])]
        if not any(head):
            raise Unreadable(f"{path}: the file is empty: the first line names the columns")
        for name in head:
            if name and head.count(name) > 1:
                raise Unreadable(f"{path}, line 1: the column “{name}” stands there twice")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(head):
                raise Unreadable(
                    f"{path}, line {reader.line_num}: {len(cells)} cells under {len(head)} columns"
                )
            padded = [*cells, *[""] * (len(head) - len(cells))]
            yield (
                reader.line_num,
                {name: cell.strip() for name, cell in zip(head, padded, strict=True) if name},
            )
    except csv.Error as error:
        raise Unreadable(f"{path}, line {reader.line_num}: {error}") from None


def read_pool(path: Path, id_column: str | None = None) -> Pool:
    """A pool from CSV: a column that names each person (`id`, or one of `ID_COLUMNS`) and one column per feature."""
    ids: dict[str, int] = {}
    declared: list[dict[str, str]] = []
    column = id_column
    for line, row in rows_of(path):
        if column is None:
            column = next((name for name in ID_COLUMNS if name in row), None)
        if column is None or column not in row:
            wanted = id_column or "id"
            raise Unreadable(f"{path}: no column “{wanted}”: it names each person once")
        name = row.pop(column)
        if not name:
            raise Unreadable(f"{path}, line {line}: no {column}")
        if name in ids:
            raise Unreadable(f"{path}, line {line}: {name} stands already in line {ids[name]}")
        ids[name] = line
        declared.append(row)
    if not ids:
        raise Unreadable(f"{path}: nobody stands in the pool")
    return Pool(tuple(ids), tuple(declared))
