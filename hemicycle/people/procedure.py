"""The acts on offices and accounts, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class HoldingState(StrEnum):
    PROPOSED = "proposed"
    HELD = "held"
    GRANTED_LATER = "granted_later"  # never stored: a granted office before its first day
    RESTING = "resting"
    REFUSED = "refused"
    ENDED = "ended"


class AccountState(StrEnum):
    OPEN = "open"
    LOCKED = "locked"
    ERASED = "erased"


class EnrolmentState(StrEnum):
    ASKED = "asked"
    ISSUED = "issued"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


class RecoveryState(StrEnum):
    ASKED = "asked"
    WAITING = "waiting"
    COMPLETED = "completed"
    REFUSED = "refused"


class ReaderKeyState(StrEnum):
    CURRENT = "current"
    REPLACED = "replaced"
    REVOKED = "revoked"


class CustodianState(StrEnum):
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    RETIRING = "retiring"
    RETIRED = "retired"
    WITHDRAWN = "withdrawn"


H = HoldingState
A = AccountState
E = EnrolmentState
R = RecoveryState
K = ReaderKeyState
C = CustodianState
P = Publicity
HOLDERS = [O.SECRETARIAT, O.INTEGRITY_OFFICER]  # as the charter has it: evidence.custodians
READERS = [O.ASSESSOR, O.REVIEWER]  # to whom evidence is sealed when a file is given to them
OWN = _("Only the person whose account it is.")

HOLDING = Table(
    room="people",
    matter="holding",
    title=_("Office held"),
    states={
        H.PROPOSED: pgettext_lazy("office held", "proposed"),
        H.HELD: pgettext_lazy("office held", "held"),
        H.GRANTED_LATER: pgettext_lazy("office held", "granted, begins later"),
        H.RESTING: pgettext_lazy("office held", "resting after a recovery"),
        H.REFUSED: pgettext_lazy("office held", "not granted"),
        H.ENDED: pgettext_lazy("office held", "ended"),
    },
    steps=[
        #    act               from                     to          by                           entry
        Step("grant",          [NEW],                   H.PROPOSED, [O.SECRETARIAT],             P.HOUSE,
             title=_("Propose an office-holder")),
        Step("confirm_grant",  [H.PROPOSED, H.RESTING], H.HELD,     [O.SECRETARIAT],             P.HOUSE,
             title=_("Grant the office"), two_person_of="grant", signed=True),
        Step("refuse_grant",   [H.PROPOSED],            H.REFUSED,  [O.SECRETARIAT],             P.HOUSE,
             title=_("Do not grant the office")),
        Step("found_holding",  [NEW],                   H.HELD,     [O.FOUNDER],                 P.HOUSE,
             title=_("Enrol a founding clerk")),
        Step("rest",           [H.HELD, H.GRANTED_LATER], H.RESTING, [O.SECRETARIAT],            P.HOUSE,
             title=_("Let the office rest")),
        Step("end_holding",    [H.HELD, H.GRANTED_LATER, H.RESTING], H.ENDED, [O.SECRETARIAT, O.CLOCK], P.HOUSE,
             title=_("End the holding"), grave=True),
        Step("forget_holding_ground", [H.ENDED, H.REFUSED], SAME,   [O.CLOCK],                   P.SEALED,
             title=_("Erase the ground of an office that is over")),
    ],
)  # fmt: skip

ACCOUNT = Table(
    room="people",
    matter="account",
    title=_("Account"),
    states={
        A.OPEN: pgettext_lazy("account", "open"),
        A.LOCKED: pgettext_lazy("account", "locked"),
        A.ERASED: pgettext_lazy("account", "erased"),
    },
    existence_sealed=True,
    steps=[
        #    act                 from        to        by               entry
        Step("open_account",     [NEW],      A.OPEN,   [O.ANYONE],      P.SEALED,
             title=_("Open an account"), note=OWN),
        Step("change_person",    [A.OPEN],   SAME,     [O.ANYONE],      P.SEALED,
             title=_("Change names and languages"), note=OWN),
        Step("give_public_name", [A.OPEN],   SAME,     [O.ANYONE],      P.SEALED,
             title=_("Give the public name"), note=OWN),
        Step("change_address",   [A.OPEN],   SAME,     [O.ANYONE],      P.SEALED,
             title=_("Change the e-mail address"), note=OWN),
        Step("change_phrase",    [A.OPEN],   SAME,     [O.ANYONE],      P.SEALED,
             title=_("Make new phrases"), note=OWN),
        Step("lock",             [A.OPEN],   A.LOCKED, [O.ANYONE],      P.SEALED,
             title=_("Lock the account and its file"), grave=True,
             note=_("Whoever gives the receipt phrase or the lock phrase, from any device.")),
        Step("unlock",           [A.LOCKED], A.OPEN,   [O.SECRETARIAT], P.SEALED,
             title=_("Unlock the account"), note=_("Only at the end of a recovery."), inner=True),
        Step("erase_person",     [NEW, A.OPEN, A.LOCKED], A.ERASED, [O.CLOCK], P.SEALED,
             title=_("Erase the person"), note=_("With the last file of somebody who holds nothing else here.")),
    ],
)  # fmt: skip

ENROLMENT = Table(
    room="people",
    matter="enrolment",
    title=_("Enrolment"),
    states={
        E.ASKED: pgettext_lazy("enrolment code", "first half handed over, a second clerk makes the other"),
        E.ISSUED: pgettext_lazy("enrolment code", "code handed over"),
        E.USED: pgettext_lazy("enrolment code", "used"),
        E.EXPIRED: pgettext_lazy("enrolment code", "expired"),
        E.REVOKED: pgettext_lazy("enrolment code", "revoked"),
    },
    steps=[
        #    act                  from                 to         by               entry
        Step("ask_enrolment",     [NEW],               E.ASKED,   [O.SECRETARIAT], P.HOUSE,
             title=_("Make the first half of an enrolment code")),
        Step("issue_enrolment",   [E.ASKED],           E.ISSUED,  [O.SECRETARIAT], P.HOUSE,
             title=_("Make the second half of the code"), two_person_of="ask_enrolment", signed=True),
        Step("found_enrolment",   [NEW],               E.ISSUED,  [O.FOUNDER],     P.HOUSE,
             title=_("Make the code of a founding clerk")),
        Step("enrol",             [E.ISSUED],          E.USED,    [O.ANYONE],      P.HOUSE,
             title=_("Enrol"), note=_("Only the person to whom both halves were handed over.")),
        Step("expire_enrolment",  [E.ASKED, E.ISSUED], E.EXPIRED, [O.CLOCK],       P.HOUSE,
             title=_("Let the code expire")),
        Step("revoke_enrolment",  [E.ASKED, E.ISSUED], E.REVOKED, [O.SECRETARIAT], P.HOUSE,
             title=_("Revoke the code"), grave=True),
    ],
)  # fmt: skip

RECOVERY = Table(
    room="people",
    matter="recovery",
    title=_("Recovery of an account"),
    states={
        R.ASKED: pgettext_lazy("recovery", "asked for, a second clerk must confirm"),
        R.WAITING: pgettext_lazy("recovery", "confirmed, waiting time runs"),
        R.COMPLETED: pgettext_lazy("recovery", "completed"),
        R.REFUSED: pgettext_lazy("recovery", "refused"),
    },
    existence_sealed=True,
    steps=[
        #    act                   from                   to           by                          entry
        Step("ask_recovery",       [NEW],                 R.ASKED,     [O.SECRETARIAT],            P.SEALED,
             title=_("Ask for a recovery")),
        Step("confirm_recovery",   [R.ASKED],             R.WAITING,   [O.SECRETARIAT],            P.SEALED,
             title=_("Confirm the recovery"), two_person_of="ask_recovery", signed=True),
        Step("complete_recovery",  [R.WAITING],           R.COMPLETED, [O.SECRETARIAT],            P.SEALED,
             title=_("Complete the recovery and make the first half of a code"), grave=True, signed=True),
        Step("refuse_recovery",    [R.ASKED, R.WAITING],  R.REFUSED,   [O.SECRETARIAT, O.ANYONE],  P.SEALED,
             title=_("Refuse the recovery"), note=_("Also the person whose account it is.")),
        Step("forget_recovery_ground", [R.COMPLETED, R.REFUSED], SAME, [O.CLOCK],                P.SEALED,
             title=_("Erase the ground of a recovery that is over")),
    ],
)  # fmt: skip

READER_KEY = Table(
    room="people",
    matter="reader_key",
    title=_("Reading key"),
    states={
        K.CURRENT: pgettext_lazy("reading key", "current"),
        K.REPLACED: pgettext_lazy("reading key", "replaced by a newer one"),
        K.REVOKED: pgettext_lazy("reading key", "revoked"),
    },
    existence_sealed=True,
    steps=[
        #    act                  from                    to          by          entry
        Step("add_reader_key",    [NEW],                  K.CURRENT,  [O.ANYONE], P.SEALED,
             title=_("Make a reading key"), note=OWN),
        Step("replace_reader_key", [K.CURRENT],           K.REPLACED, [O.ANYONE], P.SEALED,
             title=_("Let a newer key replace it"), note=OWN, inner=True),
        Step("add_wrap",          [K.CURRENT, K.REPLACED], SAME,      [O.ANYONE], P.SEALED,
             title=_("Open it with a passkey too"), note=OWN),
        Step("revoke_reader_key", [K.CURRENT, K.REPLACED], K.REVOKED, [O.ANYONE], P.SEALED,
             title=_("Revoke the reading key"), note=OWN, grave=True),
    ],
)  # fmt: skip

CUSTODIAN = Table(
    room="people",
    matter="custodian",
    title=_("Custodian of evidence"),
    states={
        C.PROPOSED: pgettext_lazy("custodian", "the second holder must confirm"),
        C.IN_FORCE: pgettext_lazy("custodian", "in force"),
        C.RETIRING: pgettext_lazy("custodian", "in force, its retirement is asked for"),
        C.RETIRED: pgettext_lazy("custodian", "retired"),
        C.WITHDRAWN: pgettext_lazy("custodian", "withdrawn"),
    },
    steps=[
        #    act                  from          to           by       entry
        Step("ask_custodian",     [NEW],        C.PROPOSED,  HOLDERS, P.HOUSE,
             title=_("Make the custodian’s key")),
        Step("confirm_custodian", [C.PROPOSED], C.IN_FORCE,  HOLDERS, P.HOUSE,
             title=_("Confirm that the second sheet is mine"), two_person_of="ask_custodian"),
        Step("withdraw_custodian", [C.PROPOSED], C.WITHDRAWN, HOLDERS, P.HOUSE,
             title=_("Withdraw the custodian’s key")),
        Step("ask_retirement",    [C.IN_FORCE], C.RETIRING,  HOLDERS, P.HOUSE,
             title=_("Ask for the custodian’s key to retire")),
        Step("confirm_retirement", [C.RETIRING], C.RETIRED,  HOLDERS, P.HOUSE,
             title=_("Retire the custodian’s key"), two_person_of="ask_retirement", grave=True, signed=True),
        Step("keep_custodian",    [C.RETIRING], C.IN_FORCE,  HOLDERS, P.HOUSE,
             title=_("Keep the custodian’s key")),
    ],
)  # fmt: skip

TABLES = (HOLDING, ACCOUNT, ENROLMENT, RECOVERY, READER_KEY, CUSTODIAN)
