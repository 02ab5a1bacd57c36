"""What is read of an entry of a list, and what never is.

Not read, even where a file publishes it: kinship (family members, "associates", names of parents), nationality and
citizenship, ethnicity, religion, gender, place of birth, addresses, passports and numbers of identity. The first five say
nothing about what a person did, and must not weigh in any decision here; the others are not needed to compare names, and
what is not held can be neither misused nor lost. A link of one person to another is not read either: lists use the same
words for a partner in business and for a wife.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..screener import ListedName

PRIMARY, ALIAS, PREVIOUS, WEAK = KINDS = ("primary", "alias", "previous", "weak")
PERSON, ORGANISATION, VESSEL, AIRPLANE = "Person", "Organization", "Vessel", "Airplane"

NO_NAME = "entries without a usable name"
KIN = "links between persons, family and associates (never read)"
NO_NUMBER = "entries whose number is too long or has control characters"
NO_DATE = "dates of birth that cannot be read, or spans of more than ten years"
OTHER = "records that are no entries (addresses, documents and the like)"

LINES_KEPT = 5
LONGEST_NUMBER = 200
LONGEST_LINK = 2000
# Control characters and lone surrogates: no name has them, and databases and terminals stumble over them.
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_LINK = re.compile(r"https?://[^\s\"<>]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, as its publisher states it; nothing is inferred.

    `names` are (name, kind), kind being primary, alias, previous or weak, in that order. `birth_dates` are `1975`, `1975-03` or
    `1975-03-31`. `programme` and `position` (the office held) are text, several with `; `; `topics` are FollowTheMoney's.
    `listed_on` is an ISO date or "". `link` is the publisher's page or "". `linked_to` are (relation, entity_id of the
    same list, or name where the list has no or several entries of it), organisations on at least one side.
    """

    entity_id: str
    schema: str
    names: tuple[tuple[str, str], ...]
    birth_dates: tuple[str, ...] = ()
    programme: str = ""
    topics: tuple[str, ...] = ()
    position: str = ""
    listed_on: str = ""
    link: str = ""
    linked_to: tuple[tuple[str, str], ...] = ()

    def digest(self) -> str:
        """SHA-256 in hex over all that is read of the entry, so that two versions of a list can be compared."""
        told = {name: getattr(self, name) for name in self.__slots__}
        text = json.dumps(told, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()


class PassedOver:
    """What a file holds that is not read: for each reason how often, and in which lines first."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.lines: dict[str, list[int]] = {}

    def __call__(self, reason: str, line: int) -> None:
        self.counts[reason] += 1
        lines = self.lines.setdefault(reason, [])
        if len(lines) < LINES_KEPT and line not in lines:
            lines.append(line)


class Draft:
    """An entry while its rows are read; `line` is its first."""

    def __init__(self, entity_id: str, line: int, schema: str = "") -> None:
        self.entity_id = entity_id
        self.line = line
        self.schema = schema
        self.listed_on = ""
        self.link = ""
        self.names: dict[str, str] = {}
        self.birth_dates: list[str] = []
        self.programmes: list[str] = []
        self.topics: list[str] = []
        self.positions: list[str] = []
        self.linked_to: list[tuple[str, str]] = []

    def name(self, text: str, kind: str) -> None:
        """Add a name. One that was weak before and is not now is not weak; else the first kind stays."""
        name = text_of(text)
        if any(letter.isalnum() for letter in name) and (
            name not in self.names or (self.names[name] == WEAK and kind != WEAK)
        ):
            self.names[name] = kind

    def entry(self, passed: PassedOver) -> Entry | None:
        """The entry, its values each once; None, counted, if it has no name with a letter or a digit, or no usable number."""
        is_numbered = len(self.entity_id) <= LONGEST_NUMBER and text_of(self.entity_id) == self.entity_id
        if not (self.names and is_numbered):
            passed(NO_NAME if is_numbered else NO_NUMBER, self.line)
            return None
        return Entry(
            self.entity_id,
            text_of(self.schema),
            tuple(sorted(self.names.items(), key=lambda named: KINDS.index(named[1]))),
            tuple(dict.fromkeys(filter(None, self.birth_dates))),
            _joined(self.programmes),
            tuple(dict.fromkeys(filter(None, map(text_of, self.topics)))),
            _joined(self.positions),
            self.listed_on if len(self.listed_on) == len("1975-03-31") else "",
            self.link,
            tuple(dict.fromkeys(self.linked_to)),
        )


def text_of(value: str) -> str:
    """A text in one line, without control characters; invisible marks that scripts need stay."""
    # Nothing that the pattern finds is printable, and to ask is faster than to search.
    return " ".join((value if value.isprintable() else _NO_TEXT.sub(" ", value)).split())


def link_of(value: str) -> str:
    """An address on the web, or "" if it is none: a link from a file must not run a script."""
    value = value.strip()
    return value if len(value) <= LONGEST_LINK and _LINK.fullmatch(value) else ""


def listed_names(entry: Entry) -> Iterator[ListedName]:
    """The names of an entry as the screener takes them."""
    births = ";".join(entry.birth_dates)
    for name, kind in entry.names:
        yield ListedName(entry.entity_id, name, kind, entry.schema, births)


def _joined(values: list[str]) -> str:
    parts = [text_of(part) for value in values if value for part in value.split(";")]
    return "; ".join(dict.fromkeys(filter(None, parts)))
