"""The acts of this room, by kind of matter. `tick()` performs what time has brought."""

from .accounts import (
    change_address,
    change_person,
    change_phrase,
    give_public_name,
    lock,
    open_account,
    unlock,
)
from .clockwork import tick
from .enrolments import enrol, expire_enrolment, issue_enrolment, revoke_enrolment
from .erasing import erase_person
from .holdings import confirm_grant, end_holding, found_holding, grant, refuse_grant, rest
from .recoveries import ask_recovery, complete_recovery, confirm_recovery, refuse_recovery

__all__ = [
    "ask_recovery",
    "change_address",
    "change_person",
    "change_phrase",
    "complete_recovery",
    "confirm_grant",
    "confirm_recovery",
    "end_holding",
    "enrol",
    "erase_person",
    "expire_enrolment",
    "found_holding",
    "give_public_name",
    "grant",
    "issue_enrolment",
    "lock",
    "open_account",
    "refuse_grant",
    "refuse_recovery",
    "rest",
    "revoke_enrolment",
    "tick",
    "unlock",
]
