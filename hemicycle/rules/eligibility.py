"""Eligibility: what a declaration still lacks. A person finds; no verdict and no score is computed here (R3, procedure 3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .charter.charter import Charter
from .findings import N_, Finding


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
