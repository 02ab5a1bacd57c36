"""Who sees which posts and money, and when: readings stay blind, and the person is told as with every adverse point."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.actions.ending import erase_file
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Opening
from hemicycle.vetting import actions, queries
from hemicycle.vetting.actions import tick
from hemicycle.vetting.models import Examination, ServiceDispute, ServiceEntry

from ..cast import Cast
from . import making
from .service import declared, found
from .test_service_acts import conclude

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(candidacy: Candidacy, cast: Cast) -> Examination:
    examination = making.assigned(candidacy, cast)
    making.opened(examination)
    return examination


def sees(examination: Examination, actor: Actor) -> set[str]:
    """The payers of what the actor sees of the file, and the words of the disputes."""
    lines = queries.service_lines(examination.candidacy, actor)
    said = {str(row.text) for line in lines for row in line.disputes}
    listed = {str(line.entry.payer) for line in lines if line.entry is not None}
    pages = queries.visible_service(actor).filter(
        candidacy=examination.candidacy, state__in=["declared", "found"]
    )
    assert {str(entry.payer) for entry in pages} == listed, "list and page of an entry differ"
    return said | listed


def readers(examination: Examination) -> list[Actor]:
    return [making.actor_of(reading) for reading in making.readings(examination)]


def give(examination: Examination) -> None:
    for reading in making.readings(examination):
        if reading.given_at is None:
            making.give(reading)
    examination.refresh_from_db()


def test_one_reader_sees_nothing_of_what_the_other_found_or_disputed_before_the_readings_are_gathered(
    opened: Examination, cast: Cast
) -> None:
    one, two = readers(opened)
    first, second = making.readings(opened)
    own = declared(opened.candidacy, payer="Told")
    found(first, payer="First")
    found(second, payer="Second")
    actions.dispute_declared(own, one, text="Doubt", language="en")
    assert sees(opened, one) == {"Told", "First", "Doubt"}
    assert sees(opened, two) == {"Told", "Second"}
    assert sees(opened, cast.actor("anna")) == {"Told"}
    making.give(first)
    assert sees(opened, one) == {"Told", "First", "Doubt"}
    assert sees(opened, two) == {"Told", "Second"}
    making.give(second)
    everything = {"Told", "First", "Second", "Doubt"}
    for actor in (one, two, cast.actor("anna")):
        assert sees(opened, actor) == everything
    assert sees(opened, cast.actor("nadia")) == {"Told"}


def test_the_person_is_shown_what_was_found_with_the_point_that_rests_on_it(
    opened: Examination, cast: Cast
) -> None:
    one, nadia = readers(opened)[0], cast.actor("nadia")
    own, theirs = declared(opened.candidacy, payer="Told"), found(making.readings(opened)[0], payer="Found")
    actions.dispute_declared(own, one, text="Doubt", language="en")
    point = making.raised(opened)
    for entry in (own, theirs):
        actions.tie_service(entry, one, point=point.reference)
    assert sees(opened, nadia) == {"Told"}
    assert sees(opened, cast.actor("anna")) == {"Told", "Found", "Doubt"}, "who puts the point reads it first"
    assert sees(opened, readers(opened)[1]) == {"Told"}
    making.put(point, cast)
    assert sees(opened, nadia) == {"Told", "Found", "Doubt"}
    assert sees(opened, readers(opened)[1]) == {"Told"}, "the other reader still reads blind"


def test_what_no_point_rests_on_is_shown_to_the_person_with_the_opinion(
    opened: Examination, cast: Cast
) -> None:
    theirs = found(making.readings(opened)[0], payer="Found")
    give(opened)
    assert sees(opened, cast.actor("nadia")) == set()
    conclude(opened)
    assert sees(opened, cast.actor("nadia")) == {"Found"}
    actions.dispute_service(theirs, cast.actor("nadia"), text="Not me", language="ru")
    assert sees(opened, readers(opened)[0]) == {"Found", "Not me"}


def test_strangers_and_readers_who_have_not_opened_the_file_see_nothing(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.assigned(candidacy, cast)
    declared(candidacy, payer="Told")
    for actor in (*readers(examination), *map(cast.actor, ("oleg", "greta", "marta"))):
        assert sees(examination, actor) == set()


def test_what_was_taken_back_is_seen_by_its_side_alone(opened: Examination, cast: Cast) -> None:
    one, two = readers(opened)
    own, theirs = declared(opened.candidacy), found(making.readings(opened)[0])
    actions.withdraw_service(own, cast.actor("nadia"))
    actions.take_back_service(theirs, one)
    give(opened)
    seen = {
        key: set(queries.visible_service(actor))
        for key, actor in {
            "one": one,
            "two": two,
            "nadia": cast.actor("nadia"),
            "anna": cast.actor("anna"),
        }.items()
    }
    assert seen == {"one": {theirs}, "two": set(), "nadia": {own}, "anna": set()}


def test_what_a_released_reader_found_is_nobodys_unless_a_point_rests_on_it(
    opened: Examination, cast: Cast
) -> None:
    reading, other = making.readings(opened)
    found(reading, payer="Loose")
    kept = found(reading, payer="Kept")
    point = making.raised(opened)
    actions.tie_service(kept, making.actor_of(reading), point=point.reference)
    actions.release_reading(reading, cast.actor("anna"), ground="absence")
    assert sees(opened, making.actor_of(reading)) == set()
    assert sees(opened, cast.actor("anna")) == {"Kept"}
    making.opened(opened)
    give(opened)
    assert sees(opened, making.actor_of(other)) == {"Kept"}


def test_a_locked_and_a_withdrawn_file_show_nothing_to_anybody_else(opened: Examination, cast: Cast) -> None:
    declared(opened.candidacy, payer="Told")
    candidacies.withdraw(opened.candidacy, cast.actor("nadia"))
    for actor in (*readers(opened), cast.actor("anna")):
        assert not queries.visible_service(actor).exists()


def test_overlaps_of_what_was_declared_with_the_candidacy_stand_beside_the_entries(
    call: Call, cast: Cast
) -> None:
    candidacy = making.file(call, cast, **making.SERVICE)
    declared(candidacy, kind="pension", began="2020", ended="")
    found_ = [
        (line.kind, [(met.limb, met.certain, met.possible, met.article) for met in line.overlaps])
        for line in queries.service_lines(candidacy, cast.actor("nadia"))
    ]
    aside = [("government_service", 0, 0, "2.4")]
    assert found_ == [
        ("post", []),
        ("post", [("government_service", 366, 366, "")]),
        ("teaching", aside),
        ("pension", [*aside, ("occupation_administration", 0, 0, "2.4"), ("state_money", 0, 0, "2.4")]),
    ]
    assert date(2015, 1, 1) == queries.service_lines(candidacy, cast.actor("nadia"))[1].overlaps[0].first


def test_a_long_list_is_read_in_as_many_questions_as_a_short_one(opened: Examination, cast: Cast) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            queries.service_lines(opened.candidacy, cast.actor("nadia"))
        return len(asked)

    declared(opened.candidacy)
    count()
    few = count()
    for number in range(12):
        declared(opened.candidacy, payer=f"Payer {number}")
    assert count() == few <= 8


def test_entries_and_their_salts_go_with_the_file(opened: Examination, cast: Cast) -> None:
    own = declared(opened.candidacy)
    actions.dispute_declared(own, readers(opened)[0], text="Doubt", language="en")
    assert Opening.objects.filter(entry__matter=own.reference).exists()
    candidacies.withdraw(opened.candidacy, cast.actor("nadia"))
    tick()
    with clock.set_to(clock.now() + timedelta(days=4000)):
        opened.candidacy.refresh_from_db()
        assert erase_file(opened.candidacy)
        tick()
    assert not ServiceEntry.objects.exists() and not ServiceDispute.objects.exists()
    assert not Opening.objects.filter(entry__matter=own.reference).exists()
