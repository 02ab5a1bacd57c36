"""Calls, candidacies and what stands in a file. Everything but the call is sealed.

What a person wrote stands in columns of this room and is erased with the file; the record keeps references only.
"""

from .around import CounterStatement, Endorsement
from .calls import Call, Slate
from .candidacies import Candidacy
from .contents import BarAnswer, CriterionAnswer, Evidence, EvidenceKey, FactCorrection, ServicePeriod
from .erasures import Erasure
from .vocabulary import Ground, Kind, MetadataKind, Origin, secret_name

__all__ = [
    "BarAnswer",
    "Call",
    "Candidacy",
    "CounterStatement",
    "CriterionAnswer",
    "Endorsement",
    "Erasure",
    "Evidence",
    "EvidenceKey",
    "FactCorrection",
    "Ground",
    "Kind",
    "MetadataKind",
    "Origin",
    "ServicePeriod",
    "Slate",
    "secret_name",
]
