"""What `[[service_kinds]]` of a charter may say: bars that it has, and no name that means something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def unfit(data: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """(key, message) of every kind of post or money in the TOML `data` that no room can carry out."""
    bars, set_aside = _keys(data, "bars"), _keys(data, "excluded_kinds")
    for place, row in enumerate(_rows(data, "service_kinds")):
        path = f"service_kinds.{place}"
        key, named = row.get("key"), row.get("bars")
        if isinstance(key, str) and key in bars:
            yield f"{path}.key", f"{key} is a bar: another key is expected"
        if isinstance(key, str) and key in set_aside:
            yield f"{path}.key", f"{key} is set aside: a kind is covered by a bar or set aside"
        for index, bar in enumerate(named if isinstance(named, list) else []):
            if isinstance(bar, str) and bar not in bars:
                yield f"{path}.bars.{index}", f"no such bar: {bar}"


def _rows(data: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    listed = data.get(name)
    return [row if isinstance(row, dict) else {} for row in (listed if isinstance(listed, list) else [])]


def _keys(data: Mapping[str, object], name: str) -> set[str]:
    return {key for row in _rows(data, name) if isinstance(key := row.get("key"), str)}
