"""Nodes, edges and the graph of them. The words of both are closed lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..names.dates import date_of


class Kind(StrEnum):
    """What a node is."""

    CANDIDACY = "candidacy"
    PERSON = "person"
    REFEREE = "referee"
    ORGANISATION = "organisation"
    POST = "post"
    ADDRESS = "address"
    EXHIBIT = "exhibit"
    LIST_ENTRY = "list entry"


class Relation(StrEnum):
    """What ties the first node of an edge to the second. Kinship is not among them: it is not guilt."""

    HELD_POST = "held post"
    WORKED_AT = "worked at"
    PAID_BY = "paid by"
    MEMBER_OF = "member of"
    ON_SLATE_OF = "on the slate of"
    ENDORSED_BY = "endorsed by"
    GAVE_AS_REFEREE = "gave as referee"
    ADDRESS_OF_RECORD = "address of record"
    DATED_FACT = "dated fact"
    STATEMENT_BY = "statement by"
    POINT_RESTS_ON = "point rests on"
    LINKED_ON_LIST = "linked on the list"
    SAME_AS = "same as"


class Confidence(StrEnum):
    """How an edge is known."""

    DECLARED = "declared"
    DOCUMENT = "document"
    PRESS = "press"
    INFERRED = "inferred by name"
    CONFIRMED = "confirmed by a person"


class NoLink(ValueError):
    """A node or an edge that cannot stand; `field` names what is wrong in it."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


def kind_of(text: str) -> Kind:
    if text not in tuple(Kind):
        raise NoLink(f"“{text}” is no kind of node (there are: {', '.join(Kind)})", "kind")
    return Kind(text)


def relation_of(text: str) -> Relation:
    """The relation that a text names. Relatives are no links, whatever the word for them."""
    if text not in tuple(Relation):
        told = f"“{text}” is no relation; kinship is none either (there are: {', '.join(Relation)})"
        raise NoLink(told, "relation")
    return Relation(text)


def confidence_of(text: str) -> Confidence:
    if text not in tuple(Confidence):
        raise NoLink(f"“{text}” is none of: {', '.join(Confidence)}", "confidence")
    return Confidence(text)


#: Who files a request, or speaks for one, is on a list only through a hit that a person confirmed (`SAME_AS`).
NEVER_LISTED = frozenset({Kind.CANDIDACY, Kind.REFEREE})


@dataclass(frozen=True, slots=True)
class Node:
    """One party or thing. `is_listed`: it is an entry of a list; `source` then names the list and its version."""

    id: str
    kind: Kind
    name: str
    is_listed: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            raise NoLink("a node needs an id", "id")
        kind_of(self.kind)
        if self.is_listed and self.kind in NEVER_LISTED:
            told = f"a {self.kind} is tied to a list by “{Relation.SAME_AS}” alone, once a person confirmed the hit"
            raise NoLink(f"{self.id}: {told}", "listed")


@dataclass(frozen=True, slots=True)
class Edge:
    """`a` stands in `relation` to `b`: “a worked at b”. `since` and `until` are 1975, 1975-03, 1975-03-31 or empty.

    Raises NoLink for a relation that is none of `Relation` (kinship is none), without a source, for a date that is none or an
    end before the beginning, and for “same as” that no person confirmed.
    """

    a: str
    b: str
    relation: Relation
    since: str
    until: str
    source: str
    confidence: Confidence

    def __post_init__(self) -> None:
        ends = f"{self.a} – {self.b}"
        relation_of(self.relation)
        confidence_of(self.confidence)
        if self.a == self.b:
            raise NoLink(f"{self.a} is linked to itself", "b")
        if not self.source.strip():
            raise NoLink(f"{ends}: a link needs its source", "source")
        if (self.relation == Relation.SAME_AS) != (self.confidence == Confidence.CONFIRMED):
            told = f"“{Relation.SAME_AS}” is “{Confidence.CONFIRMED}”, and nothing else is"
            raise NoLink(f"{ends}: {told}", "confidence")
        for field, text in (("since", self.since), ("until", self.until)):
            if text and (date_of(text) is None or len(text) > 10):
                raise NoLink(f"“{text}” is no date (1975 or 1975-03-31)", field)
        known = min(len(self.since), len(self.until))
        if self.until[:known] < self.since[:known]:
            raise NoLink(f"{ends}: it ends ({self.until}) before it begins ({self.since})", "until")

    @property
    def key(self) -> tuple[str, ...]:
        """Orders edges, whatever the order in which they came."""
        return (self.a, self.b, self.relation, self.since, self.until, self.source, self.confidence)


@dataclass(frozen=True, slots=True)
class Step:
    """From a node to a neighbour, with every edge that ties the two; `is_same`: the edges are confirmed identities.

    `others`: how many nodes beside `a` the neighbour is tied to.
    """

    a: str
    b: str
    edges: tuple[Edge, ...]
    is_same: bool
    others: int


class Graph:
    """Nodes by id and their edges, the same whatever the order in which both were given.

    Raises ValueError where two nodes share an id and differ, or an edge ends at no node.
    """

    def __init__(self, nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
        found: dict[str, Node] = {}
        for node in nodes:
            if found.setdefault(node.id, node) != node:
                raise ValueError(f"two nodes have the id {node.id} and differ")
        self.nodes: Mapping[str, Node] = {key: found[key] for key in sorted(found)}
        self.edges = tuple(sorted(set(edges), key=lambda edge: edge.key))
        around: dict[str, dict[tuple[str, bool], list[Edge]]] = defaultdict(lambda: defaultdict(list))
        for edge in self.edges:
            is_same = edge.relation == Relation.SAME_AS
            for here, there in ((edge.a, edge.b), (edge.b, edge.a)):
                if here not in found:
                    raise ValueError(
                        f"the link {edge.a} – {edge.b} ends at {here}, and there is no such node"
                    )
                around[here][there, is_same].append(edge)
        self._neighbours = {here: len({there for there, _ in of}) for here, of in around.items()}
        self._steps = {here: tuple(self._ways(here, of)) for here, of in around.items()}
        self.with_same = frozenset(here for here, of in around.items() if any(same for _, same in of))

    def _ways(self, here: str, of: Mapping[tuple[str, bool], list[Edge]]) -> Iterator[Step]:
        for there, is_same in sorted(of):
            yield Step(here, there, tuple(of[there, is_same]), is_same, self._neighbours[there] - 1)

    def steps_from(self, key: str) -> tuple[Step, ...]:
        """The steps that lead away from a node, by the id of the neighbour."""
        return self._steps.get(key, ())

    def neighbours(self, key: str) -> int:
        """How many other nodes a node is tied to."""
        return self._neighbours.get(key, 0)
