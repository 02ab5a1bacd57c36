from __future__ import annotations

import random
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.instruments.links.graph import Edge, Graph, Kind, Node, Relation
from hemicycle.instruments.links.paths import Crowd, paths, within_reach

from .graphs import START, edge, graphs, node

Given = tuple[list[Node], list[Edge]]


def by_hand(nodes: list[Node], edges: list[Edge], at_most: int) -> set[tuple[tuple[str, bool], ...]]:
    """Every order of nodes tried, and for each step both that it counts and that it does not."""
    ties = {(edge.a, edge.b, edge.relation == Relation.SAME_AS) for edge in edges}
    ties |= {(b, a, same) for a, b, same in ties}
    listed = {one.id for one in nodes if one.is_listed}
    others = [one.id for one in nodes if one.id != START]
    found = set()
    for length in range(1, min(len(others), 2 * at_most + 1) + 1):
        for order in permutations(others, length):
            ways: list[tuple[tuple[str, bool], ...]] = [()]
            for a, b in zip((START, *order), order, strict=False):
                ways = [(*way, (b, same)) for way in ways for same in (True, False) if (a, b, same) in ties]
            for way in ways:
                counts = sum(not same for _, same in way)
                twice = any(one[1] and two[1] for one, two in pairwise(way))
                if order[-1] in listed and counts <= at_most and not twice:
                    found.add(way)
    return found


@given(graphs(most=6, names=st.just("Name")), st.integers(0, 2))
def test_paths_are_those_that_trying_everything_finds(made: Given, at_most: int) -> None:
    found = paths(Graph(*made), START, at_most)
    told = [tuple((step.b, step.is_same) for step in path.steps) for path in found]
    assert len(set(told)) == len(told)
    assert set(told) == by_hand(*made, at_most)
    assert [path.counted for path in found] == sorted(path.counted for path in found)


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_changes_nothing(made: Given, chance: random.Random) -> None:
    nodes, edges = made
    turned = chance.sample(nodes, len(nodes)), chance.sample(edges, len(edges))
    assert paths(Graph(*turned), START) == paths(Graph(nodes, edges), START)


@given(graphs())
def test_each_step_shows_every_edge_between_its_ends_and_its_source(made: Given) -> None:
    nodes, edges = made
    for path in paths(Graph(nodes, edges), START):
        for step in path.steps:
            assert step.edges and all(one.source for one in step.edges)
            same = {e for e in edges if {e.a, e.b} == {step.a, step.b}}
            assert set(step.edges) == {e for e in same if (e.relation == Relation.SAME_AS) == step.is_same}


@given(graphs())
def test_what_lies_within_reach_has_every_path(made: Given) -> None:
    graph = Graph(*made)
    near = within_reach(graph, START)
    assert [path.nodes for path in paths(near, START)] == [path.nodes for path in paths(graph, START)]
    assert set(near.edges) <= set(graph.edges)


def test_a_confirmed_identity_does_not_count_and_two_do_not_follow_one_another() -> None:
    nodes = [node(START, Kind.CANDIDACY), node("o"), node("p")]
    nodes += [node(key, Kind.LIST_ENTRY, is_listed=True) for key in ("e", "f", "g")]
    edges = [edge(START, "o"), edge("o", "p"), edge("p", "e", Relation.SAME_AS)]
    edges += [edge("e", "f", Relation.LINKED_ON_LIST), edge("e", "g", Relation.SAME_AS)]
    (only,) = paths(Graph(nodes, edges), START)
    assert (only.nodes, only.counted) == ((START, "o", "p", "e"), 2)


def test_a_path_through_what_many_share_says_how_many() -> None:
    nodes = [node(START, Kind.CANDIDACY), node("ministry"), node("e", Kind.LIST_ENTRY, is_listed=True)]
    nodes += [node(f"c{n}", Kind.CANDIDACY) for n in range(11)]
    edges = [edge(one.id, "ministry") for one in nodes if one.kind == Kind.CANDIDACY] + [
        edge("ministry", "e")
    ]
    (path,) = paths(Graph(nodes, edges), START)
    assert path.crowds() == (Crowd("ministry", 12),)
    (path,) = paths(Graph(nodes[:-1], [one for one in edges if one.a != "c10"]), START)
    assert path.crowds() == ()


def test_who_is_not_there_has_no_paths() -> None:
    with pytest.raises(KeyError):
        paths(Graph([node("a")], []), START)
