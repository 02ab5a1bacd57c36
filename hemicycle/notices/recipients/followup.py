"""Who is told of proposals on their way, and of what waits for a second person (14.9)."""

from __future__ import annotations

from collections.abc import Iterable

from hemicycle.assembly import queries as assembly
from hemicycle.assembly.models import Capacity
from hemicycle.followup.models import Proposal
from hemicycle.record import clock, law
from hemicycle.record.models import Entry

from ..models import Kind
from ._told import Row, chair_of, clerks

Keys = Iterable[int | None]


def _proposal(entry: Entry) -> Proposal:
    return Proposal.objects.select_related("committee", "mandate").get(reference=entry.matter)


def maker(entry: Entry) -> Keys:
    """Who made it; nobody where the Secretariat entered what a side proposed."""
    row = _proposal(entry)
    return (row.mandate.person_id if row.mandate is not None else row.person_id,)


def chair(entry: Entry) -> Keys:
    return chair_of(_proposal(entry).committee)


def rapporteur(entry: Entry) -> Keys:
    rows = _proposal(entry).stages.filter(key="report", ended_at=None)
    return rows.values_list("rapporteur_id", flat=True)


def _heads(states: Iterable[str]) -> set[int | None]:
    seats = assembly.seats_at(clock.now()).filter(
        capacity=Capacity.HEAD_OF_DELEGATION, delegation__code__in=list(states)
    )
    return set(seats.values_list("person_id", flat=True))


def heads_of_delegation(entry: Entry) -> Keys:
    """Of the states that the entry says were asked."""
    return _heads(entry.facts["states"])


def owners(entry: Entry) -> Keys:
    """Whose stage is overdue: the head of the delegation of a state, the rapporteur, else the chair; the chair also at the
    last level."""
    told, proposal = entry.facts["stages"], _proposal(entry)
    found = _heads(stage["state"] for stage in told if stage["state"])
    last = len(law.in_force(entry.at).dialogue.overdue_steps.value)
    for stage in told:
        named = set(rapporteur(entry)) - {None} if stage["stage"] == "report" else set()
        found |= named
        if (not stage["state"] and not named) or stage["level"] >= last:
            found |= set(chair_of(proposal.committee))
    return found


def second_persons(entry: Entry) -> Keys:
    """Who may confirm what one person said: other clerks, and the chair, who is none for the own proposal."""
    row = _proposal(entry)
    return {*clerks(entry), *chair_of(row.committee)} - {row.person_id}


R = "followup"

#        act                      kind                    who
FOLLOWUP = (
    Row(R, "make_proposal", Kind.DECISION_WANTED, chair),
    Row(R, "take_up", Kind.PROPOSAL, maker),
    Row(R, "take_up", Kind.REPORT_WANTED, rapporteur),
    Row(R, "decline", Kind.PROPOSAL, maker),
    Row(R, "record_report", Kind.PROPOSAL, maker),
    Row(R, "ask_state", Kind.PROPOSAL, maker),
    Row(R, "ask_state", Kind.QUESTION, heads_of_delegation),
    Row(R, "record_answer", Kind.PROPOSAL, maker),
    Row(R, "claim_carried_out", Kind.CONFIRMATION_WANTED, second_persons),
    Row(R, "confirm_carried_out", Kind.PROPOSAL, maker),
    Row(R, "close_proposal", Kind.PROPOSAL, maker),
    Row(R, "remind", Kind.OVERDUE, owners),
    Row(R, "mark_ignored", Kind.PROPOSAL, maker),
    Row(R, "transcribe", Kind.CONFIRMATION_WANTED, clerks),
)
