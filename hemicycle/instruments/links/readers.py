"""A graph as a CSV file, one edge a row; an error names file, line and column."""

from __future__ import annotations

from pathlib import Path

from ..names.files import Unreadable
from ..names.readers import rows_of
from .graph import Edge, Graph, Node, NoLink, confidence_of, kind_of, relation_of

COLUMNS = (
    "a", "a_kind", "a_name", "a_listed", "relation", "b", "b_kind", "b_name", "b_listed", "since", "until", "source",
    "confidence",
)  # fmt: skip
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


def read_links(path: Path) -> Graph:
    """The graph of a file with the columns `COLUMNS`; what is listed says yes, true or 1. Raises Unreadable."""
    nodes: dict[str, tuple[Node, int]] = {}
    edges = []
    for line, cells in rows_of(path, COLUMNS):
        row = {name: cells[name].strip() for name in COLUMNS}
        for end in ("a", "b"):
            node = _node(path, line, row, end)
            known, first = nodes.setdefault(node.id, (node, line))
            for field, column in (("kind", "kind"), ("name", "name"), ("is_listed", "listed")):
                if getattr(known, field) != getattr(node, field):
                    raise Unreadable(
                        f"{path}, line {line}, column “{end}_{column}”: {node.id} stands otherwise in line {first}"
                    )
        edges.append(_edge(path, line, row))
    return Graph((node for node, _ in nodes.values()), edges)


def _node(path: Path, line: int, row: dict[str, str], end: str) -> Node:
    listed = row[f"{end}_listed"].lower()
    if listed not in _YES:
        raise Unreadable(f"{path}, line {line}, column “{end}_listed”: “{listed}” is neither yes nor no")
    try:
        return Node(row[end], kind_of(row[f"{end}_kind"]), row[f"{end}_name"], _YES[listed])
    except NoLink as error:
        column = end if error.field == "id" else f"{end}_{error.field}"
        raise Unreadable(f"{path}, line {line}, column “{column}”: {error}") from error


def _edge(path: Path, line: int, row: dict[str, str]) -> Edge:
    try:
        relation, confidence = relation_of(row["relation"]), confidence_of(row["confidence"])
        return Edge(row["a"], row["b"], relation, row["since"], row["until"], row["source"], confidence)
    except NoLink as error:
        raise Unreadable(f"{path}, line {line}, column “{error.field}”: {error}") from error
