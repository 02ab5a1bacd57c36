"""What each act of the follow-up does."""

from __future__ import annotations

from .corrections import correct_contact, correct_proposal
from .earlier import confirm_transcription, transcribe, withdraw_contact
from .following import (
    ask_state,
    close_proposal,
    decline,
    make_proposal,
    record_answer,
    record_report,
    take_up,
)
from .outcome import claim_carried_out, confirm_carried_out, drop_claim
from .time import mark_ignored, remind, tick

__all__ = [
    "ask_state",
    "claim_carried_out",
    "close_proposal",
    "confirm_carried_out",
    "confirm_transcription",
    "correct_contact",
    "correct_proposal",
    "decline",
    "drop_claim",
    "make_proposal",
    "mark_ignored",
    "record_answer",
    "record_report",
    "remind",
    "take_up",
    "tick",
    "transcribe",
    "withdraw_contact",
]
