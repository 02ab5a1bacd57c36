"""The frozen roll as a voter file of Belenios, for votes that need end-to-end proof (procedure 5.5).

One line a voter, `address,login` (https://belenios.org/faq.html); every vote weighs one. The login is the reference of
the person. Whoever has no address stands in no line: Belenios sends each voter a private credential by e-mail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import Office
from hemicycle.web import desk

from . import roll as rolls
from .models import OUT, Right, Vote, VoterFile
from .procedure import FileState, VoteState

MINUTES = timedelta(minutes=5)  # in which a file that was signed for is fetched


@dataclass(frozen=True)
class Voters:
    """`lines` of the file; `without_address` counts the voters who stand in none of them."""

    lines: Sequence[str]
    without_address: int


def is_exportable(vote: Vote) -> bool:
    """A secret vote whose roll is frozen and in which nobody can vote here yet: else some could twice."""
    return vote.is_secret and vote.state == VoteState.CALLED


def handed_out(vote: Vote, actor: Actor) -> VoterFile | None:
    """The voter file of this issue of the roll, if two clerks agreed to it and the actor is one of them."""
    if not actor.holds(Office.SECRETARIAT) or not is_exportable(vote):
        return None
    file = vote.voter_files.filter(issue=vote.issue, state=FileState.HANDED_OUT).first()
    agreed = ("ask_voter_file", "hand_out_voter_file")
    if (
        file is None
        or not Entry.objects.filter(matter=file.reference, actor=actor.reference, act__in=agreed).exists()
    ):
        return None
    return file


def was_just_saved(vote: Vote, actor: Actor) -> bool:
    """Whether the actor has signed for saving the file in the last few minutes."""
    file = handed_out(vote, actor)
    since = clock.now() - MINUTES
    return (
        file is not None
        and Entry.objects.filter(
            matter=file.reference, actor=actor.reference, act="save_voter_file", at__gte=since
        ).exists()
    )


def voter_file(vote: Vote) -> Voters:
    """Those on the roll who may vote, in its order, by the interests declared until now: the opening here would freeze
    those too, and a vote held elsewhere is never opened here (article 3.5)."""
    lines = list(vote.roll.filter(right=Right.ALWAYS).select_related("person"))
    effects = rolls.effects_on(vote, [line.person_id for line in lines if line.person_id is not None])
    voters = [line for line in lines if effects.get(line.person_id or 0) not in OUT]
    found = [(line.person.email, line.person.reference) if line.person else (None, "") for line in voters]
    return Voters(
        [f"{address},{login}" for address, login in found if address],
        sum(not address for address, _login in found),
    )


def context(vote: Vote, actor: Actor) -> dict[str, Any]:
    """What a clerk needs to hold this vote with end-to-end proof; nothing where that cannot be (procedure 5.5)."""
    if not actor.holds(Office.SECRETARIAT) or not is_exportable(vote):
        return {}
    given = {
        name: getattr(vote, name) for name in ("subject", "body", "question_en", "question_fr", "question_ru")
    }
    asked = vote.voter_files.filter(issue=vote.issue).exclude(state=FileState.REFUSED).first()
    return {
        "ask_url": "" if asked else desk.begin_url("voting", "ask_voter_file", vote=vote.reference),
        "asked_url": desk.matter_url(asked) if asked else "",
        "is_handed_out": handed_out(vote, actor) is not None,
        "without_address": voter_file(vote).without_address,
        "record_url": desk.begin_url("voting", "record_elsewhere", **given),
    }
