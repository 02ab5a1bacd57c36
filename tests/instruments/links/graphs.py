"""Small graphs at random, and names that a drawing must survive. Everybody is invented."""

from __future__ import annotations

from hypothesis import strategies as st

from hemicycle.instruments.links.graph import NEVER_LISTED, Confidence, Edge, Graph, Kind, Node, Relation

START = "n0"
TIES = [relation for relation in Relation if relation != Relation.SAME_AS]
KNOWN = [confidence for confidence in Confidence if confidence != Confidence.CONFIRMED]
NAMES = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="wWмшЩ", min_size=80, max_size=300),
    st.sampled_from(
        [
            "<script>alert('x')</script>",
            'A & B "C"',
            "יעקב לוי",
            "\u202eEvil",
            "中" * 90,
            "\ud800",
            "a\u0301" * 200,
            "\x00",
        ]
    ),
)


def edge(a: str, b: str, relation: Relation = Relation.MEMBER_OF, **more: str) -> Edge:
    """An edge of the file; `same as` confirmed."""
    known = Confidence.CONFIRMED if relation == Relation.SAME_AS else Confidence.DECLARED
    told = {"since": "", "until": "", "source": "the file", "confidence": known, **more}
    return Edge(a, b, relation, told["since"], told["until"], told["source"], Confidence(told["confidence"]))


def node(key: str, kind: Kind = Kind.ORGANISATION, *, is_listed: bool = False) -> Node:
    return Node(key, kind, f"Name of {key}", is_listed)


@st.composite
def graphs(
    draw: st.DrawFn, most: int = 8, names: st.SearchStrategy[str] = NAMES
) -> tuple[list[Node], list[Edge]]:
    """Nodes (the first is a candidacy, `START`) and edges between them, several between two among them."""
    count = draw(st.integers(1, most))
    nodes = [Node(START, Kind.CANDIDACY, draw(names))]
    for number in range(1, count):
        kind = draw(st.sampled_from(list(Kind)))
        is_listed = kind not in NEVER_LISTED and draw(st.booleans())
        nodes.append(Node(f"n{number}", kind, draw(names), is_listed, draw(st.sampled_from(["", "a list"]))))
    pairs = [(a.id, b.id) for a in nodes for b in nodes if a is not b]
    tied = draw(st.lists(st.sampled_from(pairs), max_size=3 * most)) if pairs else []
    edges = []
    for a, b in tied:
        relation = draw(st.sampled_from([*TIES[:4], Relation.SAME_AS]))
        known = Confidence.CONFIRMED if relation == Relation.SAME_AS else draw(st.sampled_from(KNOWN))
        since = draw(st.sampled_from(["", "2013", "2013-05", "2013-05-31"]))
        edges.append(Edge(a, b, relation, since, draw(st.sampled_from(["", "2016"])), "the file", known))
    return nodes, edges


def graph_of(given: tuple[list[Node], list[Edge]]) -> Graph:
    return Graph(*given)
