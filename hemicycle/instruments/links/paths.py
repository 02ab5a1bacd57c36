"""Paths from a candidacy to listed entries, and the part of a graph that lies within their reach.

A confirmed “same as” is no step between two parties: it says that they are one. So it does not count, but two of them never
follow one another: that A is B and B is C makes A and C one only when a person confirms that too.
"""

from __future__ import annotations

from dataclasses import dataclass

from .graph import Graph, Step

AT_MOST = 2
#: A node with more neighbours than this says little about any one of them: a ministry, a law office's address.
COMMON = 12


@dataclass(frozen=True, slots=True)
class Crowd:
    """A node of a path that many share, and how many others are tied to it."""

    node: str
    others: int


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the start to a listed node. Nothing is computed from it: no number or rank of a person."""

    steps: tuple[Step, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        return (self.steps[0].a, *(step.b for step in self.steps))

    @property
    def counted(self) -> int:
        """How many of the steps are links between two parties."""
        return sum(not step.is_same for step in self.steps)

    def crowds(self, common: int = COMMON) -> tuple[Crowd, ...]:
        """The nodes but the start that have more than so many neighbours; the one before on the path is not among the others."""
        return tuple(Crowd(step.b, step.others) for step in self.steps if step.others >= common)


def paths(graph: Graph, start: str, at_most: int = AT_MOST) -> list[Path]:
    """All simple paths from `start` to listed nodes of at most so many counted steps: short ones first, then by ids.

    A path may go on through a listed node to another. Raises KeyError where there is no such node.
    """
    if start not in graph.nodes:
        raise KeyError(start)
    found: list[list[Path]] = [[] for _ in range(at_most + 1)]
    _walk(graph, found, (), (start,), 0)
    return [path for of_length in found for path in of_length]


def _walk(
    graph: Graph, found: list[list[Path]], steps: tuple[Step, ...], been: tuple[str, ...], counted: int
) -> None:
    """Go on from the last node of `been`, never back to one of them; keep each walk that has come to a listed node."""
    came_same = bool(steps) and steps[-1].is_same
    is_end = counted == len(found) - 1
    for step in graph.steps_from(been[-1]):
        if step.b in been or (came_same if step.is_same else is_end):
            continue
        walk = (*steps, step)
        so_far = counted if step.is_same else counted + 1
        if graph.nodes[step.b].is_listed:
            found[so_far].append(Path(walk))
        if so_far < len(found) - 1 or (not step.is_same and step.b in graph.with_same):
            _walk(graph, found, walk, (*been, step.b), so_far)


def within_reach(graph: Graph, start: str, at_most: int = AT_MOST) -> Graph:
    """The nodes that a path of at most so many counted steps could touch, and all edges between them."""
    best: dict[tuple[str, bool], int] = {(start, False): at_most}
    waiting = [(start, False)]
    while waiting:
        here, came_same = waiting.pop()
        left = best[here, came_same]
        for step in graph.steps_from(here):
            if came_same if step.is_same else left == 0:
                continue
            rest = left - (not step.is_same)
            if rest > best.get((step.b, step.is_same), -1):
                best[step.b, step.is_same] = rest
                waiting.append((step.b, step.is_same))
    reached = {key for key, _ in best}
    return Graph(
        (graph.nodes[key] for key in reached),
        (edge for edge in graph.edges if edge.a in reached and edge.b in reached),
    )
