"""`hemicycle verify` beside people who act and a log that goes on: what is in order is never called out of order."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection

from hemicycle.people.models import Holding
from hemicycle.record import actions as record
from hemicycle.record import clock
from hemicycle.record.log import checking
from tests import cast as casting
from tests.record.keeping import begin_thing, tell_thing

pytestmark = pytest.mark.usefixtures("own_database")
ROUNDS = 24


def test_a_check_beside_acts_and_the_sequencer_sees_one_instant() -> None:
    cast = casting.found()
    thing = Holding(person=cast.quiet, office="delegate", held_from=clock.now())
    begin_thing(thing, cast.actor("anna"))
    record.tick()
    actor, stop, trouble = cast.actor("anna"), threading.Event(), list[BaseException]()

    def go_on() -> None:
        ticked = 0.0
        try:
            for count in range(10_000):
                if stop.is_set():
                    return
                tell_thing(thing, actor, count=count)
                if time.monotonic() > ticked + 1.5:
                    record.tick()
                    ticked = time.monotonic()
        except BaseException as error:
            trouble.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=go_on)
    other.start()
    try:
        seen = [checking.check(say=lambda line: None).entries for _ in range(ROUNDS)]
    finally:
        stop.set()
        other.join()
    assert not trouble and seen == sorted(seen) and seen[-1] > seen[0], "acts did not wait for the check"
