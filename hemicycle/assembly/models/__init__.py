"""The host assembly: its calendar, its bodies and those who sit in them, and its decisions on the charter.

`standing` of a session and of an acting presidency is reckoned from their dates (6.0).
"""

from .calendar import Holiday, SeatYear
from .decisions import ActingPresidency, Adoption, ForumDecision, Founding, Import
from .house import (
    Body,
    BodySeat,
    Capacity,
    Delegation,
    Named,
    PartSession,
    PoliticalGroup,
    Replacement,
    Representation,
    Session,
    day_start,
)

__all__ = [
    "ActingPresidency",
    "Adoption",
    "Body",
    "BodySeat",
    "Capacity",
    "Delegation",
    "ForumDecision",
    "Founding",
    "Holiday",
    "Import",
    "Named",
    "PartSession",
    "PoliticalGroup",
    "Replacement",
    "Representation",
    "SeatYear",
    "Session",
    "day_start",
]
