"""What must not be lost or doubled when everybody acts at once."""

from __future__ import annotations

import uuid

import pytest

from hemicycle.people.models import Holding
from hemicycle.record import acts, clock
from hemicycle.record.acts import AlreadyRecorded, Stale
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import OutOfOrder
from tests import cast as casting
from tests.conftest import NOON, at_once
from tests.record.test_gate import annotate, held, raise_thing, settle

pytestmark = pytest.mark.usefixtures("own_database")


def test_one_form_sent_eight_times_at_once_acts_once() -> None:
    with clock.set_to(NOON):
        cast = casting.found()
        once = uuid.uuid4().hex
        actor = cast.actor("anna")
        things = [Holding(person=cast.quiet, office="delegate", held_from=clock.now()) for _ in range(8)]

    def send(thing: Holding) -> Entry:
        with acts.submission(once, None):
            return raise_thing(thing, actor)

    results = at_once(*(lambda thing=thing: send(thing) for thing in things))  # type: ignore[misc]
    assert sum(isinstance(r, Entry) for r in results) == 1, results
    assert sum(isinstance(r, AlreadyRecorded) for r in results) == 7, results
    assert Entry.objects.filter(act="raise_thing").count() == 1
    assert Holding.objects.filter(person=cast.quiet).count() == 1


def test_two_clerks_who_decide_at_once_leave_one_decision() -> None:
    with clock.set_to(NOON):
        cast = casting.found()
        thing = Holding(person=cast.quiet, office="delegate", held_from=clock.now())
        raise_thing(thing, cast.actor("anna"))
        bruno = cast.actor("bruno")

    def decide(to: str) -> Entry:
        return settle(Holding.objects.get(pk=thing.pk), bruno, to=to)

    results = at_once(lambda: decide("held"), lambda: decide("refused"))
    assert sum(isinstance(r, Entry) for r in results) == 1, results
    assert sum(isinstance(r, OutOfOrder) for r in results) == 1, results
    entry = Entry.objects.get(act="settle")
    assert Holding.objects.get(pk=thing.pk).state == entry.after


def test_of_pages_of_the_same_age_only_the_first_acts() -> None:
    with clock.set_to(NOON):
        cast = casting.found()
        thing = held(cast)
        seen = Holding.objects.get(pk=thing.pk).version
        anna = cast.actor("anna")

    def note(text: str) -> Entry:
        with acts.submission(uuid.uuid4().hex, seen):
            return annotate(Holding.objects.get(pk=thing.pk), anna, text=text)

    results = at_once(*(lambda text=f"note {i}": note(text) for i in range(6)))  # type: ignore[misc]
    assert sum(isinstance(r, Entry) for r in results) == 1, results
    assert sum(isinstance(r, Stale) for r in results) == 5, results
    assert Holding.objects.get(pk=thing.pk).version == seen + 1
