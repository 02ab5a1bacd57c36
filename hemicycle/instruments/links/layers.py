"""Which nodes a drawing has room for, in which columns and in what order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from .graph import Edge, Graph
from .paths import paths

SWEEPS = 4


def chosen(graph: Graph, start: str, at_most: int) -> set[str]:
    """At most so many nodes, all tied to the start: those on paths to listed nodes first, then the nearer ones, by id."""
    kept = {start}
    for path in paths(graph, start):
        if len(kept | set(path.nodes)) <= at_most:
            kept |= set(path.nodes)
    distance = _distances(graph, start, set(graph.nodes))
    nearest = sorted(distance.keys() - kept, key=lambda key: (distance[key], key))
    return kept | set(nearest[: max(0, at_most - len(kept))])


def ordered(graph: Graph, nodes: set[str], start: str) -> list[list[str]]:
    """The nodes by their distance from the start; within a column by the mean place of their neighbours (barycentre)."""
    distance = _distances(graph, start, nodes)
    layers: list[list[str]] = [[] for _ in range(max(distance.values()) + 1)]
    for key in sorted(distance):
        layers[distance[key]].append(key)
    around = {key: sorted({step.b for step in graph.steps_from(key)} & nodes) for key in distance}
    for sweep in range(SWEEPS):
        inwards = sweep % 2 == 1
        for number in range(len(layers) - 2, 0, -1) if inwards else range(1, len(layers)):
            beside = layers[number + 1] if inwards else layers[number - 1]
            place = {key: at for at, key in enumerate(beside)}
            layers[number].sort(key=lambda key: (_mean(around[key], place), key))
    return layers


def drawn_edges(graph: Graph, nodes: set[str]) -> Mapping[tuple[str, str], Sequence[tuple[Edge, ...]]]:
    """The edges between the nodes, by pair of ids in order, in groups of one relation, direction and confidence."""
    found: dict[tuple[str, str], dict[tuple[str, ...], list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for edge in graph.edges:
        if edge.a in nodes and edge.b in nodes:
            pair = min(edge.a, edge.b), max(edge.a, edge.b)
            found[pair][edge.relation, edge.confidence, edge.a].append(edge)
    return {pair: [tuple(of[key]) for key in sorted(of)] for pair, of in sorted(found.items())}


def _distances(graph: Graph, start: str, nodes: set[str]) -> dict[str, int]:
    """How many lines lie between the start and each of the nodes, by way of these alone."""
    found, edge_of = {start: 0}, [start]
    while edge_of:
        reached = sorted({s.b for key in edge_of for s in graph.steps_from(key)} & nodes - found.keys())
        found.update(dict.fromkeys(reached, found[edge_of[0]] + 1))
        edge_of = reached
    return found


def _mean(neighbours: Sequence[str], place: Mapping[str, int]) -> float:
    known = [place[key] for key in neighbours if key in place]
    return sum(known) / len(known) if known else -1.0
