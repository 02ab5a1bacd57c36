"""What this room keeps: persons and how they get in, the offices they hold, and the keys with which they read."""

from .keys import Custodian, ReaderKey
from .persons import (
    Account,
    CastMember,
    Challenge,
    Enrolment,
    Gender,
    Holding,
    Language,
    LiveCheck,
    Person,
    PersonManager,
    Recovery,
    _reference,
    address_digest,
)

__all__ = [
    "Account",
    "CastMember",
    "Challenge",
    "Custodian",
    "Enrolment",
    "Gender",
    "Holding",
    "Language",
    "LiveCheck",
    "Person",
    "PersonManager",
    "ReaderKey",
    "Recovery",
    "_reference",  # named by the first migration
    "address_digest",
]
