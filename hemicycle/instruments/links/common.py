"""What several files have in common: a referee, an organisation, a post, an address of record."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from .graph import Graph, Kind

SHARED = frozenset({Kind.REFEREE, Kind.ORGANISATION, Kind.POST, Kind.ADDRESS})


@dataclass(frozen=True, slots=True)
class Shared:
    """A neighbour of both files; `files` is how many files are tied to it, these two among them."""

    node: str
    files: int


@dataclass(frozen=True, slots=True)
class Common:
    """Two files and all that both are tied to. What many files share says little about these two."""

    a: str
    b: str
    shared: tuple[Shared, ...]


def common(graph: Graph, of: str = "") -> list[Common]:
    """Pairs of candidacies with common neighbours, by their ids; `of`: only the pairs of this one. No score.

    Of n files that share one neighbour there are n(n-1)/2 pairs; give `of` where n is large.
    """
    together: dict[tuple[str, str], list[Shared]] = defaultdict(list)
    for node in graph.nodes.values():
        if node.kind not in SHARED:
            continue
        around = {step.b for step in graph.steps_from(node.id)}
        files = sorted(key for key in around if graph.nodes[key].kind == Kind.CANDIDACY)
        if of:
            others = [other for other in files if other != of] if of in files else []
            pairs = [(min(of, other), max(of, other)) for other in others]
        else:
            pairs = list(combinations(files, 2))
        for a, b in pairs:
            together[a, b].append(Shared(node.id, len(files)))
    return [Common(a, b, tuple(shared)) for (a, b), shared in sorted(together.items())]


def files_of(graph: Graph) -> int:
    """How many candidacies the graph holds: beside it stands how many of them share a neighbour."""
    return sum(node.kind == Kind.CANDIDACY for node in graph.nodes.values())
