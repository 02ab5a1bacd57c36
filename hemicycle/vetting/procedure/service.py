"""The acts on dated posts, employers, incomes and funds, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class ServiceState(StrEnum):
    DECLARED = "declared"
    FOUND = "found"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"  # never stored: the file was closed


S, P = ServiceState, Publicity

SERVICE = Table(
    room="vetting",
    matter="service entry",
    title=_("Dated post or money"),
    existence_sealed=True,
    states={
        S.DECLARED: _("declared by the candidate"),
        S.FOUND: _("found by a reader"),
        S.WITHDRAWN: pgettext_lazy("service entry", "taken back"),
        S.CLOSED: _("closed with the file"),
    },
    steps=[  # act, from, to, by, entry
        Step("declare_service", [NEW], S.DECLARED, [O.CANDIDATE], P.SEALED,
             title=_("Declare a post or money")),
        Step("find_service", [NEW], S.FOUND, [O.ASSESSOR], P.SEALED,
             title=_("Enter a post or money that you found")),
        Step("correct_service", [S.DECLARED], SAME, [O.CANDIDATE], P.SEALED,
             title=_("Correct the entry")),
        Step("withdraw_service", [S.DECLARED], S.WITHDRAWN, [O.CANDIDATE], P.SEALED,
             title=_("Take your entry out")),
        Step("take_back_service", [S.FOUND], S.WITHDRAWN, [O.ASSESSOR], P.SEALED,
             title=_("Take back what you found")),
        # Beside the entry: the version of an entry must not tell one reader what the other did.
        Step("dispute_service", [S.FOUND], SAME, [O.CANDIDATE], P.SEALED, beside=True,
             title=_("Dispute what a reader found")),
        Step("dispute_declared", [S.DECLARED], SAME, [O.ASSESSOR], P.SEALED, beside=True,
             title=_("Dispute what the candidate declared")),
        Step("tie_service", [S.DECLARED, S.FOUND], SAME, [O.ASSESSOR], P.SEALED, beside=True,
             title=_("Name the adverse point that rests on it")),
    ],
)  # fmt: skip
