from __future__ import annotations

from typing import Any

import pytest

from hemicycle.instruments.links.common import common, files_of
from hemicycle.instruments.links.graph import Confidence, Edge, Graph, Kind, Node, NoLink, Relation

from .graphs import edge, node


@pytest.mark.parametrize("word", ["brother of", "wife of", "relative", "kinship", "сын", ""])
def test_relatives_are_no_link_whatever_the_word(word: Any) -> None:
    with pytest.raises(ValueError, match="kinship is none either") as refused:
        Edge("a", "b", word, "", "", "press", Confidence.PRESS)
    assert isinstance(refused.value, NoLink) and refused.value.field == "relation"
    assert not any(
        part in relation for relation in Relation for part in ("kin", "family", "spouse", "parent")
    )


def test_only_a_hit_that_a_person_confirmed_ties_to_a_list() -> None:
    for confidence in Confidence:
        if confidence != Confidence.CONFIRMED:
            with pytest.raises(NoLink, match="confirmed by a person"):
                Edge("a", "b", Relation.SAME_AS, "", "", "screening", confidence)
    with pytest.raises(NoLink):
        Edge("a", "b", Relation.MEMBER_OF, "", "", "press", Confidence.CONFIRMED)
    for kind in (Kind.CANDIDACY, Kind.REFEREE):
        with pytest.raises(NoLink, match="once a person confirmed the hit"):
            node("a", kind, is_listed=True)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"source": " "}, "source"),
        ({"since": "May 2016"}, "since"),
        ({"until": "2016-13"}, "until"),
        ({"since": "2016-05-03", "until": "2016-05-02"}, "until"),
        ({"since": "2016", "until": "2015-12"}, "until"),
        ({"b": "a"}, "b"),
    ],
)
def test_a_link_without_source_or_with_impossible_dates_is_refused(changed: Any, field: str) -> None:
    given = {"b": "b", **changed}
    with pytest.raises(NoLink) as refused:
        edge("a", given.pop("b"), **given)
    assert refused.value.field == field
    assert edge("a", "b", since="2016-05-03", until="2016").until == "2016"


def test_a_graph_refuses_what_does_not_fit_together() -> None:
    with pytest.raises(ValueError, match="differ"):
        Graph([Node("a", Kind.PERSON, "One"), Node("a", Kind.PERSON, "Another")], [])
    with pytest.raises(ValueError, match="no such node"):
        Graph([node("a")], [edge("a", "b")])


def test_files_that_share_a_referee_are_told_with_how_common_the_referee_is() -> None:
    files = [node(key, Kind.CANDIDACY) for key in ("f1", "f2", "f3", "f4")]
    shared = [node("ref", Kind.REFEREE), node("org"), node("listed", Kind.LIST_ENTRY, is_listed=True)]
    edges = [edge(f"f{n}", "org") for n in (1, 2, 3)] + [edge(f"f{n}", "listed") for n in (1, 2)]
    edges += [edge(f"f{n}", "ref", Relation.GAVE_AS_REFEREE) for n in (1, 2)] + [edge("f1", "ref")]
    graph = Graph([*files, *shared], edges)
    told = {(pair.a, pair.b): [(s.node, s.files) for s in pair.shared] for pair in common(graph)}
    assert told == {
        ("f1", "f2"): [("org", 3), ("ref", 2)],
        ("f1", "f3"): [("org", 3)],
        ("f2", "f3"): [("org", 3)],
    }
    assert [(pair.a, pair.b) for pair in common(graph, "f3")] == [("f1", "f3"), ("f2", "f3")]
    assert common(graph, "f4") == []
    assert files_of(graph) == 4
