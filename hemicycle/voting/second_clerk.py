"""What the first clerk entered, for the second to compare with the source before it counts (procedure 5.7)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.assembly.models import Delegation
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import Fact

from . import queries
from .individual import individual_columns, individual_row
from .models import Choice, Vote
from .procedure import VoteState


def figures(vote: Vote) -> list[Fact]:
    """Everything from which the outcome of an entered vote will be counted; nothing once it is confirmed."""
    entered = vote.outcome or {}
    if vote.state != VoteState.ENTERED or "votes_for" not in entered:
        return []
    by_delegation = ", ".join(
        f"{code} {number}" for code, number in sorted(vote.abstentions_by_delegation.items())
    )
    casting = entered["president"]
    none = pgettext_lazy("casting vote", "none")
    return [
        Fact(_("For"), entered["votes_for"]),
        Fact(_("Against"), entered["votes_against"]),
        Fact(_("Abstentions"), entered["abstentions"]),
        Fact(_("Abstentions by delegation, where the source names them"), by_delegation or "–"),
        Fact(
            _("Casting vote of the President in a tie"),
            Choice(casting).label if casting in Choice.values else none,
        ),
        Fact(_("How many had the right to vote"), entered["roll"]),
    ]


def context(vote: Vote, actor: Actor) -> dict[str, Any]:
    """Each name with its choice, for the clerks: once confirmed, they may be public under these names."""
    if vote.state != VoteState.ENTERED or not actor.holds(Office.SECRETARIAT):
        return {}
    delegations = {row.code: row.shown_name for row in Delegation.objects.all()}
    rows = [individual_row(row, row.name, delegations) for row in queries.entered_votes(vote)]
    return {"entered_rows": rows, "entered_columns": individual_columns()}
