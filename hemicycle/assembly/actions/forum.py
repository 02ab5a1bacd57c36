"""The decision that the separate forum is established ends the reserve for lists proposed from then on
(R10).
"""

from __future__ import annotations

from datetime import date

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import ForumDecision
from ..procedure import FORUM, ForumState

act = gate(FORUM, queries.offices)


@act
def record_forum_decision(
    decision: ForumDecision,
    by: Actor,
    *,
    forum: str | None = None,
    decided_on: date | None = None,
    source: str | None = None,
) -> Facts:
    """Record, from its source document, that the forum which the charter names is established."""
    decision.forum = forum or decision.forum
    decision.decided_on = decided_on or decision.decided_on
    decision.source = source or decision.source
    article = "assembly.record_forum_decision"
    ends_on = law.in_force().reserve.ends_on
    if ends_on is None or ends_on.value != decision.forum:
        raise Unmet(Finding(N_("The charter names no such forum."), article=article))
    if decision.decided_on > clock.today():
        raise Unmet(Finding(N_("A decision that has not been taken cannot be recorded."), article=article))
    if ForumDecision.objects.filter(forum=decision.forum, state=ForumState.CONFIRMED).exists():
        raise Unmet(Finding(N_("That forum is recorded as established already."), article=article))
    return Facts(
        {"forum": decision.forum, "decided_on": decision.decided_on}, sealed={"source": decision.source}
    )


@act
def confirm_forum_decision(decision: ForumDecision, by: Actor) -> Facts:
    """A second clerk has read the source: the reserve has ended for lists proposed from now on. A list proposed before
    this entry keeps it, whatever day the document bears.
    """
    if ForumDecision.objects.filter(forum=decision.forum, state=ForumState.CONFIRMED).exists():
        raise Unmet(
            Finding(
                N_("That forum is recorded as established already."),
                article="assembly.confirm_forum_decision",
            )
        )
    decision.confirmed_at = clock.now()
    return Facts({"forum": decision.forum, "decided_on": decision.decided_on})


@act
def withdraw_forum_decision(decision: ForumDecision, by: Actor) -> Facts:
    return Facts({"forum": decision.forum})
