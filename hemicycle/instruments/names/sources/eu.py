"""The European Union's consolidated list of financial sanctions, as its XML (root `export`) or its CSV with semicolons.

Both are version 1.1. Numbers are the EU reference numbers (`EU.27.28`), or the logical number where there is none. A name is weak
if it is not `strong`, or if its remark says low quality; the first other one counts as primary, because the list names none. The
CSV has a row for each name, birth date, address and document of an entity; it says of no name whether it is strong.
The office held is the function of a name; dates of another calendar than the Gregorian are passed over. The day of listing is
the designation date; the dates of regulations are those of the last amendment, and are not taken for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..files import Unreadable
from ..readers import filled, rows_of
from . import days
from .entry import (
    ALIAS,
    NO_DATE,
    ORGANISATION,
    PERSON,
    PRIMARY,
    WEAK,
    Draft,
    Entry,
    PassedOver,
    link_of,
)
from .together import are_together, groups
from .xml import Element, elements, root

ROOT, NAMESPACE = "export", "http://eu.europa.ec/fpi/fsd/export"
COLUMNS = ("Entity_LogicalId", "Entity_SubjectType", "NameAlias_WholeName")
_SCHEMATA = {
    "person": PERSON,
    "p": PERSON,
    "enterprise": ORGANISATION,
    "e": ORGANISATION,
    "entity": ORGANISATION,
}
_XML_NAME = ("wholeName", "firstName", "middleName", "lastName")
_CSV_NAME = tuple(f"NameAlias_{name[0].upper()}{name[1:]}" for name in _XML_NAME)
_XML_BIRTH = (
    "birthdate",
    "dayOfMonth",
    "monthOfYear",
    "year",
    "yearRangeFrom",
    "yearRangeTo",
    "calendarType",
)
_CSV_BIRTH = (
    "BirthDate_BirthDate",
    "BirthDate_Day",
    "BirthDate_Month",
    "BirthDate_Year",
    "BirthDate_YearRangeFrom",
    "BirthDate_YearRangeTo",
    "BirthDate_CalendarType",
)
_LOW = ("low quality", "lo quality")  # as misspelt in the list


def published_on_xml(path: Path) -> str:
    """The day on which the XML was made."""
    return days.iso(root(path).attributes.get("generationDate", ""))


def published_on_csv(path: Path) -> str:
    """The day on which the CSV was made; every row tells it."""
    for _, row in rows_of(path, COLUMNS, delimiter=";"):
        return days.slashed(row.get("fileGenerationDate", ""))
    return ""


def entries_of_xml(path: Path, passed: PassedOver) -> Iterator[Entry]:
    """The entries of the XML."""
    seen = set()
    for element in elements(path, frozenset({"sanctionEntity"})):
        told = element.attributes
        number = told.get("euReferenceNumber", "") or told.get("logicalId", "")
        if not number or number in seen:
            why = f"the number {number} stands twice" if number else "an entry without a number"
            raise Unreadable(f"{path}, line {element.line}, column 1: {why}")
        seen.add(number)
        entry = _of_xml(path, element, number, passed).entry(passed)
        if entry is not None:
            yield entry


def _of_xml(path: Path, element: Element, number: str, passed: PassedOver) -> Draft:
    code = next((subject.attributes.get("code", "") for subject in element.all("subjectType")), "")
    draft = Draft(number, element.line, _schema(f"{path}, line {element.line}, column 1", code))
    for name in element.all("nameAlias"):
        told = name.attributes
        remarks = " ".join(remark.text for remark in name.all("remark"))
        _name(draft, _cells(told, _XML_NAME), told.get("strong", ""), remarks, told.get("function", ""))
    for birth in element.all("birthdate"):
        _birth(draft, _cells(birth.attributes, _XML_BIRTH), element.line, passed)
    for regulation in element.all("regulation"):
        draft.programmes.append(regulation.attributes.get("programme", ""))
        draft.link = draft.link or link_of(regulation.told("publicationUrl"))
    draft.listed_on = days.iso(element.attributes.get("designationDate", ""))
    return draft


def entries_of_csv(path: Path, passed: PassedOver) -> Iterator[Entry]:
    """The entries of the CSV."""
    together = are_together(number for _, number, _ in _rows(path))
    for number, rows in groups(_rows(path), together):
        first, head = rows[0]
        subject = head["Entity_SubjectType"] or head.get("Entity_SubjectType_ClassificationCode", "")
        draft = Draft(number, first, _schema(f"{path}, line {first}, column “Entity_SubjectType”", subject))
        for line, row in rows:
            told = [row.get(f"NameAlias_{name}", "") for name in ("Strong", "Remark", "Function")]
            _name(draft, _cells(row, _CSV_NAME), *told)
            _birth(draft, _cells(row, _CSV_BIRTH), line, passed)
            draft.programmes.append(row.get("Entity_Regulation_Programme", ""))
            draft.link = draft.link or link_of(row.get("Entity_Regulation_PublicationUrl", ""))
        draft.listed_on = days.slashed(head.get("Entity_DesignationDate", ""))
        entry = draft.entry(passed)
        if entry is not None:
            yield entry


def _rows(path: Path) -> Iterator[tuple[int, str, dict[str, str]]]:
    for line, row in rows_of(path, COLUMNS, delimiter=";"):
        logical = filled(path, line, row, "Entity_LogicalId")
        yield line, row.get("Entity_EU_ReferenceNumber", "").strip() or logical, row


def _schema(place: str, code: str) -> str:
    if code.strip().lower() not in _SCHEMATA:
        raise Unreadable(f"{place}: “{code}” is neither person nor enterprise")
    return _SCHEMATA[code.strip().lower()]


def _cells(told: dict[str, str], names: tuple[str, ...]) -> list[str]:
    return [told.get(name, "").strip() for name in names]


def _name(draft: Draft, name: list[str], strong: str, remark: str, function: str) -> None:
    """A name, whole or in parts, and the office that stands with it."""
    is_weak = strong.lower() == "false" or any(mark in remark.lower() for mark in _LOW)
    is_first = PRIMARY not in draft.names.values()
    draft.name(name[0] or " ".join(name[1:]), WEAK if is_weak else PRIMARY if is_first else ALIAS)
    if draft.schema == PERSON:
        draft.positions.append(function)


def _birth(draft: Draft, birth: list[str], line: int, passed: PassedOver) -> None:
    """A date of birth: whole, in parts, or a span of years."""
    whole, day, month, year, first, last, calendar = birth
    if not any((whole, year, first, last)):
        return
    numbers = [int(part) if part.isdecimal() else 0 for part in (year, month, day)]
    date = days.slashed(whole) or days.of_parts(*numbers)
    found = [date] if date else days.span(first, last)
    if not found or calendar.upper() not in ("", "GREGORIAN"):
        passed(NO_DATE, line)
        return
    draft.birth_dates += found
