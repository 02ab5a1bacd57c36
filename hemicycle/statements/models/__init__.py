"""Groups, joint initiatives, statements and amendments."""

from .groups import LONG, Backing, Group, Initiative, Membership
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
    "FinalText",
    "Group",
    "Initiative",
    "Membership",
    "Mover",
    "Opinion",
    "OpinionKind",
    "OpinionSigner",
    "Scope",
    "Statement",
    "Version",
]
