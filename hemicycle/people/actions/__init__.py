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
from .custodians import (
    ask_custodian,
    ask_retirement,
    confirm_custodian,
    confirm_retirement,
    keep_custodian,
    withdraw_custodian,
)
from .enrolments import (
    ask_enrolment,
    enrol,
    expire_enrolment,
    found_enrolment,
    issue_enrolment,
    revoke_enrolment,
)
from .erasing import erase_person
from .holdings import (
    confirm_grant,
    end_holding,
    forget_holding_ground,
    found_holding,
    grant,
    refuse_grant,
    rest,
)
from .keys import add_reader_key, add_wrap, replace_reader_key, revoke_reader_key
from .recoveries import (
    ask_recovery,
    complete_recovery,
    confirm_recovery,
    forget_recovery_ground,
    refuse_recovery,
)

__all__ = [
    "add_reader_key",
    "add_wrap",
    "ask_custodian",
    "ask_enrolment",
    "ask_recovery",
    "ask_retirement",
    "change_address",
    "change_person",
    "change_phrase",
    "complete_recovery",
    "confirm_custodian",
    "confirm_grant",
    "confirm_recovery",
    "confirm_retirement",
    "end_holding",
    "enrol",
    "erase_person",
    "expire_enrolment",
    "forget_holding_ground",
    "forget_recovery_ground",
    "found_enrolment",
    "found_holding",
    "give_public_name",
    "grant",
    "issue_enrolment",
    "keep_custodian",
    "lock",
    "open_account",
    "refuse_grant",
    "refuse_recovery",
    "replace_reader_key",
    "rest",
    "revoke_enrolment",
    "revoke_reader_key",
    "tick",
    "unlock",
    "withdraw_custodian",
]
