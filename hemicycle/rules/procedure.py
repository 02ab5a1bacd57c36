"""Procedure as tables: which act leads from which state to which, by which office, and who may know of it.

A table is data that a clerk can read. `Table.decide` is the only judgement made on it, and it is pure: the gate,
the buttons, the printed procedure book and the table test all ask the same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any


class Office(StrEnum):
    """Capacities to act. Their names for people are charter data (`charter.office(code)`)."""

    SECRETARIAT = "secretariat"
    ASSESSOR = "assessor"
    REVIEWER = "reviewer"
    PRESIDENT = "president"
    ACTING_PRESIDENT = "acting_president"
    BUREAU_MEMBER = "bureau_member"
    SECRETARY_GENERAL = "secretary_general"
    GENERAL_RAPPORTEUR = "general_rapporteur"
    DELEGATE = "delegate"
    INTEGRITY_OFFICER = "integrity_officer"
    TREASURER = "treasurer"
    # Given by the matter, not held for a time:
    CANDIDATE = "candidate"
    PARTICIPANT = "participant"
    VOTER = "voter"
    INVITED_BODY = "invited_body"
    COMMITTEE_CHAIR = "committee_chair"  # of the committee that the matter concerns
    ASKER = "asker"  # put the question
    ADDRESSEE = "addressee"  # owes the answer
    AUTHOR = "author"  # wrote the text
    SIGNATORY = "signatory"  # consented to the final text
    CORRESPONDENT = "correspondent"  # one of the two of a private exchange
    # Neither held nor given:
    CLOCK = "clock"
    ANYONE = "anyone"
    FOUNDER = "founder"


class Publicity(Enum):
    """Who may know of an entry of the record, and from when."""

    PUBLIC = "public"  # at once
    ON_RELEASE = "on_release"  # when the matter is released
    HOUSE = "house"  # office-holders of the house and the person concerned
    SEALED = "sealed"  # who may see the matter; in public only daily totals, after the call has closed (1.3)


NEW = ""  # the state of a matter that does not exist yet
SAME = "*"  # a target: the state stays as it was


@dataclass(frozen=True)
class Step:
    """One row: an act, the states it starts from, the states it may lead to, the offices that may take it.

    `title` is what a button says, in the imperative. `two_person_of` names the act whose person may not take
    this one too. `grave` acts are shown with a warning. `inner` acts happen only within an act of a later room (a
    mandate is suspended within a suspension case), never by themselves. `signed` acts, sent by a form, are signed with a
    passkey that checks its person then and there. An act that `reads` leaves its matter as it was: what somebody else
    writes on it at that moment is not stale. So does one that works `beside` it, as a ballot is put into an urn. The
    article is the charter's entry for `<room>.<act>`.
    """

    act: str
    sources: Sequence[str]
    target: str | Sequence[str]
    offices: Sequence[Office]
    publicity: Publicity
    title: Any = ""
    note: Any = ""
    two_person_of: str | None = None
    grave: bool = False
    inner: bool = False
    signed: bool = False
    reads: bool = False
    beside: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        return (self.target,) if isinstance(self.target, str) else tuple(self.target)


class Refused(Exception):
    """An act that did not happen. Nothing has changed."""

    status = 400


class OutOfOrder(Refused):
    """The state of the matter does not allow the act."""

    status = 409

    def __init__(self, table: Table, step: Step, state: str) -> None:
        self.table, self.step, self.state = table, step, state
        super().__init__(f"{table.room}.{step.act} is out of order in state {state or 'new'!r}")


class NotEmpowered(Refused):
    """The person holds no office that may take the act."""

    status = 403

    def __init__(self, table: Table, step: Step, offices: Iterable[str] = ()) -> None:
        self.table, self.step, self.offices = table, step, frozenset(offices)
        super().__init__(f"{table.room}.{step.act} is for {', '.join(step.offices)}")


@dataclass(frozen=True)
class Table:
    """The acts of one kind of matter. `states` maps each state to its name for people.

    `existence_sealed`: whoever may not see a matter of this kind must not learn that it exists (404, not 403).
    """

    room: str
    matter: str
    title: Any
    states: dict[str, Any]
    steps: Sequence[Step]
    existence_sealed: bool = False
    by_act: dict[str, Step] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_act = {step.act: step for step in self.steps}
        if len(by_act) != len(self.steps):
            raise ValueError(f"{self.room}.{self.matter}: an act stands in two rows")
        for step in self.steps:
            known = {NEW, SAME, *self.states}
            strange = {*step.sources, *step.targets} - known
            if strange:
                raise ValueError(f"{self.room}.{step.act}: unknown state {sorted(strange)}")
            if step.two_person_of and step.two_person_of not in by_act:
                raise ValueError(f"{self.room}.{step.act}: unknown act {step.two_person_of!r}")
        object.__setattr__(self, "by_act", by_act)

    def article_key(self, act: str) -> str:
        """The charter's key for the article of an act: `candidacy.submit`."""
        return f"{self.room}.{act}"

    def decide(self, act: str, state: str, offices: Iterable[str]) -> Office:
        """Return the office in which the act is taken, or raise `NotEmpowered` or `OutOfOrder`.

        State and authority are two columns, both required. Authority is asked first, so that a person without
        office learns nothing of the state. Of several offices held, the first of the row counts.
        """
        step = self.by_act[act]
        held = set(offices)
        office = next((o for o in step.offices if o in held), None)
        if office is None:
            raise NotEmpowered(self, step, held)
        if state not in step.sources:
            raise OutOfOrder(self, step, state)
        return office

    def open_to(self, state: str, offices: Iterable[str]) -> tuple[Step, ...]:
        """The steps that someone with these offices may take in this state, in the table's order."""
        held = set(offices)
        return tuple(s for s in self.steps if state in s.sources and held.intersection(s.offices))

    def state_title(self, state: str) -> Any:
        return self.states.get(state, state)
