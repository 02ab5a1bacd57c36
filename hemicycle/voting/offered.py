"""What an act on a vote says against itself now, before anybody takes it. The act raises the finding and the page keeps
its button back by the same question, so that no page offers what is always refused.
"""

from __future__ import annotations

from collections.abc import Callable

from hemicycle.assembly import queries as assembly
from hemicycle.record import acts, clock
from hemicycle.record.actors import Actor
from hemicycle.rules.findings import N_ as _
from hemicycle.rules.findings import Finding, Unmet
from hemicycle.rules.procedure import Refused

from . import queries
from . import roll as rolls
from .models import OUT, Manner, Right, RollEntry, Vote
from .procedure import CHAIR, VOTE, VoteState


def offers(vote: Vote, act: str) -> bool:
    """Whether the button of an act that is open to the person would be let through by the vote itself."""
    asked = _ASKED.get(act)
    return asked is None or asked(vote) is None


def held_back(vote: Vote, actor: Actor) -> frozenset[str]:
    """The acts on a tie that would be refused to this person, though the office for them is held."""
    if vote.state != VoteState.TIED:
        return frozenset()
    return frozenset(act for act, asked in _ASKED_OF.items() if asked(vote, actor) is not None)


def is_open_to(vote: Vote, act: str, actor: Actor) -> bool:
    """Whether this person may take the act on the vote now, and would not be refused."""
    try:
        acts.decide(acts.registry[VOTE.room, act], vote, actor)
    except Refused:
        return False
    return offers(vote, act) and act not in held_back(vote, actor)


def ties_for(actor: Actor) -> list[Vote]:
    """The ties that this person may break. Only the few over which he or she presides by the roll are asked one by one,
    for an interest declared since."""
    if actor.person is None or not assembly.offices(actor, None).intersection(CHAIR):
        return []
    lines = RollEntry.objects.filter(person_id=actor.person, right=Right.TIE).exclude(effect__in=OUT)
    found = Vote.objects.filter(state=VoteState.TIED, pk__in=lines.values("vote_id"))
    return [vote for vote in found if is_open_to(vote, "break_tie", actor)]


def refuse(finding: Finding | None) -> None:
    """Raise `Unmet` with what an act says against itself, if anything."""
    if finding is not None:
        raise Unmet(finding)


def against_reissue(vote: Vote) -> Finding | None:
    if rolls.has_ballots(vote):
        return Finding(_("A ballot has been cast: the roll stays as it is."), article="voting.reissue_roll")
    return None


def against_asking(vote: Vote) -> Finding | None:
    """The quorum is asked for once, and only where the charter verifies it on request."""
    if vote.is_quorum_asked:
        return Finding(_("This was asked before."), article="voting.ask_quorum")
    if vote.rule["quorum_verified"] != "on_request":
        return Finding(_("In this body the quorum is not a matter of request."), article="voting.ask_quorum")
    return None


def against_close(vote: Vote) -> Finding | None:
    """The charter's least time at a sitting, the whole of it in a written procedure; neither when nobody is left who
    may vote (article 7.5)."""
    if vote.opened_at is None or vote.closes_at is None:
        return None
    is_written = vote.manner == Manner.WRITTEN
    least = vote.opened_at + queries.least(vote)
    until = vote.closes_at if is_written else min(vote.closes_at, least)
    if clock.now() >= until or not queries.is_anybody_left(vote):
        return None
    text = (
        _("A written vote stays open to its end unless all have voted: %(voted)s of %(roll)s have.")
        if is_written
        else _("Unless all have voted, this vote can be closed from %(from)s: %(voted)s of %(roll)s have.")
    )
    turnout = queries.turnout(vote)
    return Finding(text, {"voted": turnout.voted, "roll": turnout.roll, "from": until}, "voting.close")


def against_breaking(vote: Vote, by: Actor) -> Finding | None:
    """Only whoever presides by the roll breaks a tie, and not in an own interest (procedure 5.4)."""
    line = queries.line_of(vote, by)
    if line is None or line.right != Right.TIE:
        return Finding(_("Only whoever presides by this roll may break the tie."), article="voting.break_tie")
    if line.is_out or rolls.is_out_now(vote, by.person):
        return Finding(
            _("You declared an interest in this matter and do not break the tie."),
            article="voting.break_tie",
        )
    return None


def against_leaving(vote: Vote, by: Actor) -> Finding | None:
    """Who does not preside lets a tie stand only where nobody may break it."""
    if not queries.offices(by, vote).intersection(CHAIR) and queries.may_be_broken(vote):
        return Finding(_("Whoever presides may still break this tie."), article="voting.leave_tie")
    return None


_ASKED: dict[str, Callable[[Vote], Finding | None]] = {
    "reissue_roll": against_reissue,
    "ask_quorum": against_asking,
    "close": against_close,
}
_ASKED_OF: dict[str, Callable[[Vote, Actor], Finding | None]] = {
    "break_tie": against_breaking,
    "leave_tie": against_leaving,
}
