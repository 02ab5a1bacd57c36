"""The clock's round: one matter that refuses holds up no other's deadline."""

from __future__ import annotations

import logging

import pytest

from hemicycle.people.models import Holding
from hemicycle.record.actors import CLOCK
from hemicycle.record.acts import Facts, gate
from hemicycle.record.due import take_each
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Finding, Unmet
from hemicycle.rules.procedure import Office, Publicity, Step, Table
from tests.cast import Cast
from tests.putting import put
from tests.record.test_gate import held

TABLE = Table(
    room="duetest",
    matter="thing",
    title="Thing",
    states={"held": "held", "ended": "ended"},
    steps=[Step("end_thing", ["held"], "ended", [Office.CLOCK], Publicity.HOUSE)],
)


@gate(TABLE, lambda actor, matter: actor.offices)
def end_thing(thing: Holding, by: object) -> Facts | None:
    if thing.ground == "stuck":
        raise Unmet(Finding("this one is stuck", {}, "duetest.end_thing"))
    if thing.ground == "broken":
        raise ZeroDivisionError
    return None


def things(cast: Cast, *grounds: str) -> list[Holding]:
    found = []
    for ground in grounds:
        thing = held(cast)
        put(Holding.objects.filter(pk=thing.pk), ground=ground)
        found.append(Holding.objects.get(pk=thing.pk))
    return found


def test_one_that_refuses_is_named_and_the_others_get_their_turn(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    stuck, other = things(cast, "stuck", "")
    with caplog.at_level(logging.ERROR):
        assert take_each(end_thing, [stuck, other]) == 1
    assert stuck.reference in caplog.text and "stuck" in caplog.text
    stuck.refresh_from_db()
    other.refresh_from_db()
    assert (stuck.state, other.state) == ("held", "ended")


def test_one_that_another_clock_was_faster_on_is_passed_over(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    (thing,) = things(cast, "")
    end_thing(Holding.objects.get(pk=thing.pk), CLOCK)
    assert take_each(end_thing, [thing]) == 0
    assert Entry.objects.filter(act="end_thing").count() == 1 and not caplog.records


def test_a_fault_of_the_room_is_raised(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError):
        take_each(end_thing, things(cast, "broken"))
