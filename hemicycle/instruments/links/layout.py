"""Where everything of a drawing stands: columns from left to right, or one indented column for a narrow screen.

The same graph gives the same layout. Columns are ordered by barycentres, so that lines cross little; labels have a zone of
their own, through which no other line runs. Lengths are in units of the picture, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import texts
from .graph import Edge, Graph, Node
from .layers import chosen, drawn_edges, ordered
from .paths import within_reach

MARGIN, GAP = 8.0, 16.0
BOX, BEND, ZONE = 172.0, 44.0, 140.0
PORT = 34.0
INSET = 14.0
HEAD, LINE, FOOT = 24.0, 17.0, 10.0
LETTER = 13.0
NAME_LINES = 3

NARROW, INDENT, ROW = 340.0, 18.0, 19.0


@dataclass(frozen=True, slots=True)
class Box:
    """A node as it is drawn. `lines`: its name, broken and cut to fit."""

    node: Node
    layer: int
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """Room for the words of a line: left edge, baseline and width. `other`: the name of the end that the line does not reach."""

    x: float
    y: float
    width: float
    other: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Edges of one relation and one confidence between two nodes. `d`: path data; `is_back`: it reads against the drawing."""

    edges: tuple[Edge, ...]
    d: str
    label: Label
    is_back: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing before it is drawn. `left_out`: nodes within reach that found no place in it; the table has them."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    left_out: int
    is_stacked: bool


Groups = Mapping[tuple[str, str], Sequence[tuple[Edge, ...]]]


def laid_out(graph: Graph, start: str, at_most_nodes: int = 40, *, is_stacked: bool = False) -> Layout:
    """Lay out what lies within reach of `start` (`paths.within_reach`), at most so many nodes of it.

    What leads to a listed node comes first. Raises KeyError where there is no such node.
    """
    if start not in graph.nodes:
        raise KeyError(start)
    graph = within_reach(graph, start)
    layers = ordered(graph, chosen(graph, start, at_most_nodes), start)
    drawn = sum(map(len, layers))
    groups = drawn_edges(graph, {key for layer in layers for key in layer})
    make = _stacked if is_stacked else _columns
    boxes, lines, width, height = make(graph, layers, groups)
    return Layout(width, height, boxes, lines, len(graph.nodes) - drawn, is_stacked)


def _name(node: Node, width: float) -> tuple[str, ...]:
    name = texts.cleaned(node.name) or texts.cleaned(node.id)
    return texts.wrapped(name, (width - 2 * INSET) / LETTER, NAME_LINES)


# --- columns -------------------------------------------------------------------------------------------------------

Drawn = tuple[tuple[Box, ...], tuple[Line, ...], float, float]


def _columns(graph: Graph, layers: Sequence[Sequence[str]], groups: Groups) -> Drawn:
    """Each line has a port of its own on the left of the box where it ends, and its label stands before that port."""
    layer_of = {key: number for number, layer in enumerate(layers) for key in layer}
    ports: dict[str, int] = dict.fromkeys(layer_of, 0)
    for (a, b), of in groups.items():
        if layer_of[a] == layer_of[b]:
            ports[a] += len(of)
        ports[max((a, b), key=lambda key: layer_of[key]) if layer_of[a] != layer_of[b] else b] += len(of)
    named = {key: _name(graph.nodes[key], BOX) for key in layer_of}
    heights = {key: max(HEAD + LINE * len(named[key]) + FOOT, PORT * ports[key]) for key in layer_of}
    talls = [sum(heights[key] for key in layer) + GAP * (len(layer) - 1) for layer in layers]
    boxes: dict[str, Box] = {}
    for number, layer in enumerate(layers):
        x, y = MARGIN + number * (BOX + BEND + ZONE), MARGIN + (max(talls) - talls[number]) / 2
        for key in layer:
            boxes[key] = Box(graph.nodes[key], number, x, y, BOX, heights[key], named[key])
            y += heights[key] + GAP
    lines = _lines(boxes, groups)
    width = 2 * MARGIN + BOX + (len(layers) - 1) * (BOX + BEND + ZONE)
    return tuple(boxes.values()), lines, width, 2 * MARGIN + max(talls)


def _lines(boxes: Mapping[str, Box], groups: Groups) -> tuple[Line, ...]:
    """The lines, and the ports where they end: from the top in the order of where they come from."""
    ends: dict[str, list[tuple[float, str, int, tuple[Edge, ...]]]] = {key: [] for key in boxes}
    for (a, b), of in groups.items():
        near, far = (a, b) if boxes[a].layer <= boxes[b].layer else (b, a)
        for number, edges in enumerate(of):
            ends[far].append((_middle(boxes[near]), near, number, edges))
            if boxes[near].layer == boxes[far].layer:
                ends[near].append((_middle(boxes[far]), far, number, edges))
    at: dict[tuple[str, str, int], float] = {}
    for key, coming in ends.items():
        top = _middle(boxes[key]) - PORT * len(coming) / 2
        for place, (_, other, number, _edges) in enumerate(sorted(coming, key=lambda end: end[:3])):
            at[key, other, number] = top + PORT * (place + 0.5)
    lines = []
    lanes = 0
    for (a, b), of in groups.items():
        near, far = (a, b) if boxes[a].layer <= boxes[b].layer else (b, a)
        for number, edges in enumerate(of):
            y, end = at[far, near, number], boxes[far].x
            left = end - ZONE
            if boxes[near].layer == boxes[far].layer:
                x = left - 6 - 6 * (lanes % 5)
                lanes += 1
                start = f"M{end + INSET:.1f} {at[near, far, number]:.1f}H{x:.1f}V{y:.1f}"
            else:
                x, from_y = boxes[near].x + BOX, _middle(boxes[near])
                bend = x + BEND / 2
                start = f"M{x:.1f} {from_y:.1f}C{bend:.1f} {from_y:.1f} {bend:.1f} {y:.1f} {left:.1f} {y:.1f}"
            label = Label(left + 4, y - 5, ZONE - 8)
            lines.append(Line(edges, f"{start}H{end + INSET:.1f}", label, edges[0].b == near))
    return tuple(lines)


def _middle(box: Box) -> float:
    return box.y + box.height / 2


# --- one column, for a narrow screen ---------------------------------------------------------------------------------


def _stacked(graph: Graph, layers: Sequence[Sequence[str]], groups: Groups) -> Drawn:
    """A tree: below each box what hangs on it, further in. A line to a second parent is told by its name alone."""
    layer_of = {key: number for number, layer in enumerate(layers) for key in layer}
    place = {key: number for layer in layers for number, key in enumerate(layer)}
    around: dict[str, list[str]] = {key: [] for key in layer_of}
    for a, b in groups:
        around[a].append(b)
        around[b].append(a)
    parent = {
        key: min((n for n in around[key] if layer_of[n] == layer_of[key] - 1), key=lambda n: place[n])
        for layer in layers[1:]
        for key in layer
    }
    boxes: dict[str, Box] = {}
    lines: list[Line] = []
    y = MARGIN
    waiting = list(reversed(layers[0]))
    while waiting:
        key = waiting.pop()
        x = MARGIN + INDENT * layer_of[key]
        for other in sorted({n for n in around[key] if n in boxes}, key=lambda n: (n != parent.get(key), n)):
            is_child = other == parent.get(key)
            for edges in groups[min(key, other), max(key, other)]:
                d = (
                    f"M{boxes[other].x + 8:.1f} {boxes[other].y + 8:.1f}V{y + 10:.1f}H{x + 6:.1f}"
                    if is_child
                    else ""
                )
                told = "" if is_child else graph.nodes[other].name
                label = Label(x + 10, y + 14, NARROW - MARGIN - x - 10, told)
                lines.append(Line(edges, d, label, edges[0].b == other))
                y += ROW
        width = NARROW - MARGIN - x
        name = _name(graph.nodes[key], width)
        height = HEAD + LINE * len(name) + FOOT
        boxes[key] = Box(graph.nodes[key], layer_of[key], x, y, width, height, name)
        y += height + GAP
        waiting += sorted((n for n, of in parent.items() if of == key), key=lambda n: -place[n])
    return tuple(boxes.values()), tuple(lines), NARROW, y - GAP + MARGIN
