"""Lists of every format that is known: recognised by what they hold, dated, and read entry by entry.

| format | what |
|---|---|
| `ofac` | OFAC's `sdn.csv` |
| `un` | the Security Council's consolidated XML |
| `eu-xml`, `eu-csv` | the European Union's consolidated financial sanctions |
| `uk-ofsi`, `uk-sanctions` | OFSI's consolidated CSV; the CSV of the UK Sanctions List |
| `ftm` | FollowTheMoney's JSON lines |
| `csv` | plain CSV |
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..files import Unreadable, opened
from ..screener import ListedName
from . import eu, followthemoney, ofac, plain, uk, un
from .entry import Entry, PassedOver, listed_names
from .xml import root

_HEAD = 1 << 16


@dataclass(frozen=True)
class Format:
    """A format: its name for people, how its entries are read, and how its date is."""

    title: str
    entries: Callable[[Path, PassedOver], Iterator[Entry]]
    published_on: Callable[[Path], str] = lambda _: ""


FORMATS = {
    "ofac": Format("OFAC, Specially Designated Nationals (CSV)", ofac.entries),
    "un": Format("United Nations, consolidated list (XML)", un.entries, un.published_on),
    "eu-xml": Format("European Union, financial sanctions (XML)", eu.entries_of_xml, eu.published_on_xml),
    "eu-csv": Format("European Union, financial sanctions (CSV)", eu.entries_of_csv, eu.published_on_csv),
    "uk-ofsi": Format(
        "United Kingdom, OFSI's consolidated list (CSV)",
        lambda path, passed: uk.entries(path, uk.OFSI, passed),
        uk.published_on,
    ),
    "uk-sanctions": Format(
        "United Kingdom, UK Sanctions List (CSV)",
        lambda path, passed: uk.entries(path, uk.SANCTIONS, passed),
        uk.published_on,
    ),
    "ftm": Format("FollowTheMoney (JSON lines)", followthemoney.entries),
    "csv": Format("plain CSV", plain.entries),
}


def recognised(path: Path) -> str:
    """The format of a file, a key of `FORMATS`, from its first 64 KB unpacked; a table of no known list is taken for plain CSV."""
    with opened(path) as file:
        try:
            head = file.read(_HEAD)
        except OSError as error:
            raise Unreadable(f"{path}, line 1: the file is damaged: {error}") from error
    text = head.decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if text.startswith("<") or head[:4] in (b"\xff\xfe<\0", b"\xfe\xff\0<"):
        return _xml(path)
    return "ftm" if text.startswith(("{", "[")) else _table(text)


def _xml(path: Path) -> str:
    element = root(path)
    if element.tag == un.ROOT:
        return "un"
    if element.tag == eu.ROOT:
        return "eu-xml"
    raise Unreadable(
        f"{path}, line {element.line}, column 1: XML of no list that is known (its root is <{element.tag}>)"
    )


def _table(text: str) -> str:
    lines = text.splitlines()[:2]
    commas = [{cell.strip() for cell in row} for row in csv.reader(lines)]
    semicolons = {cell.strip('" ') for line in lines[:1] for cell in line.split(";")}
    if semicolons >= set(eu.COLUMNS):
        return "eu-csv"
    if len(commas) == 2:
        for name, columns in (("uk-ofsi", uk.OFSI), ("uk-sanctions", uk.SANCTIONS)):
            if commas[1] >= {columns.number, columns.schema}:
                return name
    first = next(csv.reader(lines[:1]), [])
    is_ofac = len(first) == ofac.CELLS and first[0].strip().isdecimal()
    return "ofac" if is_ofac else "csv"


def read(
    path: Path, format: str | None = None, *, beside: tuple[Path, ...] = (), passed: PassedOver | None = None
) -> Iterator[Entry]:
    """The entries of a list, each with a number of its own; `beside` are OFAC's further files.

    Raises Unreadable with file, line and column. An error may come after entries: a list is complete only when the
    iterator ends. What is passed over is counted in `passed`.
    """
    name = format or recognised(path)
    passed = PassedOver() if passed is None else passed
    if not beside:
        return FORMATS[name].entries(path, passed)
    if name != "ofac":
        raise Unreadable(f"{beside[0]}: only OFAC's list has files beside it")
    return ofac.entries(path, passed, beside)


def published_on(path: Path, format: str | None = None) -> str:
    """The day that the file itself gives as its own, an ISO date; "" where it gives none."""
    return FORMATS[format or recognised(path)].published_on(path)


def names_in(path: Path) -> Iterator[ListedName]:
    """The names of a list of any format, as the screener takes them."""
    for entry in read(path):
        yield from listed_names(entry)
