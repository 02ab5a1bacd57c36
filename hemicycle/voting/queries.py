"""Questions to the votes. Results exist only after the close; individual votes only where the charter makes
them public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from hemicycle.assembly import queries as assembly
from hemicycle.people import queries as people
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.rules.majority import Outcome, VoteRule, count
from hemicycle.rules.procedure import Office as O

from . import roll as rolls
from .models import OUT, Ballot, DeskBallot, Form, Manner, Method, Right, RollEntry, Vote, VoterFile
from .procedure import CHAIR, VoteState

HOUSE = (O.SECRETARIAT, *CHAIR, O.SECRETARY_GENERAL, O.GENERAL_RAPPORTEUR)
FRACTIONS = ("threshold", "quorum", "base_floor")
COUNTED = (VoteState.TIED, VoteState.CARRIED, VoteState.REJECTED, VoteState.VOID)


@dataclass(frozen=True)
class Turnout:
    """How many of those who may vote have voted. Never how."""

    voted: int
    roll: int


@dataclass(frozen=True)
class IndividualVote:
    """One named vote of an open vote, after the close."""

    position: int
    name: str
    capacity: str
    delegation_code: str
    group_code: str
    replaces: str
    choice: str
    is_refused: bool


def offices(actor: Actor, matter: Any) -> frozenset[str]:
    """Held offices; VOTER for whoever may vote on this roll; a President with an interest does not
    preside.
    """
    held = set(assembly.offices(actor, matter))
    vote: Vote = matter.vote if isinstance(matter, DeskBallot | VoterFile) else matter
    if actor.person is None or vote.pk is None:
        return frozenset(held)
    line = line_of(vote, actor)
    if line is not None and line.right == Right.ALWAYS and not line.is_out:
        held.add(O.VOTER)
    if held.intersection(CHAIR) and rolls.is_out_now(vote, actor.person):
        held.difference_update(CHAIR)
    return frozenset(held)


def may_be_broken(vote: Vote) -> bool:
    """Whether somebody who presided by the roll holds the office still and declared no interest: the only one who may
    break a tie."""
    chairs = vote.roll.filter(right=Right.TIE, person__isnull=False).exclude(effect__in=OUT)
    return any(
        offices(people.actor(line.person), vote).intersection(CHAIR)
        for line in chairs.select_related("person")
        if line.person is not None
    )


def day_of(vote: Vote) -> date:
    """The day on which a vote was decided, here or elsewhere."""
    if vote.held_on is not None:
        return vote.held_on
    return timezone.localtime(vote.closed_at or vote.created_at).date()


def line_of(vote: Vote, actor: Actor) -> RollEntry | None:
    """The actor's own line of the roll."""
    return vote.roll.filter(person_id=actor.person).first() if actor.person is not None else None


def visible_to(actor: Actor) -> QuerySet[Vote]:
    """The house sees all votes; a voter sees those on whose roll he or she stands. The public has the
    gallery.
    """
    if actor.person is None:
        return Vote.objects.none()
    if assembly.offices(actor, None).intersection(HOUSE):
        return Vote.objects.all()
    return Vote.objects.filter(pk__in=RollEntry.objects.filter(person_id=actor.person).values("vote_id"))


def desk_ballots_visible_to(actor: Actor) -> QuerySet[DeskBallot]:
    """The Secretariat's clerks, and the member whose ballot it is."""
    ballots = DeskBallot.objects.select_related("vote", "roll_entry")
    if actor.holds(O.SECRETARIAT):
        return ballots
    return ballots.filter(roll_entry__person_id=actor.person) if actor.person is not None else ballots.none()


def voter_files_visible_to(actor: Actor) -> QuerySet[VoterFile]:
    """The Secretariat's clerks."""
    files = VoterFile.objects.select_related("vote")
    return files if actor.holds(O.SECRETARIAT) else files.none()


def votes_on(subject: str) -> QuerySet[Vote]:
    """All votes on a subject, the latest first. Empty for a blank subject."""
    return Vote.objects.filter(subject=subject) if subject else Vote.objects.none()


def open_now(at: datetime | None = None) -> QuerySet[Vote]:
    """Votes in which a ballot can be cast at an instant, whatever the clock's command has written."""
    return Vote.objects.filter(state=VoteState.OPEN, closes_at__gt=at or clock.now())


def open_to(actor: Actor, at: datetime | None = None) -> QuerySet[RollEntry]:
    """The actor's lines in votes that are open now, with the vote; `has_voted` says whether a ballot is
    there.
    """
    if actor.person is None:
        return RollEntry.objects.none()
    lines = RollEntry.objects.filter(person_id=actor.person, right=Right.ALWAYS, vote__in=open_now(at))
    return lines.exclude(effect__in=OUT).select_related("vote").order_by("vote__closes_at")


def turnout(vote: Vote) -> Turnout:
    """One query. Those out by an interest or presiding are not counted among those who may vote."""
    may = Q(right=Right.ALWAYS) & ~Q(effect__in=OUT)
    counted = vote.roll.aggregate(
        voted=Count("pk", filter=may & Q(has_voted=True)), roll=Count("pk", filter=may)
    )
    return Turnout(counted["voted"], counted["roll"])


def is_anybody_left(vote: Vote) -> bool:
    """Whether somebody on the roll has not voted and still may: whoever declared an interest since may not."""
    left = vote.roll.filter(right=Right.ALWAYS, has_voted=False).exclude(effect__in=OUT)
    persons = list(left.values_list("person_id", flat=True))
    effects = rolls.effects_on(vote, [person for person in persons if person is not None])
    return any(person is None or effects.get(person) not in OUT for person in persons)


def least(vote: Vote) -> timedelta:
    """The least time for which a vote is open, in its manner (article 7.5)."""
    periods = law.by_reference(vote.charter).periods
    if vote.manner == Manner.SITTING:
        return timedelta(minutes=periods.vote_sitting_minutes.value)
    return timedelta(days=periods.vote_written_days.value)


def rule_of(vote: Vote) -> VoteRule:
    """The rule that was frozen when the vote was called."""
    fields: dict[str, Any] = {key: Fraction(v) if key in FRACTIONS else v for key, v in vote.rule.items()}
    return VoteRule(**fields)


def frozen(rule: VoteRule) -> dict[str, Any]:
    """A rule as JSON: fractions as `1/2`."""
    return {key: str(value) if isinstance(value, Fraction) else value for key, value in asdict(rule).items()}


def outcome_from(rule: VoteRule, figures: Mapping[str, Any]) -> Outcome:
    """Count again from the figures that `Vote.outcome` keeps."""
    return count(rule, **{key: value for key, value in figures.items() if key != "refused"})


def outcome_of(vote: Vote) -> Outcome | None:
    """The outcome, computed again from rule and figures; None before the close, and where no figures were
    taken.
    """
    if vote.state not in COUNTED or not vote.outcome or vote.form == Form.NO_OBJECTION:
        return None
    return outcome_from(rule_of(vote), vote.outcome)


def carried(vote: Vote) -> bool:
    """Whether the vote carried. False while it runs."""
    return vote.state == VoteState.CARRIED


def refused_ballots(vote: Vote) -> int:
    """Ballots refused at the close because of an interest declared after the call."""
    return int((vote.outcome or {}).get("refused", 0))


def tells_all(vote: Vote) -> bool:
    """Whether a secret vote's result tells how each voter voted, because all voted alike."""
    if not vote.is_secret or not vote.outcome:
        return False
    return sum(bool(vote.outcome[key]) for key in ("votes_for", "votes_against", "abstentions")) == 1


def individual_votes(vote: Vote) -> list[IndividualVote]:
    """Named votes, in the order of the roll: only after the close, and only where the charter makes them
    public.
    """
    if vote.state not in COUNTED or not vote.is_individual_public or vote.method == Method.SECRET:
        return []
    return _named_votes(vote)


def entered_votes(vote: Vote) -> list[IndividualVote]:
    """Named votes that one clerk imported and no second one has confirmed yet, for the clerks only."""
    return _named_votes(vote) if vote.state == VoteState.ENTERED else []


def _named_votes(vote: Vote) -> list[IndividualVote]:
    ballots = Ballot.objects.filter(vote=vote).select_related("roll_entry").order_by("roll_entry__position")
    return [
        IndividualVote(
            ballot.roll_entry.position,
            ballot.roll_entry.name,
            ballot.roll_entry.capacity,
            ballot.roll_entry.delegation_code,
            ballot.roll_entry.group_code,
            ballot.roll_entry.replaces,
            ballot.choice,
            ballot.is_refused,
        )
        for ballot in ballots
    ]


def abstentions_by_delegation(vote: Vote) -> dict[str, int]:
    """Abstentions by delegation code, from the source of a vote held elsewhere or from public individual
    votes.
    """
    if vote.is_elsewhere and vote.abstentions_by_delegation:
        return dict(vote.abstentions_by_delegation)
    found: dict[str, int] = {}
    for ballot in individual_votes(vote):
        if ballot.choice == "abstention" and not ballot.is_refused:
            found[ballot.delegation_code] = found.get(ballot.delegation_code, 0) + 1
    return found
