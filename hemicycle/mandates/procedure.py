"""The acts on a mandate, row by row. Suspending, restoring, ending on a finding happen within a suspension case; an end
for death or incapacity is asked for by one clerk and confirmed by another, and so is that a withheld name is shown."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class MandateState(StrEnum):
    SITTING = "sitting"
    SUSPENDED = "suspended"
    ENDED = "ended"


class EndingState(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class RevealState(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Ground(StrEnum):
    """Why a mandate ended."""

    TERM = "term"
    RENOUNCED = "renounced"
    FINDING = "finding"
    DEATH = "death"
    INCAPACITY = "incapacity"
    RATIFICATION_REFUSED = "ratification_refused"


M = MandateState
E = EndingState
R = RevealState
P = Publicity
FINDERS = [O.REVIEWER, O.PRESIDENT, O.ACTING_PRESIDENT, O.SECRETARY_GENERAL, O.SECRETARIAT, O.CLOCK]

MANDATE = Table(
    room="mandates",
    matter="mandate",
    title=_("Participation"),
    states={
        M.SITTING: pgettext_lazy("mandate", "sitting"),
        M.SUSPENDED: pgettext_lazy("mandate", "suspended pending review"),
        M.ENDED: pgettext_lazy("mandate", "ended"),
    },
    steps=[
        #    act               from                      to           by                     entry
        Step("begin",          [NEW],                    M.SITTING,   [O.SECRETARIAT], P.PUBLIC,
             title=_("Begin the participation")),
        Step("fill_vacancy",   [NEW],                    M.SITTING,   [O.SECRETARIAT, O.PRESIDENT, O.ACTING_PRESIDENT],
             P.PUBLIC, title=_("Fill the vacancy from the succession list")),
        Step("suspend",        [M.SITTING, M.SUSPENDED], M.SUSPENDED, FINDERS, P.PUBLIC,
             title=_("Suspend pending review"), inner=True),
        Step("restore",        [M.SUSPENDED, M.SITTING], M.SITTING,   FINDERS, P.PUBLIC,
             title=_("Restore the participation"), inner=True),
        Step("end_on_finding", [M.SITTING, M.SUSPENDED], M.ENDED,     FINDERS, P.PUBLIC,
             title=_("End the participation on a finding"), grave=True, inner=True),
        Step("renounce",       [M.SITTING, M.SUSPENDED], M.ENDED,     [O.PARTICIPANT], P.PUBLIC,
             title=_("Renounce my participation"), grave=True),
        Step("end",            [M.SITTING, M.SUSPENDED], M.ENDED,     [O.SECRETARIAT], P.PUBLIC,
             title=_("Record the end of a participation"), grave=True, inner=True),
        Step("expire",         [M.SITTING, M.SUSPENDED], M.ENDED,     [O.CLOCK], P.PUBLIC,
             title=_("Close a participation whose term is over")),
        Step("erase_name",     [M.ENDED],                SAME,        [O.CLOCK], P.SEALED,
             title=_("Erase the name of a participant whose file was erased")),
        Step("withhold_name",  [M.SITTING, M.SUSPENDED, M.ENDED], SAME, [O.PARTICIPANT, O.SECRETARIAT], P.SEALED,
             title=_("Withhold the name for safety")),
        Step("show_name",      [M.SITTING, M.SUSPENDED, M.ENDED], SAME, [O.PARTICIPANT], P.SEALED,
             title=_("Show the name again")),
        Step("reveal_name",    [M.SITTING, M.SUSPENDED, M.ENDED], SAME, [O.SECRETARIAT], P.SEALED,
             title=_("Show the name as the participant wrote"), inner=True),
    ],
)  # fmt: skip

ENDING = Table(
    room="mandates",
    matter="ending",
    title=_("End of a participation for death or incapacity"),
    states={
        E.ASKED: pgettext_lazy("end of a participation", "asked for, a second clerk must confirm"),
        E.CONFIRMED: pgettext_lazy("end of a participation", "confirmed"),
        E.DISMISSED: pgettext_lazy("end of a participation", "dismissed"),
    },
    steps=[
        #    act           from       to           by                               entry
        Step("ask_end",     [NEW],     E.ASKED,     [O.SECRETARIAT],                P.HOUSE,
             title=_("Ask for the end of a participation")),
        Step("confirm_end", [E.ASKED], E.CONFIRMED, [O.SECRETARIAT],                P.HOUSE,
             title=_("Confirm the end of the participation"), two_person_of="ask_end", grave=True, signed=True),
        Step("dismiss_end", [E.ASKED], E.DISMISSED, [O.SECRETARIAT, O.PARTICIPANT], P.HOUSE,
             title=_("Dismiss the request"), note=_("Also the participant, who goes on.")),
    ],
)  # fmt: skip

REVEAL = Table(
    room="mandates",
    matter="reveal",
    title=_("Showing a withheld name for a participant who wrote"),
    states={
        R.ASKED: pgettext_lazy("showing of a name", "asked for, a second clerk must confirm"),
        R.CONFIRMED: pgettext_lazy("showing of a name", "confirmed"),
        R.DISMISSED: pgettext_lazy("showing of a name", "dismissed"),
    },
    steps=[
        #    act              from       to           by                               entry
        Step("ask_reveal",     [NEW],     R.ASKED,     [O.SECRETARIAT],                P.SEALED,
             title=_("Ask that a withheld name be shown"),
             note=_("Only for a participant without a device, who wrote so to the Assembly.")),
        Step("confirm_reveal", [R.ASKED], R.CONFIRMED, [O.SECRETARIAT],                P.SEALED,
             title=_("Confirm that the name is shown"), two_person_of="ask_reveal", grave=True, signed=True,
             note=_("After the days that the charter leaves the participant to say no.")),
        Step("dismiss_reveal", [R.ASKED], R.DISMISSED, [O.SECRETARIAT, O.PARTICIPANT], P.SEALED,
             title=_("Dismiss the request: the name stays withheld"), note=_("Also the participant.")),
    ],
)  # fmt: skip

TABLES = (MANDATE, ENDING, REVEAL)
