"""The consolidated list of the United Nations Security Council as XML (root `CONSOLIDATED_LIST`).

Numbers are the permanent reference numbers (`QDi.001`). Aliases of quality `Low` are weak, `f.k.a.` are previous names; the
name in the original script is an alias. The office held is DESIGNATION.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..files import Unreadable
from . import days
from .entry import ALIAS, NO_DATE, ORGANISATION, PERSON, PREVIOUS, PRIMARY, WEAK, Draft, Entry, PassedOver
from .xml import Element, elements, root

ROOT = "CONSOLIDATED_LIST"
_SCHEMATA = {"INDIVIDUAL": PERSON, "ENTITY": ORGANISATION}
_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_QUALITIES = {"low": WEAK, "f.k.a.": PREVIOUS}


def published_on(path: Path) -> str:
    """The day on which the file was made."""
    return days.iso(root(path).attributes.get("dateGenerated", ""))


def entries(path: Path, passed: PassedOver) -> Iterator[Entry]:
    """The entries of the list."""
    seen = set()
    for element in elements(path, frozenset(_SCHEMATA)):
        number = element.told("REFERENCE_NUMBER") or element.told("DATAID")
        if not number or number in seen:
            why = f"the number {number} stands twice" if number else "an entry without a number"
            raise Unreadable(f"{path}, line {element.line}, column 1: {why}")
        seen.add(number)
        entry = _draft(element, number, passed).entry(passed)
        if entry is not None:
            yield entry


def _draft(element: Element, number: str, passed: PassedOver) -> Draft:
    draft = Draft(number, element.line, _SCHEMATA[element.tag])
    draft.name(" ".join(element.told(part) for part in _PARTS), PRIMARY)
    draft.name(element.told("NAME_ORIGINAL_SCRIPT"), ALIAS)
    for alias in element.all(f"{element.tag}_ALIAS"):
        draft.name(alias.told("ALIAS_NAME"), _QUALITIES.get(alias.told("QUALITY").lower(), ALIAS))
        _born(draft, [alias.told("DATE_OF_BIRTH")], passed)
    for birth in element.all("INDIVIDUAL_DATE_OF_BIRTH"):
        _born(draft, [birth.told("DATE"), birth.told("YEAR")], passed)
        first, last = birth.told("FROM_YEAR"), birth.told("TO_YEAR")
        years = days.span(first, last)
        draft.birth_dates += years
        if (first or last) and not years:
            passed(NO_DATE, element.line)
    draft.programmes.append(element.told("UN_LIST_TYPE"))
    if draft.schema == PERSON:
        draft.positions += [
            value.text for designation in element.all("DESIGNATION") for value in designation.all("VALUE")
        ]
    draft.listed_on = days.iso(element.told("LISTED_ON"))
    return draft


def _born(draft: Draft, texts: list[str], passed: PassedOver) -> None:
    for text in filter(None, texts):
        date = days.iso(text)
        draft.birth_dates.append(date)
        if not date:
            passed(NO_DATE, draft.line)
