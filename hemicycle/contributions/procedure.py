"""The acts on contributions and spending, row by row. Money comes in with a receipt that is public, and goes out only
when one person asks and another confirms."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class ContributionState(StrEnum):
    PLEDGED = "pledged"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    REVERSAL_ASKED = "reversal_asked"
    REVERSED = "reversed"


class SpendingState(StrEnum):
    ASKED = "asked"
    PAID = "paid"
    DISMISSED = "dismissed"
    RETURN_ASKED = "return_asked"
    RETURNED = "returned"


class DonorKind(StrEnum):
    """Who may give: never a person."""

    STATE = "state"
    BODY = "body"


C = ContributionState
S = SpendingState
P = Publicity

CONTRIBUTION = Table(
    room="contributions",
    matter="contribution",
    title=_("Contribution"),
    states={
        C.PLEDGED: pgettext_lazy("contribution", "pledged"),
        C.RECEIVED: pgettext_lazy("contribution", "received"),
        C.WITHDRAWN: pgettext_lazy("contribution", "withdrawn"),
        C.REVERSAL_ASKED: pgettext_lazy("contribution", "received; booking back waits for a second person"),
        C.REVERSED: pgettext_lazy("contribution", "booked back"),
    },
    steps=[
        #    act                     from         to           by             entry
        Step("pledge",               [NEW],       C.PLEDGED,   [O.TREASURER], P.HOUSE,
             title=_("Enter a pledge")),
        Step("receive",              [C.PLEDGED], C.RECEIVED,  [O.TREASURER], P.PUBLIC,
             title=_("Record that the money was received"), signed=True,
             note=_("Public at once; the donor gets a receipt that can be checked without an account.")),
        Step("withdraw_pledge",      [C.PLEDGED], C.WITHDRAWN, [O.TREASURER], P.HOUSE,
             title=_("Record that the pledge was withdrawn")),
        Step("ask_reversal",         [C.RECEIVED], C.REVERSAL_ASKED, [O.TREASURER, O.SECRETARIAT], P.HOUSE,
             title=_("Ask to book a contribution back"),
             note=_("Booked by mistake, or sent back to the donor. What was booked stays, and the contrary beside it.")),
        Step("confirm_reversal",     [C.REVERSAL_ASKED], C.REVERSED, [O.TREASURER, O.SECRETARY_GENERAL], P.PUBLIC,
             title=_("Confirm that it is booked back"), two_person_of="ask_reversal", grave=True, signed=True,
             note=_("Only while so much is left for the purpose: where some of it is spent, book first what is right.")),
        Step("drop_reversal",        [C.REVERSAL_ASKED], C.RECEIVED,
             [O.TREASURER, O.SECRETARIAT, O.SECRETARY_GENERAL], P.HOUSE, title=_("Leave the contribution booked")),
        Step("erase_bank_reference", [C.RECEIVED, C.REVERSAL_ASKED, C.REVERSED], SAME, [O.CLOCK], P.SEALED,
             title=_("Erase the bank reference of a contribution")),
    ],
)  # fmt: skip

SPENDING = Table(
    room="contributions",
    matter="spending",
    title=_("Spending"),
    states={
        S.ASKED: pgettext_lazy("spending", "asked for, a second person must confirm"),
        S.PAID: pgettext_lazy("spending", "confirmed and booked"),
        S.DISMISSED: pgettext_lazy("spending", "dismissed"),
        S.RETURN_ASKED: pgettext_lazy("spending", "booked; booking back waits for a second person"),
        S.RETURNED: pgettext_lazy("spending", "booked back"),
    },
    steps=[
        #    act                 from                   to           by                                  entry
        Step("ask_spending",     [NEW],                 S.ASKED,     [O.TREASURER, O.SECRETARIAT],       P.HOUSE,
             title=_("Ask for spending")),
        Step("confirm_spending", [S.ASKED],             S.PAID,      [O.TREASURER, O.SECRETARY_GENERAL], P.PUBLIC,
             title=_("Confirm the spending"), two_person_of="ask_spending", grave=True, signed=True,
             note=_("Only as much as is left for the purpose.")),
        Step("dismiss_spending", [S.ASKED],             S.DISMISSED,
             [O.TREASURER, O.SECRETARIAT, O.SECRETARY_GENERAL], P.HOUSE, title=_("Dismiss the spending")),
        Step("ask_return",       [S.PAID],              S.RETURN_ASKED, [O.TREASURER, O.SECRETARIAT],    P.HOUSE,
             title=_("Ask to book a spending back"),
             note=_("Booked by mistake, or the money came back. What was booked stays, and the contrary beside it.")),
        Step("confirm_return",   [S.RETURN_ASKED],      S.RETURNED,  [O.TREASURER, O.SECRETARY_GENERAL], P.PUBLIC,
             title=_("Confirm that the spending is booked back"), two_person_of="ask_return", grave=True, signed=True),
        Step("drop_return",      [S.RETURN_ASKED],      S.PAID,
             [O.TREASURER, O.SECRETARIAT, O.SECRETARY_GENERAL], P.HOUSE, title=_("Leave the spending booked")),
        Step("erase_payee",      list(S),               SAME,        [O.CLOCK],                          P.SEALED,
             title=_("Erase the payee and the document of a spending")),
    ],
)  # fmt: skip

TABLES = (CONTRIBUTION, SPENDING)
