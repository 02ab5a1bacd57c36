"""What a clerk may decide on a mail, row by row. That a mail is due, is claimed and was sent are no acts: no office decides it,
and the record must not keep for ever who was written to when."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class DecisionState(StrEnum):
    HELD = "held"
    LET_GO = "let_go"
    SENT_AGAIN = "sent_again"
    LEFT = "left"


D = DecisionState
P = Publicity

DECISION = Table(
    room="notices",
    matter="decision",
    title=_("Decision on a mail"),
    existence_sealed=True,
    states={
        D.HELD: pgettext_lazy("mail", "held back"),
        D.LET_GO: pgettext_lazy("mail", "let go"),
        D.SENT_AGAIN: pgettext_lazy("mail", "to be sent again"),
        D.LEFT: pgettext_lazy("mail", "left as it is"),
    },
    steps=[
        #    act             from      to            by               entry
        Step("hold_back",    [NEW],    D.HELD,       [O.SECRETARIAT], P.SEALED,
             title=_("Hold the mail back")),
        Step("let_go",       [D.HELD], D.LET_GO,     [O.SECRETARIAT], P.SEALED,
             title=_("Let the mail go")),
        Step("send_again",   [NEW],    D.SENT_AGAIN, [O.SECRETARIAT], P.SEALED,
             title=_("Send the mail again")),
        Step("leave_unsent", [NEW],    D.LEFT,       [O.SECRETARIAT], P.SEALED,
             title=_("Leave the mail as it is")),
    ],
)  # fmt: skip

TABLES = (DECISION,)
