"""Dates as publishers write them, made `1975`, `1975-03` or `1975-03-31`.

A span of years ("between 1975 and 1977", "1975 to 1977") becomes each of its years, so that none is held against
anybody; a span of more than `LONGEST_SPAN` years tells nothing and is left out. "Circa" is dropped: the screener takes
years that are one apart for near.
"""

from __future__ import annotations

import re
from datetime import date

LONGEST_SPAN = 10
_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split(), 1)}
_WORDED = re.compile(r"(?:(?:(\d{1,2}) )?([A-Za-z]{3}) )?(\d{4})")
_SPAN = re.compile(r"\s+to\s+|(?<=\d{4})\s*-\s*(?=\d{4})")
_SLASHED = re.compile(r"([0-9d-]{1,2})/([0-9m-]{1,2})/(\d{4})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:$|[T+Z].*)")


def of_parts(year: int, month: int = 0, day: int = 0) -> str:
    """A date of numbers, 0 where one is not known; "" where there is no such date."""
    try:
        date(year, month or 1, day or 1)
    except (ValueError, OverflowError):
        return ""
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")


def iso(text: str) -> str:
    """`1975-03-31`, `1975-03` or `1975`, a time behind it left out; "" for anything else."""
    found = _ISO.match(text.strip())
    return of_parts(*(int(part or 0) for part in found.groups())) if found else ""


def slashed(text: str) -> str:
    """`31/03/1975`; `00/00/1975`, `dd/mm/1975`, `--/--/1975` (not known); or an ISO date; "" for anything else."""
    found = _SLASHED.fullmatch(text.strip())
    if found is None:
        return iso(text)
    day, month, year = (int(part) if part.isdigit() else 0 for part in found.groups())
    return of_parts(year, month, day)


def worded(text: str) -> list[str]:
    """`31 Mar 1975`, `Mar 1975`, `1975`, `circa 1975`, `1975 to 1977`; an empty list for anything else."""
    ends = [_WORDED.fullmatch(part) for part in _SPAN.split(text.strip().removeprefix("circa "))]
    found = []
    for end in ends:
        if end is None or (end[2] and end[2].lower() not in _MONTHS):
            return []
        found.append(
            of_parts(int(end[3]), _MONTHS[end[2].lower()] if end[2] else 0, int(end[1]) if end[1] else 0)
        )
    if len(found) == 1:
        return [found[0]] if found[0] else []
    return span(found[0][:4], found[1][:4]) if len(found) == 2 else []


def span(first: str, last: str) -> list[str]:
    """The years of a span, both ends in; an empty list if it is too long or none."""
    if not (first.isdecimal() and last.isdecimal()):
        return []
    years = range(int(first), int(last) + 1)
    return [of_parts(year) for year in years] if 0 < len(years) <= LONGEST_SPAN else []
