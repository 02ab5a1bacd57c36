"""The lists of a charter: each entry is one row with a key and its words in three languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from .rule import OfficeCode, Status, Text


@dataclass(frozen=True)
class Entry:
    """A named row; ``article``, ``status`` and ``source`` as for every rule."""

    key: str
    text: Text
    article: str
    status: Status
    source: str
    note: Text | None


@dataclass(frozen=True)
class Principle(Entry):
    """A commitment that binds participants. A placeholder is shown and never asked (procedure 3.6)."""

    asked: bool


@dataclass(frozen=True)
class Criterion(Entry):
    """Something that the candidate shows; ``judgement``: a person finds it, with reasons (R3)."""

    burden: Literal["candidate"]
    asked: bool
    judgement: bool
    needs_since: bool
    needs_evidence: bool


@dataclass(frozen=True)
class Bar(Entry):
    """Something that the assessors show, on dated facts, from ``since`` (inclusive) on."""

    burden: Literal["assessors"]
    asked: bool
    since: date


@dataclass(frozen=True)
class ServiceKind(Entry):
    """A kind of dated post or money; ``bars``: keys of the bars that cover it. None: it is told, and tested by no bar."""

    bars: tuple[str, ...]


@dataclass(frozen=True)
class Symbol(Entry):
    """A symbol that is recognised on the premises, or refused there (R12)."""

    standing: Literal["recognised", "refused"]


@dataclass(frozen=True)
class ListRule:
    """Of the people on a list of whom ``feature`` is ``value`` (or of each value), at least and at most so many sit.

    A bound is a number of seats, or a share of all seats with the ``rounding`` of a part of a seat.
    ``is_public``: the rule rests on facts that everybody may know, so that its numbers may be published. It holds for
    lists proposed from the day ``since`` on; None: for all.
    """

    code: str
    feature: Literal["reserve", "organisation", "residence", "newcomer"]
    value: str
    least: int | Fraction | None
    most: int | Fraction | None
    rounding: Literal["up", "down", "nearest"] | None
    is_statutory: bool
    is_public: bool
    since: date | None
    name: Text
    article: str
    status: Status
    source: str


@dataclass(frozen=True)
class Office:
    """A capacity to act; ``holding`` says whether it is granted, given by the matter, or nobody's."""

    code: OfficeCode
    name: Text
    holding: Literal["granted", "matter", "none"]
    granted_by: OfficeCode | None
    reads_files: bool
    second_factor: bool
    holds_term_months: int | None
    incompatible_with: tuple[OfficeCode, ...]
    article: str
    status: Status
    source: str


@dataclass(frozen=True)
class DatedName:
    """A name with the days on which it was right: from ``from_`` (inclusive) until ``until`` (exclusive)."""

    name: Text
    from_: date | None
    until: date | None


@dataclass(frozen=True)
class Committee:
    """A committee of the assembly; names change, so each is dated."""

    key: str
    names: tuple[DatedName, ...]
    article: str
    status: Status
    source: str

    def name(self, on: date) -> Text:
        """The name in force ``on`` that day; the last one when no period holds the day."""
        for dated in self.names:
            if (dated.from_ is None or dated.from_ <= on) and (dated.until is None or on < dated.until):
                return dated.name
        return self.names[-1].name


@dataclass(frozen=True)
class Article:
    """An article of the charter file itself (never one of the resolution)."""

    number: str
    status: Status
    source: str


@dataclass(frozen=True)
class Chapter:
    """A heading and its articles, in the order of the file."""

    number: str
    title: Text
    articles: tuple[Article, ...]
