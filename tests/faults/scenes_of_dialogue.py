"""Scenes of the dialogue: questions in both directions and several states, and a private exchange."""

from __future__ import annotations

from datetime import timedelta

from hemicycle.dialogue import actions
from hemicycle.dialogue.models import Exchange
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK

from ..cast import Cast
from ..dialogue import making
from ..laying import laid


@laid
def questions(cast: Cast) -> None:
    """A draft, one tabled, one returned, one with a standing clock, one that is overdue, one under review; one on which
    nobody has decided in time."""
    house = making.house(cast)
    with clock.set_to(clock.now() - timedelta(days=20)):
        house.signed(answer="Он подписан и ждёт.")
        house.assigned("nadia")
        late = house.tabled(text="Does this wait for a decision too long?")
    actions.remind_decision(late, CLOCK)
    house.draft(text="Is this still a draft of mine?")
    house.tabled("nadia", text="Does this wait for a decision?")
    returned = house.tabled(text="Are there two questions in this one?")
    actions.return_question(returned, cast.actor("anna"), reason="form", text="Two at once.", language="en")
    stands = house.admitted()
    actions.stop_clock(stands, cast.actor("bruno"), reasons="The archive is closed.", language="en")
    actions.follow_up(house.answered(), cast.actor("luca"), kind="position", text="And then?", language="en")
    review = house.answered()
    actions.ask_review(review, cast.actor("luca"), reasons="Half of it.", language="en")


@laid
def exchanges(cast: Cast) -> None:
    """An invitation, and an exchange with a message."""
    house = making.house(cast)
    actions.invite(Exchange(), cast.actor("luca"), whom=house.seats[1].reference)
    exchange = Exchange()
    actions.invite(exchange, cast.actor("nadia"), whom=cast.luca.reference)
    actions.begin_exchange(exchange, cast.actor("luca"))
    actions.send(exchange, cast.actor("luca"), text="Good evening.", language="en", once="1" * 32)
