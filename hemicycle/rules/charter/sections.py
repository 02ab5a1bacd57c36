"""The sections of a charter, typed: ``charter.seats.total.value`` is an ``int`` for the reader and for mypy.

Every field is one key of the TOML file (a trailing underscore is dropped). Durations are whole numbers with
their unit in the name. Shares are exact fractions. A field whose type allows ``None`` may be absent. A new key is read
by a room, or stands in ``fixed``; a house test asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from .entries import ListRule
from .rule import OfficeCode, Rule, Text

Effect = Literal["disclosed", "out_of_vote", "out_of_vote_and_base"]
Stage = Literal["approval", "ratification"]
Body = Literal["bureau", "assembly", "standing_committee", "committee"]
Currency = Literal["EUR", "CHF", "CZK", "DKK", "GBP", "NOK", "PLN", "SEK", "USD"]  # with two decimals
BODIES: tuple[Body, ...] = ("bureau", "assembly", "standing_committee", "committee")


@dataclass(frozen=True)
class Named:
    """A thing with a public name; ``charter.platform["fr"]`` is that name."""

    name: Rule[Text]

    def __getitem__(self, language: str) -> str:
        return self.name.value[language]


@dataclass(frozen=True)
class Platform(Named):
    short_name: Rule[Text]
    description: Rule[Text]
    emblem: Rule[str] | None


@dataclass(frozen=True)
class Assembly(Named):
    short_name: Rule[Text]
    organisation: Rule[Text]
    representatives: Rule[int]
    substitutes: Rule[int]
    vice_presidents: Rule[int]
    bureau_at_most: Rule[int]
    chaired_by: Rule[OfficeCode]
    group_chairs_on_platform: Rule[int]
    general_rapporteurs_on_platform: Rule[int]


@dataclass(frozen=True)
class Languages:
    authentic: Rule[tuple[str, ...]]
    working: Rule[tuple[str, ...]]


@dataclass(frozen=True)
class Creation:
    resolution: Rule[str]
    report: Rule[str]
    voted_on: Rule[date] | None
    votes_for: Rule[int]
    votes_against: Rule[int]
    abstentions: Rule[int]
    abstaining: Rule[tuple[str, ...]]


@dataclass(frozen=True)
class Stages:
    ratification: Rule[bool]
    joint_slates: Rule[bool]
    third_reader: Rule[bool]
    endorsements: Rule[bool]
    counter_statements: Rule[bool]
    consultation_of_assessors: Rule[bool]
    succession_list: Rule[bool]
    proportional_choice: Rule[bool]
    fair_lot: Rule[bool]


@dataclass(frozen=True)
class Seats:
    total: Rule[int]


@dataclass(frozen=True)
class Reserve:
    """``share`` 0 means that no seat is reserved; ``ends_on`` is the key of the charter that ends it."""

    name: Rule[Text]
    share: Rule[Fraction]
    rounding: Rule[Literal["up", "down", "nearest"]]
    base: Rule[Literal["seats", "filled"]]
    suspended_seat_counts: Rule[bool]
    ends_on: Rule[str] | None


@dataclass(frozen=True)
class Periods:
    call_minimum_days: Rule[int]
    completion_days: Rule[int]
    review_request_days: Rule[int]
    objection_days: Rule[int]
    reading_days: Rule[int]
    reply_days: Rule[int]
    reply_extended_days: Rule[int]
    review_days: Rule[int]
    latest_reply_days_after_close: Rule[int]
    acceptance_days: Rule[int]
    vote_sitting_minutes: Rule[int]
    vote_written_days: Rule[int]
    vote_closing_warning_hours: Rule[int]
    term_warning_months: Rule[int]
    vacancy_days: Rule[int]
    suspension_reply_days: Rule[int]
    suspension_review_days: Rule[int]
    urgent_reply_hours: Rule[int]
    urgent_suspension_days: Rule[int]
    enrolment_code_hours: Rule[int]
    recovery_wait_hours: Rule[int]
    caller_check_minutes: Rule[int]
    erase_withdrawn_days: Rule[int]
    erase_draft_days: Rule[int]
    erasure_delay_days: Rule[int]


@dataclass(frozen=True)
class BodyVotes:
    """How one body decides. ``threshold`` is passed (more_than) or reached (at_least) on ``basis``;
    ``quorum`` 0 means that none is required; ``quorum_base`` counts the roll or the seats of the body."""

    threshold: Rule[Fraction]
    threshold_is: Rule[Literal["more_than", "at_least"]]
    basis: Rule[Literal["cast", "present", "roll"]]
    quorum: Rule[Fraction]
    quorum_base: Rule[Literal["roll", "seats"]]
    quorum_verified: Rule[Literal["always", "on_request", "never"]]
    president_counts_for_quorum: Rule[bool]
    president_votes: Rule[Literal["tie", "always", "never"]]
    tie: Rule[Literal["rejects", "president"]]
    ballots: Rule[Literal["open", "secret"]]
    individual_votes_public: Rule[bool]
    replaced_capacities: Rule[tuple[str, ...]]
    special_threshold: Rule[Fraction] | None
    special_decisions: Rule[tuple[str, ...]] | None


@dataclass(frozen=True)
class Votes:
    bureau: BodyVotes
    assembly: BodyVotes
    standing_committee: BodyVotes
    committee: BodyVotes

    def of(self, body: str) -> BodyVotes:
        """The rules of the body named by its code; ``KeyError`` names an unknown body."""
        if body not in BODIES:
            raise KeyError(body)
        found: BodyVotes = getattr(self, body)
        return found


@dataclass(frozen=True)
class Effects:
    bureau: Rule[Effect]
    assembly: Rule[Effect]
    standing_committee: Rule[Effect]
    committee: Rule[Effect]

    def of(self, body: str) -> Rule[Effect]:
        """The effect of an interest in the body named by its code; ``KeyError`` names an unknown body."""
        if body not in BODIES:
            raise KeyError(body)
        found: Rule[Effect] = getattr(self, body)
        return found


@dataclass(frozen=True)
class Interests:
    """``base_floor``: the share of the frozen roll under which the base of a vote never falls."""

    effect: Effects
    base_floor: Rule[Fraction]
    disputed_decided_by: Rule[OfficeCode]
    removes_assignment: Rule[bool]
    caller_check_attempts: Rule[int]


@dataclass(frozen=True)
class Candidacy:
    deciding_clerks: Rule[int]
    late_admission_people: Rule[int]
    late_admission_ground: Rule[Text]
    chances_to_complete: Rule[int]
    slate_gives_right: Rule[bool]
    requires: Rule[tuple[str, ...]]
    evidence_files_at_most: Rule[int]
    evidence_file_megabytes: Rule[int]
    statement_words_at_most: Rule[int]


@dataclass(frozen=True)
class Vetting:
    readings: Rule[int]
    readings_blind: Rule[bool]
    unclear_excludes: Rule[bool]
    secret_source_excludes: Rule[bool]
    silence_is_admission: Rule[bool]
    independent_sources: Rule[int]
    helper_allowed: Rule[bool]
    reply_extended_on: Rule[tuple[str, ...]]
    review_by: Rule[OfficeCode]
    files_per_assessor_at_most: Rule[int]
    files_opened_per_day_at_most: Rule[int]


@dataclass(frozen=True)
class ListRules:
    proposed_by: Rule[OfficeCode]
    decided_by: Rule[Body]
    ratified_by: Rule[Body]
    ratified_between_part_sessions_by: Rule[Body]
    amendments_need_president: Rule[bool]
    separate_votes: Rule[bool]
    release_offices: Rule[tuple[OfficeCode, ...]]
    release_people: Rule[int]
    takes_effect_on: Rule[Stage]
    announce_on: Rule[Stage]
    succession_length: Rule[int]
    rules: tuple[ListRule, ...] | None  # beside the reserve


@dataclass(frozen=True)
class Mandates:
    capacity: Rule[Text]
    term_sessions: Rule[int]
    holding_over: Rule[bool]
    substitutes: Rule[bool]
    vacancies: Rule[Literal["succession_list", "new_proposal"]]


@dataclass(frozen=True)
class Suspension:
    urgent_offices: Rule[tuple[OfficeCode, ...]]
    urgent_people: Rule[int]
    reviewed_by: Rule[OfficeCode]
    upheld_ends_mandate: Rule[bool]
    helper_allowed: Rule[bool]
    correction_on: Rule[tuple[str, ...]]


@dataclass(frozen=True)
class Participation:
    voice: Rule[bool]
    vote: Rule[bool]
    chairs_leave: Rule[bool]
    committee_leave: Rule[bool]
    pass_per_meeting: Rule[bool]
    remote_on_chairs_leave: Rule[bool]
    in_name_of_all: Rule[Fraction]
    contact_persons: Rule[int]


@dataclass(frozen=True)
class Publication:
    small_number: Rule[int]
    contact_register_with_sheet: Rule[bool]
    names_may_be_withheld: Rule[bool]
    reveal_wait_days: Rule[int]
    candidacies_counted_after_close: Rule[bool]


@dataclass(frozen=True)
class Contributions:
    currency: Rule[Currency]


@dataclass(frozen=True)
class Session:
    part_sessions: Rule[int]
    part_session_days: Rule[int]


@dataclass(frozen=True)
class Governments:
    member_states: Rule[int]
    asked: Rule[tuple[str, ...]]


@dataclass(frozen=True)
class Amendment:
    adopted_by: Rule[Body]
    consulted: Rule[tuple[OfficeCode, ...]]
