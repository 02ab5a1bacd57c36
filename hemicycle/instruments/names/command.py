"""`hemicycle screen`: the instrument on files. Needs no database, no settings and no other part of the house."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from ..output import Progress, written
from .files import Unreadable
from .readers import read_queries
from .screener import Query, Screener
from .sources.lists import names_in

COLUMNS = ("qid", "entity_id", "score", "matched_name", "explanation")


def screen(arguments: Sequence[str]) -> int:
    """Screen the queries of a file against a list. Returns 0; 2 when a file cannot be read or written."""
    given = _parser().parse_args(arguments)
    try:
        queries = read_queries(given.queries)
        screener = Screener(names_in(given.list), with_weak=given.with_weak)
        with written(given.out) as file:
            hits, asked = _screened(screener, queries, file)
    except Unreadable as error:
        print(f"hemicycle screen: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"hemicycle screen: {error.filename or given.out}: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nhemicycle screen: stopped; nothing was written", file=sys.stderr)
        return 130
    print(
        f"{len(queries)} names asked about, {asked} with hits, {hits} hits. Written to {given.out}.\n"
        "A hit is a question for a person to decide; the lack of one clears nobody."
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hemicycle screen",
        description="Screen names against a list, across scripts and spellings; every hit explains itself.",
        epilog="LIST: entity_id,name[,kind,schema,birth_dates], several rows an entity, or FollowTheMoney JSON lines, "
        "or a sanctions list as OFAC, the UN, the EU or the UK publish it. QUERIES: qid,query[,schema,birth_date]. "
        "Files may be packed (.gz, .zip).",
    )
    add = parser.add_argument
    add("--list", type=Path, required=True, metavar="LIST.csv")
    add("--queries", type=Path, required=True, metavar="QUERIES.csv")
    add("--out", type=Path, required=True, metavar="HITS.csv")
    add("--with-weak", action="store_true", help="match weak aliases (nicknames) too")
    return parser


def _screened(screener: Screener, queries: Sequence[Query], file: TextIO) -> tuple[int, int]:
    """Write the hits; returns how many there are, and of how many queries."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    hits = asked = 0
    progress = Progress(len(queries))
    for number, query in enumerate(queries, 1):
        found = screener.hits(query)
        hits += len(found)
        asked += bool(found)
        for hit in found:
            explanation = json.dumps(hit.explanation, ensure_ascii=False, separators=(",", ":"))
            writer.writerow((query.qid, hit.entity_id, f"{hit.score:.6f}", hit.matched_name, explanation))
        progress(number)
    progress.ended()
    return hits, asked
