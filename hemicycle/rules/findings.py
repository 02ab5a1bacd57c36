"""Findings: what a rule answers when it is not met, in words that a page can print.

A message is an English msgid with ``%(name)s`` places; the web layer translates it with the catalogue in
``hemicycle/rules/locale`` and fills the places afterwards. ``article`` is a key of the charter
(``candidacy.submit``), never a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Mark ``message`` for extraction; it is translated later, where the reader's language is known."""
    return message


@dataclass(frozen=True)
class Finding:
    """One line of an answer: the message, its parameters, and the key of the article behind it."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    article: str = ""

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class Unmet(Exception):
    """A rule that is neither state nor authority (quota, deadline, quorum) is not met.

    `afterwards` is what the gate still does once the act is rolled back, in a transaction of its own: a refusal that is
    itself recorded.
    """

    def __init__(self, *findings: Finding, afterwards: Callable[[], object] | None = None) -> None:
        super().__init__(*findings)
        self.afterwards = afterwards
        self.findings: tuple[Finding, ...] = findings

    def __str__(self) -> str:
        return "; ".join(str(finding) for finding in self.findings)
