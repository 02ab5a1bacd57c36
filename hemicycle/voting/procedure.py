"""The acts on a vote and on a ballot given at the desk, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class VoteState(StrEnum):
    CALLED = "called"
    OPEN = "open"
    COUNTING = "counting"  # never stored: the closing time is past, nobody has counted yet (procedure 6.0)
    TIED = "tied"
    CARRIED = "carried"
    REJECTED = "rejected"
    VOID = "void"
    ANNULLED = "annulled"
    ENTERED = "entered"


class DeskState(StrEnum):
    ENTERED = "entered"
    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"


class FileState(StrEnum):
    ASKED = "asked"
    HANDED_OUT = "handed_out"
    REFUSED = "refused"


V = VoteState
D = DeskState
F = FileState
P = Publicity
CHAIR = (O.PRESIDENT, O.ACTING_PRESIDENT)

STAFF = [O.SECRETARIAT]
STAFF_CHAIR = [O.SECRETARIAT, *CHAIR]
ALL_CLOCK = [O.SECRETARIAT, *CHAIR, O.CLOCK]
BEFORE_CLOSE = [V.CALLED, V.OPEN]  # what is closed is counted, and a tie is an outcome: neither is annulled
COUNTED = [V.CARRIED, V.REJECTED, V.TIED, V.VOID]
DECISION = [V.CARRIED, V.REJECTED]

VOTE = Table(
    room="voting",
    matter="vote",
    title=_("Vote"),
    states={
        V.CALLED: pgettext_lazy("vote", "called"),
        V.OPEN: pgettext_lazy("vote", "open"),
        V.COUNTING: pgettext_lazy("vote", "closed, being counted"),
        V.TIED: pgettext_lazy("vote", "tied"),
        V.CARRIED: pgettext_lazy("vote", "carried"),
        V.REJECTED: pgettext_lazy("vote", "rejected"),
        V.VOID: pgettext_lazy("vote", "void: no quorum"),
        V.ANNULLED: pgettext_lazy("vote", "annulled"),
        V.ENTERED: pgettext_lazy("vote", "entered, to be confirmed"),
    },
    steps=[
        #    act                     from                  to           by                 entry
        Step("call_vote",            [NEW],                V.CALLED,    STAFF_CHAIR,       P.HOUSE,
             title=_("Call a vote")),
        Step("replace",              [V.CALLED],           SAME,        STAFF,             P.HOUSE,
             title=_("Enter a replacement on the roll")),
        Step("reissue_roll",         [V.CALLED, V.OPEN],   SAME,        STAFF,             P.HOUSE,
             title=_("Issue the roll again")),
        Step("open_vote",            [V.CALLED],           V.OPEN,      ALL_CLOCK,         P.HOUSE,
             title=_("Open the vote")),
        Step("cast",                 [V.OPEN],             SAME,        [O.VOTER],         P.ON_RELEASE,
             title=_("Vote"), signed=True, beside=True),
        Step("change",               [V.OPEN],             SAME,        [O.VOTER],         P.ON_RELEASE,
             title=_("Change my vote"), signed=True, beside=True),
        Step("ask_quorum",           [V.CALLED, V.OPEN],   SAME,        [O.VOTER, *CHAIR], P.HOUSE,
             title=_("Ask for the quorum to be verified")),
        Step("close",                [V.OPEN, V.COUNTING], COUNTED,     ALL_CLOCK,         P.ON_RELEASE,
             title=_("Close the vote and count"), grave=True),
        Step("break_tie",            [V.TIED],             DECISION,    CHAIR,             P.ON_RELEASE,
             title=_("Break the tie"), grave=True, signed=True),
        Step("leave_tie",            [V.TIED],             V.REJECTED,  ALL_CLOCK,         P.ON_RELEASE,
             title=_("Let the tie stand: the question is rejected"), grave=True,
             note=_("Where whoever presides may no longer break the tie, it stands without that decision.")),
        Step("annul",                BEFORE_CLOSE,         V.ANNULLED,  STAFF_CHAIR,       P.HOUSE,
             title=_("Annul the vote"), grave=True),
        Step("record_elsewhere",     [NEW],                V.ENTERED,   STAFF,             P.HOUSE,
             title=_("Record a vote held elsewhere")),
        Step("confirm_elsewhere",    [V.ENTERED],          DECISION,    STAFF,             P.ON_RELEASE,
             title=_("Confirm the vote held elsewhere"), two_person_of="record_elsewhere", signed=True),
        Step("withdraw_elsewhere",   [V.ENTERED],          V.ANNULLED,  STAFF,             P.HOUSE,
             title=_("Take back the entry"), grave=True),
    ],
)  # fmt: skip

DESK = Table(
    room="voting",
    matter="desk_ballot",
    title=_("Ballot given at the desk"),
    states={
        D.ENTERED: pgettext_lazy("ballot", "entered, to be confirmed"),
        D.RECORDED: pgettext_lazy("ballot", "recorded"),
        D.WITHDRAWN: pgettext_lazy("ballot", "taken back"),
    },
    steps=[
        #    act                     from                  to           by                 entry
        Step("cast_at_desk",         [NEW],                D.ENTERED,   STAFF,             P.HOUSE,
             title=_("Enter a ballot at the desk")),
        Step("confirm_desk_ballot",  [D.ENTERED],          D.RECORDED,  STAFF,             P.ON_RELEASE,
             title=_("Confirm the ballot with the member"), two_person_of="cast_at_desk", signed=True),
        Step("withdraw_desk_ballot", [D.ENTERED],          D.WITHDRAWN, STAFF,             P.HOUSE,
             title=_("Take back the ballot")),
    ],
    existence_sealed=True,
)  # fmt: skip

# The addresses of a roll leave the house: for the two clerks who agreed, and while the roll is the one they agreed on.
VOTER_FILE = Table(
    room="voting",
    matter="voter_file",
    title=_("Voter file"),
    states={
        F.ASKED: pgettext_lazy("file", "asked for"),
        F.HANDED_OUT: pgettext_lazy("file", "handed out"),
        F.REFUSED: pgettext_lazy("file", "not handed out"),
    },
    steps=[
        #    act                     from                  to            by                 entry
        Step("ask_voter_file",       [NEW],                F.ASKED,      STAFF,             P.HOUSE,
             title=_("Ask for the voter file")),
        Step("hand_out_voter_file",  [F.ASKED],            F.HANDED_OUT, STAFF,             P.HOUSE,
             title=_("Hand out the voter file"), two_person_of="ask_voter_file", grave=True, signed=True),
        Step("save_voter_file",      [F.HANDED_OUT],       SAME,         STAFF,             P.HOUSE,
             title=_("Save the voter file"), signed=True),
        Step("refuse_voter_file",    [F.ASKED],            F.REFUSED,    STAFF,             P.HOUSE,
             title=_("Do not hand out the voter file")),
    ],
    existence_sealed=True,
)  # fmt: skip

TABLES = (VOTE, DESK, VOTER_FILE)
