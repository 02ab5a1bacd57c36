"""Posts and money: who declares, finds, corrects, disputes, and what is refused. A refusal changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder, Refused
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import Examination, ServiceDispute, ServiceEntry

from ..candidacy import making as files
from ..cast import Cast
from . import making
from .service import POST, declared, found

pytestmark = pytest.mark.django_db
Act = Callable[..., Any]


def refused(act: Act, *args: Any, match: str | None = None, **given: Any) -> None:
    """The act is refused and leaves no entry, no row and no other word."""
    before = Entry.objects.count(), ServiceEntry.objects.count(), ServiceDispute.objects.count()
    with pytest.raises((Unmet, Refused, ValidationError), match=match):
        act(*args, **given)
    assert (Entry.objects.count(), ServiceEntry.objects.count(), ServiceDispute.objects.count()) == before


def test_a_candidate_declares_from_the_draft_on_and_corrects_and_what_stood_there_stays(
    call: Call, cast: Cast
) -> None:
    draft = files.written(call, cast.nadia)
    entry = declared(draft)
    actions.correct_service(entry, cast.actor("nadia"), **{**POST, "ended": "2014-12-31"})
    entry.refresh_from_db()
    assert (entry.state, entry.ended, entry.before[0]["ended"]) == ("declared", "2014-12-31", "2015")
    actions.withdraw_service(entry, cast.actor("nadia"))
    assert entry.state == "withdrawn"
    assert queries.service_lines(draft, cast.actor("nadia")) == []


def test_the_record_keeps_no_word_and_no_date_of_an_entry(candidacy: Candidacy) -> None:
    entry = declared(candidacy)
    (row,) = Entry.objects.filter(matter=entry.reference)
    assert set(row.facts) == {"language", "goes_on", "what", "payer", "dates"}
    assert all(str(row.facts[name]).startswith("hmac-sha256:") for name in ("what", "payer", "dates"))
    assert row.publicity == "sealed"


def test_a_reader_of_an_opened_file_finds_and_takes_back(candidacy: Candidacy, cast: Cast) -> None:
    reading = making.opened(making.assigned(candidacy, cast))[0]
    entry = found(reading)
    assert (entry.state, entry.reading) == ("found", reading)
    actions.take_back_service(entry, making.actor_of(reading))
    assert entry.state == "withdrawn"


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"began": "2013", "ended": "2012"}, "not before the beginning"),
        ({"began": "2014-03-18", "ended": "2014-03-17"}, "not before the beginning"),
        ({"began": "in spring"}, "Give a year"),
        ({"began": ""}, "Give a year"),
        ({"began": "2014-02-30"}, "Give a year"),
        ({"began": "2093", "ended": ""}, "future"),
        ({"ended": "2093-01"}, "future"),
        ({"kind": "family"}, "kinds that are shown"),
        ({"kind": "government_service"}, "kinds that are shown"),
        ({"payer": "  "}, "employer or payer"),
        ({"what": " "}, "what it was"),
        ({"exhibit": "0" * 32}, "not in the file"),
        ({"what": "x" * 10_000}, "at most 2000"),
        ({"payer": "x" * 10_000}, "at most 200"),
        ({"source": "x" * 10_000}, "at most 2000"),
        ({"language": "tt"}, "tt"),
    ],
)
def test_what_cannot_be_is_not_entered_and_not_corrected(
    candidacy: Candidacy, cast: Cast, wrong: dict[str, str], match: str
) -> None:
    by = cast.actor("nadia")
    refused(actions.declare_service, ServiceEntry(candidacy=candidacy), by, **{**POST, **wrong}, match=match)
    entry = declared(candidacy)
    refused(actions.correct_service, entry, by, **{**POST, **wrong}, match=match)
    entry.refresh_from_db()
    assert (entry.began, entry.before, entry.version) == ("2013", [], 1)


@pytest.mark.parametrize("source", ["", "  "])
def test_what_a_reader_finds_needs_a_source_and_a_piece_of_the_file_is_one(
    candidacy: Candidacy, cast: Cast, source: str
) -> None:
    reading = making.opened(making.assigned(candidacy, cast))[0]
    by, given = making.actor_of(reading), {**POST, "source": source}
    refused(actions.find_service, ServiceEntry(candidacy=candidacy), by, **given, match="source")
    piece = candidacy.evidence.all()[0]
    assert found(reading, source=source, exhibit=piece.name).exhibit == piece.name


def test_nobody_else_declares_or_finds(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    readers = {row.assessor_id for row in making.readings(examination)}
    stranger = next(key for key in making.ASSESSORS if cast.persons[key].pk not in readers)
    for key in ("anna", "oleg", "greta", "marta", stranger):
        blank = ServiceEntry(candidacy=candidacy)
        refused(actions.declare_service, blank, cast.actor(key), **POST)
        refused(actions.find_service, blank, cast.actor(key), **POST, source="x")
    unopened = making.actor_of(making.readings(examination)[0])
    refused(actions.find_service, ServiceEntry(candidacy=candidacy), unopened, **POST, source="x")
    refused(actions.find_service, ServiceEntry(candidacy=candidacy), cast.actor("nadia"), **POST, source="x")
    making.opened(examination)
    refused(actions.declare_service, ServiceEntry(candidacy=candidacy), unopened, **POST)


def test_neither_side_touches_what_the_other_entered(candidacy: Candidacy, cast: Cast) -> None:
    first, second = making.opened(making.assigned(candidacy, cast))
    by, other, nadia = making.actor_of(first), making.actor_of(second), cast.actor("nadia")
    theirs, own = found(first), declared(candidacy)
    with pytest.raises(NotEmpowered):
        actions.take_back_service(theirs, nadia)
    with pytest.raises(OutOfOrder):
        actions.withdraw_service(theirs, nadia)
    for reader in (by, other):
        with pytest.raises(NotEmpowered):
            actions.correct_service(own, reader, **POST)
        with pytest.raises(NotEmpowered):
            actions.withdraw_service(own, reader)
    with pytest.raises(NotEmpowered):
        actions.take_back_service(theirs, other)
    with pytest.raises(NotEmpowered):
        actions.tie_service(theirs, other, point="PONT-0")
    with pytest.raises(NotEmpowered):
        actions.dispute_service(theirs, other, text="No.", language="en")
    with pytest.raises(OutOfOrder):
        actions.dispute_service(own, nadia, text="No.", language="en")
    with pytest.raises(OutOfOrder):
        actions.dispute_declared(theirs, by, text="No.", language="en")


def test_after_the_opinion_nothing_is_added_and_only_the_candidate_still_disputes(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.assigned(candidacy, cast)
    first, *_ = making.opened(examination)
    theirs, own, point = found(first), declared(candidacy), making.raised(examination)
    for reading in making.readings(examination):
        making.give(reading)
    reader, nadia = making.actor_of(first), cast.actor("nadia")
    actions.drop_point(point, reader, reasons="Nothing.", language="en")
    conclude(examination)
    refused(
        actions.find_service, ServiceEntry(candidacy=candidacy), reader, **POST, source="x", match="opinion"
    )
    refused(actions.take_back_service, theirs, reader, match="opinion")
    refused(actions.dispute_declared, own, reader, text="No.", language="en", match="opinion")
    refused(actions.tie_service, theirs, reader, point=point.reference, match="opinion")
    refused(actions.declare_service, ServiceEntry(candidacy=candidacy), nadia, **POST, match="opinion")
    refused(actions.correct_service, own, nadia, **POST, match="opinion")
    refused(actions.withdraw_service, own, nadia, match="opinion")
    actions.dispute_service(theirs, nadia, text="It was another person.", language="ru")
    assert theirs.disputes.get().reading is None


def conclude(examination: Examination) -> None:
    examination.refresh_from_db()
    first, *others = making.readings(examination)
    words = {"opinion": "met", "text": "What we found.", "language": "en", "grounds": ()}
    actions.draft_opinion(examination, making.actor_of(first), **words)
    for other in others:
        actions.agree(examination, making.actor_of(other))
    actions.give_opinion(examination, making.actor_of(first))


def test_a_closed_file_takes_nothing(candidacy: Candidacy, cast: Cast) -> None:
    reading = making.opened(making.assigned(candidacy, cast))[0]
    theirs, own = found(reading), declared(candidacy)
    candidacies.withdraw(candidacy, cast.actor("nadia"))
    by, nadia = making.actor_of(reading), cast.actor("nadia")
    for entry in (theirs, own):
        entry.refresh_from_db()
        assert entry.standing(clock.now()) == "closed"
    refused(actions.take_back_service, theirs, by)
    refused(actions.find_service, ServiceEntry(candidacy=candidacy), by, **POST, source="x")
    refused(actions.declare_service, ServiceEntry(candidacy=candidacy), nadia, **POST, match="present state")
    refused(actions.correct_service, own, nadia, **POST)
    refused(actions.dispute_service, theirs, nadia, text="No.", language="en")


def test_a_draft_that_lapsed_takes_nothing(call: Call, cast: Cast) -> None:
    draft = files.written(call, cast.nadia)
    with clock.set_to(clock.now() + timedelta(days=400)):
        blank = ServiceEntry(candidacy=draft)
        refused(actions.declare_service, blank, cast.actor("nadia"), **POST, match="present state")


def test_both_sides_mark_what_they_dispute_and_say_it_again(candidacy: Candidacy, cast: Cast) -> None:
    first, second = making.opened(making.assigned(candidacy, cast))
    theirs, own = found(first), declared(candidacy)
    for text in ("Not me.", "Not me, a namesake."):
        actions.dispute_service(theirs, cast.actor("nadia"), text=text, language="en")
    for reading in (first, second):
        actions.dispute_declared(own, making.actor_of(reading), text="It ended later.", language="en")
    assert theirs.disputes.get().text == "Not me, a namesake."
    assert {row.reading for row in own.disputes.all()} == {first, second}
    refused(actions.dispute_service, theirs, cast.actor("nadia"), text=" ", language="en", match="Reasons")
    refused(actions.dispute_service, theirs, cast.actor("nadia"), text="x" * 10_000, language="en")
    assert ServiceEntry.objects.get(pk=own.pk).version == 1, "the version would tell that somebody disputed"


def test_a_reader_names_an_own_point_that_is_not_yet_put(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    first, second = making.opened(examination)
    entry, point = found(first), making.raised(examination)
    foreign = found(second)
    by = making.actor_of(first)
    refused(actions.tie_service, foreign, making.actor_of(second), point=point.reference, match="of yours")
    refused(actions.tie_service, declared(candidacy), by, point=point.reference, match="not disputed")
    actions.tie_service(entry, by, point=point.reference)
    making.put(point, cast)
    entry.refresh_from_db()
    assert entry.point == point
    refused(actions.take_back_service, entry, by, match="put to the person")
    refused(actions.tie_service, entry, by, point=making.raised(examination).reference, match="put to the")
    late = found(first, payer="Another")
    refused(actions.tie_service, late, by, point=point.reference, match="not yet put")


def test_a_dispute_that_was_put_to_the_person_stays_as_it_was_put(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    by = making.actor_of(making.opened(examination)[0])
    own, point = declared(candidacy), making.raised(examination)
    actions.dispute_declared(own, by, text="It ended later.", language="en")
    actions.tie_service(own, by, point=point.reference)
    making.put(point, cast)
    refused(
        actions.dispute_declared, own, by, text="It began earlier.", language="en", match="put to the person"
    )
    assert own.disputes.get().text == "It ended later."
