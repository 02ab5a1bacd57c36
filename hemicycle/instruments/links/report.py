"""What the command writes: the paths as CSV, and a report with paths, what files share and every link within reach."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from .common import common, files_of
from .graph import Edge, Graph
from .paths import Path, paths, within_reach
from .texts import cleaned
from .words import span

PATH_COLUMNS = (
    "path", "step", "from", "from_name", "to", "to_name", "relation", "is_from_to", "since", "until", "source", "confidence",
    "others_at_to",
)  # fmt: skip
CAVEAT = (
    "A path says that sources name a chain of links, and no more: what somebody on it did or knew is for a person to find. "
    "Kinship is no link. That there is no path clears nobody."
)


def paths_csv(graph: Graph, found: Sequence[Path]) -> str:
    """One row an edge of each step. `others_at_to` is filled where many share the node that a step leads to."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(PATH_COLUMNS)
    for number, path in enumerate(found, 1):
        others = {crowd.node: crowd.others for crowd in path.crowds()}
        for place, step in enumerate(path.steps, 1):
            a, b = graph.nodes[step.a], graph.nodes[step.b]
            for e in step.edges:
                told = (e.relation, "yes" if e.a == a.id else "no", e.since, e.until, e.source, e.confidence)
                writer.writerow((number, place, a.id, a.name, b.id, b.name, *told, others.get(b.id, "")))
    return out.getvalue()


def report(graph: Graph, start: str) -> str:
    """A report in Markdown on one candidacy."""
    reached = within_reach(graph, start)
    found = paths(graph, start)
    lines = [f"# Links of {_named(graph, start)}", "", CAVEAT, "", "## Paths to listed entries", ""]
    if found:
        lines += ["Short ones first, then by id: the order is no rank.", ""]
    for path in found:
        lines += [f"- {' – '.join(_named(graph, key) for key in path.nodes)}", *_steps(graph, path)]
    lines += [
        *(() if found else ("None of at most two steps.",)),
        "",
        "## What it shares with other files",
        "",
    ]
    lines += list(_shared(graph, start))
    lines += ["", "## Every link within reach", ""]
    head = ("From", "Relation", "To", "Since – until", "Source", "Confidence")
    return "\n".join([*lines, *_table(head, (_row(graph, edge) for edge in reached.edges)), ""])


def _steps(graph: Graph, path: Path) -> Iterator[str]:
    others = {crowd.node: crowd.others for crowd in path.crowds()}
    for step in path.steps:
        for e in step.edges:
            when = f", {span(e)}" if span(e) else ""
            told = f"{_named(graph, e.a)} *{e.relation}* {_named(graph, e.b)}{when}"
            yield f"  - {told} ({e.confidence}: {_plain(e.source)})"
        if step.b in others:
            yield (
                f"  - {_named(graph, step.b)} is tied to {others[step.b]} others: what many share says little about any one."
            )


def _shared(graph: Graph, start: str) -> Iterator[str]:
    pairs = common(graph, start)
    if not pairs:
        yield "Nothing."
        return
    whole = files_of(graph)
    rows = (
        (
            _named(graph, pair.b if pair.a == start else pair.a),
            _named(graph, shared.node),
            f"{shared.files} of {whole}",
        )
        for pair in pairs
        for shared in pair.shared
    )
    yield from _table(("Other file", "Both are tied to", "So many files are"), rows)


def _row(graph: Graph, e: Edge) -> tuple[str, ...]:
    return (
        _named(graph, e.a),
        e.relation,
        _named(graph, e.b),
        span(e) or "—",
        _plain(e.source),
        e.confidence,
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _named(graph: Graph, key: str) -> str:
    node = graph.nodes[key]
    name = _plain(node.name)
    listed = ", listed" if node.is_listed else ""
    return f"{name} ({_plain(key)}{listed})" if name else f"{_plain(key)}{listed}"


def _plain(text: str) -> str:
    """A text that Markdown reads as it is written."""
    text = cleaned(text)
    for mark in "\\`*_{}[]<>#|":
        text = text.replace(mark, f"\\{mark}")
    return text
