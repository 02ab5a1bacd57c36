"""The acts of this room, each bound to its row of the tables."""

from . import ties
from .erasing import erase_alarm, erase_contact, erase_due, erase_interest
from .openings import answer_alarm, delay_disclosure, forget_openings, note_opening, opened, raise_alarm
from .ties import (
    allege,
    close_check,
    complete_contact,
    decide,
    declare,
    dispute,
    end_interest,
    enter_caller_code,
    enter_clerk_code,
    enter_contact,
    lapse_check,
    open_check,
    publish_contact,
    publish_contacts,
    withdraw_allegation,
    withdraw_contact,
)


def tick() -> int:
    """Write down what time has ended, and erase what goes now. Returns how many acts were taken."""
    return ties.tick() + erase_due()


__all__ = [
    "allege",
    "answer_alarm",
    "close_check",
    "complete_contact",
    "decide",
    "declare",
    "delay_disclosure",
    "dispute",
    "end_interest",
    "enter_caller_code",
    "enter_clerk_code",
    "enter_contact",
    "erase_alarm",
    "erase_contact",
    "erase_interest",
    "forget_openings",
    "lapse_check",
    "note_opening",
    "open_check",
    "opened",
    "publish_contact",
    "publish_contacts",
    "raise_alarm",
    "tick",
    "withdraw_allegation",
    "withdraw_contact",
]
