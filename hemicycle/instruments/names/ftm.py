"""FollowTheMoney entities, one JSON object a line: read into names, written from them.

`{"id": "x", "schema": "Person", "properties": {"name": ["…"], "alias": [], "weakAlias": [], "birthDate": ["1975"]}}`
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from .screener import ListedName

_KINDS = {"name": "primary", "alias": "alias", "previousName": "previous", "weakAlias": "weak"}
_SCHEMATA = "Thing LegalEntity Person Organization Company PublicBody Asset Vessel Airplane Vehicle Security"
_NAMED = frozenset(_SCHEMATA.split())


class NoEntity(ValueError):
    """A line is no entity; `column` tells where, from 1."""

    def __init__(self, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.column = column


def entity_of(line: str) -> dict[str, Any]:
    """The entity of one line, its shape checked."""
    try:
        entity = json.loads(line)
    except json.JSONDecodeError as error:
        raise NoEntity(f"no JSON: {error.msg}", error.colno) from error
    except RecursionError as error:
        raise NoEntity("no entity: nested too deep") from error
    if not isinstance(entity, dict):
        raise NoEntity("no JSON object")
    if not isinstance(entity.get("id"), str) or not entity["id"]:
        raise NoEntity("the entity has no “id”")
    if not isinstance(entity.get("schema"), str):
        raise NoEntity(f"{entity['id']} has no “schema”")
    properties = entity.get("properties")
    if not isinstance(properties, dict):
        raise NoEntity(f"{entity['id']} has no “properties”")
    for name, values in properties.items():
        if name in (*_KINDS, "birthDate") and not (
            isinstance(values, list) and all(isinstance(value, str) for value in values)
        ):
            raise NoEntity(f"{entity['id']}: “{name}” is no list of texts")
    return entity


def names_of(line: str) -> Iterator[ListedName]:
    """The names of one line; links between entities and empty lines give none."""
    if not line.strip():
        return
    entity = entity_of(line)
    if entity["schema"] not in _NAMED:
        return
    properties = entity["properties"]
    births = ";".join(properties.get("birthDate", []))
    for property_name, kind in _KINDS.items():
        for name in properties.get(property_name, []):
            yield ListedName(entity["id"], name, kind, entity["schema"], births)


def lines_of(names: Iterable[ListedName]) -> Iterator[str]:
    """Entities in the order of their first names, one JSON object a line."""
    of_kind = {kind: name for name, kind in _KINDS.items()}
    entities: dict[str, dict[str, Any]] = {}
    for one in names:
        entity = entities.setdefault(
            one.entity_id, {"id": one.entity_id, "schema": one.schema or "LegalEntity", "properties": {}}
        )
        properties: dict[str, list[str]] = entity["properties"]
        properties.setdefault(of_kind.get(one.kind, "alias"), []).append(one.name)
        for date in filter(None, one.birth_dates.split(";")):
            births = properties.setdefault("birthDate", [])
            if date not in births:
                births.append(date)
    for entity in entities.values():
        yield json.dumps(entity, ensure_ascii=False, separators=(",", ":"))
