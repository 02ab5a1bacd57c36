"""The acts on votes. Each is bound to a row of the table; `tick` performs what time has brought about."""

from __future__ import annotations

from hemicycle.record import clock
from hemicycle.record.due import take_each
from hemicycle.voting import queries
from hemicycle.voting.models import Vote
from hemicycle.voting.procedure import VoteState

from .calling import annul, call_vote, open_vote, reissue_roll, replace
from .casting import ask_quorum, cast, change
from .closing import break_tie, close, leave_tie
from .desk import cast_at_desk, confirm_desk_ballot, withdraw_desk_ballot
from .elsewhere import confirm_elsewhere, record_elsewhere, withdraw_elsewhere
from .voter_file import ask_voter_file, hand_out_voter_file, refuse_voter_file, save_voter_file

__all__ = [
    "annul",
    "ask_quorum",
    "ask_voter_file",
    "break_tie",
    "call_vote",
    "cast",
    "cast_at_desk",
    "change",
    "close",
    "confirm_desk_ballot",
    "confirm_elsewhere",
    "hand_out_voter_file",
    "leave_tie",
    "open_vote",
    "record_elsewhere",
    "refuse_voter_file",
    "reissue_roll",
    "replace",
    "save_voter_file",
    "tick",
    "withdraw_desk_ballot",
    "withdraw_elsewhere",
]


def tick() -> int:
    """Open what is due to open, close and count what is over, let a tie stand that nobody may break; each in its own
    transaction. Returns how many acts.
    """
    at = clock.now()
    due = Vote.objects.filter(state=VoteState.CALLED, opens_at__lte=at, closes_at__gt=at)
    over = Vote.objects.filter(state=VoteState.OPEN, closes_at__lte=at)
    done = take_each(open_vote, due) + take_each(close, over)
    stuck = [vote for vote in Vote.objects.filter(state=VoteState.TIED) if not queries.may_be_broken(vote)]
    return done + take_each(leave_tie, stuck)
