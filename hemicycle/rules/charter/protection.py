"""The sections of a charter on the protection of data: who reads how much, who keeps what opens, and how long it is kept.

As in `sections.py`, every field is one key of the TOML file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .rule import OfficeCode, Rule


@dataclass(frozen=True)
class FilesAnHour:
    """How many sealed files one person may open in an hour; an office may have a number of its own."""

    general: Rule[int]
    secretariat: Rule[int] | None
    assessor: Rule[int] | None
    reviewer: Rule[int] | None
    president: Rule[int] | None
    secretary_general: Rule[int] | None

    def of(self, office: str) -> Rule[int]:
        """The rule for the office of that code."""
        own: Rule[int] | None = getattr(self, office, None)
        return own or self.general


@dataclass(frozen=True)
class FileReading:
    files_an_hour: FilesAnHour
    disclosure_delay_days_at_most: Rule[int]


@dataclass(frozen=True)
class Retention:
    inadmissible_days: Rule[int]
    not_chosen_days: Rule[int]
    after_term_days: Rule[int]
    suspension_days: Rule[int]
    interests_days: Rule[int]
    contact_register_days: Rule[int]
    grounds_days: Rule[int]
    letters_days: Rule[int]
    accounts_days: Rule[int]
    early_offices: Rule[tuple[OfficeCode, ...]]
    hold_needs_ground_and_end: Rule[bool]


@dataclass(frozen=True)
class Evidence:
    """``custodians``: the two offices whose holders have one half each of the key to which evidence is sealed."""

    custodians: Rule[tuple[OfficeCode, ...]]


@dataclass(frozen=True)
class Notices:
    """How somebody is told who has said no wish: ``outbox_minutes`` for reading what goes before it goes."""

    outbox_minutes: Rule[int]
    channel: Rule[Literal["mail", "app"]]
    wording: Rule[Literal["sentence", "word"]]
