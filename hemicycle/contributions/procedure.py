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


class SpendingState(StrEnum):
    ASKED = "asked"
    PAID = "paid"
    DISMISSED = "dismissed"


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
        Step("erase_bank_reference", [C.RECEIVED], SAME,       [O.CLOCK],     P.SEALED,
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
        Step("erase_payee",      list(S),               SAME,        [O.CLOCK],                          P.SEALED,
             title=_("Erase the payee and the document of a spending")),
    ],
)  # fmt: skip

TABLES = (CONTRIBUTION, SPENDING)
