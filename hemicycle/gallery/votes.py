"""Votes as the public reads them: rule, roll, outcome with its arithmetic; individual votes where they are public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.assembly.actions.charter import BODIES
from hemicycle.assembly.models import Body, Delegation
from hemicycle.rules.majority import Outcome
from hemicycle.voting import presentation, queries
from hemicycle.voting.models import OUT, Form, Manner, Method, Right, Vote
from hemicycle.voting.procedure import VOTE, VoteState

from .mended import Mended
from .public import language

FIGURES = {"votes_for": "votes_for", "votes_against": "votes_against", "abstentions": "abstentions"}


@dataclass(frozen=True)
class Line:
    """One vote in a list of votes."""

    reference: str
    url: str
    question: str
    body: str
    on: date
    result: str
    result_kind: str
    figures: str
    is_unanimous: bool
    is_elsewhere: bool
    outcome: Outcome | None = None
    rule: str = ""
    charter: str = ""


def lines(votes: Iterable[Vote]) -> list[Line]:
    """Votes in their order. Two queries, whatever their number."""
    rows = list(votes)
    mended = Mended(vote.reference for vote in rows)
    names = bodies()
    return [_line(mend(vote, mended), names) for vote in rows]


def _line(vote: Vote, names: dict[str, str]) -> Line:
    outcome = queries.outcome_of(vote)
    return Line(
        reference=vote.reference,
        url=address(vote),
        question=vote.question,
        body=names.get(vote.body, vote.body),
        on=queries.day_of(vote),
        result=str(VOTE.state_title(vote.state)),
        result_kind=presentation.state_kind(vote.state),
        figures=figures(outcome) if outcome else _("no objection") if vote.form == Form.NO_OBJECTION else "",
        is_unanimous=outcome is not None and outcome.unanimous,
        is_elsewhere=vote.is_elsewhere,
        outcome=outcome,
        rule=presentation.rule_text(queries.rule_of(vote)),
        charter=vote.charter,
    )


def address(vote: Vote) -> str:
    return reverse("public-vote", args=["founding" if vote.subject == "founding" else vote.reference])


def figures(outcome: Outcome) -> str:
    """For, against, abstentions: `80-0-4`."""
    return f"{outcome.votes_for}-{outcome.votes_against}-{outcome.abstentions}"


def bodies() -> dict[str, str]:
    """Names of bodies by code, in the language of the page. One query."""
    place = ("en", "fr", "ru").index(language()) if language() in ("en", "fr", "ru") else 0
    found = {code: names[place] for code, names in BODIES.items()}
    found.update({body.code: body.shown_name for body in Body.objects.all()})
    return found


def mend(vote: Vote, mended: Mended) -> Vote:
    """The vote as it reads after its corrections; this instance is for showing and is never saved.

    Corrected figures are counted anew, so that the arithmetic is theirs; figures that cannot be (more votes than
    voters) are not counted, and the correction still stands beside the outcome.
    """
    for code in ("en", "fr", "ru"):
        name = f"question_{code}"
        setattr(vote, name, mended.text(vote.reference, "question", getattr(vote, name), code))
    vote.source = mended.text(vote.reference, "source", vote.source)
    before = vote.outcome or {}
    after = {
        **before,
        **{key: mended.number(vote.reference, key, before[key]) for key in FIGURES if key in before},
    }
    if after != before and _can_be(vote, after):
        vote.outcome = after
    return vote


def _can_be(vote: Vote, counted: dict[str, Any]) -> bool:
    given = sum(counted[key] for key in FIGURES)
    return bool(given <= counted["roll"] - counted.get("out_of_vote", 0) - counted.get("out_of_base", 0))


@dataclass(frozen=True)
class Roll:
    """Sizes of the roll, and who was out of the vote by a declared interest. Names only where votes are public."""

    members: int
    voters: int
    replaced: int
    interests: Sequence[tuple[str, str]]
    interests_number: int


def roll_of(vote: Vote, mended: Mended | None = None) -> Roll:
    """One query. The effect of an interest is public, what it is and in whom is not (4.1, 1.3)."""
    rows = list(vote.roll.all())
    tied = [row for row in rows if row.has_interest]
    named = vote.is_individual_public and not vote.is_secret
    names = mended.of_roll(vote.reference, "name") if mended is not None else {}
    return Roll(
        members=len(rows),
        voters=sum(row.right == Right.ALWAYS and row.effect not in OUT for row in rows),
        replaced=sum(bool(row.replaces) for row in rows),
        interests=[(names.get(row.position, row.name), row.interest) for row in tied] if named else [],
        interests_number=len(tied),
    )


def context(vote: Vote) -> dict[str, Any]:
    """Everything on the page of a vote."""
    mended = Mended([vote.reference])
    mend(vote, mended)
    return {
        "vote": vote,
        "title": vote.question,
        "description": _("A decided vote: rule, roll, result and arithmetic."),
        "body": bodies().get(vote.body, vote.body),
        "on": queries.day_of(vote),
        "method": Form(vote.form).label if vote.is_elsewhere else Method(vote.method).label,
        "manner": "" if vote.is_elsewhere else Manner(vote.manner).label,
        "rule": presentation.rule_text(queries.rule_of(vote)),
        "state_label": VOTE.state_title(vote.state),
        "state_kind": presentation.state_kind(vote.state),
        "roll": roll_of(vote, mended),
        "is_void": vote.state == VoteState.VOID,
        "notes": mended.notes(vote.reference, language=language()),
        **presentation.outcome_context(
            vote, mended.of_roll(vote.reference, "name"), mended.of_roll(vote.reference, "replaces")
        ),
    }


def data(vote: Vote) -> dict[str, Any]:
    """The outcome as `/votes/founding.json` has it. Names of delegations in English, the first authentic language.

    How the others voted by name is not known, so nothing else is said (R1).
    """
    mend(vote, Mended([vote.reference]))
    outcome = queries.outcome_of(vote)
    names = {row.code: row.name_en for row in Delegation.objects.all()}
    abstaining = queries.abstentions_by_delegation(vote)
    return {
        "for": outcome.votes_for if outcome else None,
        "against": outcome.votes_against if outcome else None,
        "abstentions": outcome.abstentions if outcome else None,
        "votes_cast": outcome.votes_cast if outcome else None,
        "unanimous": outcome.unanimous if outcome else None,
        "abstentions_by_delegation": dict(sorted((names.get(c, c), n) for c, n in abstaining.items())),
    }
