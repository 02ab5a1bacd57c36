"""Statements, groups and initiatives in every state in which somebody can do something. See scenes.py."""

from __future__ import annotations

from datetime import timedelta

from hemicycle.record import clock
from hemicycle.statements import actions
from hemicycle.statements.models import Scope

from ..cast import Cast
from ..laying import laid
from ..statements import making as hall


@laid
def said_together(cast: Cast) -> None:
    """A draft with amendments open and carried, a final text with a consent and a dissent, one that ended long ago; groups, one asked;
    initiatives within a group, open, and withdrawn."""
    with clock.set_to(clock.now() - timedelta(days=5)):
        there = hall.hall(cast, 6)
        draft = hall.drafted(there)
        actions.join_movers(draft, there.actor(1))
        carried = hall.amended(there, draft)
        actions.vote_on_amendment(carried, there.actor(1), choice="for")
    actions.close_amendment(carried, there.actor(0))
    hall.amended(there, draft, passage="every state", replacement="each state")
    final = hall.final(there, consents=2)
    actions.give_opinion(final, there.actor(4), kind="dissent", text=hall.DISSENT, language="en")
    gone = hall.drafted(there, scope=Scope.SIGNATORIES)
    actions.withdraw_statement(gone, there.actor(0))
    own = hall.group(there, [0, 1])
    hall.asking(there, own, 3)
    hall.proposed(there, own, 0)
    opened = hall.proposed(there, own, 0, text="For open doors\n\nAn initiative that is open.\n")
    actions.back_initiative(opened, there.actor(1), group=own)
    dropped = hall.proposed(there, own, 0)
    actions.withdraw_initiative(dropped, there.actor(0))
