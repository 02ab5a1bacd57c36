from __future__ import annotations

import random
import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.links import texts
from hemicycle.instruments.links.drawing import STYLE, svg
from hemicycle.instruments.links.graph import Edge, Graph, Kind, Node
from hemicycle.instruments.links.layout import NARROW, Layout, laid_out
from hemicycle.instruments.links.paths import paths, within_reach
from hemicycle.instruments.links.words import english, span

from .graphs import NAMES, START, edge, graphs, node

Given = tuple[list[Node], list[Edge]]
WORDS = english("Links")
Rectangle = tuple[float, float, float, float]


def overlap(one: Rectangle, two: Rectangle) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def boxes_of(layout: Layout) -> list[Rectangle]:
    return [(b.x, b.y, b.x + b.width, b.y + b.height) for b in layout.boxes]


def labels_of(layout: Layout) -> list[Rectangle]:
    """The room of each label: one row, or one above and one below its line."""
    below = 3.0 if layout.is_stacked else 20.0
    return [(n.label.x, n.label.y - 11, n.label.x + n.label.width, n.label.y + below) for n in layout.lines]


@given(graphs(most=14), st.booleans(), st.integers(1, 12))
def test_nothing_lies_on_anything_else_and_all_within_the_picture(
    made: Given, is_stacked: bool, most: int
) -> None:
    layout = laid_out(Graph(*made), START, most, is_stacked=is_stacked)
    placed = [*boxes_of(layout), *labels_of(layout)]
    for one, two in combinations(placed, 2):
        assert not overlap(one, two)
    for left, top, right, bottom in placed:
        assert left >= 0 and top >= 0 and right <= layout.width and bottom <= layout.height
    assert not is_stacked or layout.width <= NARROW


@given(graphs(most=14), st.booleans(), st.integers(1, 12))
def test_every_drawn_edge_is_in_the_table_and_what_is_not_drawn_is_counted(
    made: Given, is_stacked: bool, most: int
) -> None:
    graph = Graph(*made)
    layout = laid_out(graph, START, most, is_stacked=is_stacked)
    table = within_reach(graph, START)
    drawn = [edge for line in layout.lines for edge in line.edges]
    kept = {box.node.id for box in layout.boxes}
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == {edge for edge in table.edges if {edge.a, edge.b} <= kept}
    assert START in kept and len(kept) <= most
    assert layout.left_out == len(table.nodes) - len(kept)


@given(graphs(), NAMES, st.booleans())
def test_the_picture_is_well_formed_whatever_the_names(made: Given, title: str, is_stacked: bool) -> None:
    layout = laid_out(Graph(*made), START, 4, is_stacked=is_stacked)
    drawn = svg(layout, english(title), style=STYLE)
    root = ElementTree.fromstring(drawn.encode())
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    assert not re.search(r"\s(style|on\w+|href)=", re.sub(r">[^<]*<", "><", drawn))
    ids = re.findall(r' id="([^"]*)"', drawn)
    assert len(ids) == len(set(ids))
    if layout.left_out:
        assert "in the table, and not here" in drawn


@given(graphs(most=12), st.randoms(use_true_random=False), st.booleans())
def test_the_same_graph_gives_the_same_picture(made: Given, chance: random.Random, is_stacked: bool) -> None:
    nodes, edges = made
    turned = Graph(chance.sample(nodes, len(nodes)), chance.sample(edges, len(edges)))
    one, two = (laid_out(g, START, 8, is_stacked=is_stacked) for g in (Graph(nodes, edges), turned))
    assert svg(one, WORDS) == svg(two, WORDS)


@given(NAMES, st.floats(3, 40), st.integers(1, 4))
@settings(max_examples=200)
def test_a_name_is_broken_into_lines_that_fit(name: str, most: float, lines: int) -> None:
    clean = texts.cleaned(name)
    found = texts.wrapped(clean, most, lines)
    assert len(found) <= lines
    assert all(texts.width(line) <= most for line in found)
    assert "".join(found).replace(" ", "").removesuffix("…") in clean.replace(" ", "")


def test_what_leads_to_a_listed_node_is_drawn_first() -> None:
    nodes = [node(START, Kind.CANDIDACY), *(node(f"a{n:03}") for n in range(300)), node("z")]
    nodes.append(node("z-entry", Kind.LIST_ENTRY, is_listed=True))
    edges = [edge(START, one.id) for one in nodes[1:-1]] + [edge("z", "z-entry")]
    graph = Graph(nodes, edges)
    layout = laid_out(graph, START, 10)
    assert {key for path in paths(graph, START) for key in path.nodes} <= {b.node.id for b in layout.boxes}
    assert layout.left_out == len(nodes) - 10


def test_kinds_differ_in_shape_and_are_named() -> None:
    kinds = [kind for kind in Kind if kind != Kind.CANDIDACY]
    nodes = [node(START, Kind.CANDIDACY)] + [
        Node(kind, kind, "One name", kind == "list entry") for kind in kinds
    ]
    drawn = svg(laid_out(Graph(nodes, [edge(START, kind) for kind in kinds]), START), WORDS)
    shapes = re.findall(r'<(rect|polygon) class="links-shape"(.*?)/>', drawn)
    outlines = set()
    for tag, drawn_as in shapes:
        across = [float(x) for x in re.findall(r"([\d.]+),", drawn_as)]
        outlines.add((tag, tuple(across), *re.findall(r' rx="([\d.]+)"', drawn_as)))
    assert len(shapes) == len(outlines) == len(Kind)
    assert all(f">\u2068{kind}\u2069<" in drawn for kind in Kind)


def test_who_is_not_there_has_no_picture() -> None:
    with pytest.raises(KeyError):
        laid_out(Graph([node("a")], []), START)


@pytest.mark.parametrize(
    ("since", "until", "whole", "years"),
    [
        ("2013-01-01", "2016-02", "2013-01-01–2016-02", "2013–2016"),
        ("2016-05-03", "2016-05-03", "2016-05-03", "2016"),
        ("2016-01", "2016-09", "2016-01–2016-09", "2016"),
        ("2013", "", "2013–…", "2013–…"),
        ("", "2013", "…–2013", "…–2013"),
        ("", "", "", ""),
    ],
)
def test_dates_are_told_as_far_as_they_are_known(since: str, until: str, whole: str, years: str) -> None:
    tie = edge("a", "b", since=since, until=until)
    assert (span(tie), span(tie, 4)) == (whole, years)
