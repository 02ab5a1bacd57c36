"""`hemicycle opinions`: the instrument on files. Needs no database, no settings and no other part of the house."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..names.files import Unreadable
from ..output import Progress, written
from .opinion_map import RESAMPLES, opinion_map
from .outcome import Found, map_json
from .passes import FEWEST
from .pictures import bridging_picture, map_picture, nothing_picture, statements_picture
from .readers import COMMENTS, LONG, Statements, read_statements, read_votes
from .report import report, statements_csv
from .votes import Votes


def opinions(arguments: Sequence[str]) -> int:
    """Write map, table, pictures and report. Returns 0; 2 when a file cannot be read or written."""
    given = _parser().parse_args(arguments)
    try:
        statements = read_statements(given.statements) if given.statements else Statements((), {})
        votes = read_votes(given.votes, statements.out)
        found = _found(votes, given)
        files = _files(votes, found, statements.texts, given.min_voters)
        given.out.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            with written(given.out / name) as file:
                file.write(text)
    except Unreadable as error:
        print(f"hemicycle opinions: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"hemicycle opinions: {error.filename or given.out}: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nhemicycle opinions: stopped; nothing was written", file=sys.stderr)
        return 130
    print(_said(votes, found, given))
    return 0


def _found(votes: Votes, given: argparse.Namespace) -> Found | None:
    found = opinion_map(votes, given.min_voters)
    if found is None:
        return None
    progress = Progress(given.resamples)
    stability = found.stability(given.resamples, given.workers, progress)
    progress.ended()
    return Found(found, stability, found.bridging())


def _files(votes: Votes, found: Found | None, texts: Mapping[int, str], fewest: int) -> Mapping[str, str]:
    nothing = nothing_picture(fewest)
    return {
        "map.json": map_json(votes, found),
        "statements.csv": statements_csv(votes, found, texts),
        "map.svg": map_picture(found) if found else nothing,
        "statements.svg": statements_picture(votes, found, texts) if found else nothing,
        "bridging.svg": bridging_picture(votes, found) if found else nothing,
        "report.md": report(votes, found, texts, fewest),
    }


def _said(votes: Votes, found: Found | None, given: argparse.Namespace) -> str:
    head = f"Participants: {len(votes.participants)}. Statements: {len(votes.statements)}. Votes: {len(votes.rows.values)}."
    where = (
        f"Written to {given.out}: map.json, statements.csv, map.svg, statements.svg, bridging.svg, report.md"
    )
    if found is None:
        none = f"No groups: fewer than {given.min_voters} voted enough, or their votes do not part them."
        return f"{head} {none}\n{where}"
    supported, rejected = found.common()
    return (
        f"{head} Groups: {len(found.sizes())}, stability {found.stability.middle():.2f} "
        f"(worst {found.stability.least():.2f}). Common ground: {len(supported)} supported, {len(rejected)} rejected.\n{where}\n"
        "map.json holds each participant's place and is for nobody else's eyes; the others may be shown."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hemicycle opinions",
        description="Groups of people who vote alike, the ground that they have in common, and how sure both are.",
        epilog=f"VOTES: {','.join(LONG)}, one vote a row, or participant and a column for each statement, as Polis exports them. "
        f"COMMENTS: {','.join(COMMENTS)}[,comment-body]; -1 is moderated out. Votes: 1 agrees, -1 disagrees, 0 passes. "
        "Files ending in .gz are packed.",
    )
    add = parser.add_argument
    add("votes", type=Path, metavar="VOTES.csv")
    add("--out", type=Path, required=True, metavar="DIR", help="where the results are written")
    add("--statements", type=Path, metavar="COMMENTS.csv", help="texts, and what was moderated out")
    add("--min-voters", type=_number, default=FEWEST, metavar="N", help=f"fewer have no groups ({FEWEST})")
    add("--resamples", type=_number, default=RESAMPLES, metavar="N", help=f"for stability ({RESAMPLES})")
    add("--workers", type=_number, default=1, metavar="N", help="processes for the resamples (1)")
    return parser


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 1")
    return int(text)
