"""Examinations and what stands in them. Everything is sealed; free text is erased with the file."""

from .letters import (
    BEFORE_PUBLICATION,
    ON_FORM,
    ON_FORM_REVIEW,
    Assessorship,
    LetterKind,
    OutcomeLetter,
    WithdrawalNote,
)
from .points import AdversePoint, Objection
from .readings import (
    GONE,
    UNANSWERED,
    Examination,
    OpinionIs,
    Reading,
    ReadingFinding,
    Verdict,
    Voice,
)
from .service import NOW, ServiceDispute, ServiceEntry, span_of

__all__ = [
    "BEFORE_PUBLICATION",
    "GONE",
    "NOW",
    "ON_FORM",
    "ON_FORM_REVIEW",
    "UNANSWERED",
    "AdversePoint",
    "Assessorship",
    "Examination",
    "LetterKind",
    "Objection",
    "OpinionIs",
    "OutcomeLetter",
    "Reading",
    "ReadingFinding",
    "ServiceDispute",
    "ServiceEntry",
    "Verdict",
    "Voice",
    "WithdrawalNote",
    "span_of",
]
