"""Two people write to one another in private. The record holds that it began, ended and was erased (14.4)."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from hemicycle.record import clock, erasure, law
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts
from hemicycle.record.forgetting import forget_salts
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from .. import queries, retention, sides
from ..models import Exchange, Message
from ..procedure import EXCHANGE, ExchangeState
from .gates import exchange_act as act
from .gates import unmet, written


@act
def invite(exchange: Exchange, by: Actor, *, whom: str) -> Facts:
    """`whom`: the reference of a participation, or of a member of the Assembly; `exchange` is unsaved. Raises `Unmet`."""
    own = sides.mandate_of(by)
    if own is None:
        found = next((row for row in sides.participants() if row.reference == whom), None)
        if found is None:
            raise unmet(N_("Choose a participant who sits now."), "invite")
        exchange.delegate_id, exchange.mandate, exchange.is_from_delegate = by.person or 0, found, True
    else:
        person = next((row for row in sides.delegates() if row.reference == whom), None)
        if person is None:
            raise unmet(N_("Choose a member of the Assembly."), "invite")
        exchange.delegate, exchange.mandate, exchange.is_from_delegate = person, own, False
    if exchange.delegate_id == exchange.mandate.person_id:
        raise unmet(N_("Choose somebody else than yourself."), "invite")
    running = Exchange.objects.filter(
        delegate_id=exchange.delegate_id, mandate=exchange.mandate, state__in=[ExchangeState.INVITED, ExchangeState.OPEN]
    )  # fmt: skip
    for row in running:
        if not is_over(row):
            raise unmet(N_("You have an exchange or an invitation with this person already."), "invite")
        end_exchange(row, CLOCK)  # time has ended it, and no clock has written it down yet
    exchange.lapses_at = clock.now() + timedelta(days=law.in_force().dialogue.draft_days.value)
    return Facts()


@act
def begin_exchange(exchange: Exchange, by: Actor) -> Facts:
    """Whoever was invited agrees."""
    if queries.is_delegate_of(by, exchange) == exchange.is_from_delegate:
        raise unmet(N_("Whoever was invited accepts."), "begin_exchange")
    if not queries.may_write(by, exchange):
        raise NotEmpowered(EXCHANGE, EXCHANGE.by_act["begin_exchange"])
    return Facts()


@act
def end_exchange(exchange: Exchange, by: Actor) -> Facts:
    """Either ends it at any time, without a reason; so does time, with the participation or the seat."""
    if by.is_clock and not is_over(exchange):
        raise OutOfOrder(EXCHANGE, EXCHANGE.by_act["end_exchange"], exchange.state)
    exchange.ended_at = clock.now()
    return Facts()


def is_over(exchange: Exchange) -> bool:
    return exchange.standing(clock.now()) == ExchangeState.ENDED or not sides.holds_seat(exchange.delegate)


@act
def erase_exchange(exchange: Exchange, by: Actor) -> Facts:
    """The messages and their key."""
    due = retention.exchange_due(exchange)
    if due is None or clock.now() < due.at:
        raise unmet(N_("This exchange is not yet to be erased."), "erase_exchange")
    exchange.messages.all().delete()
    exchange.erased_at = clock.now()
    forget_salts([exchange.reference])
    erasure.destroy([exchange.reference])
    return Facts({"due": due.at})


def send(exchange: Exchange, by: Actor, *, text: str, language: str, once: str) -> bool:
    """One message. No act, for it changes no state and the record says nothing of it; whoever may not write is refused as
    at the gate. Returns whether it was written now; the same form sent again writes nothing. Raises `Unmet`."""
    with transaction.atomic():
        locked = Exchange.objects.select_for_update().get(pk=exchange.pk)
        if Message.objects.filter(once=once).exists():
            return False
        if locked.standing(clock.now()) != ExchangeState.OPEN or is_over(locked):
            raise unmet(N_("This exchange is not open: nothing was sent."), "begin_exchange")
        if not queries.may_write(by, locked):
            raise NotEmpowered(EXCHANGE, EXCHANGE.by_act["begin_exchange"])
        Message.objects.create(
            exchange=locked, is_from_delegate=queries.is_delegate_of(by, locked),
            text=written(text, "begin_exchange"), language=language, at=clock.now(), once=once,
        )  # fmt: skip
    return True
