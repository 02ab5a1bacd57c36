"""OFAC's list of Specially Designated Nationals as CSV: `sdn.csv`, and beside it `alt.csv` and `sdn_comments.csv`.

No file has a header. `sdn.csv`: number, name, type, programme, title, call sign, kind of vessel, tonnage, gross tonnage, flag,
owner, remarks; `-0-` is an empty cell, and a line with the character SUB alone may end the file. `alt.csv`: number, number of
the name, aka/fka/nka, name, remarks. `sdn_comments.csv`: number, and the rest of remarks that are longer than 1,000 letters.

Of the remarks these are read: dates of birth (`DOB 22 Nov 1979; alt. DOB 1980`), names in quotes (`a.k.a. 'X'`, which OFAC holds
for weak) and `Linked To: X`. A link between two persons is passed over: OFAC uses these words for spouses and children too.
The files bear no date.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from ..files import Unreadable
from ..readers import cells_of
from . import days
from .entry import (
    AIRPLANE,
    ALIAS,
    KIN,
    NO_DATE,
    ORGANISATION,
    PERSON,
    PREVIOUS,
    PRIMARY,
    VESSEL,
    WEAK,
    Draft,
    Entry,
    PassedOver,
    text_of,
)

CELLS = 12
SCHEMATA = {"individual": PERSON, "": ORGANISATION, "vessel": VESSEL, "aircraft": AIRPLANE}
LINKED = "Linked To"
_ALIASES = {"aka": ALIAS, "fka": PREVIOUS, "nka": ALIAS}
_NUMBER, _NAME, _TYPE, _PROGRAMME, _TITLE, _REMARKS = 0, 1, 2, 3, 4, 11
_BIRTH = re.compile(r"(?:alt\. )?DOB (.+)")
_CALLED = re.compile(r"[afn]\.k\.a\. '(.+)'")
_OF_PERSON = re.compile(r"[^a-z,]+, [A-Z].*[a-z].*")
_SUB = "\x1a"


def entries(path: Path, passed: PassedOver, beside: tuple[Path, ...] = ()) -> Iterator[Entry]:
    """The entries of `sdn.csv`. It is read twice: links name entries that come later."""
    aliases, comments = _beside(beside)
    numbers: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    seen = set()
    for line, row in _rows(path):
        number = row[_NUMBER]
        if number in seen:
            raise Unreadable(f"{path}, line {line}, column 1: the number {number} stands twice")
        seen.add(number)
        numbers[row[_NAME]].append((number, row[_TYPE] == "individual"))
    for line, row in _rows(path):
        draft = Draft(row[_NUMBER], line, SCHEMATA[row[_TYPE]])
        draft.name(_natural(row[_NAME], draft.schema), PRIMARY)
        for kind, name in aliases.get(draft.entity_id, ()):
            draft.name(_natural(name, draft.schema), kind)
        # One programme after another, in square brackets: `SDGT] [IRAN`.
        draft.programmes += row[_PROGRAMME].split("] [")
        if draft.schema == PERSON:
            draft.positions.append(row[_TITLE])
        _remarks(draft, row[_REMARKS] + comments.get(draft.entity_id, ""), numbers, passed)
        entry = draft.entry(passed)
        if entry is not None:
            yield entry


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    for line, row in cells_of(path):
        if row[0].strip() in (_SUB, ""):
            continue
        if len(row) != CELLS:
            place = f"{path}, line {line}, column {min(len(row), CELLS) + 1}"
            raise Unreadable(f"{place}: {len(row)} cells where OFAC has {CELLS}")
        cells = [_cell(cell) for cell in row]
        if not cells[_NUMBER].isdecimal():
            raise Unreadable(f"{path}, line {line}, column 1: “{cells[_NUMBER]}” is no number of an entry")
        if cells[_TYPE] not in SCHEMATA:
            raise Unreadable(
                f"{path}, line {line}, column 3: “{cells[_TYPE]}” is none of individual, vessel, aircraft, -0-"
            )
        yield line, cells


def _cell(cell: str) -> str:
    plain = text_of(cell)
    return "" if plain == "-0-" else plain


def _beside(paths: tuple[Path, ...]) -> tuple[dict[str, list[tuple[str, str]]], dict[str, str]]:
    """The further names and the rest of the remarks of each entry, from files told apart by their cells."""
    aliases: dict[str, list[tuple[str, str]]] = defaultdict(list)
    comments: dict[str, str] = {}
    for path in paths:
        for line, row in cells_of(path):
            if row[0].strip() in (_SUB, ""):
                continue
            number = row[0].strip()
            kind = _ALIASES.get(row[2].strip()) if len(row) == 5 else None
            if number.isdecimal() and kind:
                # No file seen has a remark here; the marks are those that OFAC's other formats use.
                is_weak = "weak" in row[4].lower()
                aliases[number].append((WEAK if is_weak else kind, _cell(row[3])))
            elif number.isdecimal() and len(row) == 2:
                comments[number] = comments.get(number, "") + row[1]
            else:
                raise Unreadable(
                    f"{path}, line {line}, column 1: a row neither of alt.csv nor of sdn_comments.csv"
                )
    return aliases, comments


def _natural(name: str, schema: str) -> str:
    """`SURNAME, Given, Jr.` as `Given SURNAME Jr.`; other names as they stand."""
    surname, *rest = (part.strip() for part in name.split(","))
    if schema != PERSON or not rest:
        return name
    return " ".join((rest[0], surname, *rest[1:]))


def _remarks(
    draft: Draft, remarks: str, numbers: dict[str, list[tuple[str, bool]]], passed: PassedOver
) -> None:
    for part in map(text_of, remarks.split(";")):
        told = part.removesuffix(".")
        birth, called = _BIRTH.fullmatch(told), _CALLED.fullmatch(told)
        if birth:
            dates = days.worded(birth[1])
            draft.birth_dates += dates
            if not dates:
                passed(NO_DATE, draft.line)
        elif called:
            draft.name(called[1], WEAK)
        elif told.startswith(f"{LINKED}: "):
            name = text_of(part.removeprefix(f"{LINKED}: "))
            # The point at the end may belong to the name: `CO., LTD.`
            name = name if name in numbers else name.removesuffix(".")
            found = numbers.get(name, [])
            is_person = any(person for _, person in found) if found else bool(_OF_PERSON.fullmatch(name))
            if draft.schema == PERSON and is_person:
                passed(KIN, draft.line)
            elif name:
                draft.linked_to.append((LINKED, found[0][0] if len(found) == 1 else name))
