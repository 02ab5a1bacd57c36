"""The United Kingdom's lists as CSV: OFSI's consolidated list (`ConList.csv`) and the UK Sanctions List.

Both have a row for each name of an entry, and a line with the date above the header. A name is Name 1 to Name 5 with Name 6,
the surname or the whole name of an organisation, at the end; the name in another script is an alias. Aliases of low quality
are weak. Days and months that are not known stand as `00`. Of the UK Sanctions List parent companies, subsidiaries and
owners of ships are read, never of persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..files import Unreadable
from ..readers import cells_of, filled, rows_of
from . import days
from .entry import (
    ALIAS,
    NO_DATE,
    ORGANISATION,
    PERSON,
    PREVIOUS,
    PRIMARY,
    VESSEL,
    WEAK,
    Draft,
    Entry,
    PassedOver,
    text_of,
)
from .together import are_together, groups

_SCHEMATA = {"individual": PERSON, "entity": ORGANISATION, "ship": VESSEL}
_NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_BETWEEN = re.compile(r"[;|]")
_REPORTED = re.compile(r"\s*Report Date:\s*(\d{1,2}-[A-Za-z]{3}-\d{4})")


@dataclass(frozen=True)
class Columns:
    """What the two lists call the same things."""

    number: str
    schema: str
    kind: str
    quality: str
    script: str
    births: str
    programme: str
    listed_on: str
    position: str = "Position"
    links: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which a file is another one."""
        return (self.number, self.schema, self.kind, *_NAMES)


OFSI = Columns(
    number="Group ID",
    schema="Group Type",
    kind="Alias Type",
    quality="Alias Quality",
    script="Name Non-Latin Script",
    births="DOB",
    programme="Regime",
    listed_on="Listed On",
)
SANCTIONS = Columns(
    number="Unique ID",
    schema="Designation Type",
    kind="Name type",
    quality="Alias strength",
    script="Name non-latin script",
    births="D.O.B",
    programme="Regime Name",
    listed_on="Date Designated",
    links=(
        "Parent company",
        "Subsidiaries",
        "Current owner/operator (s)",
        "Previous owner/operator (s)",
    ),
)


def published_on(path: Path) -> str:
    """The date above the header: `Last Updated,31/01/2026` or `Report Date: 31-Jan-2026`."""
    for _, row in cells_of(path):
        reported = _REPORTED.match(row[0])
        if reported:
            return next(iter(days.worded(reported[1].replace("-", " "))), "")
        return days.slashed(row[1]) if len(row) > 1 else ""
    return ""


def entries(path: Path, columns: Columns, passed: PassedOver) -> Iterator[Entry]:
    """The entries of one of the two lists."""
    together = are_together(number for _, number, _ in _rows(path, columns))
    for number, rows in groups(_rows(path, columns), together):
        draft = Draft(number, rows[0][0])
        for line, row in rows:
            _add(draft, columns, f"{path}, line {line}", row)
            for text in filter(str.strip, _BETWEEN.split(row.get(columns.births, ""))):
                date = days.slashed(text)
                draft.birth_dates.append(date)
                if not date:
                    passed(NO_DATE, line)
        entry = draft.entry(passed)
        if entry is not None:
            yield entry


def _rows(path: Path, columns: Columns) -> Iterator[tuple[int, str, dict[str, str]]]:
    for line, row in rows_of(path, columns.needed, above=1):
        yield line, filled(path, line, row, columns.number), row


def _add(draft: Draft, columns: Columns, place: str, row: dict[str, str]) -> None:
    kind = row[columns.schema].strip().lower()
    if kind not in _SCHEMATA:
        told = f"“{row[columns.schema]}” is none of Individual, Entity, Ship"
        raise Unreadable(f"{place}, column “{columns.schema}”: {told}")
    draft.schema = draft.schema or _SCHEMATA[kind]
    draft.name(" ".join(row[name] for name in _NAMES), _kind(row[columns.kind], row.get(columns.quality, "")))
    draft.name(row.get(columns.script, ""), ALIAS)
    draft.programmes.append(row.get(columns.programme, ""))
    draft.listed_on = draft.listed_on or days.slashed(row.get(columns.listed_on, ""))
    if draft.schema == PERSON:
        draft.positions.append(row.get(columns.position, ""))
        return
    for column in columns.links:
        name = text_of(row.get(column, ""))
        if name:
            draft.linked_to.append((column.removesuffix(" (s)"), name))


def _kind(kind: str, quality: str) -> str:
    """The lists say `Primary name`, `Primary name variation`, `Alias`, `AKA` and `FKA`, and `Good` or `Low` of aliases."""
    plain = kind.strip().lower()
    if quality.strip().lower().startswith("low"):
        return WEAK
    if plain in ("", "primary name"):
        return PRIMARY
    return PREVIOUS if plain.startswith(("fka", "f.k.a")) else ALIAS
