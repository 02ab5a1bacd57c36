"""Reading a CSV file that somebody else made: columns, encodings, and every problem by its line.

Nothing is guessed: a file is UTF-8 (with or without a byte order mark) or UTF-16 with one; the separator is
the one that the first line uses; a cell that a spreadsheet would run as a formula is refused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from hemicycle.rules.findings import N_, Finding, Unmet

ARTICLE = "assembly.preview_import"
BYTES_AT_MOST = 2 * 1024 * 1024
LINES_AT_MOST = 20_000
CELL_AT_MOST = 200
FINDINGS_AT_MOST = 30

#: Columns per kind of file: (needed, may be there). `docs` of each stand in COLUMN_NOTES.
COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "members": (
        ("body", "name", "capacity"),
        ("person", "delegation", "group", "precedence", "from", "until"),
    ),
    "delegations": (("code", "name_en", "name_fr", "name_ru", "members"), ()),
    "groups": (("code", "name_en", "name_fr", "name_ru"), ()),
}

COLUMN_NOTES: dict[str, str] = {
    "body": N_("code of the body: assembly, bureau, standing_committee, or the key of a committee"),
    "name": N_("name as the roll shows it"),
    "capacity": N_(
        "president, vice_president, group_chair, committee_chair, head_of_delegation, member, "
        "representative or substitute"
    ),
    "person": N_("reference of the enrolled person (P-...), empty until somebody enrols"),
    "delegation": N_("two-letter code of the delegation"),
    "group": N_("code of the political group"),
    "precedence": N_("order of the Vice-Presidents, from 1"),
    "from": N_("first day, as 2027-01-25; empty: the day of the import"),
    "until": N_("first day on which the seat is no longer held, as 2028-01-24; empty: no end is set"),
    "code": N_("code of the delegation (two letters) or group"),
    "name_en": N_("name in English"),
    "name_fr": N_("name in French"),
    "name_ru": N_("name in Russian"),
    "members": N_("number of representatives"),
}


@dataclass(frozen=True)
class Line:
    """One line of data: its number in the file, counted from 1, and its cells by column."""

    number: int
    cells: dict[str, str]


class Problems:
    """Findings by line, gathered so that a person mends a file in one go."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, line: int, message: str, **params: object) -> None:
        """`message` is a msgid; it is shown behind "Line N:"."""
        reason = Finding(message, params)
        self.findings.append(
            Finding(N_("Line %(line)s: %(reason)s"), {"line": line, "reason": reason}, ARTICLE)
        )

    def settle(self) -> None:
        """Raise `Unmet` with the first problems and the number of the others; nothing, if there is none."""
        if not self.findings:
            return
        shown = self.findings[:FINDINGS_AT_MOST]
        more = len(self.findings) - len(shown)
        if more:
            shown.append(Finding(N_("And %(count)s more lines with a problem."), {"count": more}, ARTICLE))
        raise Unmet(*shown)


def refuse(message: str, **params: object) -> Unmet:
    """A problem of the file as a whole."""
    return Unmet(Finding(message, params, ARTICLE))


def decode(data: bytes) -> str:
    """The text of the file, without byte order mark. Raises `Unmet` for another encoding, or a file too
    large.
    """
    if len(data) > BYTES_AT_MOST:
        raise refuse(N_("The file is larger than %(size)s MB."), size=BYTES_AT_MOST // 2**20)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refuse(
            N_("Line %(line)s is not UTF-8. Save the file as “CSV UTF-8” and try again."), line=line
        ) from error


def read(data: bytes, kind: str) -> list[Line]:
    """The lines of a file of that kind, empty lines left out. Raises `Unmet` with every problem by line."""
    text = decode(data)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True))
    except csv.Error as error:
        raise refuse(
            N_("This is not a CSV file: a quotation mark does not close, or a cell is too long.")
        ) from error
    numbered = _numbered(text, rows)
    if not numbered:
        raise refuse(N_("The file is empty."))
    if len(numbered) - 1 > LINES_AT_MOST:
        raise refuse(N_("The file has more than %(count)s lines."), count=LINES_AT_MOST)
    header = _header(numbered[0][1], kind)
    if len(numbered) == 1:
        raise refuse(N_("The file has a header and no lines below it."))
    problems = Problems()
    lines = []
    for number, row in numbered[1:]:
        if len(row) != len(header):
            problems.add(
                number,
                N_("%(found)s cells, where the header has %(wanted)s."),
                found=len(row),
                wanted=len(header),
            )
            continue
        cells = {column: cell.strip() for column, cell in zip(header, row, strict=True)}
        _check_cells(number, cells, row, kind, problems)
        lines.append(Line(number, cells))
    problems.settle()
    return lines


def _separator(text: str) -> str:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max((",", ";", "\t"), key=first.count)


def _numbered(text: str, rows: list[list[str]]) -> list[tuple[int, list[str]]]:
    """Rows with the line on which each begins; a quoted cell may hold line ends of its own."""
    number, found = 1, []
    for row in rows:
        if any(cell.strip() for cell in row):
            found.append((number, row))
        number += 1 + sum(cell.count("\n") for cell in row)
    return found


def _header(row: Iterable[str], kind: str) -> list[str]:
    needed, optional = COLUMNS[kind]
    header = [cell.strip().casefold() for cell in row]
    findings = []
    for column in needed:
        if column not in header:
            findings.append(Finding(N_("The column “%(column)s” is missing."), {"column": column}, ARTICLE))
    for column in header:
        if column not in (*needed, *optional):
            findings.append(
                Finding(N_("Unknown column “%(column)s”."), {"column": column[:40] or "-"}, ARTICLE)
            )
    findings += [
        Finding(N_("The column “%(column)s” stands twice."), {"column": column}, ARTICLE)
        for column in sorted({c for c in header if header.count(c) > 1 and c in (*needed, *optional)})
    ]
    if findings:
        raise Unmet(*findings[:FINDINGS_AT_MOST])
    return header


def _check_cells(number: int, cells: dict[str, str], row: list[str], kind: str, problems: Problems) -> None:
    for column in COLUMNS[kind][0]:
        if not cells[column]:
            problems.add(number, N_("“%(column)s” is empty."), column=column)
    for (column, cell), raw in zip(cells.items(), row, strict=True):
        if raw[:1] in ("=", "+", "-", "@", "\t", "\r") or cell[:1] in ("=", "+", "-", "@"):
            problems.add(number, N_("“%(column)s” begins like a formula."), column=column)
        elif any(not char.isprintable() for char in cell):
            problems.add(number, N_("“%(column)s” holds a character that cannot be printed."), column=column)
        elif len(cell) > CELL_AT_MOST:
            problems.add(
                number,
                N_("“%(column)s” is longer than %(count)s characters."),
                column=column,
                count=CELL_AT_MOST,
            )
