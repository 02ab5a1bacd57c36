"""The acts on participations and on what is asked for on them, each bound to a row of its table."""

from .participation import (
    begin,
    begin_all,
    end,
    end_on_finding,
    erase_name,
    expire,
    fill_vacancy,
    renounce,
    restore,
    reveal_name,
    show_name,
    suspend,
    tick,
    withhold_name,
)
from .requests import ask_end, ask_reveal, confirm_end, confirm_reveal, dismiss_end, dismiss_reveal

__all__ = [
    "ask_end",
    "ask_reveal",
    "begin",
    "begin_all",
    "confirm_end",
    "confirm_reveal",
    "dismiss_end",
    "dismiss_reveal",
    "end",
    "end_on_finding",
    "erase_name",
    "expire",
    "fill_vacancy",
    "renounce",
    "restore",
    "reveal_name",
    "show_name",
    "suspend",
    "tick",
    "withhold_name",
]
