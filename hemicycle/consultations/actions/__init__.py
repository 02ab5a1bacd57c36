"""What each act on consultations and propositions does."""

from __future__ import annotations

from .clockwork import close, compute, erase_answers, record_result, take_result, tick
from .consultations import extend, make_codes, open_consultation, prepare, publish_result, withdraw
from .propositions import admit, decline, propose, seed, take_back

__all__ = [
    "admit",
    "close",
    "compute",
    "decline",
    "erase_answers",
    "extend",
    "make_codes",
    "open_consultation",
    "prepare",
    "propose",
    "publish_result",
    "record_result",
    "seed",
    "take_back",
    "take_result",
    "tick",
    "withdraw",
]
