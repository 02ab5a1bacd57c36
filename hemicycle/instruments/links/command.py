"""`hemicycle links`: the instrument on files. Needs no database, no settings and no other part of the house."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..names.files import Unreadable
from .drawing import STYLE, svg
from .graph import Graph, Kind
from .layout import laid_out
from .paths import paths
from .readers import COLUMNS, read_links
from .report import paths_csv, report
from .texts import cleaned
from .words import english


def links(arguments: Sequence[str]) -> int:
    """Write drawing, paths and report on one candidacy. Returns 0; 2 when a file cannot be read or written."""
    given = _parser().parse_args(arguments)
    try:
        graph = read_links(given.edges)
        node = graph.nodes.get(given.of)
        if node is None or node.kind != Kind.CANDIDACY:
            raise Unreadable(f"{given.edges}: there is no candidacy {given.of}")
        _write(given.out, _files(graph, given.of, given.nodes))
    except Unreadable as error:
        print(f"hemicycle links: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"hemicycle links: {error.filename or given.out}: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nhemicycle links: stopped", file=sys.stderr)
        return 130
    print(
        f"Written to {given.out}: links.svg, links-narrow.svg, paths.csv, report.md\n"
        "A path is material for a person to judge; the lack of one clears nobody."
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hemicycle links",
        description="Paths of at most two steps from a candidacy to listed entries, with the source of each step.",
        epilog=f"EDGES: {','.join(COLUMNS)}; one link a row. Files ending in .gz are packed.",
    )
    add = parser.add_argument
    add("edges", type=Path, metavar="EDGES.csv")
    add("--of", required=True, metavar="ID", help="the candidacy")
    add("--out", type=Path, required=True, metavar="DIR", help="where the results are written")
    add("--nodes", type=_number, default=40, metavar="N", help="nodes drawn at most (40)")
    return parser


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 1")
    return int(text)


def _files(graph: Graph, start: str, most: int) -> Mapping[str, str]:
    words = english(f"Links of {cleaned(graph.nodes[start].name) or start}")
    return {
        "links.svg": svg(laid_out(graph, start, most), words, style=STYLE),
        "links-narrow.svg": svg(laid_out(graph, start, most, is_stacked=True), words, style=STYLE),
        "paths.csv": paths_csv(graph, paths(graph, start)),
        "report.md": report(graph, start),
    }


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Each file whole or not at all, readable to its owner alone; others in the folder stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        handle, waiting = tempfile.mkstemp(dir=folder, prefix=".", suffix=name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            Path(waiting).replace(folder / name)
        except BaseException:
            Path(waiting).unlink(missing_ok=True)
            raise
