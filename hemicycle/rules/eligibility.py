"""Eligibility: what a declaration still lacks, and which dated periods meet a bar. A person finds.

No verdict and no score is computed here (R3, E3, procedure 3.3 and 3.6).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from .charter.charter import Charter
from .charter.entries import Bar
from .findings import N_, Finding
from .terms import overlap


@dataclass(frozen=True)
class Period:
    """A dated fact: ``[from_, until)``, open where ``None``; ``limb`` is the key of a bar, ``kind`` of a work
    or payment (one of the charter's excluded kinds, or any other word)."""

    limb: str
    kind: str
    from_: date | None
    until: date | None


@dataclass(frozen=True)
class Overlap:
    """The part ``[from_, until)`` of ``period`` that lies in the time of the bar; never a verdict."""

    period: Period
    bar: str
    from_: date
    until: date | None


@dataclass(frozen=True)
class Overlaps:
    """What meets the bar (``dated``), and what would but is of an excluded kind (``set_aside``), by date."""

    dated: tuple[Overlap, ...]
    set_aside: tuple[Overlap, ...]


@dataclass(frozen=True)
class Answer:
    """What a candidate gives on one criterion: a statement, since when, how many pieces of evidence."""

    statement: str = ""
    since: date | None = None
    evidence: int = 0


@dataclass(frozen=True)
class Declaration:
    """Answers by key of criterion; bars answered by key (``None``: not answered yet)."""

    criteria: Mapping[str, Answer] = field(default_factory=dict)
    bars: Mapping[str, bool | None] = field(default_factory=dict)


def overlaps(periods: Iterable[Period], bar: Bar, excluded_kinds: Collection[str]) -> Overlaps:
    """Which of ``periods`` on this bar's limb lie, in part or whole, on or after ``bar.since``; by date."""
    dated: list[Overlap] = []
    aside: list[Overlap] = []
    for period in periods:
        if period.limb != bar.key:
            continue
        shared = overlap((period.from_, period.until), (bar.since, None))
        if shared is None:
            continue
        found = Overlap(period, bar.key, shared[0] or bar.since, shared[1])
        (aside if period.kind in excluded_kinds else dated).append(found)
    return Overlaps(tuple(sorted(dated, key=_by_date)), tuple(sorted(aside, key=_by_date)))


def complete(declaration: Declaration, charter: Charter, *, on: date | None = None) -> tuple[Finding, ...]:
    """What the declaration still lacks, in the charter's order; empty when it can be submitted.

    ``on``: the day of the question, so that a date to come is refused. Only what is asked is required;
    ``params`` of a finding hold the ``key`` of its criterion or bar, and as ``rule`` its words (a ``Text``).
    """
    found: list[Finding] = []

    def lacks(message: str, key: str, words: object, **more: object) -> None:
        found.append(Finding(message, {"key": key, "rule": words, **more}, "candidacy.submit"))

    for criterion in charter.criteria:
        if not criterion.asked:
            continue
        answer = declaration.criteria.get(criterion.key, Answer())
        if not answer.statement.strip():
            lacks(N_("A statement is missing: %(rule)s"), criterion.key, criterion.text)
        if criterion.needs_since and answer.since is None:
            lacks(N_("It is not said since when: %(rule)s"), criterion.key, criterion.text)
        if on is not None and answer.since is not None and answer.since > on:
            lacks(N_("The date has not come yet: %(rule)s"), criterion.key, criterion.text)
        if criterion.needs_evidence and answer.evidence < 1:
            lacks(N_("Evidence is missing: %(rule)s"), criterion.key, criterion.text)
    for bar in charter.bars:
        if bar.asked and declaration.bars.get(bar.key) is None:
            lacks(N_("This question is not answered: %(rule)s"), bar.key, bar.text)
    return tuple(found)


def _by_date(found: Overlap) -> tuple[date, date]:
    return found.from_, found.until or date.max
