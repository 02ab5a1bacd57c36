"""FollowTheMoney's JSON lines: entities with their listings, offices and links between organisations, and their writing.

An entity is a line of a schema with names (`ftm.NAMED`). Of other lines are read: Sanction (programme, day of listing), Occupancy
with Position (the office held), and Ownership, Directorship, Employment and Membership, which become links of both sides; by
their schemata one side is an organisation or an asset. Family, Associate and UnknownLink are passed over and counted; so are
addresses, documents and the like. These lines stand anywhere in a file, so it is read twice, and what they say is held in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from .. import ftm
from ..files import Unreadable
from ..readers import lines_of
from . import days
from .entry import KIN, NO_DATE, OTHER, Draft, Entry, PassedOver, link_of
from .together import are_together, groups

LISTING = "Sanction"
# Schema: its two ends, and what each end is to the other.
LINKS = {
    "Ownership": ("owner", "asset", "owner of", "owned by"),
    "Directorship": ("director", "organization", "director of", "directed by"),
    "Employment": ("employee", "employer", "employed by", "employer of"),
    "Membership": ("member", "organization", "member of", "has as member"),
}
_KIN = frozenset({"Family", "Associate", "UnknownLink"})
_HEARD = frozenset({*LINKS, LISTING, "Position", "Occupancy"})

Told = TypeVar("Told")


class _Said:
    """What other lines say of entities."""

    def __init__(self) -> None:
        self.links: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.programmes: dict[str, list[str]] = defaultdict(list)
        self.listed_on: dict[str, str] = {}
        self.pages: dict[str, str] = {}
        self.posts: dict[str, list[str]] = defaultdict(list)
        self.positions: dict[str, list[str]] = {}

    def hear(self, entity: dict[str, Any]) -> None:
        schema = entity["schema"]
        if schema in LINKS:
            left, right, is_to, is_from = LINKS[schema]
            for one in ftm.texts_of(entity, left):
                for other in ftm.texts_of(entity, right):
                    self.links[one].append((is_to, other))
                    self.links[other].append((is_from, one))
        elif schema == LISTING:
            for one in ftm.texts_of(entity, "entity"):
                self._listing(one, entity)
        elif schema == "Position":
            self.positions[entity["id"]] = ftm.texts_of(entity, "name")[:1]
        elif schema == "Occupancy":
            for holder in ftm.texts_of(entity, "holder"):
                self.posts[holder] += ftm.texts_of(entity, "post")

    def _listing(self, one: str, entity: dict[str, Any]) -> None:
        self.programmes[one] += ftm.texts_of(entity, "program") or ftm.texts_of(entity, "programId")
        told = ftm.texts_of(entity, "listingDate") or ftm.texts_of(entity, "startDate")
        dates = (self.listed_on.get(one, ""), *map(days.iso, told))
        self.listed_on[one] = min((date for date in dates if len(date) == 10), default="")
        pages = filter(None, map(link_of, ftm.texts_of(entity, "sourceUrl")))
        self.pages.setdefault(one, next(pages, ""))


def entries(path: Path, passed: PassedOver) -> Iterator[Entry]:
    """The entries of a file; the lines of one entity, should there be several, are one entry."""
    said = _Said()

    def heard() -> Iterator[str]:
        for line, entity in _entities(path):
            if entity["schema"] in ftm.NAMED:
                yield entity["id"]
            else:
                _placed(path, line, said.hear, entity)

    together = are_together(heard())
    for entity_id, rows in groups(_named(path, passed), together):
        draft = Draft(entity_id, rows[0][0])
        for line, entity in rows:
            _placed(path, line, _add, draft, entity, passed)
        draft.programmes += said.programmes.get(entity_id, [])
        draft.listed_on = said.listed_on.get(entity_id, "")
        draft.link = draft.link or said.pages.get(entity_id, "")
        draft.linked_to += said.links.get(entity_id, [])
        for post in said.posts.get(entity_id, []):
            draft.positions += said.positions.get(post, [])
        entry = draft.entry(passed)
        if entry is not None:
            yield entry


def _entities(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, text in enumerate(lines_of(path), 1):
        if text.strip():
            yield line, _placed(path, line, ftm.entity_of, text)


def _named(path: Path, passed: PassedOver) -> Iterator[tuple[int, str, dict[str, Any]]]:
    for line, entity in _entities(path):
        if entity["schema"] in ftm.NAMED:
            yield line, entity["id"], entity
        elif entity["schema"] in _KIN:
            passed(KIN, line)
        elif entity["schema"] not in _HEARD:
            passed(OTHER, line)


def _add(draft: Draft, entity: dict[str, Any], passed: PassedOver) -> None:
    draft.schema = draft.schema or entity["schema"]
    for property_name, kind in ftm.KINDS.items():
        for name in ftm.texts_of(entity, property_name):
            draft.name(name, kind)
    for text in ftm.texts_of(entity, "birthDate"):
        draft.birth_dates.append(days.iso(text))
        if not days.iso(text):
            passed(NO_DATE, draft.line)
    draft.topics += ftm.texts_of(entity, "topics")
    draft.positions += ftm.texts_of(entity, "position")
    pages = filter(None, map(link_of, ftm.texts_of(entity, "sourceUrl")))
    draft.link = draft.link or next(pages, "")


def _placed(path: Path, line: int, reader: Callable[..., Told], *given: Any) -> Told:
    """What a reader makes of a line; what it finds wrong is told with the place."""
    try:
        return reader(*given)
    except ftm.NoEntity as error:
        raise Unreadable(f"{path}, line {line}, column {error.column}: {error}") from error


def as_ftm_line(entry: Entry) -> str:
    """An entry as one entity, without what FollowTheMoney keeps in lines of its own: listing and links."""
    properties: dict[str, list[str]] = {}
    for name, kind in entry.names:
        properties.setdefault(ftm.PROPERTIES[kind], []).append(name)
    told = {
        "birthDate": list(entry.birth_dates),
        "topics": list(entry.topics),
        "position": [entry.position],
        "sourceUrl": [entry.link],
    }
    properties |= {name: values for name, values in told.items() if any(values)}
    return ftm.line_of(entry.entity_id, entry.schema, properties)


def as_ftm_lines(entry: Entry) -> Iterator[str]:
    """An entry and its listing (programme and day), where it has one; links are not written."""
    yield as_ftm_line(entry)
    listing = {"program": [entry.programme], "listingDate": [entry.listed_on]}
    told = {name: values for name, values in listing.items() if any(values)}
    if told:
        yield ftm.line_of(f"{entry.entity_id}-listing", LISTING, {"entity": [entry.entity_id], **told})
