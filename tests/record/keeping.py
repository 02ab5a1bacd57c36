"""A record with a history, for tests of its log: some public acts, some sensitive ones, over several days."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from hemicycle.people.models import Holding
from hemicycle.people.procedure import HoldingState
from hemicycle.record import acts, clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.record.log import sequencer, witnesses
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import NEW, SAME, Office, Publicity, Step, Table
from tests.cast import Cast

TABLE = Table(
    room="logtest",
    matter="thing",
    title="Thing",
    states={HoldingState.HELD: "held"},
    steps=[
        Step("begin_thing", [NEW], HoldingState.HELD, [Office.SECRETARIAT], Publicity.PUBLIC),
        Step("tell_thing", [HoldingState.HELD], SAME, [Office.SECRETARIAT], Publicity.PUBLIC),
        Step("keep_thing", [HoldingState.HELD], SAME, [Office.SECRETARIAT], Publicity.SEALED),
    ],
)
act = gate(TABLE, lambda actor, matter: actor.offices)


@act
def begin_thing(thing: Holding, by: Actor, *, told: Any = None) -> Facts:
    return Facts({"count": 1, "told": told} if told else {"count": 1})


@act
def tell_thing(thing: Holding, by: Actor, *, count: int) -> Facts:
    return Facts({"count": count})


@act
def keep_thing(thing: Holding, by: Actor, *, text: str) -> Facts:
    return Facts({"size": len(text)}, sealed={"text": text})


for _name in ("begin_thing", "tell_thing", "keep_thing"):
    acts.registry.pop(("logtest", _name))  # the tables of the house stay as they are


def history(cast: Cast, at: datetime, days: int = 3) -> list[Entry]:
    """Acts of several days, one round of the sequencer after each; the last day's sensitive ones still wait."""
    thing = Holding(person=cast.luca, office="observer", held_from=at)
    anna = cast.actor("anna")
    made: list[Any] = []
    for day in range(days):
        with clock.set_to(at + timedelta(days=day)):
            if day == 0:
                made.append(begin_thing(thing, anna))
            made += [tell_thing(thing, anna, count=10 * day + i) for i in range(4)]
            made += [keep_thing(thing, anna, text=f"kept {day} {i}") for i in range(5)]
            sequencer.sequence()
            witnesses.cosign()
    return made


def folder() -> Path:
    return Path(settings.LOG_FOLDER)


def unlock(cursor: Any) -> None:
    """What an insider with the database does first: drop the triggers."""
    for table in (
        "record_entry",
        "record_leaf",
        "record_position",
        "record_checkpoint",
        "record_cosignature",
    ):
        if connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        else:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}")
