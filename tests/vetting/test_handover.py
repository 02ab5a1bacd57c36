"""A reader is released and another reads: what is handed over, to whom, and what is not."""

from __future__ import annotations

import pytest
from django.db import connection

from hemicycle.candidacy.models import Candidacy
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import Reading

from ..candidacy.making import refused
from ..cast import Cast, sign_in
from . import making

pytestmark = pytest.mark.django_db
NOTE = "The translation of the second article is awaited."


def released(candidacy: Candidacy, cast: Cast, handover: str = NOTE) -> tuple[Reading, Reading, Reading]:
    """The reader released after opening, the next one of the place, and the reader of the other place."""
    examination = making.assigned(candidacy, cast)
    first, other = making.opened(examination)
    actions.release_reading(first, cast.actor("anna"), ground="absence", handover=handover, language="en")
    after = queries.live_readings(examination).get(ordinal=first.ordinal)
    return first, after, other


def test_the_next_reader_of_the_place_reads_the_note_once_the_file_is_open(
    candidacy: Candidacy, cast: Cast
) -> None:
    first, after, other = released(candidacy, cast)
    assert after.assessor_id != first.assessor_id
    at = f"/matters/{after.reference}/"
    assert NOTE not in sign_in(after.assessor).get(at).content.decode()
    making.opened(after.examination)
    after.refresh_from_db()
    for language in ("", "/fr", "/ru"):
        assert NOTE in sign_in(after.assessor).get(language + at).content.decode()
    assert NOTE not in sign_in(other.assessor).get(f"/matters/{other.reference}/").content.decode()
    assert NOTE not in cast.client("anna").get(at).content.decode()


def test_without_a_note_nothing_is_shown(candidacy: Candidacy, cast: Cast) -> None:
    _first, after, _other = released(candidacy, cast, handover="  ")
    making.opened(after.examination)
    after.refresh_from_db()
    assert queries.handovers_for(after) == []


def test_the_note_is_sealed_and_the_record_does_not_hold_it(candidacy: Candidacy, cast: Cast) -> None:
    first, _after, _other = released(candidacy, cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT handover FROM vetting_reading WHERE id = %s", [first.pk])
        (kept,) = cursor.fetchone()
    assert kept.startswith("s1.")
    assert NOTE not in str(list(Entry.objects.filter(matter=first.reference).values()))


def test_a_note_of_more_than_2000_characters_is_refused(candidacy: Candidacy, cast: Cast) -> None:
    reading = making.opened(making.assigned(candidacy, cast))[0]
    refused(
        Unmet,
        lambda: actions.release_reading(reading, cast.actor("anna"), ground="late", handover="x" * 2001),
        reading,
    )
    actions.release_reading(reading, cast.actor("anna"), ground="late", handover="x" * 2000)
    assert reading.state == "released"
