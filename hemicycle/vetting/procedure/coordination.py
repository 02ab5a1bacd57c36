"""The acts on the comparison of the files of a call with each other, and on the questions that it raises."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O

from .screening import RUN_STATES
from .screening import RunState as U


class QuestionState(StrEnum):
    OPEN = "open"
    NOTED = "noted"  # by one reader at least; the other is not told so
    LAPSED = "lapsed"
    CLOSED = "closed"  # never stored: the file was closed


Q = QuestionState
P = Publicity

COMPARISON = Table(
    room="vetting",
    matter="comparison",
    title=_("Comparison of the files of a call"),
    existence_sealed=True,
    states=RUN_STATES,
    steps=[  # act, from, to, by, entry
        Step("begin_comparison", [NEW], U.WAITING, [O.SECRETARIAT, O.CLOCK], P.SEALED,
             title=_("Compare the files of the call with each other")),
        Step("take_up_comparison", [U.WAITING], U.RUNNING, [O.CLOCK], P.SEALED,
             title=_("Begin the comparison")),
        Step("stop_comparison", [U.WAITING, U.RUNNING], U.STOPPED, [O.SECRETARIAT], P.SEALED,
             title=_("Stop the comparison")),
        Step("resume_comparison", [U.STOPPED], U.WAITING, [O.SECRETARIAT], P.SEALED,
             title=_("Take the comparison up again")),
        Step("finish_comparison", [U.RUNNING], U.DONE, [O.CLOCK], P.SEALED,
             title=_("End the comparison")),
    ],
)  # fmt: skip

QUESTION = Table(
    room="vetting",
    matter="question",
    title=_("Question of coordination"),
    existence_sealed=True,
    states={
        # Both read alike: no reader is told that the other has answered.
        Q.OPEN: pgettext_lazy("question of coordination", "for the readers to answer"),
        Q.NOTED: pgettext_lazy("question of coordination", "for the readers to answer"),
        Q.LAPSED: pgettext_lazy("question of coordination", "not found any more"),
        Q.CLOSED: pgettext_lazy("question of coordination", "closed with the file"),
    },
    steps=[  # act, from, to, by, entry
        Step("put_question", [NEW], Q.OPEN, [O.CLOCK], P.SEALED,
             title=_("Put a question of coordination")),
        Step("note_question", [Q.OPEN, Q.NOTED], Q.NOTED, [O.ASSESSOR, O.REVIEWER], P.SEALED,
             title=_("Answer the question")),
        Step("put_question_again", [Q.LAPSED], Q.OPEN, [O.CLOCK], P.SEALED,
             title=_("Put it again: it was found again")),
        Step("lapse_question", [Q.OPEN], Q.LAPSED, [O.CLOCK], P.SEALED,
             title=_("Let it lapse: it is not found any more")),
    ],
)  # fmt: skip

COORDINATION_TABLES = (COMPARISON, QUESTION)
