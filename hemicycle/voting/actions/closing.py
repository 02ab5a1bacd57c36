"""Closing, counting, the President's casting vote (article 7.6)."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_ as _
from hemicycle.rules.findings import Finding, Unmet
from hemicycle.rules.majority import Outcome, tally
from hemicycle.voting import offered, queries, urn
from hemicycle.voting import roll as rolls
from hemicycle.voting.models import Ballot, Choice, Right, Vote
from hemicycle.voting.procedure import VoteState

from .calling import act
from .casting import check_choice


@act
def close(vote: Vote, by: Actor) -> Facts:
    """Close and count, from the charter's least time at a sitting and at the end of a written procedure; before, only
    when nobody is left who may vote. Raises `Unmet` (article 7.5).
    """
    offered.refuse(offered.against_close(vote))
    figures = rolls.figures(vote)
    refused = _refuse_late_interests(vote)
    figures.update(_count_secret(vote) if vote.is_secret else _count_open(vote))
    figures["quorum_asked"] = vote.is_quorum_asked
    figures["seats"] = rolls.seats_of(vote, figures["roll"])
    vote.closed_at = min(clock.now(), vote.closes_at or clock.now())
    vote.outcome = {**figures, "refused": refused}
    outcome = queries.outcome_from(queries.rule_of(vote), vote.outcome)
    return Facts(facts_of(vote, outcome), to=_state_after(vote, outcome))


def _refuse_late_interests(vote: Vote) -> int:
    """Ballots of those whose interest came to light after they voted do not count; the base stays (article
    3.5).
    """
    out = [line.pk for line in rolls.note_late_effects(vote, list(vote.roll.all()))]
    if vote.is_secret:
        return vote.roll.filter(pk__in=out, ciphertext__isnull=False).update(ciphertext=None)
    return Ballot.objects.filter(vote=vote, roll_entry__in=out).update(is_refused=True)


def _count_secret(vote: Vote) -> dict[str, int]:
    choices = urn.open_all(vote)
    return {
        "votes_for": choices.count(Choice.FOR),
        "votes_against": choices.count(Choice.AGAINST),
        "abstentions": choices.count(Choice.ABSTENTION),
    }


def _count_open(vote: Vote) -> dict[str, int]:
    return vote.ballots.filter(is_refused=False).aggregate(
        votes_for=Count("pk", filter=Q(choice=Choice.FOR)),
        votes_against=Count("pk", filter=Q(choice=Choice.AGAINST)),
        abstentions=Count("pk", filter=Q(choice=Choice.ABSTENTION)),
    )


def _state_after(vote: Vote, outcome: Outcome) -> VoteState:
    if outcome.quorum == "not_met":
        return VoteState.VOID
    rule = queries.rule_of(vote)
    chair = vote.roll.filter(right=Right.TIE).exists() and (vote.outcome or {}).get("president") != "recused"
    if outcome.tie and rule.tie == "president" and rule.president_votes == "tie" and chair:
        return VoteState.TIED
    return VoteState.CARRIED if outcome.carried else VoteState.REJECTED


def facts_of(vote: Vote, outcome: Outcome) -> dict[str, Any]:
    """The figures of an outcome as facts of an entry, with the rule: whoever reads them can count again."""
    rule = queries.rule_of(vote)
    return {
        "for": outcome.votes_for,
        "against": outcome.votes_against,
        "abstentions": outcome.abstentions,
        "votes_cast": outcome.votes_cast,
        "roll": outcome.roll,
        "threshold": rule.threshold,
        "threshold_is": rule.threshold_is,
        "basis": rule.basis,
        "base": outcome.base,
        "needed": outcome.needed,
        "quorum": outcome.quorum,
        "refused": queries.refused_ballots(vote),
        "rule": vote.charter,
    }


@act
def break_tie(vote: Vote, by: Actor, *, choice: str) -> Facts:
    """The proposer breaks the tie: `for` or `against`. Raises `Unmet` when not on the roll as President, or
    recused.
    """
    check_choice(choice)
    if choice == Choice.ABSTENTION:
        raise Unmet(Finding(_("A tie is broken by voting for or against."), article="voting.break_tie"))
    offered.refuse(offered.against_breaking(vote, by))
    vote.outcome = {**(vote.outcome or {}), "president": choice}
    outcome = queries.outcome_from(queries.rule_of(vote), vote.outcome)
    facts = {**facts_of(vote, outcome), "broken_by": "president", "casting_vote": choice}
    return Facts(facts, to=VoteState.CARRIED if outcome.carried else VoteState.REJECTED)


@act
def leave_tie(vote: Vote, by: Actor) -> Facts:
    """The President does not vote; the tie rejects. Who does not preside takes the act only where nobody may break the
    tie: whoever presided declared an interest since, or has left office. Raises `Unmet`."""
    offered.refuse(offered.against_leaving(vote, by))
    rolls.note_late_effects(vote, list(vote.roll.filter(right=Right.TIE)))
    outcome = queries.outcome_from(queries.rule_of(vote), vote.outcome or {})
    return Facts(facts_of(vote, outcome))


def recount(vote: Vote) -> tuple[int, int, int]:
    """(for, against, abstentions) counted again from the ballots themselves, to be held against the
    outcome.
    """
    rows: Any = vote.secret_ballots if vote.is_secret else vote.ballots.filter(is_refused=False)
    words = {"abstention": "abstain"}
    return tally(words.get(choice, choice) for choice in rows.values_list("choice", flat=True))
