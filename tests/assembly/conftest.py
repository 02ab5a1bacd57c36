"""A founded host: bodies, delegations and groups beside the cast."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from hemicycle.assembly import actions
from hemicycle.assembly.actions.charter import form_bodies
from hemicycle.assembly.founding import DATA, load_delegations
from hemicycle.assembly.models import Body, BodySeat, Session
from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.actors import FOUNDER
from tests.cast import Cast, charter

Seat = Callable[..., BodySeat]

YEAR = {"name": "2027", "opens_on": date(2027, 1, 25), "closes_on": date(2028, 1, 23)}


@pytest.fixture
def host(cast: Cast) -> Cast:
    """The cast, with the bodies formed and the delegations loaded."""
    load_delegations(DATA)
    form_bodies(charter(), FOUNDER)
    return cast


@pytest.fixture
def seat(host: Cast) -> Seat:
    """Put somebody on a body, now."""

    def put(
        body: str, capacity: str, person: Person | None = None, name: str = "", **fields: object
    ) -> BodySeat:
        return BodySeat.objects.create(
            body=Body.objects.get(code=body),
            capacity=capacity,
            person=person,
            name=name or (person.shown_name if person else "Invented Member"),
            held_from=fields.pop("held_from", clock.now()),
            **fields,
        )

    return put


@pytest.fixture
def session(host: Cast) -> Session:
    made = Session(**YEAR)
    actions.open_session(made, host.actor("anna"))
    return made
