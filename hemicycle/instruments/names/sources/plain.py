"""Plain CSV: `entity_id,name[,kind,schema,birth_dates,programme,position,listed_on,link]`, several rows an entity.

`birth_dates` holds several with `;`. Of cells that are told once an entity (schema, listed_on, link) the first filled one counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..dates import date_of
from ..files import Unreadable
from ..readers import filled, rows_of
from . import days
from .entry import KINDS, PRIMARY, Draft, Entry, PassedOver, link_of
from .together import are_together, groups

COLUMNS = ("entity_id", "name")


def entries(path: Path, passed: PassedOver) -> Iterator[Entry]:
    """The entries of a table; rows of one entity need not stand together, but then the table is held in memory."""
    together = are_together(entity_id for _, entity_id, _ in _rows(path))
    for entity_id, rows in groups(_rows(path), together):
        draft = Draft(entity_id, rows[0][0])
        for line, row in rows:
            _add(draft, f"{path}, line {line}", row)
        entry = draft.entry(passed)
        if entry is not None:
            yield entry


def _rows(path: Path) -> Iterator[tuple[int, str, dict[str, str]]]:
    for line, row in rows_of(path, COLUMNS):
        yield line, filled(path, line, row, "entity_id"), row


def _add(draft: Draft, place: str, row: dict[str, str]) -> None:
    kind = row.get("kind", "").strip().lower() or PRIMARY
    if kind not in KINDS:
        raise Unreadable(f"{place}, column “kind”: “{kind}” is none of primary, alias, previous, weak")
    draft.name(row["name"], kind)
    for text in filter(str.strip, row.get("birth_dates", "").split(";")):
        date = days.of_parts(*(date_of(text) or (0,)))
        if not date:
            raise Unreadable(f"{place}, column “birth_dates”: “{text}” is no date (1975 or 1975-03-31)")
        draft.birth_dates.append(date)
    listed_on, link = row.get("listed_on", "").strip(), row.get("link", "").strip()
    if listed_on and len(days.iso(listed_on)) != len("1975-03-31"):
        raise Unreadable(f"{place}, column “listed_on”: “{listed_on}” is no date (1975-03-31)")
    if link and not link_of(link):
        raise Unreadable(f"{place}, column “link”: no address that begins with http:// or https://")
    draft.schema = draft.schema or row.get("schema", "").strip()
    draft.listed_on = draft.listed_on or (listed_on and days.iso(listed_on))
    draft.link = draft.link or link
    draft.programmes.append(row.get("programme", ""))
    draft.positions.append(row.get("position", ""))
