"""What each act on consultations and propositions does."""

from __future__ import annotations

from .clockwork import close, compute, erase_answers, record_result, take_result, tick
from .consultations import extend, open_consultation, prepare, publish_result
from .propositions import admit, decline, propose, seed, take_back
from .requests import (
    ask_codes,
    ask_withdrawal,
    confirm_withdrawal,
    dismiss_codes,
    dismiss_withdrawal,
    make_codes,
    withdraw,
    withdraw_open,
)

__all__ = [
    "admit",
    "ask_codes",
    "ask_withdrawal",
    "close",
    "compute",
    "confirm_withdrawal",
    "decline",
    "dismiss_codes",
    "dismiss_withdrawal",
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
    "withdraw_open",
]
