"""Files that end: withdrawn, erased, and the note that may stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.record import clock
from hemicycle.record.models import Entry, Opening
from hemicycle.rules.procedure import OutOfOrder
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import Examination, WithdrawalNote

from ..candidacy import making as files
from ..cast import Cast
from . import making

pytestmark = pytest.mark.django_db


def test_a_withdrawal_closes_the_file_to_everybody_at_once(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    point = making.put(making.raised(examination), cast)
    first = making.readings(examination)[0]
    candidacies.withdraw(candidacy, cast.actor("nadia"))
    examination = Examination.objects.get()
    assert examination.standing(clock.now()) == "closed"
    for key in ("anna", "nadia", "marta", *making.ASSESSORS):
        actor = cast.actor(key)
        assert not queries.visible_to(actor).exists()
        assert not queries.visible_readings(actor).exists()
        assert not queries.visible_points(actor).exists()
        assert not queries.findings_of(examination, actor)
    point.refresh_from_db()
    with pytest.raises(OutOfOrder):
        actions.reply(point, cast.actor("nadia"), text="x", language="ru")
    with pytest.raises(OutOfOrder):
        actions.draft_opinion(examination, making.actor_of(first), opinion="met", text="x", language="en")
    assert queries.opinion_of(candidacy) is None


def test_withdrawing_with_a_point_open_leaves_a_keyed_note_until_the_next_round_closes(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.read(candidacy, cast)
    making.put(making.raised(examination), cast)
    candidacies.withdraw(candidacy, cast.actor("nadia"))
    assert actions.tick() == 1
    note = WithdrawalNote.objects.get()
    assert cast.nadia.reference not in note.keyed_reference
    assert queries.withdrew_with_point_open(cast.nadia)
    assert not queries.withdrew_with_point_open(cast.oleg)
    later = type(candidacy.call.session).objects.create(
        name="2028", opens_on=candidacy.call.session.closes_on + timedelta(days=1),
        closes_on=candidacy.call.session.closes_on + timedelta(days=360), state="planned", reference="SESS-LATER001",
        created_at=clock.now(), version=1,
    )  # fmt: skip
    next_call = files.call(cast)
    Call.objects.filter(pk=next_call.pk).update(session=later)
    with clock.set_to(clock.now() + timedelta(days=10)):
        assert actions.tick() == 0
    with clock.set_to(clock.now() + timedelta(days=40)):
        assert actions.tick() == 1
    assert not queries.withdrew_with_point_open(cast.nadia)
    note.refresh_from_db()
    assert note.keyed_reference == ""


def test_a_clock_that_was_off_for_long_keeps_the_note_before_it_erases_the_file(
    candidacy: Candidacy, cast: Cast
) -> None:
    making.put(making.raised(making.read(candidacy, cast)), cast)
    candidacies.withdraw(candidacy, cast.actor("nadia"))
    with clock.set_to(clock.now() + timedelta(days=400)):
        assert candidacies.tick() >= 0
        assert Examination.objects.exists(), "the file waits for the note"
        actions.tick()
        assert queries.withdrew_with_point_open(cast.nadia)
        candidacies.tick()
        actions.tick()
    assert not Examination.objects.exists()
    assert not Candidacy.objects.filter(pk=candidacy.pk).exists()
    assert queries.withdrew_with_point_open(cast.nadia)


def test_a_point_of_which_nobody_was_told_leaves_no_note(candidacy: Candidacy, cast: Cast) -> None:
    making.raised(making.read(candidacy, cast))
    candidacies.withdraw(candidacy, cast.actor("nadia"))
    assert actions.tick() == 1
    assert not WithdrawalNote.objects.exists()


def test_when_a_file_is_erased_nothing_of_it_is_left_but_entries_without_salts(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.concluded(candidacy, cast, "not_met", (making.KEY,))
    mine = Opening.objects.filter(entry__matter=examination.reference)
    assert mine.exists()
    candidacies.withdraw(candidacy, cast.actor("nadia"))
    actions.tick()
    entries = Entry.objects.filter(room="vetting").count()
    with clock.set_to(clock.now() + timedelta(days=60)):
        candidacies.tick()
        actions.tick()
    assert not Examination.objects.exists()
    assert not mine.exists()
    assert (
        not Opening.objects.filter(entry__room="vetting").exclude(entry__matter__startswith="ASSR").exists()
    )
    assert Opening.objects.filter(entry__matter__startswith="ASSR").exists()
    assert Entry.objects.filter(room="vetting").count() >= entries


def test_every_entry_on_a_file_is_sealed_and_says_nothing_of_a_person(
    candidacy: Candidacy, cast: Cast
) -> None:
    making.concluded(candidacy, cast, "not_met", (making.KEY,))
    entries = Entry.objects.filter(room="vetting").exclude(act="appoint")
    assert set(entries.values_list("publicity", flat=True)) == {"sealed"}
    written = str(list(entries.values_list("facts", flat=True)))
    assert not any(text in written for text in ("column", "annex", "What we found", "Reasons on", "Не так"))
    assert not any(p.reference in written for p in cast.persons.values())


def test_the_clock_asks_for_the_interests_of_a_reader_once_a_round(call: Call, cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert actions.tick() == 0
        return sum("integrity_interest" in row["sql"] for row in captured)

    for key in ("nadia", "oleg"):
        making.assigned(making.file(call, cast, key), cast)
    before = asked()
    for key in ("pavel", "quiet"):
        making.assigned(making.file(call, cast, key), cast)
    assert asked() == before == len(making.ASSESSORS)
