"""What the first clerk entered, for the second to see before it counts: a vote held elsewhere, beside its source
(procedure 5.7), and a ballot given at the desk, with the member (5.6).
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.assembly.models import Delegation
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import Office
from hemicycle.web import desk
from hemicycle.web.desk import Fact
from hemicycle.web.parts import Cell, Row
from hemicycle.web.templatetags.house import moment

from . import queries
from .individual import individual_columns, individual_row
from .models import Choice, DeskBallot, Vote, VoterFile
from .procedure import DESK, VOTE, DeskState, FileState, VoteState


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
    if not actor.holds(Office.SECRETARIAT):
        return {}
    if vote.state != VoteState.ENTERED:
        return _at_desk(vote)
    delegations = {row.code: row.shown_name for row in Delegation.objects.all()}
    rows = [individual_row(row, row.name, delegations) for row in queries.entered_votes(vote)]
    return {"entered_rows": rows, "entered_columns": individual_columns()}


def _at_desk(vote: Vote) -> dict[str, Any]:
    """The ballots at the desk that do not count yet: whose, and since when. The choice stands on the ballot's own page,
    where it is confirmed."""
    if vote.standing(clock.now()) != VoteState.OPEN:
        return {}
    rows = [
        Row(
            [
                Cell(ballot.roll_entry.name, url=desk.matter_url(ballot)),
                Cell(str(moment(ballot.created_at))),
                Cell(state_label=DESK.state_title(ballot.state)),
            ]
        )
        for ballot in _entered(vote.desk_ballots.all())
    ]
    return {"desk_rows": rows, "desk_columns": [_("Name"), _("Entered"), _("State")]}


def entries_for(actor: Actor) -> QuerySet[Vote]:
    """Votes held elsewhere that the actor, as the second clerk, can confirm. One query."""
    if not actor.holds(Office.SECRETARIAT):
        return Vote.objects.none()
    return Vote.objects.filter(state=VoteState.ENTERED).exclude(
        reference__in=_first_halves(actor, "record_elsewhere")
    )


def desk_ballots_for(actor: Actor) -> QuerySet[DeskBallot]:
    """Ballots at the desk that the actor, as the second clerk, can confirm now. Whoever voted with a device meanwhile
    keeps that vote: there is nothing to confirm. One query."""
    if not actor.holds(Office.SECRETARIAT):
        return DeskBallot.objects.none()
    running = DeskBallot.objects.filter(vote__in=queries.open_now(), roll_entry__has_voted=False)
    return _entered(running.exclude(reference__in=_first_halves(actor, "cast_at_desk")))


def voter_files_for(actor: Actor) -> QuerySet[VoterFile]:
    """Voter files that another clerk asked for. One query."""
    if not actor.holds(Office.SECRETARIAT):
        return VoterFile.objects.none()
    asked = VoterFile.objects.filter(
        state=FileState.ASKED, vote__state=VoteState.CALLED, issue=F("vote__issue")
    )
    return asked.exclude(reference__in=_first_halves(actor, "ask_voter_file")).select_related("vote")


def _first_halves(actor: Actor, act: str) -> QuerySet[Entry, str]:
    """The references of what this person entered, which is entered once only."""
    return Entry.objects.filter(room=VOTE.room, act=act, actor=actor.reference).values_list(
        "matter", flat=True
    )


def _entered(ballots: QuerySet[DeskBallot]) -> QuerySet[DeskBallot]:
    return ballots.filter(state=DeskState.ENTERED).select_related("vote", "roll_entry").order_by("created_at")
