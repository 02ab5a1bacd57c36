"""The acts on calls, candidacies, slates, endorsements and counter-statements, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class CallState(StrEnum):
    DRAFTED = "drafted"
    ANNOUNCED = "announced"  # never stored: an opened call before its first day
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class CandidacyState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ADMISSIBILITY_PROPOSED = "admissibility_proposed"
    ADMISSIBLE = "admissible"
    INADMISSIBILITY_PROPOSED = "inadmissibility_proposed"
    INADMISSIBLE = "inadmissible"
    REVIEW_ASKED = "review_asked"
    LATE_ASKED = "late_asked"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    ERASED = "erased"


class SlateState(StrEnum):
    PRESENTED = "presented"
    ERASED = "erased"


class ErasureState(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    STOPPED = "stopped"
    DONE = "done"


class EndorsementState(StrEnum):
    GIVEN = "given"
    REMOVED = "removed"


class CounterStatementState(StrEnum):
    INVITED = "invited"
    GIVEN = "given"
    LAPSED = "lapsed"


L, S, T, N, C = CallState, CandidacyState, SlateState, EndorsementState, CounterStatementState
E = ErasureState
P = Publicity

CALL = Table(
    room="candidacy",
    matter="call",
    title=_("Call for candidates"),
    states={
        L.DRAFTED: pgettext_lazy("call", "in preparation"),
        L.ANNOUNCED: pgettext_lazy("call", "announced, opens later"),
        L.OPEN: pgettext_lazy("call", "open"),
        L.CLOSED: pgettext_lazy("call", "closed"),
        L.WITHDRAWN: pgettext_lazy("call", "withdrawn"),
    },
    steps=[
        #    act              from                                    to           by               entry
        Step("draft_call",    [NEW],                                  L.DRAFTED,   [O.SECRETARIAT],
             P.HOUSE, title=_("Prepare a call")),
        Step("open_call",     [NEW, L.DRAFTED],                       L.OPEN,      [O.SECRETARIAT],
             P.PUBLIC, title=_("Open the call")),
        Step("extend_call",   [L.ANNOUNCED, L.OPEN],                  SAME,        [O.SECRETARIAT],
             P.PUBLIC, title=_("Extend the call for everybody")),
        Step("withdraw_call", [L.DRAFTED, L.ANNOUNCED, L.OPEN],       L.WITHDRAWN, [O.SECRETARIAT],
             P.PUBLIC, title=_("Withdraw the call"), grave=True),
        Step("close_call",    [L.OPEN],                               L.CLOSED,    [O.CLOCK],
             P.PUBLIC, title=_("Close the call")),
    ],
)  # fmt: skip

ALIVE = [
    S.DRAFT, S.SUBMITTED, S.RETURNED, S.ADMISSIBILITY_PROPOSED, S.ADMISSIBLE, S.INADMISSIBILITY_PROPOSED,
    S.INADMISSIBLE, S.REVIEW_ASKED, S.LATE_ASKED, S.LAPSED,
]  # fmt: skip
SENT = [
    S.SUBMITTED, S.ADMISSIBILITY_PROPOSED, S.ADMISSIBLE, S.INADMISSIBILITY_PROPOSED, S.INADMISSIBLE,
    S.REVIEW_ASKED,
]  # fmt: skip
# Files that somebody else than their person may see.
READ = [*SENT, S.RETURNED, S.LATE_ASKED, S.LAPSED]
# Sent, and nothing speaks against the form: facts may be corrected until the opinion (procedure 2.5).
CORRECTED = [S.SUBMITTED, S.ADMISSIBILITY_PROPOSED, S.ADMISSIBLE]
WRITTEN = [S.DRAFT, S.RETURNED]

CANDIDACY = Table(
    room="candidacy",
    matter="candidacy",
    title=_("Candidacy"),
    existence_sealed=True,
    states={
        S.DRAFT: pgettext_lazy("candidacy", "being written"),
        S.SUBMITTED: pgettext_lazy("candidacy", "received"),
        S.RETURNED: pgettext_lazy("candidacy", "returned for completion"),
        S.ADMISSIBILITY_PROPOSED: pgettext_lazy("candidacy", "admissible, to be confirmed"),
        S.ADMISSIBLE: pgettext_lazy("candidacy", "admissible"),
        S.INADMISSIBILITY_PROPOSED: pgettext_lazy("candidacy", "inadmissible, to be confirmed"),
        S.INADMISSIBLE: pgettext_lazy("candidacy", "inadmissible"),
        S.REVIEW_ASKED: pgettext_lazy("candidacy", "inadmissible, under review"),
        S.LATE_ASKED: pgettext_lazy("candidacy", "late admission to be confirmed"),
        S.WITHDRAWN: pgettext_lazy("candidacy", "withdrawn"),
        S.LAPSED: pgettext_lazy("candidacy", "not submitted in time"),
        S.ERASED: pgettext_lazy("candidacy", "erased"),
    },
    steps=[
        #    act                          from                to                          by
        # entry
        Step("start",                     [NEW],              S.DRAFT,                    [O.ANYONE],
             P.SEALED, title=_("Begin a candidacy")),
        Step("save",                      WRITTEN,            SAME,                       [O.CANDIDATE],
             P.SEALED, title=_("Save a part of the candidacy")),
        Step("add_evidence",              WRITTEN,            SAME,                       [O.CANDIDATE],
             P.SEALED, title=_("Add evidence")),
        Step("black_out",                 WRITTEN,            SAME,                       [O.CANDIDATE],
             P.SEALED, title=_("Black out a part of a page")),
        Step("remove_evidence",           WRITTEN,            SAME,                       [O.CANDIDATE],
             P.SEALED, title=_("Remove evidence")),
        Step("join_slate",                WRITTEN,            SAME,                       [O.CANDIDATE],
             P.SEALED, title=_("Join a joint slate")),
        Step("leave_slate",               [*WRITTEN, *SENT],  SAME,                       [O.CANDIDATE],
             P.SEALED, title=_("Leave the joint slate")),
        Step("submit",                    [S.DRAFT],          S.SUBMITTED,                [O.CANDIDATE],
             P.SEALED, title=_("Submit the candidacy")),
        Step("complete",                  [S.RETURNED],       S.SUBMITTED,                [O.CANDIDATE],
             P.SEALED, title=_("Send the completed candidacy")),
        Step("correct_facts",             CORRECTED,          SAME,                       [O.CANDIDATE],
             P.SEALED, title=_("Correct a fact")),
        Step("agree_to_counter_statements", [*WRITTEN, *CORRECTED], SAME,                 [O.CANDIDATE],
             P.SEALED, title=_("Agree that bodies may be asked to comment")),
        Step("propose_admissible",        [S.SUBMITTED],      S.ADMISSIBILITY_PROPOSED,   [O.SECRETARIAT],
             P.SEALED, title=_("Propose to declare admissible")),
        Step("declare_admissible",        [S.ADMISSIBILITY_PROPOSED], S.ADMISSIBLE,       [O.SECRETARIAT],
             P.SEALED, title=_("Declare admissible"), two_person_of="propose_admissible"),
        Step("dismiss_admissibility",     [S.ADMISSIBILITY_PROPOSED], S.SUBMITTED,        [O.SECRETARIAT],
             P.SEALED, title=_("Do not confirm that the form is in order"), two_person_of="propose_admissible"),
        Step("return_for_completion",     [S.SUBMITTED],      S.RETURNED,                 [O.SECRETARIAT],
             P.SEALED, title=_("Return for completion")),
        Step("end_completion",            [S.RETURNED],       S.SUBMITTED,                [O.CLOCK],
             P.SEALED, title=_("End the time for completion")),
        Step("propose_inadmissible",      [S.SUBMITTED, S.LAPSED], S.INADMISSIBILITY_PROPOSED, [O.SECRETARIAT],
             P.SEALED, title=_("Propose to declare inadmissible")),
        Step("confirm_inadmissible",      [S.INADMISSIBILITY_PROPOSED], S.INADMISSIBLE,   [O.SECRETARIAT],
             P.SEALED, title=_("Declare inadmissible"), two_person_of="propose_inadmissible", grave=True),
        Step("dismiss_inadmissibility",   [S.INADMISSIBILITY_PROPOSED], [S.SUBMITTED, S.LAPSED], [O.SECRETARIAT],
             P.SEALED, title=_("Do not declare inadmissible"), two_person_of="propose_inadmissible"),
        Step("ask_review",                [S.INADMISSIBLE],   S.REVIEW_ASKED,             [O.CANDIDATE],
             P.SEALED, title=_("Ask for review")),
        Step("decide_review",             [S.REVIEW_ASKED],   [S.ADMISSIBLE, S.INADMISSIBLE, S.DRAFT], [O.REVIEWER],
             P.SEALED, title=_("Decide the review")),
        Step("close_corrections",         [S.ADMISSIBLE],     SAME,                       [O.ASSESSOR, O.REVIEWER, O.CLOCK],
             P.SEALED, title=_("End the time for corrections"), inner=True),
        Step("plead_late",                [NEW, S.LAPSED],    S.LAPSED,                   [O.CANDIDATE],
             P.SEALED, title=_("Say what kept you from the deadline")),
        Step("ask_late_admission",        [S.LAPSED],         S.LATE_ASKED,               [O.SECRETARIAT],
             P.SEALED, title=_("Propose late admission")),
        Step("confirm_late_admission",    [S.LATE_ASKED],     S.DRAFT,                    [O.SECRETARIAT],
             P.SEALED, title=_("Admit late"), two_person_of="ask_late_admission"),
        Step("dismiss_late_admission",    [S.LATE_ASKED],     S.LAPSED,                   [O.SECRETARIAT],
             P.SEALED, title=_("Do not confirm the late admission"), two_person_of="ask_late_admission"),
        Step("open_file",                 READ,               SAME,                       [O.SECRETARIAT, O.REVIEWER],
             P.SEALED, title=_("Open the file"), reads=True),
        Step("hold",                      SENT,               SAME,                       [O.SECRETARIAT],
             P.SEALED, title=_("Set a legal hold")),
        Step("release_hold",              SENT,               SAME,                       [O.SECRETARIAT],
             P.SEALED, title=_("End the legal hold")),
        Step("withdraw",                  ALIVE,              S.WITHDRAWN,                [O.CANDIDATE],
             P.SEALED, title=_("Withdraw the candidacy"), grave=True),
        Step("lapse",                     [S.DRAFT],          S.LAPSED,                   [O.CLOCK],
             P.SEALED, title=_("Let the draft lapse")),
        Step("erase",                     [*SENT, S.RETURNED, S.WITHDRAWN, S.LAPSED, S.LATE_ASKED], S.ERASED, [O.CLOCK],
             P.SEALED, title=_("Erase the file")),
    ],
)  # fmt: skip

SLATE = Table(
    room="candidacy",
    matter="slate",
    title=_("Joint slate"),
    existence_sealed=True,
    states={T.PRESENTED: pgettext_lazy("slate", "presented"), T.ERASED: pgettext_lazy("slate", "erased")},
    steps=[
        Step("present_slate", [NEW],         T.PRESENTED, [O.ANYONE], P.SEALED, title=_("Present a joint slate")),
        Step("erase_slate",   [T.PRESENTED], T.ERASED,    [O.CLOCK],  P.SEALED, title=_("Erase the joint slate")),
    ],
)  # fmt: skip

ENDORSEMENT = Table(
    room="candidacy",
    matter="endorsement",
    title=_("Endorsement"),
    existence_sealed=True,
    states={N.GIVEN: pgettext_lazy("endorsement", "given"), N.REMOVED: pgettext_lazy("endorsement", "removed")},
    steps=[
        #    act                   from       to         by              entry
        Step("add_endorsement",    [NEW],     N.GIVEN,   [O.CANDIDATE],
             P.SEALED, title=_("Add an endorsement")),
        Step("remove_endorsement", [N.GIVEN], N.REMOVED, [O.CANDIDATE],
             P.SEALED, title=_("Remove the endorsement")),
    ],
)  # fmt: skip

COUNTER_STATEMENT = Table(
    room="candidacy",
    matter="counter_statement",
    title=_("Counter-statement"),
    existence_sealed=True,
    states={C.INVITED: pgettext_lazy("statement", "asked for"), C.GIVEN: pgettext_lazy("statement", "given"), C.LAPSED: pgettext_lazy("statement", "not given in time")},
    steps=[
        #    act                       from                  to         by                 entry
        Step("invite_body",            [NEW],                C.INVITED, [O.SECRETARIAT],
             P.SEALED, title=_("Ask a body to comment")),
        Step("give_counter_statement", [C.INVITED],          C.GIVEN,   [O.INVITED_BODY],
             P.SEALED, title=_("Give the statement")),
        Step("mark_controlled",        [C.INVITED, C.GIVEN, C.LAPSED], SAME, [O.SECRETARIAT],
             P.SEALED, title=_("Mark the body as controlled by the persecuting state")),
        Step("lapse_invitation",       [C.INVITED],          C.LAPSED,  [O.CLOCK],
             P.SEALED, title=_("Let the invitation lapse")),
    ],
)  # fmt: skip

ERASERS = [O.SECRETARIAT, O.INTEGRITY_OFFICER]

ERASURE = Table(
    room="candidacy",
    matter="erasure",
    title=_("Erasure of a file before its time"),
    existence_sealed=True,
    states={
        E.ASKED: pgettext_lazy("erasure", "asked for, the other office must confirm it"),
        E.CONFIRMED: pgettext_lazy("erasure", "confirmed, the file goes on its day"),
        E.STOPPED: pgettext_lazy("erasure", "stopped"),
        E.DONE: pgettext_lazy("erasure", "done"),
    },
    steps=[
        #    act              from                    to           by         entry
        Step("ask_erasure",     [NEW],                  E.ASKED,     ERASERS,   P.SEALED,
             title=_("Ask for the erasure of a file"), grave=True, signed=True),
        Step("confirm_erasure", [E.ASKED],              E.CONFIRMED, ERASERS,   P.SEALED,
             title=_("Confirm the erasure"), two_person_of="ask_erasure", grave=True, signed=True),
        Step("stop_erasure",    [E.ASKED, E.CONFIRMED], E.STOPPED,   ERASERS,   P.SEALED,
             title=_("Stop the erasure")),
        Step("carry_out",       [E.CONFIRMED],          E.DONE,      [O.CLOCK], P.SEALED,
             title=_("Erase the file on its day")),
        Step("close_erasure",   [E.ASKED, E.CONFIRMED], E.DONE,      [O.CLOCK], P.SEALED,
             title=_("Note that the file went by itself"), inner=True),
    ],
)  # fmt: skip

TABLES = (CALL, CANDIDACY, SLATE, ENDORSEMENT, COUNTER_STATEMENT, ERASURE)
