"""Two people write in private: sealed, for nobody else, ended by either, erased by the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from hemicycle.dialogue import actions, queries
from hemicycle.dialogue.models import Exchange, Message
from hemicycle.dialogue.procedure import ExchangeState
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry, KeyDestruction
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from .. import seating
from ..conftest import NOON
from .making import House

SECRET = "Встретимся после заседания у северного входа."


def opened(house: House) -> Exchange:
    exchange = Exchange()
    actions.invite(exchange, house.actor("luca"), whom=house.seats[0].reference)
    actions.begin_exchange(exchange, house.actor("nadia"))
    return exchange


def send(house: House, exchange: Exchange, by: str, once: str = "1", text: str = SECRET) -> bool:
    return actions.send(exchange, house.actor(by), text=text, language="ru", once=f"{once:0>32}")


def test_two_people_write_and_nobody_else_reads_or_knows(house: House) -> None:
    exchange = opened(house)
    assert send(house, exchange, "nadia") and not send(house, exchange, "nadia")
    assert send(house, exchange, "luca", "2")
    for other in ("anna", "greta", "oleg", "henri", "jonas"):
        assert not queries.exchanges(house.actor(other)).exists()
        with pytest.raises(NotEmpowered):
            send(house, exchange, other, "3")
        with pytest.raises(NotEmpowered):
            actions.end_exchange(exchange, house.actor(other))
    entries = Entry.objects.filter(matter=exchange.reference)
    assert {row.publicity for row in entries} == {"sealed"} and {str(row.facts) for row in entries} == {"{}"}
    assert entries.count() == 2, "no entry for a message"
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM dialogue_message")
        assert not [row for row in cursor.fetchall() if "северного" in row[0]]


def test_an_invitation_is_for_the_other_side_and_accepted_by_whom_it_invites(house: House) -> None:
    with pytest.raises(Unmet):
        actions.invite(Exchange(), house.actor("luca"), whom=house.cast.henri.reference)
    with pytest.raises(Unmet):
        actions.invite(Exchange(), house.actor("nadia"), whom=house.seats[1].reference)
    with pytest.raises(NotEmpowered):
        actions.invite(Exchange(), house.actor("anna"), whom=house.seats[1].reference)
    exchange = Exchange()
    actions.invite(exchange, house.actor("nadia"), whom=house.cast.luca.reference)
    with pytest.raises(Unmet):
        actions.begin_exchange(exchange, house.actor("nadia"))
    with pytest.raises(Unmet):
        send(house, exchange, "nadia")
    with pytest.raises(Unmet):
        actions.invite(Exchange(), house.actor("luca"), whom=house.seats[0].reference)
    with clock.set_to(exchange.lapses_at):  # over, though no clock has run
        again = Exchange()
        actions.invite(again, house.actor("luca"), whom=house.seats[0].reference)
        actions.begin_exchange(again, house.actor("nadia"))
    exchange.refresh_from_db()
    assert (exchange.state, again.state) == (ExchangeState.ENDED, ExchangeState.OPEN)
    assert Exchange.objects.count() == 2 and not Message.objects.exists()


def test_either_ends_it_at_any_time_and_it_is_erased_later(house: House) -> None:
    exchange = opened(house)
    send(house, exchange, "luca")
    with pytest.raises(OutOfOrder):
        actions.end_exchange(exchange, CLOCK)
    seating.suspend(house.seats[0])
    with pytest.raises(NotEmpowered):
        send(house, exchange, "nadia", "2")
    actions.end_exchange(exchange, house.actor("nadia"))  # suspended, and still free to end it
    with pytest.raises(Unmet):
        send(house, exchange, "luca", "3")
    with pytest.raises(Unmet):
        actions.erase_exchange(exchange, CLOCK)
    with clock.set_to(NOON + timedelta(days=89)):
        assert actions.tick() == 0 and queries.exchanges(house.actor("luca")).exists()
    with clock.set_to(NOON + timedelta(days=90)):
        assert actions.tick() == 1 and actions.tick() == 0
    assert not Message.objects.exists() and not queries.exchanges(house.actor("luca")).exists()
    assert KeyDestruction.objects.filter(owner=exchange.reference).exists()


def test_time_ends_an_invitation_and_an_exchange_with_the_participation(house: House) -> None:
    exchange, invited = opened(house), Exchange()
    actions.invite(invited, house.actor("luca"), whom=house.seats[1].reference)
    with clock.set_to(NOON + timedelta(days=60)):
        assert invited.standing(clock.now()) == ExchangeState.ENDED
        with pytest.raises(OutOfOrder):
            actions.begin_exchange(invited, house.actor("oleg"))
        assert actions.tick() == 1
    with clock.set_to(house.seats[0].ends_at):
        with pytest.raises(Unmet):
            send(house, exchange, "luca")
        actions.tick()
        exchange.refresh_from_db()
        assert exchange.state == ExchangeState.ENDED
