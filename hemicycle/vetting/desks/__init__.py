"""The matters of this room at the generic pages, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterator

from hemicycle.record.actors import Actor
from hemicycle.web.desk import Waiting

from . import coordination, examination, screening, service, training

DESKS = (*examination.DESKS, service.DESK, *screening.DESKS, *coordination.DESKS, training.DESK)


def waiting(actor: Actor) -> Iterator[Waiting]:
    """What waits for a person here, part by part."""
    for part in (examination, screening, coordination):
        yield from part.waiting(actor)
