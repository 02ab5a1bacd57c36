"""What time does to a proposal: overdue stages are told in the levels of the charter, and what is ignored is written down."""

from __future__ import annotations

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.record.due import take_each
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import OutOfOrder

from .. import queries
from ..models import Proposal
from ..procedure import PROPOSAL
from .common import act, unmet

BATCH = 200


@act
def remind(proposal: Proposal, by: Actor) -> Facts:
    """A stage has come to the next level of being overdue, which is told once. Nothing is moved by it."""
    told = []
    for stage in proposal.stages.select_for_update().filter(ended_at__isnull=True):
        level = queries.overdue_level(stage, clock.now())
        if level > stage.told_level:
            stage.told_level = level
            stage.save(update_fields=["told_level"])
            state = stage.asked_state.code if stage.asked_state else ""
            told.append({"stage": stage.key, "state": state, "level": level, "due": stage.due_on})
    if not told:  # another clock was faster
        raise OutOfOrder(PROPOSAL, PROPOSAL.by_act["remind"], proposal.state)
    return Facts({"stages": told})


@act
def mark_ignored(proposal: Proposal, by: Actor) -> Facts:
    """What was due has had no act for the time of the charter. It has counted as ignored since that instant, without this."""
    if proposal.standing(clock.now()) == proposal.state:
        raise unmet(N_("The time for this has not passed."), "mark_ignored")
    open_rows = proposal.stages.filter(ended_at__isnull=True)
    return Facts({"since": min(stage.ignored_at for stage in open_rows)})


def tick() -> int:
    """Tell what is overdue and write down what is ignored, a batch in each round. Returns how many acts were taken."""
    now = clock.now()
    reached = {stage.proposal_id for stage in queries.levels_to_tell(now)}
    done = take_each(remind, Proposal.objects.filter(pk__in=sorted(reached)[:BATCH]))
    return done + take_each(mark_ignored, queries.to_be_marked_ignored(now)[:BATCH])
