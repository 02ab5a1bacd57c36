"""The section “Links” of a file: a drawing, a table with the same links, paths to listed entries, what other files share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hemicycle.instruments.links.drawing import svg
from hemicycle.instruments.links.graph import Confidence, Edge, Graph, Kind, Node, Relation
from hemicycle.instruments.links.layout import laid_out
from hemicycle.instruments.links.paths import Path, paths
from hemicycle.instruments.links.words import Words
from hemicycle.record.actors import Actor
from hemicycle.web.desk import matter_url
from hemicycle.web.parts import Cell
from hemicycle.web.templatetags.house import day

from ..models import Reading
from ..queries import links as queries


def links(
    reading: Reading,
    actor: Actor,
    listed: Sequence[queries.Confirmed] = (),
    head: queries.Head | None = None,
) -> Mapping[str, Any]:
    """What the section shows to the reader of an open file; empty for anybody else. `head`: where the page has read it."""
    examination = reading.examination
    graph = queries.graph_of(examination, actor, listed, head)
    if graph is None:
        return {}
    start = examination.candidacy.reference
    words = _words()
    shared, others = queries.shared_of(examination, actor, head)
    pictures = [
        mark_safe(svg(laid_out(graph, start, is_stacked=narrow), words, name=name))  # noqa: S308 - svg escapes every text
        for narrow, name in ((False, "links-wide"), (True, "links-narrow"))
    ]
    return {
        "wide": pictures[0],
        "narrow": pictures[1],
        "columns": [pgettext("link", "To"), pgettext("link", "Link"), pgettext("link", "From"), _("When"),
                    _("Source"), _("How it is known")],
        "rows": [_row(graph, edge, words) for edge in graph.edges],
        "paths": [_path(graph, path, words) for path in paths(graph, start)],
        "shared_columns": [pgettext("link", "Body"), _("Other files of this call"), _("Readings of yours among them")],
        "shared": [
            [row.body, _("%(n)s of %(all)s") % {"n": row.files, "all": others}, _mine(row.mine)] for row in shared
        ],
    }  # fmt: skip


def _mine(readings: Sequence[Reading]) -> Cell:
    only = matter_url(readings[0]) if len(readings) == 1 else ""
    return Cell(", ".join(reading.reference for reading in readings) or "—", url=only)


def _row(graph: Graph, edge: Edge, words: Words) -> list[Any]:
    a, b = graph.nodes[edge.a], graph.nodes[edge.b]
    return [_named(b), words.relations[edge.relation], _named(a), _when(edge), edge.source,
            words.confidences[edge.confidence]]  # fmt: skip


def _named(node: Node) -> str:
    """An entry with the list, and its version, that it stands on."""
    return f"{node.name} ({node.source})" if node.source else node.name


def _path(graph: Graph, path: Path, words: Words) -> dict[str, Any]:
    """One path as it is told: its nodes, each step with date, source and confidence, and what many share on the way."""
    steps = [
        " · ".join(filter(None, (
            _named(graph.nodes[e.a]), words.relations[e.relation], _named(graph.nodes[e.b]), _when(e, ""), e.source,
            words.confidences[e.confidence],
        )))
        for step in path.steps for e in step.edges
    ]  # fmt: skip
    steps += [
        ngettext(
            "%(name)s is tied to %(n)s other: what many share says little about any one.",
            "%(name)s is tied to %(n)s others: what many share says little about any one.",
            crowd.others,
        )
        % {"name": graph.nodes[crowd.node].name, "n": crowd.others}
        for crowd in path.crowds()
    ]
    return {"title": " – ".join(graph.nodes[key].name for key in path.nodes), "steps": steps}


def _when(edge: Edge, none: str = "—") -> str:
    if not edge.since:
        return none
    since = day(date.fromisoformat(edge.since))
    if edge.since == edge.until:
        return since
    return f"{since} – {day(date.fromisoformat(edge.until)) if edge.until else '…'}"


def _words() -> Words:
    return Words(
        title=_("Links of the candidate"),
        kinds={
            Kind.CANDIDACY: pgettext("link", "candidacy"),
            Kind.PERSON: pgettext("link", "person"),
            Kind.REFEREE: pgettext("link", "referee"),
            Kind.ORGANISATION: pgettext("link", "organisation"),
            Kind.POST: pgettext("link", "post"),
            Kind.ADDRESS: pgettext("link", "address"),
            Kind.EXHIBIT: pgettext("link", "exhibit"),
            Kind.LIST_ENTRY: pgettext("link", "list entry"),
        },
        relations=_relations(),
        confidences={
            Confidence.DECLARED: pgettext("link", "declared"),
            Confidence.DOCUMENT: pgettext("link", "document"),
            Confidence.PRESS: pgettext("link", "press"),
            Confidence.INFERRED: pgettext("link", "inferred by name"),
            Confidence.CONFIRMED: pgettext("link", "confirmed by a person"),
        },
        listed=pgettext("link", "on a list"),
        left_out=_left_out,
    )


def _relations() -> dict[Relation, str]:
    return {
        Relation.HELD_POST: pgettext("link", "held post"),
        Relation.WORKED_AT: pgettext("link", "worked at"),
        Relation.PAID_BY: pgettext("link", "paid by"),
        Relation.MEMBER_OF: pgettext("link", "member of"),
        Relation.ON_SLATE_OF: pgettext("link", "on the slate of"),
        Relation.ENDORSED_BY: pgettext("link", "endorsed by"),
        Relation.GAVE_AS_REFEREE: pgettext("link", "gave as referee"),
        Relation.ADDRESS_OF_RECORD: pgettext("link", "address of record"),
        Relation.DATED_FACT: pgettext("link", "dated fact"),
        Relation.STATEMENT_BY: pgettext("link", "statement by"),
        Relation.POINT_RESTS_ON: pgettext("link", "point rests on"),
        Relation.LINKED_ON_LIST: pgettext("link", "linked on the list"),
        Relation.SAME_AS: pgettext("link", "same as"),
    }


def _left_out(n: int) -> str:
    return ngettext(
        "%(n)s more stands in the table, and not here.", "%(n)s more stand in the table, and not here.", n
    ) % {"n": n}
