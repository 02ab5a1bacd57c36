"""Fifteen who sit, a draft, a final text, consents: for every test of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.record.actors import Actor
from hemicycle.rules.findings import Unmet
from hemicycle.statements import actions
from hemicycle.statements.models import Amendment, Group, Initiative, Joining, Scope, Statement

from .. import seating
from ..cast import Cast
from ..composition.refusing import refused
from ..laying import laid

TITLE = "For those who refused"
TEXT = (
    f"{TITLE}\n\nWe ask every state to let in those who refused to fight this war.\n"
    "Nobody who refused an order may be sent back; each case is heard, and each answer is given in writing within "
    "ninety days of the request.\n"
)
FRENCH = (
    "Pour celles et ceux qui ont refusé\n\nNous demandons à tous les États d’accueillir celles et ceux qui ont refusé de "
    "faire cette guerre.\n"
)
RUSSIAN = "За тех, кто отказался\n\nМы просим все государства принять тех, кто отказался участвовать в этой войне.\n"
DISSENT = "I hold that an appeal to states alone says too little about consulates."


@dataclass
class Hall:
    """The people who sit, by their seat from 0."""

    cast: Cast
    seats: list[Mandate] = field(default_factory=list)

    def actor(self, seat: int) -> Actor:
        return people.actor(self.seats[seat].person)


@laid
def hall(cast: Cast, count: int = 15) -> Hall:
    return Hall(cast, seating.participants(cast, count))


@laid
def drafted(
    hall: Hall, *, scope: str = Scope.ALL, groups: Sequence[Group] = (), text: str = TEXT
) -> Statement:
    row = Statement(scope=scope)
    actions.begin_statement(row, hall.actor(0), text=text, language="en", groups=groups)
    return row


@laid
def final(
    hall: Hall, *, consents: int = 0, scope: str = Scope.ALL, groups: Sequence[Group] = (), **texts: str
) -> Statement:
    row = drafted(hall, scope=scope, groups=groups)
    actions.finalise(row, hall.actor(0), texts=texts)
    for seat in range(consents):
        consent(hall, row, seat)
    return row


@laid
def consent(hall: Hall, row: Statement, seat: int) -> None:
    actions.consent(row, hall.actor(seat), digest=row.digest)


@laid
def amended(
    hall: Hall, row: Statement, *, passage: str = "ninety days", replacement: str = "thirty days"
) -> Amendment:
    amendment = Amendment(statement=row)
    actions.propose_amendment(
        amendment, hall.actor(3), passage=passage, replacement=replacement, reasons="Ninety are too many."
    )
    return amendment


@laid
def group(hall: Hall, seats: Sequence[int], name: str = "Northern voices") -> Group:
    row = Group()
    names = {"en": name, "fr": f"{name} (fr)", "ru": f"{name} (ru)"}
    actions.found_group(row, hall.actor(seats[0]), names=names)
    for seat in seats[1:]:
        join(hall, row, seat, seats[0])
    return row


@laid
def asking(hall: Hall, group: Group, seat: int) -> Joining:
    row = Joining(group=group)
    actions.ask_to_join(row, hall.actor(seat))
    return row


@laid
def join(hall: Hall, group: Group, seat: int, by: int) -> None:
    """Asked and accepted."""
    actions.accept_member(asking(hall, group, seat), hall.actor(by))
    group.refresh_from_db()


@laid
def proposed(hall: Hall, own: Group, seat: int, text: str = TEXT) -> Initiative:
    row = Initiative()
    actions.propose_initiative(row, hall.actor(seat), group=own, text=text, language="en")
    return row


def refuse(message: str, act: Any, row: Any, by: Any, **params: Any) -> None:
    """Refused with that sentence, and nothing has changed."""
    with pytest.raises(Unmet, match=message):
        act(row, by, **params)
    refused(Unmet, act, row, by, **params)
