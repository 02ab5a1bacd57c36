"""Who reads which file: languages, interests, load; and who never may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call, Candidacy, Slate
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.people.models import Holding
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import AdversePoint, Assessorship, Examination

from ..candidacy import making as files
from ..cast import Cast
from . import making

pytestmark = pytest.mark.django_db


def test_a_file_gets_two_readers_who_read_its_languages(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    rows = making.readings(examination)
    assert examination.state == "reading"
    assert [r.ordinal for r in rows] == [1, 2]
    assert all("en" in r.assessor.reads for r in rows)
    assert rows[0].explanation == {"possible": 4, "load_before": 0}
    assert Entry.objects.filter(room="vetting", matter=rows[0].reference, act="assign_reading").exists()


def test_all_files_of_a_call_are_spread_evenly(call: Call, cast: Cast) -> None:
    for key in ("nadia", "oleg", "pavel", "quiet"):
        making.file(call, cast, key)
    assert actions.assign_all(call, cast.actor("anna")) == (4, {})
    assert [queries.load(cast.persons[key], call) for key in making.ASSESSORS] == [2, 2, 2, 2]
    assert actions.assign_all(call, cast.actor("anna")) == (0, {})


def test_who_has_an_interest_never_gets_the_file(candidacy: Candidacy, cast: Cast) -> None:
    for key, subject in (("clara", candidacy.reference), ("david", candidacy.person.reference)):
        interest = Interest(
            person=cast.persons[key], subject=subject, kind="work", text="We worked together."
        )
        integrity.declare(interest, cast.actor(key))
    examination = making.assigned(candidacy, cast)
    assert {r.assessor for r in making.readings(examination)} == {cast.elena, cast.farid}
    assert making.readings(examination)[0].explanation["interest"] == 2


def test_who_cannot_read_a_language_of_the_file_never_gets_it(call: Call, cast: Cast) -> None:
    statement = {"statement": "Je l’ai dit.", "language": "fr", "since": date(2022, 2, 24), "declared": True}
    candidacy = making.file(call, cast, criterion__public_opposition=statement)
    assert queries.languages_of([candidacy])[candidacy.pk] == {"en", "fr"}
    examination = making.assigned(candidacy, cast)
    assert {r.assessor for r in making.readings(examination)} == {cast.david, cast.elena}


def test_candidates_competitors_treasurers_and_the_undescribed_do_not_assess(
    call: Call, candidacy: Candidacy, cast: Cast
) -> None:
    Holding.objects.filter(person=cast.clara).update(held_until=clock.now() + timedelta(seconds=1))
    with clock.set_to(clock.now() + timedelta(seconds=1)):
        files.draft(call, cast.clara)
    Holding.objects.filter(person=cast.clara).update(held_until=None)
    making.grant(cast.david, "treasurer")
    slate = Slate(call=call, presenter=cast.pavel, organisation="Institute  of ELENA", language="en")
    candidacies.present_slate(slate, cast.actor("pavel"))
    actions.end_assessorship(Assessorship.objects.get(person=cast.farid), cast.actor("anna"))
    with pytest.raises(Unmet) as refused:
        making.assigned(candidacy, cast)
    assert not Examination.objects.exists()
    assert {f.params["count"] for f in refused.value.findings} == {0, 1}
    out = queries.Pool(call).out
    expected = {"clara": "candidate", "david": "treasurer", "elena": "competing", "farid": "undescribed"}
    assert out == {cast.persons[key].pk: ground for key, ground in expected.items()}


def test_a_file_that_is_not_admissible_is_not_examined(call: Call, cast: Cast) -> None:
    candidacy = files.submitted(call, cast.nadia)
    with pytest.raises(Unmet):
        making.assigned(candidacy, cast)
    assert not Examination.objects.exists()


def test_a_declared_interest_releases_the_reading_and_finds_another_reader(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.assigned(candidacy, cast)
    reading = making.readings(examination)[0]
    actions.declare_interest(
        reading, making.actor_of(reading), kind="work", text="A colleague.", language="en"
    )
    assert (reading.state, reading.release_ground) == ("released", "interest")
    assert Interest.objects.get().person == reading.assessor
    now = making.readings(examination)
    assert [r.ordinal for r in now] == [1, 2]
    assert reading.assessor not in {r.assessor for r in now}
    with pytest.raises(NotEmpowered):
        actions.open_file(reading, making.actor_of(reading))


def test_a_file_waits_when_nobody_is_left_to_read_it(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    for _ in range(3):
        reading = making.readings(examination)[0]
        actions.declare_interest(
            reading, making.actor_of(reading), kind="other", text="A tie.", language="en"
        )
    examination.refresh_from_db()
    assert examination.state == "assigning"
    assert len(making.readings(examination)) == 1
    with pytest.raises(Unmet):
        actions.assign(examination, cast.actor("anna"))
    examination.refresh_from_db()
    assert examination.state == "assigning"


def test_an_interest_declared_elsewhere_takes_the_reader_out_at_once(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.assigned(candidacy, cast)
    reading = making.readings(examination)[0]
    interest = Interest(person=reading.assessor, subject=candidacy.reference, kind="family", text="Cousins.")
    integrity.declare(interest, making.actor_of(reading))
    with pytest.raises(NotEmpowered):
        actions.declare_no_interest(reading, making.actor_of(reading))
    assert not queries.visible_readings(making.actor_of(reading)).exists()
    assert actions.tick() == 1
    reading.refresh_from_db()
    assert reading.state == "released"


def test_the_secretariat_releases_a_reader_who_does_not_come(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    reading = making.readings(examination)[0]
    with pytest.raises(NotEmpowered):
        actions.release_reading(reading, making.actor_of(reading), ground="absence")
    actions.release_reading(reading, cast.actor("anna"), ground="absence")
    assert reading.state == "released"
    assert len(making.readings(examination)) == 2


def test_nobody_acts_in_an_office_on_the_own_file(call: Call, cast: Cast) -> None:
    candidacy = making.file(call, cast, "nadia")
    making.grant(cast.nadia, "assessor")
    making.grant(cast.nadia, "secretariat")
    examination = making.assigned(candidacy, cast)
    assert cast.nadia not in {r.assessor for r in making.readings(examination)}
    assert queries.offices(cast.actor("nadia"), examination) == {"anyone", "candidate"}


def test_who_raised_a_point_does_not_review(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast, public_opposition="not_met")
    for key in ("anna", "bruno"):
        making.grant(cast.persons[key], "reviewer")
        made = {"capacity": "Former judge", "organisation": f"Court of {key}", "language": "en"}
        actions.appoint(Assessorship(person=cast.persons[key]), cast.actor("anna"), **made)
        making.languages(cast.persons[key], "en", "ru")
    point = AdversePoint(examination=examination)
    actions.raise_point(
        point, cast.actor("anna"), key="exile", substance="Живёт в стране.", evidence="Запись.", language="ru"
    )
    pool = queries.Pool(candidacy.call, review=True)
    (file,) = pool.files([candidacy], 2)
    assert file.out[cast.anna.pk] == "alleged"
    possible = queries.possible(file, pool.assessors())
    assert cast.bruno.pk in possible and cast.anna.pk not in possible
    assert queries.explanation(file, pool.assessors())["alleged"] == 1


def test_a_clerk_who_reads_a_file_is_no_clerk_of_that_file(candidacy: Candidacy, cast: Cast) -> None:
    for key in making.ASSESSORS:
        making.grant(cast.persons[key], "secretariat")
    examination = making.assigned(candidacy, cast)
    one, two = making.opened(examination)
    making.give(one, "not_met")
    assert queries.offices(making.actor_of(two), examination) == {"anyone", "assessor"}
    assert not queries.findings_of(examination, making.actor_of(two))
    assert one not in queries.visible_readings(making.actor_of(two))
    making.raised(examination)
    assert not queries.visible_points(making.actor_of(two)).exists()
