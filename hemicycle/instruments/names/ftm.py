"""FollowTheMoney entities, one JSON object a line: read into names, written from them.

`{"id": "x", "schema": "Person", "properties": {"name": ["…"], "alias": [], "weakAlias": [], "birthDate": ["1975"]}}`
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from .screener import ListedName

KINDS = {"name": "primary", "alias": "alias", "previousName": "previous", "weakAlias": "weak"}
PROPERTIES = {kind: name for name, kind in KINDS.items()}
_SCHEMATA = "Thing LegalEntity Person Organization Company PublicBody Asset Vessel Airplane Vehicle Security"
NAMED = frozenset(_SCHEMATA.split())


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
    except (RecursionError, ValueError) as error:  # nested too deep; a number of thousands of digits
        raise NoEntity("no entity: nested too deep, or a number too long") from error
    if not isinstance(entity, dict):
        raise NoEntity("no JSON object")
    if not isinstance(entity.get("id"), str) or not entity["id"]:
        raise NoEntity("the entity has no “id”")
    if not isinstance(entity.get("schema"), str):
        raise NoEntity(f"{entity['id']} has no “schema”")
    if not isinstance(entity.get("properties"), dict):
        raise NoEntity(f"{entity['id']} has no “properties”")
    for name in (*KINDS, "birthDate"):
        texts_of(entity, name)
    return entity


def texts_of(entity: dict[str, Any], name: str) -> list[str]:
    """The values of a property, an empty list where it is not there."""
    values = entity["properties"].get(name, [])
    if not (isinstance(values, list) and all(isinstance(value, str) for value in values)):
        raise NoEntity(f"{entity['id']}: “{name}” is no list of texts")
    return values


def names_of(line: str) -> Iterator[ListedName]:
    """The names of one line; links between entities and empty lines give none."""
    if not line.strip():
        return
    entity = entity_of(line)
    if entity["schema"] not in NAMED:
        return
    births = ";".join(texts_of(entity, "birthDate"))
    for property_name, kind in KINDS.items():
        for name in texts_of(entity, property_name):
            yield ListedName(entity["id"], name, kind, entity["schema"], births)


def line_of(entity_id: str, schema: str, properties: dict[str, list[str]]) -> str:
    """One entity as one line of JSON, without the end of the line."""
    entity = {"id": entity_id, "schema": schema or "LegalEntity", "properties": properties}
    return json.dumps(entity, ensure_ascii=False, separators=(",", ":"))


def lines_of(names: Iterable[ListedName]) -> Iterator[str]:
    """Entities in the order of their first names, one JSON object a line."""
    entities: dict[str, tuple[str, dict[str, list[str]]]] = {}
    for one in names:
        _, properties = entities.setdefault(one.entity_id, (one.schema, {}))
        properties.setdefault(PROPERTIES.get(one.kind, "alias"), []).append(one.name)
        for date in filter(None, one.birth_dates.split(";")):
            births = properties.setdefault("birthDate", [])
            if date not in births:
                births.append(date)
    for entity_id, (schema, properties) in entities.items():
        yield line_of(entity_id, schema, properties)
