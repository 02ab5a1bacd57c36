"""The frozen roll as a voter file of Belenios, for votes that need end-to-end proof (procedure 5.5).

One line a voter, `address,login` (https://belenios.org/faq.html); every vote weighs one. The login is the reference of
the person. Whoever has no address stands in no line: Belenios sends each voter a private credential by e-mail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web import desk

from . import roll as rolls
from .models import OUT, Right, Vote
from .procedure import VoteState


@dataclass(frozen=True)
class VoterFile:
    """`lines` of the file; `without_address` counts the voters who stand in none of them."""

    lines: Sequence[str]
    without_address: int


def may_export(vote: Vote, actor: Actor) -> bool:
    """A clerk, of a secret vote whose roll is frozen and in which nobody can vote here yet: else some could twice."""
    return actor.holds(Office.SECRETARIAT) and vote.is_secret and vote.state == VoteState.CALLED


def voter_file(vote: Vote) -> VoterFile:
    """Those on the roll who may vote, in its order, by the interests declared until now: the opening here would freeze
    those too, and a vote held elsewhere is never opened here (article 3.5)."""
    lines = list(vote.roll.filter(right=Right.ALWAYS).select_related("person"))
    effects = rolls.effects_on(vote, [line.person_id for line in lines if line.person_id is not None])
    voters = [line for line in lines if effects.get(line.person_id or 0) not in OUT]
    found = [(line.person.email, line.person.reference) if line.person else (None, "") for line in voters]
    return VoterFile(
        [f"{address},{login}" for address, login in found if address],
        sum(not address for address, _login in found),
    )


def context(vote: Vote, actor: Actor) -> dict[str, Any]:
    """What a clerk needs to hold this vote with end-to-end proof; nothing where that cannot be (procedure 5.5)."""
    if not may_export(vote, actor):
        return {}
    given = {
        name: getattr(vote, name) for name in ("subject", "body", "question_en", "question_fr", "question_ru")
    }
    return {
        "file_url": reverse("vote_roll_file", args=[vote.reference]),
        "without_address": voter_file(vote).without_address,
        "record_url": desk.begin_url("voting", "record_elsewhere", **given),
    }
