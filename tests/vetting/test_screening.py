"""Files compared with lists: what is raised, what is not, and that a run stopped or killed loses and doubles nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from hemicycle.candidacy.models import Candidacy
from hemicycle.people import accounts
from hemicycle.people import actions as account_actions
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import Hit, Occasion, Result, Run, Subject
from hemicycle.vetting.procedure.screening import HitState, RunState

from ..cast import Cast
from . import listing, making


def names_of(candidacy: Candidacy) -> str:
    return candidacy.person.latin_name or candidacy.person.name


def used_with(cast: Cast, folder: Path, *lines: str, **more: object) -> object:
    clerk = cast.actor("anna")
    return listing.used(listing.kept(clerk, **more), clerk, listing.write(folder, *lines))


def test_a_listed_name_is_raised_once_and_says_where_it_stands(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    version = used_with(cast, tmp_path, listing.listed("p1", names_of(candidacy), birth_dates="1970"))
    examination = making.assigned(candidacy, cast)
    run = listing.compare([examination], cast.actor("anna"))
    assert run.state == RunState.DONE
    hit = listing.only_hit(examination)
    assert (hit.state, hit.subject, hit.seen_in) == (HitState.RAISED, Subject.PERSON, version)
    assert hit.entry["entity_id"] == "p1" and hit.entry["birth_dates"] == ["1970"]
    assert hit.explanation["score"] >= 0.5
    listing.compare([examination], cast.actor("anna"))
    assert Hit.objects.get() == hit and Entry.objects.filter(act="raise_hit").count() == 1


def test_nobody_is_raised_by_an_unlike_name_and_that_is_written_down(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    used_with(cast, tmp_path)
    examination = making.assigned(candidacy, cast)
    run = listing.compare([examination], cast.actor("anna"))
    result = run.results.get()
    assert result.done_at is not None and not result.is_left_out
    assert not Hit.objects.exists()


def test_a_list_of_the_persecuting_state_is_noted_and_never_judged(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    used_with(cast, tmp_path, listing.listed("p1", names_of(candidacy)), is_persecuting=True)
    examination = making.assigned(candidacy, cast)
    listing.compare([examination], cast.actor("anna"))
    assert listing.only_hit(examination).state == HitState.NOTED
    assert queries.unjudged(examination) == 0


def test_the_record_and_the_database_do_not_say_whom_a_hit_means(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    used_with(cast, tmp_path, listing.listed("p1", names_of(candidacy)))
    examination = making.assigned(candidacy, cast)
    listing.compare([examination], cast.actor("anna"))
    row = Hit.objects.values().get()
    told = " ".join(str(value) for value in row.values())
    assert "p1" not in told.split() and names_of(candidacy) not in told
    for entry in Entry.objects.filter(room="vetting"):
        assert names_of(candidacy) not in str(entry.facts) and candidacy.reference not in str(entry.facts)


def test_the_clock_compares_whoever_was_not_compared_with_the_lists_in_use(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    assert actions.compare_all(queries.under_way(), Occasion.UNDER_WAY) == 0, "no list is in use"
    used_with(cast, tmp_path)
    assert actions.compare_all(queries.under_way(), Occasion.UNDER_WAY) == 0, "no file is there"
    making.assigned(candidacy, cast)
    assert actions.compare_all(queries.under_way(), Occasion.UNDER_WAY) == 1
    assert actions.compare_all(queries.under_way(), Occasion.UNDER_WAY) == 0
    clerk, _run = cast.actor("anna"), Run.objects.get()
    listing.used(
        queries.versions_in_use()[0].source,
        clerk,
        listing.write(tmp_path, listing.listed("p1", "Ada One"), name="b.csv"),
    )
    assert actions.compare_all(queries.under_way(), Occasion.UNDER_WAY) == 1


def test_a_run_is_stopped_and_taken_up_and_nothing_is_done_twice(call, cast: Cast, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    rows = [making.file(call, cast, key) for key in ("nadia", "oleg", "pavel")]
    used_with(cast, tmp_path, *(listing.listed(f"p{i}", names_of(row)) for i, row in enumerate(rows)))
    examinations = [making.assigned(row, cast) for row in rows]
    clerk, run = cast.actor("anna"), Run()
    actions.begin_run(run, clerk, occasion="incident", examinations=examinations)
    actions.take_up(run, CLOCK)
    assert actions.compare_some(run, 1)
    actions.stop_run(run, clerk)
    assert not actions.compare_some(run, 10)
    assert run.results.filter(done_at__isnull=False).count() == 1
    actions.resume_run(run, clerk)
    actions.compare.func(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.DONE and run.results.filter(done_at__isnull=True).count() == 0
    assert Hit.objects.count() == len(set(Hit.objects.values_list("key", flat=True)))
    assert {hit.examination_id for hit in Hit.objects.all()} == {one.pk for one in examinations}


def test_a_run_that_lost_its_worker_is_handed_to_another(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    used_with(cast, tmp_path)
    run = Run()
    actions.begin_run(
        run, cast.actor("anna"), occasion="incident", examinations=[making.assigned(candidacy, cast)]
    )
    actions.take_up(run, CLOCK)
    before = DBTaskResult.objects.count()
    assert actions.revive(Run, actions.compare) == 0
    with clock.set_to(clock.now() + timedelta(minutes=3)):
        assert actions.revive(Run, actions.compare) == 1
        assert actions.revive(Run, actions.compare) == 0
    assert DBTaskResult.objects.count() == before + 1


def test_a_locked_file_is_left_out_and_compared_when_it_opens(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    used_with(cast, tmp_path, listing.listed("p1", names_of(candidacy)))
    examination = making.assigned(candidacy, cast)
    person = candidacy.person
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    run = listing.compare([examination], cast.actor("anna"))
    assert run.results.get().is_left_out and not Hit.objects.exists()
    assert actions.compare_all(queries.under_way(), Occasion.UNDER_WAY) == 0, "not again at every tick"
    type(person).objects.filter(pk=person.pk).update(is_active=True)
    assert queries.not_compared(queries.under_way(), queries.versions_in_use()).get() == examination


def test_a_run_over_a_version_that_was_replaced_compares_nothing_and_lets_nothing_lapse(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    clerk, name = cast.actor("anna"), names_of(candidacy)
    source = listing.kept(clerk)
    listing.used(source, clerk, listing.write(tmp_path, listing.listed("p1", name)))
    examination = making.assigned(candidacy, cast)
    listing.compare([examination], clerk)
    late = Run()
    actions.begin_run(late, clerk, occasion="incident", examinations=[examination])
    listing.used(
        source,
        clerk,
        listing.write(tmp_path, listing.listed("p1", name), listing.listed("p7", "Ada One"), name="b.csv"),
    )
    actions.sweep_entries()
    actions.compare.func(late.pk)
    assert late.results.get().is_left_out
    assert listing.only_hit(examination).state == HitState.RAISED
    assert actions.compare_all(queries.under_way(), Occasion.UNDER_WAY) == 1, (
        "it is compared with the version in use"
    )


def test_a_run_taken_up_with_other_lists_begins_anew_and_without_lists_is_refused(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    clerk = cast.actor("anna")
    source = listing.kept(clerk)
    listing.used(source, clerk, listing.write(tmp_path))
    run = Run()
    actions.begin_run(run, clerk, occasion="incident", examinations=[making.assigned(candidacy, cast)])
    actions.take_up(run, CLOCK)
    run.results.update(done_at=clock.now())
    actions.stop_run(run, clerk)
    listing.used(source, clerk, listing.write(tmp_path, listing.listed("p1", "Ada One"), name="b.csv"))
    actions.resume_run(run, clerk)
    assert run.results.filter(done_at__isnull=True).count() == 1
    actions.stop_run(run, clerk)
    actions.retire_source(source, clerk)
    with pytest.raises(Unmet, match="No list is in use"):
        actions.resume_run(run, clerk)


def test_a_run_whose_task_was_lost_before_it_began_is_handed_on(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    used_with(cast, tmp_path)
    actions.begin_run(
        Run(), cast.actor("anna"), occasion="incident", examinations=[making.assigned(candidacy, cast)]
    )
    with clock.set_to(clock.now() + timedelta(minutes=3)):
        assert actions.revive(Run, actions.compare) == 1


def test_begin_is_refused_without_lists_without_files_and_to_readers(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    examination, clerk = making.assigned(candidacy, cast), cast.actor("anna")
    with pytest.raises(Unmet, match="No list is in use"):
        actions.begin_run(Run(), clerk, occasion="incident", examinations=[examination])
    used_with(cast, tmp_path)
    with pytest.raises(Unmet, match="no file"):
        actions.begin_run(Run(), clerk, occasion="incident", examinations=[])
    for reading in making.readings(examination):
        with pytest.raises(NotEmpowered):
            actions.begin_run(
                Run(), making.actor_of(reading), occasion="incident", examinations=[examination]
            )
    assert not Run.objects.exists() and not Result.objects.exists()


def test_an_entry_that_leaves_the_list_lapses_and_one_that_changes_is_raised_again(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    clerk, name = cast.actor("anna"), names_of(candidacy)
    source = listing.kept(clerk)
    listing.used(source, clerk, listing.write(tmp_path, listing.listed("p1", name)))
    examination = making.assigned(candidacy, cast)
    listing.compare([examination], clerk)
    readers = making.opened(examination)
    hit = listing.only_hit(examination)
    actions.judge_hit(
        hit, making.actor_of(readers[0]), who="another", reasons="Born elsewhere.", language="en"
    )
    listing.used(
        source,
        clerk,
        listing.write(tmp_path, listing.listed("p1", name), listing.listed("p7", "Ada One"), name="b.csv"),
    )
    listing.compare([examination], clerk)
    hit.refresh_from_db()
    assert hit.state == HitState.ANOTHER and hit.seen_in.number == 2, "what was judged carries over"
    listing.used(
        source, clerk, listing.write(tmp_path, listing.listed("p1", name, birth_dates="1971"), name="c.csv")
    )
    listing.compare([examination], clerk)
    hit.refresh_from_db()
    assert (hit.state, hit.turn) == (HitState.RAISED, 2)
    listing.used(source, clerk, listing.write(tmp_path, listing.listed("p8", "Bea Two"), name="d.csv"))
    listing.compare([examination], clerk)
    hit.refresh_from_db()
    assert hit.state == HitState.LAPSED


def test_bodies_and_employers_of_the_file_are_compared_as_organisations(
    call, cast: Cast, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    candidacy = making.file(call, cast, **making.SERVICE)
    used_with(
        cast,
        tmp_path,
        listing.listed("o1", "A prefecture of Nowhere", schema="Organization"),
        listing.listed("o2", "A prefecture", schema="Organization"),
    )
    examination = making.assigned(candidacy, cast)
    told = {(name.subject, name.text) for name in queries.compared_names(examination)}
    assert (Subject.EMPLOYER, "A prefecture") in told
    listing.compare([examination], cast.actor("anna"))
    assert {hit.subject for hit in Hit.objects.all()} <= {Subject.EMPLOYER, Subject.PERSON}
    assert Hit.objects.filter(subject=Subject.EMPLOYER).exists()


def test_a_corrected_fact_is_compared_again(candidacy: Candidacy, cast: Cast, tmp_path: Path) -> None:
    used_with(cast, tmp_path)
    examination = making.assigned(candidacy, cast)
    listing.compare([examination], cast.actor("anna"))
    assert actions.compare_corrected() == 0
    with clock.set_to(clock.now() + timedelta(hours=1)):
        candidacy.fact_corrections.create(
            part="person", before={}, reasons="A slip.", language="en", corrected_at=clock.now()
        )
        assert actions.compare_corrected() == 1
        assert actions.compare_corrected() == 0
    assert Run.objects.filter(occasion=Occasion.NEW_FACT).count() == 1


def test_a_name_given_or_changed_later_is_compared_and_raised(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    used_with(cast, tmp_path, listing.listed("p1", "Thorvald Quillfeather"))
    examination = making.assigned(candidacy, cast)
    listing.compare([examination], cast.actor("anna"))
    assert not Hit.objects.exists()
    with clock.set_to(clock.now() + timedelta(hours=1)):
        accounts.give_public_name(candidacy.person, "Thorvald Quillfeather")
        assert actions.compare_corrected() == 1
        run = Run.objects.get(occasion=Occasion.NEW_FACT)
        actions.compare.func(run.pk)
        assert actions.compare_corrected() == 0
    assert listing.only_hit(examination).entry["entity_id"] == "p1"
    with clock.set_to(clock.now() + timedelta(hours=2)):
        person = candidacy.person
        person.refresh_from_db()
        accounts.give_public_name(cast.persons["oleg"], "Somebody Else")
        assert actions.compare_corrected() == 0, "nobody else's name"
        account_actions.change_person(
            accounts.of(person), people.actor(person), name=person.name, latin_name="Ada Otherwise", gender="",
            language="ru", reads=[],
        )  # fmt: skip
        assert actions.compare_corrected() == 1


def test_whoever_has_no_open_reading_sees_no_hit(candidacy: Candidacy, cast: Cast, tmp_path: Path) -> None:
    used_with(cast, tmp_path, listing.listed("p1", names_of(candidacy)))
    examination = making.assigned(candidacy, cast)
    listing.compare([examination], cast.actor("anna"))
    own = people.actor(candidacy.person)
    for actor in (
        cast.actor("anna"),
        cast.actor("greta"),
        cast.actor("henri"),
        own,
        *map(making.actor_of, making.readings(examination)),
    ):
        assert not queries.visible_hits(actor).exists()
    readers = making.opened(examination)
    assert all(queries.visible_hits(making.actor_of(one)).count() == 1 for one in readers)
