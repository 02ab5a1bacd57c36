"""The words of a drawing, its tables and reports. A room of the house gives its own, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .graph import Confidence, Edge, Kind, Relation


@dataclass(frozen=True, slots=True)
class Words:
    """`left_out`: the sentence on so many nodes that are not drawn. `listed` stands with a listed node that is no entry itself."""

    title: str
    kinds: Mapping[Kind, str]
    relations: Mapping[Relation, str]
    confidences: Mapping[Confidence, str]
    listed: str
    left_out: Callable[[int], str]


def english(title: str) -> Words:
    """The words of the command."""
    return Words(
        title,
        {kind: str(kind) for kind in Kind},
        {relation: str(relation) for relation in Relation},
        {confidence: str(confidence) for confidence in Confidence},
        "on a list",
        lambda n: f"{n} more {'stands' if n == 1 else 'stand'} in the table, and not here.",
    )


def span(edge: Edge, length: int = 10) -> str:
    """When an edge holds: `2013–2016`, `2013–…`, `2016` for one day; empty where nothing is known. `length` 4: years alone."""
    since, until = edge.since[:length], edge.until[:length]
    if since == until:
        return since
    return f"{since or '…'}–{until or '…'}"
