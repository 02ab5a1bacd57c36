"""The sections of a charter on the dialogue: questions and their clock, speech, statements, consultations, follow-up.

As in `sections.py`, every field is one key of the TOML file.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from .entries import Entry
from .rule import Rule


@dataclass(frozen=True)
class Timed(Entry):
    """A row with a period. ``days``: working days of the seat for a kind of question, or for a stage of the follow-up."""

    days: int


@dataclass(frozen=True)
class Dialogue:
    """``overdue_steps``: after how many working days each level of an overdue answer begins; the last one is the chair's.
    ``admit_days``, ``review_days``: working days of the seat in which the house decides on a question, and on a review."""

    draft_days: Rule[int]
    admit_days: Rule[int]
    overdue_steps: Rule[tuple[int, ...]]
    extension_days_at_most: Rule[int]
    review_request_days: Rule[int]
    review_days: Rule[int]
    exchange_erase_days: Rule[int]


@dataclass(frozen=True)
class Speech:
    """``erase_days``: after so many the words about a text set aside go, and a translation that was replaced or withdrawn."""

    set_aside_days_at_most: Rule[int]
    appeal_days: Rule[int]
    erase_days: Rule[int]


@dataclass(frozen=True)
class Statements:
    """``base``: of whom the share of article 8.6 is reckoned. ``occupied`` counts the seats of suspended participants too, so
    that a suspension never helps a statement over its threshold; ``sitting`` leaves them out. ``uncarried_amendments_at_most``: of
    one participant to one statement, open, rejected or withdrawn: nobody holds a text up for ever."""

    base: Rule[Literal["occupied", "sitting"]]
    consent_days: Rule[int]
    amendments_pass: Rule[Fraction]
    amendment_days: Rule[int]
    uncarried_amendments_at_most: Rule[int]
    group_members_at_least: Rule[int]
    erase_days: Rule[int]


@dataclass(frozen=True)
class Consultations:
    """``voters_at_least``: with fewer no groups of opinion are shown; ``cell_at_least``: no smaller number is shown;
    ``extend_days_at_most``: by so many days the time is extended, once;
    ``publish_matrix``: the answers themselves are published, without names and shuffled, where there are enough voters;
    ``erase_days``: how long after the publication the answers are kept, sealed."""

    voters_at_least: Rule[int]
    cell_at_least: Rule[int]
    civil_society: Rule[bool]
    statement_characters_at_most: Rule[int]
    extend_days_at_most: Rule[int]
    publish_days: Rule[int]
    publish_matrix: Rule[bool]
    erase_days: Rule[int]


@dataclass(frozen=True)
class FollowUp:
    ignored_after_days: Rule[int]
