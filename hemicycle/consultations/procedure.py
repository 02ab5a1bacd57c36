"""The acts on consultations and on their propositions, row by row. Answers are no acts: see `answering.py`."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class ConsultationState(StrEnum):
    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    COMPUTED = "computed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class PropositionState(StrEnum):
    WAITING = "waiting"
    ADMITTED = "admitted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"  # never stored: nobody had decided on it when the consultation closed


class RequestState(StrEnum):
    """Of what one clerk asks for and another does: a withdrawal, or codes."""

    ASKED = "asked"
    DONE = "done"
    DISMISSED = "dismissed"


C = ConsultationState
R = PropositionState
Q = RequestState
P = Publicity
ANSWERERS = [O.PARTICIPANT, O.DELEGATE, O.INVITED_BODY]

CONSULTATION = Table(
    room="consultations",
    matter="consultation",
    title=_("Consultation"),
    states={
        C.PREPARED: pgettext_lazy("consultation", "prepared"),
        C.OPEN: pgettext_lazy("consultation", "open"),
        C.CLOSED: pgettext_lazy("consultation", "closed, the result is being computed"),
        C.COMPUTED: pgettext_lazy("consultation", "closed, the result is to be published"),
        C.PUBLISHED: pgettext_lazy("consultation", "result published"),
        C.WITHDRAWN: pgettext_lazy("consultation", "withdrawn"),
    },
    steps=[
        #    act                 from                      to           by               entry
        Step("prepare",          [NEW],                    C.PREPARED,  [O.SECRETARIAT], P.HOUSE,
             title=_("Prepare a consultation")),
        Step("open_consultation", [C.PREPARED],            C.OPEN,      [O.SECRETARIAT], P.PUBLIC,
             title=_("Open the consultation")),
        Step("extend",           [C.OPEN],                 SAME,        [O.SECRETARIAT], P.PUBLIC,
             title=_("Extend the time for answers")),
        Step("close",            [C.OPEN],                 C.CLOSED,    [O.CLOCK],       P.PUBLIC,
             title=_("Close the consultation")),
        Step("record_result",    [C.CLOSED],               C.COMPUTED,  [O.CLOCK],       P.HOUSE,
             title=_("Record the computed result")),
        Step("publish_result",   [C.COMPUTED],             C.PUBLISHED, [O.SECRETARIAT, O.CLOCK], P.PUBLIC,
             title=_("Publish the result"),
             note=_("Nothing in it is anybody’s judgement: it is computed by a rule that the result names. It cannot be taken back.")),
        Step("withdraw",         [C.PREPARED],             C.WITHDRAWN, [O.SECRETARIAT], P.HOUSE,
             title=_("Withdraw the consultation"), grave=True),
        Step("withdraw_open",    [C.OPEN],                 C.WITHDRAWN, [O.SECRETARIAT], P.PUBLIC,
             title=_("Withdraw the open consultation"), grave=True, inner=True),
        Step("erase_answers",    [C.PUBLISHED, C.WITHDRAWN], SAME,      [O.CLOCK],       P.PUBLIC,
             title=_("Erase the answers to a consultation")),
    ],
)  # fmt: skip

PROPOSITION = Table(
    room="consultations",
    matter="proposition",
    title=pgettext_lazy("consultation", "Proposition"),
    states={
        R.WAITING: pgettext_lazy("proposition", "waits for the Secretariat"),
        R.ADMITTED: pgettext_lazy("proposition", "put to everybody"),
        R.DECLINED: pgettext_lazy("proposition", "declined"),
        R.TAKEN_BACK: pgettext_lazy("proposition", "taken back by its author"),
        R.LAPSED: pgettext_lazy("proposition", "not decided before the end"),
    },
    steps=[
        #    act         from         to            by               entry
        Step("seed",      [NEW],       R.ADMITTED,   [O.SECRETARIAT], P.HOUSE,
             title=_("Put a first proposition into a consultation"), inner=True),
        Step("propose",   [NEW],       R.WAITING,    ANSWERERS,       P.SEALED,
             title=_("Add a proposition")),
        Step("admit",     [R.WAITING], R.ADMITTED,   [O.SECRETARIAT], P.PUBLIC,
             title=_("Admit the proposition"), note=_("Everybody who answers is asked it from now on.")),
        Step("decline",   [R.WAITING], R.DECLINED,   [O.SECRETARIAT], P.SEALED,
             title=_("Decline the proposition")),
        Step("take_back", [R.WAITING], R.TAKEN_BACK, [O.AUTHOR],      P.SEALED,
             title=_("Take the proposition back")),
    ],
)  # fmt: skip

WITHDRAWAL = Table(
    room="consultations",
    matter="withdrawal",
    title=_("Withdrawal of an open consultation"),
    states={
        Q.ASKED: pgettext_lazy("withdrawal of a consultation", "asked for, a second clerk must confirm"),
        Q.DONE: pgettext_lazy("withdrawal of a consultation", "confirmed"),
        Q.DISMISSED: pgettext_lazy("withdrawal of a consultation", "dismissed"),
    },
    steps=[
        #    act                  from       to           by                        entry
        Step("ask_withdrawal",     [NEW],     Q.ASKED,     [O.SECRETARIAT],          P.HOUSE,
             title=_("Ask for the withdrawal of the consultation")),
        Step("confirm_withdrawal", [Q.ASKED], Q.DONE,      [O.SECRETARIAT],          P.HOUSE,
             title=_("Confirm the withdrawal"), two_person_of="ask_withdrawal", grave=True, signed=True,
             note=_("The answers given so far are destroyed. Once it has closed, a consultation cannot be withdrawn.")),
        Step("dismiss_withdrawal", [Q.ASKED], Q.DISMISSED, [O.SECRETARIAT, O.CLOCK], P.HOUSE,
             title=_("Dismiss the request: the consultation goes on")),
    ],
)  # fmt: skip

CODES = Table(
    room="consultations",
    matter="codes",
    title=_("Codes for civil society"),
    states={
        Q.ASKED: pgettext_lazy("codes", "first halves handed over, a second clerk makes the others"),
        Q.DONE: pgettext_lazy("codes", "made"),
        Q.DISMISSED: pgettext_lazy("codes", "dismissed"),
    },
    steps=[
        #    act            from       to           by                        entry
        Step("ask_codes",     [NEW],     Q.ASKED,     [O.SECRETARIAT],          P.HOUSE,
             title=_("Make the first halves of codes")),
        Step("make_codes",    [Q.ASKED], Q.DONE,      [O.SECRETARIAT],          P.PUBLIC,
             title=_("Make the second halves of the codes"), two_person_of="ask_codes"),
        Step("dismiss_codes", [Q.ASKED], Q.DISMISSED, [O.SECRETARIAT, O.CLOCK], P.HOUSE,
             title=_("Dismiss the codes that were begun")),
    ],
)  # fmt: skip

TABLES = (CONSULTATION, PROPOSITION, WITHDRAWAL, CODES)
