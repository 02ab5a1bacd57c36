"""The acts of the follow-up, row by row. Every fact of a proposal is public with its source; two people say that it was
carried out, and two that an earlier contact reads as its source does."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class ContactState(StrEnum):
    TRANSCRIBED = "transcribed"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"


class ProposalState(StrEnum):
    MADE = "made"
    TAKEN_UP = "taken_up"
    REPORTED = "reported"
    ASKED = "asked"
    ANSWERED = "answered"
    CLAIMED = "claimed"
    CARRIED_OUT = "carried_out"
    DECLINED = "declined"
    IGNORED = "ignored"
    CLOSED = "closed"


C, S, P = ContactState, ProposalState, Publicity
OPEN = [S.MADE, S.TAKEN_UP, S.REPORTED, S.ASKED, S.ANSWERED, S.IGNORED]
WAITING = [S.MADE, S.TAKEN_UP, S.REPORTED, S.ASKED]  # for an act that time can run out for
FROM_REPORT = [S.REPORTED, S.ASKED, S.ANSWERED, S.IGNORED]
COMMITTEE = [O.COMMITTEE_CHAIR, O.SECRETARIAT]

CONTACT = Table(
    room="followup",
    matter="earlier_contact",
    title=_("Hearing or meeting"),
    states={
        C.TRANSCRIBED: pgettext_lazy("earlier contact", "transcribed, a second person must compare it"),
        C.PUBLIC: pgettext_lazy("earlier contact", "public"),
        C.WITHDRAWN: pgettext_lazy("earlier contact", "withdrawn"),
    },
    steps=[
        #    act                     from                  to             by               entry
        Step("transcribe",           [NEW, C.TRANSCRIBED], C.TRANSCRIBED, [O.SECRETARIAT], P.HOUSE,
             title=_("Transcribe a hearing or a meeting")),
        Step("confirm_transcription", [C.TRANSCRIBED],     C.PUBLIC,      [O.SECRETARIAT], P.PUBLIC,
             title=_("Confirm the transcription"), two_person_of="transcribe",
             note=_("You have read the source yourself, and it says this. Everybody can read it from now on.")),
        Step("correct_contact",      [C.PUBLIC],           SAME,          [O.SECRETARIAT], P.PUBLIC,
             title=_("Correct the transcription")),
        Step("withdraw_contact",     [C.TRANSCRIBED, C.PUBLIC], C.WITHDRAWN, [O.SECRETARIAT], P.PUBLIC,
             title=_("Withdraw the transcription")),
    ],
)  # fmt: skip

PROPOSAL = Table(
    room="followup",
    matter="proposal",
    title=_("Proposal"),
    states={
        S.MADE: pgettext_lazy("proposal", "made"),
        S.TAKEN_UP: pgettext_lazy("proposal", "taken up"),
        S.REPORTED: pgettext_lazy("proposal", "reported on"),
        S.ASKED: pgettext_lazy("proposal", "asked of a state"),
        S.ANSWERED: pgettext_lazy("proposal", "answered"),
        S.CLAIMED: pgettext_lazy("proposal", "said to be carried out, a second person must confirm"),
        S.CARRIED_OUT: pgettext_lazy("proposal", "carried out"),
        S.DECLINED: pgettext_lazy("proposal", "declined"),
        S.IGNORED: pgettext_lazy("proposal", "ignored"),
        S.CLOSED: pgettext_lazy("proposal", "closed"),
    },
    steps=[
        #    act                  from                    to            by                                      entry
        Step("make_proposal",     [NEW],                  S.MADE,       [O.PARTICIPANT, O.DELEGATE, O.SECRETARIAT], P.PUBLIC,
             title=_("Make a proposal")),
        Step("take_up",           [S.MADE, S.IGNORED],    S.TAKEN_UP,   COMMITTEE,                              P.PUBLIC,
             title=_("Take the proposal up")),
        Step("decline",           [S.MADE, S.IGNORED],    S.DECLINED,   COMMITTEE,                              P.PUBLIC,
             title=_("Decline the proposal")),
        Step("record_report",     [S.TAKEN_UP, S.IGNORED], S.REPORTED,  [*COMMITTEE, O.ADDRESSEE],              P.PUBLIC,
             title=_("Record the report or the resolution")),
        Step("ask_state",         FROM_REPORT,            S.ASKED,      COMMITTEE,                              P.PUBLIC,
             title=_("Record what is asked of states")),
        Step("record_answer",     [S.ASKED, S.ANSWERED, S.IGNORED], S.ANSWERED, [*COMMITTEE, O.ADDRESSEE],     P.PUBLIC,
             title=_("Record the answer of a state")),
        Step("claim_carried_out", FROM_REPORT,            S.CLAIMED,    [*COMMITTEE, O.ADDRESSEE],              P.HOUSE,
             title=_("Say that it was carried out"),
             note=_("Public once a second person has looked at the evidence and confirmed it.")),
        Step("confirm_carried_out", [S.CLAIMED],          S.CARRIED_OUT, COMMITTEE,                             P.PUBLIC,
             title=_("Confirm that it was carried out"), two_person_of="claim_carried_out",
             note=_("You have looked at the evidence yourself. The evidence becomes public with it.")),
        Step("drop_claim",        [S.CLAIMED], FROM_REPORT,             COMMITTEE,                              P.HOUSE,
             title=_("Drop what was said")),
        Step("correct_proposal",  [s for s in S if s != S.CLAIMED], SAME, [O.SECRETARIAT],                      P.PUBLIC,
             title=_("Correct a text")),
        Step("close_proposal",    OPEN,                   S.CLOSED,     COMMITTEE,                              P.PUBLIC,
             title=_("Close the proposal")),
        Step("remind",            [*WAITING, S.ANSWERED], SAME,         [O.CLOCK],                              P.PUBLIC,
             title=_("Tell that a stage is overdue")),
        Step("mark_ignored",      WAITING,                S.IGNORED,    [O.CLOCK],                              P.PUBLIC,
             title=_("Write down that it is ignored")),
    ],
)  # fmt: skip

TABLES = (CONTACT, PROPOSAL)
