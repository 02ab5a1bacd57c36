"""The acts on offices and accounts, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from hemicycle.rules.procedure import NEW, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class HoldingState(StrEnum):
    PROPOSED = "proposed"
    HELD = "held"
    GRANTED_LATER = "granted_later"
    RESTING = "resting"
    REFUSED = "refused"
    ENDED = "ended"


H = HoldingState
P = Publicity

HOLDING = Table(
    room="people",
    matter="holding",
    title=_("Office held"),
    states={
        H.PROPOSED: _("proposed"),
        H.HELD: _("held"),
        H.GRANTED_LATER: _("granted, begins later"),
        H.RESTING: _("resting after a recovery"),
        H.REFUSED: _("not granted"),
        H.ENDED: _("ended"),
    },
    steps=[
        #    act               from                     to          by                           entry
        Step("grant",          [NEW],                   H.PROPOSED, [O.SECRETARIAT],             P.HOUSE,
             title=_("Propose an office-holder")),
        Step("confirm_grant",  [H.PROPOSED, H.RESTING], H.HELD,     [O.SECRETARIAT],             P.HOUSE,
             title=_("Grant the office"), two_person_of="grant"),
        Step("refuse_grant",   [H.PROPOSED],            H.REFUSED,  [O.SECRETARIAT],             P.HOUSE,
             title=_("Do not grant the office")),
        Step("found_holding",  [NEW],                   H.HELD,     [O.FOUNDER],                 P.HOUSE,
             title=_("Enrol a founding clerk")),
        Step("rest",           [H.HELD],                H.RESTING,  [O.SECRETARIAT],             P.HOUSE,
             title=_("Let the office rest")),
        Step("end_holding",    [H.HELD, H.RESTING],     H.ENDED,    [O.SECRETARIAT, O.CLOCK],    P.HOUSE,
             title=_("End the holding"), grave=True),
    ],
)  # fmt: skip

TABLES = (HOLDING,)
