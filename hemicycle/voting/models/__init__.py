"""Votes, the frozen roll, ballots; what two clerks do together beside a vote."""

from .clerks import DeskBallot, VoterFile
from .votes import (
    DECIDED,
    OUT,
    Ballot,
    Choice,
    Effect,
    Form,
    Manner,
    Method,
    Right,
    RollEntry,
    SecretBallot,
    Vote,
    VoteKey,
)

__all__ = [
    "DECIDED",
    "OUT",
    "Ballot",
    "Choice",
    "DeskBallot",
    "Effect",
    "Form",
    "Manner",
    "Method",
    "Right",
    "RollEntry",
    "SecretBallot",
    "Vote",
    "VoteKey",
    "VoterFile",
]
