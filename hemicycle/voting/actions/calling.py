"""Calling, the roll, opening, annulling (article 7.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hemicycle.assembly.queries import RollMember, body_kind, stands_in
from hemicycle.people.models import Language, Person
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.charter import Charter
from hemicycle.rules.findings import N_ as _
from hemicycle.rules.findings import Finding, Unmet
from hemicycle.rules.majority import VoteRule
from hemicycle.voting import offered, queries, urn
from hemicycle.voting import roll as rolls
from hemicycle.voting.models import OUT, Manner, Method, Right, RollEntry, Vote
from hemicycle.voting.procedure import VOTE, FileState

act = gate(VOTE, queries.offices)


@act
def call_vote(vote: Vote, by: Actor, *, roll: Sequence[RollMember]) -> Facts:
    """Freeze charter, rule and roll. `vote` is unsaved and says question, body, manner and, at will, its
    times.

    The charter of the day says whether the ballot is open or secret; another `method` is refused. Raises
    `Unmet`.
    """
    freeze_rule(vote, law.in_force())
    _check_times(vote)
    # The roll points at the vote, so the vote gets its row now; the gate saves it again with its state.
    vote.save(force_insert=True)
    rolls.freeze(vote, roll)
    return Facts(
        {
            "subject": vote.subject,
            "body": vote.body,
            "method": vote.method,
            "manner": vote.manner,
            "roll": len(roll),
            "rule": vote.charter,
            "opens_at": vote.opens_at,
            "closes_at": vote.closes_at,
        },
        {"question": vote.question_en},
    )


def freeze_rule(vote: Vote, charter: Charter) -> None:
    """Write the charter's rule for the body into the vote."""
    votes = charter.votes.of(body_kind(vote.body))
    prescribed = votes.ballots.value
    if vote.method not in ("", prescribed, Method.ELSEWHERE):
        raise Unmet(
            Finding(_("The charter prescribes another kind of ballot for this body."), article="voting.cast")
        )
    vote.method = vote.method or prescribed
    vote.charter = charter.reference
    rule = VoteRule.of(votes, base_floor=charter.interests.base_floor.value, decision=vote.decision)
    vote.rule = queries.frozen(rule)
    vote.is_individual_public = votes.individual_votes_public.value and vote.method != Method.SECRET


def _check_times(vote: Vote) -> None:
    if vote.closes_at is None:
        return
    opens = max(clock.now(), vote.opens_at or clock.now())
    if vote.closes_at <= opens:
        raise Unmet(Finding(_("The vote would close before it opens."), article="voting.call_vote"))
    _check_length(vote, vote.closes_at - opens, "voting.call_vote")


def _check_length(vote: Vote, length: timedelta, article: str) -> None:
    """Raise `Unmet` where the vote would be open for less than the charter's period."""
    periods = law.by_reference(vote.charter).periods
    if length >= queries.least(vote):
        return
    if vote.manner == Manner.SITTING:
        text = _("A vote at a sitting is open for at least %(number)s minutes: give a later closing time.")
        raise Unmet(Finding(text, {"number": periods.vote_sitting_minutes.value}, article))
    text = _("A written vote is open for at least %(number)s days: give a later closing time.")
    raise Unmet(Finding(text, {"number": periods.vote_written_days.value}, article))


@act
def replace(vote: Vote, by: Actor, *, line: RollEntry, name: str, person: Person) -> Facts:
    """Let somebody represent a member of the roll, where the charter allows it for that capacity, and two clerks have
    confirmed who it is: one alone takes no ballot away. Raises `Unmet`.
    """
    charter = law.by_reference(vote.charter)
    allowed = charter.votes.of(body_kind(vote.body)).replaced_capacities.value
    if line.vote_id != vote.pk:
        raise Unmet(Finding(_("This line stands on the roll of another vote."), article="voting.replace"))
    if line.capacity not in allowed:
        raise Unmet(
            Finding(_("Whoever sits in this capacity cannot be represented."), article="voting.replace")
        )
    if not stands_in(vote.body, person, line.replaces or line.name, clock.now()):
        raise Unmet(
            Finding(
                _("Two clerks have not confirmed that this person stands in for that member now."),
                article="assembly.confirm_replacement",
            )
        )
    if vote.roll.filter(person=person).exclude(pk=line.pk).exists():
        raise Unmet(Finding(_("Somebody stands on the roll twice."), article="voting.replace"))
    line.replaces = line.replaces or line.name
    line.name, line.person = name, person
    line.effect = rolls.effect_on(vote, person.pk)
    line.save()
    vote.issue += 1
    return Facts({"position": line.position, "issue": vote.issue}, {"name": name})


@act
def reissue_roll(vote: Vote, by: Actor, *, roll: Sequence[RollMember] | None = None) -> Facts:
    """Issue the roll again with the interests declared since; with `roll`, a new roll. Only before the first
    ballot.
    """
    offered.refuse(offered.against_reissue(vote))
    if roll is None:
        changed = rolls.refresh_effects(vote)
    else:
        if vote.opened_at is not None:
            raise Unmet(
                Finding(
                    _("The vote is open: only the interests are frozen anew, the names stay."),
                    article="voting.reissue_roll",
                )
            )
        changed = vote.roll.all().delete()[0]
        rolls.freeze(vote, roll)
        vote.issue += 1
    return Facts({"issue": vote.issue, "changed": changed, "roll": vote.roll.count()})


@act
def open_vote(vote: Vote, by: Actor, *, closes_at: datetime | None = None) -> Facts:
    """Open the vote. Without a closing time the charter's period counts from now. Raises `Unmet`.

    A vote that the clock opens late closes as much later as the charter's period needs.
    """
    if vote.voter_files.filter(issue=vote.issue, state=FileState.HANDED_OUT).exists():
        raise Unmet(
            Finding(
                _(
                    "The roll was handed out, to hold this vote elsewhere. Annul this vote; or issue a new roll, to hold it here."
                ),
                article="voting.open_vote",
            )
        )
    now = clock.now()
    vote.closes_at = closes_at or vote.closes_at or now + queries.least(vote)
    if vote.closes_at <= now:
        raise Unmet(
            Finding(
                _("The closing time is past: annul this vote and call it again."), article="voting.open_vote"
            )
        )
    if by.is_clock:
        vote.closes_at = max(vote.closes_at, now + queries.least(vote))
    _check_length(vote, vote.closes_at - now, "voting.open_vote")
    if vote.opens_at is None or vote.opens_at > now:
        vote.opens_at = now
    vote.opened_at = now
    rolls.refresh_effects(vote)
    if not vote.roll.filter(right=Right.ALWAYS).exclude(effect__in=OUT).exists():
        raise Unmet(Finding(_("The roll is empty: nobody may vote."), article="voting.open_vote"))
    if vote.is_secret:
        urn.prepare(vote)
    return Facts({"closes_at": vote.closes_at, "issue": vote.issue, "roll": queries.turnout(vote).roll})


@act
def annul(vote: Vote, by: Actor, *, reasons: str, language: str = Language.ENGLISH) -> Facts:
    """End a vote without a result. Secret ballots are destroyed unopened; open ones are never shown."""
    if not reasons.strip():
        raise Unmet(Finding(_("Give the reasons."), article="voting.annul"))
    vote.annulled_because, vote.annulled_language = reasons.strip(), language
    voted = vote.roll.filter(has_voted=True).count()
    vote.closed_at = clock.now()
    if vote.is_secret:
        urn.destroy(vote)
    return Facts({"voted": voted}, {"reasons": reasons})
