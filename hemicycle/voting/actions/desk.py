"""A named ballot for a member without a device, in open votes only (procedure 5.6, article 7.7)."""

from __future__ import annotations

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_ as _
from hemicycle.rules.findings import Finding, Unmet
from hemicycle.voting import queries
from hemicycle.voting.models import DeskBallot, Right, RollEntry, Vote
from hemicycle.voting.procedure import DESK, DeskState, VoteState

from .casting import check_choice, freeze_before_the_first, open_facts, put, refuse_if_out

act = gate(DESK, queries.offices)


@act
def cast_at_desk(ballot: DeskBallot, by: Actor) -> Facts:
    """Enter a ballot for a line of the roll. It counts only when another clerk and the member have confirmed
    it.
    """
    vote = _open_vote(ballot)
    check_choice(ballot.choice)
    line = ballot.roll_entry
    if line.vote_id != vote.pk or line.right != Right.ALWAYS:
        raise Unmet(Finding(_("Nobody of this name may vote here."), article="voting.cast_at_desk"))
    if line.person_id is not None and line.person_id == by.person:
        raise Unmet(
            Finding(_("A clerk does not enter his or her own ballot."), article="voting.cast_at_desk")
        )
    if line.has_voted or line.desk_ballots.filter(state=DeskState.ENTERED).exists():
        raise Unmet(Finding(_("A ballot of this voter is recorded already."), article="voting.cast_at_desk"))
    refuse_if_out(vote, line)
    return Facts({"vote": vote.reference, "position": line.position}, {"choice": ballot.choice})


@act
def confirm_desk_ballot(ballot: DeskBallot, by: Actor, *, confirmation: str) -> Facts:
    """The second clerk, with the member's own confirmation (`in_person` or `signed`), puts the ballot in."""
    if confirmation not in DeskBallot.Confirmation.values:
        raise Unmet(
            Finding(_("Say how the member confirmed the ballot."), article="voting.confirm_desk_ballot")
        )
    vote = _open_vote(ballot)
    freeze_before_the_first(vote)
    line = RollEntry.objects.select_for_update().get(pk=ballot.roll_entry_id)
    if line.person_id is not None and line.person_id == by.person:
        raise Unmet(
            Finding(_("A clerk does not enter his or her own ballot."), article="voting.confirm_desk_ballot")
        )
    put(vote, line, ballot.choice)
    ballot.confirmation = confirmation
    facts = open_facts(vote, line, ballot.choice)
    plain = {**facts.plain, "vote": vote.reference, "confirmation": confirmation}
    return Facts(plain, facts.sealed, publicity=facts.publicity)


@act
def withdraw_desk_ballot(ballot: DeskBallot, by: Actor) -> Facts:
    """Take back a ballot that was entered wrongly and not confirmed."""
    return Facts({"vote": ballot.vote.reference})


def _open_vote(ballot: DeskBallot) -> Vote:
    """The vote, locked. Raises `Unmet` when it is secret or not open now."""
    vote = Vote.objects.select_for_update().get(pk=ballot.vote_id)
    if vote.is_secret:
        raise Unmet(
            Finding(_("In a secret vote nobody gives a ballot at the desk."), article="voting.cast_at_desk")
        )
    if vote.standing(clock.now()) != VoteState.OPEN:
        raise Unmet(Finding(_("This vote is not open."), article="voting.cast_at_desk"))
    return vote
