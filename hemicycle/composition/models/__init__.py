"""Lists, their seats, what each person answered before the name went anywhere, and what the Bureau's members say."""

from .acceptance import Acceptance, Addition, Presence
from .bureau import Alternative, Certificate, MemberAmendment, Objection
from .comments import Comment
from .lists import (
    ALIVE,
    APPROVED,
    BINDING,
    GONE,
    RELEASED,
    STANDING,
    Amendment,
    List,
    Override,
    Seat,
    Successor,
)
from .lot import Lot, LotPlace

__all__ = [
    "ALIVE",
    "APPROVED",
    "BINDING",
    "GONE",
    "RELEASED",
    "STANDING",
    "Acceptance",
    "Addition",
    "Alternative",
    "Amendment",
    "Certificate",
    "Comment",
    "List",
    "Lot",
    "LotPlace",
    "MemberAmendment",
    "Objection",
    "Override",
    "Presence",
    "Seat",
    "Successor",
]
