from __future__ import annotations

import json

import pytest

from hemicycle.instruments.names.ftm import NoEntity, lines_of, names_of

from .people import LISTED


def test_names_survive_writing_and_reading() -> None:
    read = [name for line in lines_of(LISTED) for name in names_of(line)]
    key = [(one.entity_id, one.kind, one.name, one.schema, one.birth_dates) for one in read]
    wanted = [(one.entity_id, one.kind, one.name, one.schema, one.birth_dates) for one in LISTED]
    assert sorted(key) == sorted(wanted)


def test_an_entity_is_one_line_of_json() -> None:
    lines = list(lines_of(LISTED))
    assert len(lines) == len({one.entity_id for one in LISTED})
    first = json.loads(lines[0])
    assert first["properties"]["weakAlias"] == ["Щавелёк"]
    assert first["properties"]["birthDate"] == ["1961-04-05"]


def test_links_and_empty_lines_give_no_names() -> None:
    assert list(names_of("")) == []
    assert list(names_of('{"id": "x", "schema": "Ownership", "properties": {"name": ["y"]}}')) == []


@pytest.mark.parametrize(
    ("line", "told", "column"),
    [
        ("{", "no JSON", 2),
        ("[]", "no JSON object", 1),
        ('{"schema": "Person"}', "no “id”", 1),
        ('{"id": "x"}', "no “schema”", 1),
        ('{"id": "x", "schema": "Person"}', "no “properties”", 1),
        ('{"id": "x", "schema": "Person", "properties": {"name": "y"}}', "“name” is no list of texts", 1),
        ("[" * 100_000, "no", 1),
    ],
)
def test_what_is_no_entity_is_told(line: str, told: str, column: int) -> None:
    with pytest.raises(NoEntity, match=told) as error:
        list(names_of(line))
    if column > 1:
        assert error.value.column == column
