"""Outcomes of votes held elsewhere: recorded, never cast here; each with its source and two clerks (procedure
5.7).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from django.utils import timezone

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_ as _
from hemicycle.rules.findings import Finding, Unmet
from hemicycle.voting import queries
from hemicycle.voting import roll as rolls
from hemicycle.voting.models import Ballot, Choice, Form, Method, RollEntry, Vote
from hemicycle.voting.procedure import VoteState

from .calling import act, freeze_rule
from .closing import facts_of

ARTICLE = "voting.record_elsewhere"


@act
def record_elsewhere(
    vote: Vote,
    by: Actor,
    *,
    form: str,
    source: str,
    for_: int | None = None,
    against: int | None = None,
    abstentions: int | None = None,
    casting_vote: str = "",
    roll: int | None = None,
    abstentions_by_delegation: Mapping[str, int] | None = None,
    individual_votes: Sequence[Mapping[str, str]] = (),
) -> Facts:
    """Enter what a source document says of a vote. `vote` is unsaved and says question, body, subject and
    `held_on`.

    `form`: `no_objection` (no figures), `show_of_hands` or `recorded_vote` (figures), or `individual_votes` (rows with `name`,
    `capacity`, `delegation_code`, `group_code`, `choice`; figures are counted from them, and must agree where
    they are given). `roll`: how many had the right to vote, where the source says it. Raises `Unmet` for
    figures that cannot be.
    """
    vote.method, vote.form, vote.source = Method.ELSEWHERE, form, source.strip()
    freeze_rule(vote, law.in_force())
    # Whoever counted there has seen to the quorum; it cannot be verified again from here.
    vote.rule = {**vote.rule, "quorum_verified": "never"}
    _check(vote)
    given = (for_, against, abstentions)
    figures = _figures(form, given, individual_votes)
    vote.abstentions_by_delegation = dict(abstentions_by_delegation or {})
    _check_abstentions(vote.abstentions_by_delegation, figures)
    vote.outcome = {"refused": 0} if figures is None else _outcome(vote, figures, roll, casting_vote)
    vote.save(force_insert=True)
    _import(vote, individual_votes)
    facts: dict[str, object] = {
        "subject": vote.subject,
        "body": vote.body,
        "form": form,
        "held_on": vote.held_on,
        "rule": vote.charter,
    }
    if figures is not None:
        facts |= dict(zip(("for", "against", "abstentions"), figures, strict=True))
    return Facts(facts, {"source": vote.source, "question": vote.question_en})


@act
def confirm_elsewhere(vote: Vote, by: Actor) -> Facts:
    """The second clerk, with the same source before him or her, confirms; the vote counts from then on."""
    vote.closed_at = _instant(vote)
    if vote.form == Form.NO_OBJECTION:
        return Facts({"form": vote.form, "rule": vote.charter}, to=VoteState.CARRIED)
    outcome = queries.outcome_from(queries.rule_of(vote), vote.outcome or {})
    facts: dict[str, object] = {
        **facts_of(vote, outcome),
        "form": vote.form,
        "abstaining": sorted(vote.abstentions_by_delegation),
    }
    return Facts(facts, to=VoteState.CARRIED if outcome.carried else VoteState.REJECTED)


@act
def withdraw_elsewhere(vote: Vote, by: Actor) -> Facts:
    """Take back an entry that the second clerk cannot confirm."""
    return Facts()


def _check(vote: Vote) -> None:
    if not vote.form or vote.form not in Form.values:
        raise Unmet(Finding(_("Say how the vote was taken."), article=ARTICLE))
    if not vote.source:
        raise Unmet(Finding(_("Name the source document."), article=ARTICLE))
    if vote.held_on is None or vote.held_on > clock.today():
        raise Unmet(Finding(_("Give the day of the vote; it cannot be in the future."), article=ARTICLE))


def _figures(
    form: str, given: tuple[int | None, ...], rows: Sequence[Mapping[str, str]]
) -> tuple[int, int, int] | None:
    if form == Form.NO_OBJECTION:
        if any(given) or rows:
            raise Unmet(Finding(_("Where nobody objected, no figures were taken."), article=ARTICLE))
        return None
    if form == Form.INDIVIDUAL:
        found = Counter(row["choice"] for row in rows)
        if not rows or set(found) - set(Choice.values):
            raise Unmet(
                Finding(_("The file has no votes, or a vote that is not one of the three."), article=ARTICLE)
            )
        counted = (found[Choice.FOR], found[Choice.AGAINST], found[Choice.ABSTENTION])
        if any(one is not None and one != other for one, other in zip(given, counted, strict=True)):
            raise Unmet(Finding(_("The figures and the individual votes do not agree."), article=ARTICLE))
        return counted
    if any(one is None or one < 0 for one in given) or not any(given) or rows:
        raise Unmet(Finding(_("Give all three figures: for, against, abstentions."), article=ARTICLE))
    return (given[0] or 0, given[1] or 0, given[2] or 0)


def _check_abstentions(by_delegation: Mapping[str, int], figures: tuple[int, int, int] | None) -> None:
    total = figures[2] if figures else 0
    if by_delegation and (min(by_delegation.values()) < 1 or sum(by_delegation.values()) != total):
        raise Unmet(
            Finding(_("The abstentions by delegation do not add up to %(total)s."), {"total": total}, ARTICLE)
        )


def _outcome(
    vote: Vote, figures: tuple[int, int, int], roll: int | None, casting_vote: str
) -> dict[str, object]:
    entitled = roll if roll is not None else max(rolls.size_of(vote), sum(figures))
    if entitled < sum(figures) or casting_vote not in ("", Choice.FOR, Choice.AGAINST):
        raise Unmet(Finding(_("More votes are entered than there are voters."), article=ARTICLE))
    if casting_vote and (vote.rule["president_votes"] != "tie" or figures[0] != figures[1]):
        raise Unmet(Finding(_("There was no tie to break."), article=ARTICLE))
    return {
        "votes_for": figures[0],
        "votes_against": figures[1],
        "abstentions": figures[2],
        "roll": entitled,
        "seats": entitled,
        "president": casting_vote or "absent",
        "refused": 0,
    }


def _import(vote: Vote, rows: Sequence[Mapping[str, str]]) -> None:
    lines = RollEntry.objects.bulk_create(
        RollEntry(
            vote=vote,
            position=position,
            name=row["name"],
            capacity=row.get("capacity") or "representative",
            delegation_code=row.get("delegation_code", ""),
            group_code=row.get("group_code", ""),
            has_voted=True,
        )
        for position, row in enumerate(rows, start=1)
    )
    Ballot.objects.bulk_create(
        Ballot(vote=vote, roll_entry=line, choice=row["choice"])
        for line, row in zip(lines, rows, strict=True)
    )


def _instant(vote: Vote) -> datetime:
    """The end of the day on which the vote was held, at the seat of the assembly; never later than now."""
    if vote.held_on is None:
        raise ValueError(f"{vote.reference} has no day")
    return min(timezone.make_aware(datetime.combine(vote.held_on, time.max)), clock.now())
