"""`hemicycle screening preview`: what a list holds, before it is taken in. Needs no database and no settings."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..files import Unreadable
from .entry import Entry
from .lists import FORMATS, read
from .preview import FIRST, Difference, Preview, digests, preview

WIDTH = 80
_LABEL = 11


def preview_command(arguments: Sequence[str]) -> int:
    """Print a preview. Returns 0; 2 when a file cannot be read, and then nothing is printed of what it holds."""
    given = _parser().parse_args(arguments)
    beside = tuple(given.beside)
    try:
        before = digests(read(given.before)) if given.before else None
        seen = preview(given.file, given.format, beside=beside, before=before)
    except Unreadable as error:
        print(f"hemicycle screening preview: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"hemicycle screening preview: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nhemicycle screening preview: stopped", file=sys.stderr)
        return 130
    print("\n".join(_lines(given.file, seen, given.before)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hemicycle screening preview",
        description="What a list holds: its format, date and SHA-256, what it counts, what is passed over and why, "
        "and what differs from an earlier version. Nothing is written.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="may be packed (.gz, .zip)")
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        metavar="FORMAT",
        help=f"read it as this, instead of recognising it: {', '.join(FORMATS)}",
    )
    parser.add_argument(
        "--beside",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="OFAC's alt.csv or sdn_comments.csv; may be given twice",
    )
    parser.add_argument("--before", type=Path, metavar="OLDFILE", help="an earlier version, to compare with")
    return parser


def _lines(path: Path, seen: Preview, before: Path | None) -> Iterator[str]:
    yield from (
        _labelled("File", path.name),
        _labelled("Format", f"{FORMATS[seen.format].title}: {seen.format}"),
        _labelled("Published", seen.published_on or "the file does not say"),
        _labelled("SHA-256", seen.sha256),
    )
    for name, digest in seen.beside:
        yield _labelled("Beside", name)
        yield _labelled("SHA-256", digest)
    yield f"\n{seen.entries:,} entries, {seen.with_birth_dates:,} of them with a date of birth"
    yield from map(_counted, seen.by_schema.items())
    yield f"\n{seen.names:,} names"
    yield from map(_counted, seen.by_kind.items())
    yield "\nPassed over" + ("" if seen.passed_over else ": nothing")
    for why, count, lines in seen.passed_over:
        yield _counted((why, count))
        yield f"{'':14}first in lines {', '.join(map(str, lines))}"
    yield "\nFirst entries" + ("" if seen.first else ": none")
    yield from map(_entry, seen.first)
    if before and seen.difference:
        yield from _difference(before, seen.difference)


def _labelled(label: str, text: str) -> str:
    return f"{label:{_LABEL}}{shown(text, WIDTH - _LABEL)}"


def _counted(counted: tuple[str, int]) -> str:
    name, count = counted
    return f"{count:>12,}  {shown(name or 'of no schema', WIDTH - 14)}"


def _entry(entry: Entry) -> str:
    told = "; ".join(filter(None, (entry.schema, *entry.birth_dates[:1], entry.programme)))
    return f"  {shown(f'{entry.entity_id}  {entry.names[0][0]} ({told})', WIDTH - 2)}"


def _difference(before: Path, differs: Difference) -> Iterator[str]:
    yield f"\n{shown(f'Compared with {before.name}', WIDTH)}"
    told = (("added", differs.added), ("changed", differs.changed), ("removed", differs.removed))
    for name, numbers in told:
        more = ", …" if len(numbers) > FIRST else ""
        first = f": {', '.join(numbers[:FIRST])}{more}" if numbers else ""
        yield _counted((name + first, len(numbers)))
    yield _counted(("unchanged", differs.unchanged))


def shown(text: str, width: int) -> str:
    """A text in at most `width` columns of a terminal, with marks that are not seen, or turn the text, spelt out."""
    columns, kept = 0, ""
    for letter in text:
        if unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cn", "Zl", "Zp"):
            letter = f"<U+{ord(letter):04X}>"
        size = sum(_columns(one) for one in letter)
        if columns + size > width:
            # Room for the sign that something is cut.
            while columns > width - 1:
                columns -= _columns(kept[-1])
                kept = kept[:-1]
            return f"{kept}…"
        columns += size
        kept += letter
    return kept


def _columns(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
