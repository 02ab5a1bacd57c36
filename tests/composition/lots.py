"""A lot that is prepared and drawn, for tests under a charter that foresees one."""

from __future__ import annotations

from datetime import date, timedelta

from hemicycle.composition import actions
from hemicycle.composition.models import List, Lot
from hemicycle.record import clock

from .making import Round

SOURCE = "The six numbers of the Lottery of Ruritania, ascending"
SECOND = "3 8 17 21 30 44"


def tomorrow() -> date:
    return clock.today() + timedelta(days=1)


def prepared(found: Round, list_: List) -> Lot:
    actions.prepare_lot(list_, found.by("greta"), source=SOURCE, source_on=tomorrow())
    return list_.lots.latest("pk")


def drawn(found: Round, list_: List, second: str = SECOND) -> Lot:
    with clock.set_to(clock.now() + timedelta(days=1)):
        actions.draw_lot(list_, found.by("greta"), second=second)
    return list_.lots.latest("pk")


def page(found: Round, key: str, address: str) -> str:
    return found.cast.client(key).get(address).content.decode()
