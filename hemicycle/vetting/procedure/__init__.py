"""The acts on examinations, readings, adverse points, objections and outcome letters, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.people.procedure import HOLDERS
from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O

from .coordination import COORDINATION_TABLES
from .screening import SCREENING_TABLES
from .service import SERVICE
from .training import TRAINING


class ExaminationState(StrEnum):
    ASSIGNING = "assigning"
    READING = "reading"
    AGREEING = "agreeing"
    REPLYING = "replying"  # never stored: readings given, an adverse point not answered yet
    CONCLUDED = "concluded"
    UNDER_REVIEW = "under_review"
    REVIEWED = "reviewed"
    READ_AGAIN = "read_again"
    CLOSED = "closed"


class ReadingState(StrEnum):
    ASSIGNED = "assigned"
    DECLARED = "declared"
    OPEN = "open"
    GIVEN = "given"
    RELEASED = "released"
    CLOSED = "closed"  # never stored: the file was closed


class PointState(StrEnum):
    RAISED = "raised"
    NOTIFIED = "notified"
    REPLIED = "replied"
    REPLY_OVER = "reply_over"
    UPHELD = "upheld"
    DROPPED = "dropped"
    CLOSED = "closed"  # never stored: the file was closed


class ObjectionState(StrEnum):
    RAISED = "raised"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    CLOSED = "closed"  # never stored: the file was closed


class LetterState(StrEnum):
    SENT = "sent"


class AssessorshipState(StrEnum):
    CURRENT = "current"
    ENDED = "ended"


class NoteState(StrEnum):
    KEPT = "kept"
    ERASED = "erased"


E, R, A, B, L, F, N = (
    ExaminationState, ReadingState, PointState, ObjectionState, LetterState, AssessorshipState, NoteState,
)  # fmt: skip
P = Publicity
READS = [O.ASSESSOR, O.REVIEWER]
SPEAKING = [E.AGREEING, E.REPLYING, E.UNDER_REVIEW, E.READ_AGAIN]

EXAMINATION = Table(
    room="vetting",
    matter="examination",
    title=_("Examination of a candidacy"),
    existence_sealed=True,
    states={
        E.ASSIGNING: _("assessors are being found"),
        E.READING: _("being read"),
        E.AGREEING: _("read; the readers are agreeing on an opinion"),
        E.REPLYING: _("read; the person's reply is awaited or not answered yet"),
        E.CONCLUDED: _("opinion given"),
        E.UNDER_REVIEW: _("under review"),
        E.REVIEWED: _("opinion given on review"),
        E.READ_AGAIN: _("being read again, for a new reason"),
        E.CLOSED: _("closed: the candidacy was withdrawn"),
    },
    steps=[  # act, from, to, by, entry
        Step("assign", [NEW, E.ASSIGNING, E.READING], [E.ASSIGNING, E.READING],
             [O.SECRETARIAT, O.CLOCK], P.SEALED, title=_("Assign assessors")),
        Step("accept_readers", [E.ASSIGNING, E.READING], SAME, [O.CANDIDATE], P.SEALED,
             title=_("Say that you do not object to the assessors")),
        Step("call_third", [E.READING], [E.ASSIGNING, E.READING], [O.CLOCK], P.SEALED,
             title=_("Call a third reader"), inner=True),
        Step("gather", [E.ASSIGNING, E.READING], E.AGREEING, [O.CLOCK], P.SEALED,
             title=_("Open the readings to the readers"), inner=True),
        Step("draft_opinion", SPEAKING, SAME, READS, P.SEALED,
             title=_("Put an opinion to the other readers")),
        Step("agree", SPEAKING, SAME, READS, P.SEALED,
             title=_("Agree with the opinion")),
        Step("dissent", SPEAKING, SAME, READS, P.SEALED,
             title=_("Add a dissent")),
        Step("give_opinion", [E.AGREEING, E.REPLYING], E.CONCLUDED, [O.ASSESSOR], P.SEALED,
             title=_("Give the opinion"), grave=True),
        Step("ask_review", [E.CONCLUDED], E.UNDER_REVIEW, [O.CANDIDATE], P.SEALED,
             title=_("Ask for review")),
        Step("assign_reviewers", [E.UNDER_REVIEW, E.READ_AGAIN], SAME, [O.SECRETARIAT, O.CLOCK], P.SEALED,
             title=_("Assign reviewers")),
        Step("give_review", [E.UNDER_REVIEW], E.REVIEWED, [O.REVIEWER], P.SEALED,
             title=_("Give the opinion on review"), grave=True),
        Step("read_again", [E.CONCLUDED, E.REVIEWED], E.READ_AGAIN, [O.SECRETARIAT], P.SEALED,
             title=_("Have the file read again"), grave=True),
        Step("give_again", [E.READ_AGAIN], E.CONCLUDED, [O.ASSESSOR], P.SEALED,
             title=_("Give the opinion after the new reading"), grave=True),
        Step("seal_to_readers", [E.ASSIGNING, E.READING, E.AGREEING, E.REPLYING, E.UNDER_REVIEW, E.READ_AGAIN], SAME, HOLDERS, P.SEALED,
             title=_("Seal the evidence to its readers")),
        Step("close", [E.ASSIGNING, E.READING, E.AGREEING, E.CONCLUDED, E.UNDER_REVIEW, E.REVIEWED, E.READ_AGAIN], E.CLOSED,
             [O.CLOCK], P.SEALED, title=_("Close the file after a withdrawal")),
    ],
)  # fmt: skip

UNREAD = [R.ASSIGNED, R.DECLARED, R.OPEN]

READING = Table(
    room="vetting",
    matter="reading",
    title=_("Reading"),
    existence_sealed=True,
    states={
        R.ASSIGNED: _("assigned; a declaration on interests is awaited"),
        R.DECLARED: _("no interest declared; not opened yet"),
        R.OPEN: _("file open"),
        R.GIVEN: _("reading given"),
        R.RELEASED: _("reader released"),
        R.CLOSED: _("closed with the file"),
    },
    steps=[  # act, from, to, by, entry
        Step("assign_reading", [NEW], R.ASSIGNED, [O.SECRETARIAT, O.CLOCK], P.SEALED,
             title=_("Assign a reading"), inner=True),
        Step("declare_no_interest", [R.ASSIGNED], R.DECLARED, READS, P.SEALED,
             title=_("Declare that you have no interest")),
        Step("declare_interest", UNREAD, R.RELEASED, READS, P.SEALED,
             title=_("Declare an interest")),
        Step("open_file", [R.DECLARED], R.OPEN, READS, P.SEALED,
             title=_("Open the file")),
        Step("reopen_file", [R.OPEN, R.GIVEN], SAME, READS, P.SEALED,
             title=_("Open the file again"), reads=True),
        Step("seal_anew", [R.OPEN], SAME, READS, P.SEALED,
             title=_("Say that evidence does not open")),
        Step("save_reading", [R.OPEN], SAME, READS, P.SEALED,
             title=_("Save the reading as a draft")),
        Step("give_reading", [R.OPEN], R.GIVEN, READS, P.SEALED,
             title=_("Give the reading"), grave=True),
        Step("release_reading", UNREAD, R.RELEASED, [O.SECRETARIAT, O.CLOCK], P.SEALED,
             title=_("Release the reader and assign another")),
    ],
)  # fmt: skip

POINT = Table(
    room="vetting",
    matter="point",
    title=_("Adverse point"),
    existence_sealed=True,
    states={
        A.RAISED: _("raised; not yet put to the person"),
        A.NOTIFIED: _("put to the person; time to reply runs"),
        A.REPLIED: _("replied to"),
        A.REPLY_OVER: _("time to reply is over; silence is no admission"),
        A.UPHELD: _("upheld, with reasons"),
        A.DROPPED: _("dropped, with reasons"),
        A.CLOSED: _("closed with the file"),
    },
    steps=[  # act, from, to, by, entry
        Step("raise_point", [NEW], A.RAISED, [O.ASSESSOR, O.SECRETARIAT], P.SEALED,
             title=_("Raise an adverse point")),
        Step("add_source", [A.RAISED], SAME, [O.ASSESSOR, O.SECRETARIAT], P.SEALED,
             title=_("Add a source")),
        Step("take_back_source", [A.RAISED], SAME, [O.ASSESSOR, O.SECRETARIAT], P.SEALED,
             title=_("Take a source out")),
        Step("translate_point", [A.RAISED], SAME, [O.SECRETARIAT], P.SEALED,
             title=_("Put a translation beside the point")),
        Step("notify_point", [A.RAISED], A.NOTIFIED, [O.SECRETARIAT], P.SEALED,
             title=_("Put the point to the person")),
        Step("drop_point", [A.RAISED], A.DROPPED, [O.ASSESSOR], P.SEALED,
             title=_("Drop the point before it is put to the person")),
        Step("save_reply", [A.NOTIFIED], SAME, [O.CANDIDATE], P.SEALED,
             title=_("Save the reply as a draft")),
        Step("reply", [A.NOTIFIED], A.REPLIED, [O.CANDIDATE], P.SEALED,
             title=pgettext_lazy("act", "Reply")),
        Step("ask_extension", [A.NOTIFIED, A.REPLY_OVER], SAME, [O.CANDIDATE], P.SEALED,
             title=_("Ask for more time")),
        Step("extend_reply", [A.NOTIFIED, A.REPLY_OVER], A.NOTIFIED, [O.SECRETARIAT], P.SEALED,
             title=_("Extend the time to reply")),
        Step("refuse_extension", [A.NOTIFIED, A.REPLY_OVER], SAME, [O.SECRETARIAT], P.SEALED,
             title=_("Refuse more time")),
        Step("close_reply", [A.NOTIFIED], A.REPLY_OVER, [O.CLOCK], P.SEALED,
             title=_("End the time to reply")),
        Step("translate_reply", [A.REPLIED], SAME, [O.SECRETARIAT], P.SEALED,
             title=_("Put a translation beside the reply")),
        Step("answer_point", [A.REPLIED, A.REPLY_OVER], [A.UPHELD, A.DROPPED], [O.ASSESSOR], P.SEALED,
             title=_("Answer the reply")),
    ],
)  # fmt: skip

OBJECTION = Table(
    room="vetting",
    matter="objection",
    title=_("Objection to an assessor"),
    existence_sealed=True,
    states={
        B.RAISED: _("to be decided"),
        B.UPHELD: _("upheld; another assessor reads"),
        B.DISMISSED: _("dismissed, with reasons"),
        B.CLOSED: _("closed with the file"),
    },
    steps=[  # act, from, to, by, entry
        Step("object", [NEW], B.RAISED, [O.CANDIDATE], P.SEALED,
             title=_("Object to an assessor")),
        Step("decide_objection", [B.RAISED], [B.UPHELD, B.DISMISSED], [O.INTEGRITY_OFFICER], P.SEALED,
             title=_("Decide the objection")),
    ],
)  # fmt: skip

LETTER = Table(
    room="vetting",
    matter="letter",
    title=_("Outcome letter"),
    existence_sealed=True,
    states={L.SENT: _("letter sent")},
    steps=[  # act, from, to, by, entry
        Step("send_letter", [NEW], L.SENT, [O.SECRETARIAT, O.ASSESSOR, O.REVIEWER, O.CLOCK], P.SEALED,
             title=_("Send an outcome letter")),
    ],
)  # fmt: skip

ASSESSORSHIP = Table(
    room="vetting",
    matter="assessorship",
    title=_("What candidates are told of an assessor"),
    states={F.CURRENT: _("capacity in force"), F.ENDED: _("capacity ended")},
    steps=[  # act, from, to, by, entry
        Step("appoint", [NEW], F.CURRENT, [O.SECRETARIAT], P.HOUSE,
             title=_("State an assessor's capacity and organisation")),
        Step("restate", [F.CURRENT], SAME, [O.SECRETARIAT], P.HOUSE,
             title=_("Correct the capacity or organisation")),
        Step("end_assessorship", [F.CURRENT], F.ENDED, [O.SECRETARIAT], P.HOUSE,
             title=_("Take the person out of the assessors")),
    ],
)  # fmt: skip

NOTE = Table(
    room="vetting",
    matter="note",
    title=_("Withdrawn with a point open"),
    existence_sealed=True,
    states={N.KEPT: _("kept until the next round closes"), N.ERASED: _("fact erased")},
    steps=[  # act, from, to, by, entry
        Step("keep_note", [NEW], N.KEPT, [O.CLOCK], P.SEALED,
             title=_("Keep the fact under a keyed reference")),
        Step("erase_note", [N.KEPT], N.ERASED, [O.CLOCK], P.SEALED,
             title=_("Erase the fact")),
    ],
)  # fmt: skip

TABLES = (
    EXAMINATION, READING, POINT, OBJECTION, LETTER, ASSESSORSHIP, NOTE, SERVICE, *SCREENING_TABLES, *COORDINATION_TABLES,
    TRAINING,
)  # fmt: skip
