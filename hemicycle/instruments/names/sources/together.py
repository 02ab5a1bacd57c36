"""Rows of one entity brought together, in constant memory where the file has them together already."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

import numpy as np

Row = TypeVar("Row")


def are_together(ids: Iterable[str]) -> bool:
    """Whether equal ids stand next to each other. Holds eight bytes an entity; hashes that collide only cost memory later."""
    starts, last = array("q"), None
    for one in ids:
        if one != last:
            starts.append(hash(one))
            last = one
    ordered = np.sort(np.frombuffer(starts, dtype=np.int64)) if starts else np.zeros(0)
    return not bool((ordered[1:] == ordered[:-1]).any())


def groups(
    rows: Iterable[tuple[int, str, Row]], together: bool
) -> Iterator[tuple[str, list[tuple[int, Row]]]]:
    """(id, its rows with their lines) for rows of (line, id, row), in the order in which the ids come first."""
    if together:
        for entity_id, held in groupby(rows, key=itemgetter(1)):
            yield entity_id, [(line, row) for line, _, row in held]
        return
    found: dict[str, list[tuple[int, Row]]] = {}
    for line, entity_id, row in rows:
        found.setdefault(entity_id, []).append((line, row))
    yield from found.items()
