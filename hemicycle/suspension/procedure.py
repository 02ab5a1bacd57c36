"""The acts on a suspension case, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class CaseState(StrEnum):
    ALLEGED = "alleged"
    URGENT_ASKED = "urgent_asked"
    NOTIFIED = "notified"
    REPLIED = "replied"
    PRIMA_FACIE = "prima_facie"
    SUSPENDED = "suspended"
    UNDER_REVIEW = "under_review"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    LAPSED = "lapsed"
    NO_CASE = "no_case"
    WITHDRAWN = "withdrawn"


C = CaseState
P = Publicity
# Asking for an urgent suspension bars no way: where nobody is left to be the second, the ordinary one goes on (9.2).
BEFORE_NOTICE = [C.ALLEGED, C.URGENT_ASKED]
BEFORE_FINDING = [C.ALLEGED, C.NOTIFIED, C.REPLIED]
OVER = [C.UPHELD, C.DISMISSED, C.LAPSED, C.NO_CASE, C.WITHDRAWN]
WRITTEN = [state for state in C if state != C.WITHDRAWN]  # every text stays translatable, a decision too
ALLEGERS = [O.SECRETARIAT, O.DELEGATE, O.GENERAL_RAPPORTEUR, O.SECRETARY_GENERAL, O.PARTICIPANT]

CASE = Table(
    room="suspension",
    matter="case",
    title=_("Suspension case"),
    existence_sealed=True,
    states={
        C.ALLEGED: pgettext_lazy("suspension case", "alleged"),
        C.URGENT_ASKED: pgettext_lazy("suspension case", "urgent suspension asked"),
        C.NOTIFIED: pgettext_lazy("suspension case", "notified, reply time runs"),
        C.REPLIED: pgettext_lazy("suspension case", "replied"),
        C.PRIMA_FACIE: pgettext_lazy("suspension case", "prima facie finding"),
        C.SUSPENDED: pgettext_lazy("suspension case", "suspended pending review"),
        C.UNDER_REVIEW: pgettext_lazy("suspension case", "under review"),
        C.UPHELD: pgettext_lazy("suspension case", "upheld"),
        C.DISMISSED: pgettext_lazy("suspension case", "dismissed"),
        C.LAPSED: pgettext_lazy("suspension case", "lapsed"),
        C.NO_CASE: pgettext_lazy("suspension case", "no case found"),
        C.WITHDRAWN: pgettext_lazy("suspension case", "withdrawn"),
    },
    steps=[
        #    act                  from                         to               by                       entry
        Step("allege",            [NEW],                       C.ALLEGED,       ALLEGERS,                P.SEALED,
             title=_("Submit an allegation")),
        Step("withdraw",          BEFORE_NOTICE,               C.WITHDRAWN,     [O.ANYONE],              P.SEALED,
             title=_("Withdraw the allegation"), note=_("Only who made the allegation can withdraw it.")),
        Step("notify",            BEFORE_NOTICE,               C.NOTIFIED,      [O.SECRETARIAT],         P.SEALED,
             title=_("Notify the participant")),
        Step("suspend_urgently",  [C.ALLEGED],                 C.URGENT_ASKED,  [O.PRESIDENT, O.ACTING_PRESIDENT,
             O.SECRETARY_GENERAL], P.SEALED, title=_("Ask for an urgent suspension"), grave=True, signed=True),
        Step("refuse_urgent",     [C.URGENT_ASKED],            C.ALLEGED,       [O.PRESIDENT, O.ACTING_PRESIDENT,
             O.SECRETARY_GENERAL], P.SEALED, title=_("Refuse the urgent suspension"),
             two_person_of="suspend_urgently"),
        Step("confirm_urgent",    [C.URGENT_ASKED],            C.NOTIFIED,      [O.PRESIDENT, O.ACTING_PRESIDENT,
             O.SECRETARY_GENERAL], P.PUBLIC, title=_("Confirm the urgent suspension"),
             two_person_of="suspend_urgently", grave=True, signed=True),
        Step("extend_reply",      [C.NOTIFIED],                SAME,            [O.SECRETARIAT],         P.SEALED,
             title=_("Extend the time for the reply")),
        Step("begin_reply",       [C.NOTIFIED],                SAME,            [O.CLOCK],               P.SEALED,
             title=_("Let the time for the reply begin")),
        Step("reply",             [C.NOTIFIED],                C.REPLIED,       [O.PARTICIPANT],         P.SEALED,
             title=_("Reply to the allegation")),
        Step("find_no_case",      BEFORE_FINDING,              C.NO_CASE,       [O.SECRETARY_GENERAL],   P.SEALED,
             title=_("Find no case")),
        Step("find_prima_facie",  [C.NOTIFIED, C.REPLIED],     C.PRIMA_FACIE,   [O.SECRETARY_GENERAL],   P.SEALED,
             title=_("Find prima facie")),
        Step("suspend",           [C.PRIMA_FACIE],             C.SUSPENDED,     [O.PRESIDENT, O.ACTING_PRESIDENT], P.PUBLIC,
             title=_("Suspend pending review"), two_person_of="find_prima_facie", grave=True, signed=True),
        Step("decline_to_suspend", [C.PRIMA_FACIE],            C.NO_CASE,       [O.PRESIDENT, O.ACTING_PRESIDENT], P.SEALED,
             title=_("Decline to suspend")),
        Step("review",            [C.SUSPENDED, C.UNDER_REVIEW], C.UNDER_REVIEW, [O.SECRETARIAT],        P.HOUSE,
             title=_("Give the case to a reviewer")),
        Step("uphold",            [C.UNDER_REVIEW],            C.UPHELD,        [O.REVIEWER],            P.PUBLIC,
             title=_("Uphold the suspension"), grave=True, signed=True),
        Step("dismiss",           [C.UNDER_REVIEW],            C.DISMISSED,     [O.REVIEWER],            P.PUBLIC,
             title=_("Dismiss the allegation")),
        Step("translate",         WRITTEN,                     SAME,            [O.SECRETARIAT],         P.SEALED,
             title=_("Put a translation beside a text"), note=_("The original stays; the translation names its translator.")),
        Step("open_file",         list(C),                     SAME,            [O.SECRETARIAT, O.SECRETARY_GENERAL,
             O.PRESIDENT, O.ACTING_PRESIDENT, O.REVIEWER], P.SEALED, title=_("Open the case"), reads=True),
        Step("lapse_urgent",      [*BEFORE_FINDING, C.PRIMA_FACIE], SAME,       [O.CLOCK],               P.PUBLIC,
             title=_("Let the urgent suspension lapse")),
        Step("lapse",             [C.SUSPENDED, C.UNDER_REVIEW], C.LAPSED,      [O.CLOCK],               P.PUBLIC,
             title=_("Let the suspension lapse")),
        Step("erase_case",        OVER,                        SAME,            [O.CLOCK],               P.SEALED,
             title=_("Erase the file of the case")),
    ],
)  # fmt: skip

TABLES = (CASE,)
