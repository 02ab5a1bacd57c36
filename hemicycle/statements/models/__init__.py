"""Groups, joint initiatives, statements and amendments."""

from .groups import LONG, Backing, Declined, Group, Initiative, Joining, Membership
from .statements import (
    Amendment,
    AmendmentVote,
    Choice,
    Consent,
    FinalText,
    Mover,
    Opinion,
    OpinionKind,
    OpinionSigner,
    Scope,
    Statement,
    Version,
)

__all__ = [
    "LONG",
    "Amendment",
    "AmendmentVote",
    "Backing",
    "Choice",
    "Consent",
    "Declined",
    "FinalText",
    "Group",
    "Initiative",
    "Joining",
    "Membership",
    "Mover",
    "Opinion",
    "OpinionKind",
    "OpinionSigner",
    "Scope",
    "Statement",
    "Version",
]
