"""The files of a call compared with each other: what is asked of whom, and that nothing is lost or doubled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy import queries as candidacy_queries
from hemicycle.candidacy.models import Call, Evidence
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered
from hemicycle.vetting import actions
from hemicycle.vetting.models import ComparedFile, Comparison, CoordinationQuestion
from hemicycle.vetting.procedure.coordination import QuestionState
from hemicycle.vetting.procedure.screening import RunState

from ..cast import Cast
from . import coordinating as made
from . import making

pytestmark = pytest.mark.django_db


def test_a_copied_statement_raises_a_question_in_each_of_the_two_files(call: Call, cast: Cast) -> None:
    nadia, oleg = made.two_with_a_copy(call, cast)
    pavel = made.examined(call, cast, "pavel", made.OWN["pavel"])
    with made.after(call):
        comparison = made.compared(call, cast)
    assert comparison.state == RunState.DONE
    assert [made.kinds(one) for one in (nadia, oleg, pavel)] == [["near_copy"], ["near_copy"], []]
    for mine, other in ((nadia, oleg), (oleg, nadia)):
        evidence = made.only(mine).evidence
        assert evidence["others"] == [other.reference]
        assert evidence["shared"] == [
            {"part": f"criterion:{making.KEY}", "mine": made.COPIED, "other": made.COPIED, "language": "en"}
        ]


def test_of_the_other_file_only_the_same_words_are_kept(call: Call, cast: Cast) -> None:
    made.two_with_a_copy(call, cast)
    with made.after(call):
        made.compared(call, cast)
    for row in CoordinationQuestion.objects.all():
        mine = "nadia" if row.examination.candidacy.person == cast.nadia else "oleg"
        other = {"nadia": "oleg", "oleg": "nadia"}[mine]
        assert all(word not in str(row.evidence) for word in made.OWN[other].split() if len(word) > 4)


def test_what_the_charter_says_to_everybody_and_ones_own_texts_are_no_question(
    call: Call, cast: Cast
) -> None:
    charter = candidacy_queries.charter_of(call)
    form = max((row.text["en"] for row in (*charter.criteria, *charter.bars)), key=len)
    assert len(form.split()) > 10
    nadia = made.examined(call, cast, "nadia", form)
    oleg = made.examined(call, cast, "oleg", form)
    made.endorse(nadia, "Guild of Bees", made.COPIED)
    made.endorse(nadia, "Guild of Lamps", made.COPIED)
    with made.after(call):
        made.compared(call, cast)
    assert made.kinds(nadia) == made.kinds(oleg) == []


def test_statements_of_endorsements_are_compared_and_bodies_that_endorse_several_are_asked_about(
    call: Call, cast: Cast
) -> None:
    nadia, oleg = (made.examined(call, cast, key, made.OWN[key]) for key in ("nadia", "oleg"))
    made.endorse(nadia, "Congress of Lakes", made.COPIED)
    made.endorse(oleg, "CONGRESS OF LAKES", made.COPIED)
    made.endorse(oleg, "Only Oleg")
    with made.after(call):
        made.compared(call, cast)
    for mine, name in ((nadia, "Congress of Lakes"), (oleg, "CONGRESS OF LAKES")):
        assert sorted(made.kinds(mine)) == ["near_copy", "organisation"]
        assert made.only(mine, "organisation").evidence["shared"] == [{"part": "", "mine": name, "other": ""}]
        assert made.only(mine).evidence["shared"][0]["part"].startswith("ENDO-")


def test_endorsements_of_one_body_that_come_in_together_are_asked_about_by_body(
    call: Call, cast: Cast
) -> None:
    start, keys = clock.now(), ("nadia", "oleg", "pavel", "quiet")
    rows = []
    for key in keys:
        rows.append(made.examined(call, cast, key, f"I am {key}."))
    for number, row in enumerate(rows):
        with clock.set_to(start + timedelta(days=3, minutes=number)):
            made.endorse(row, "Congress of Lakes")
        for day in range(12):
            with clock.set_to(start + timedelta(days=1 + day, hours=number + day / 2)):
                made.endorse(row, f"Society {number} {day}")
    with made.after(call):
        made.compared(call, cast)
    asked = [CoordinationQuestion.objects.filter(examination=row, kind="burst") for row in rows]
    assert [one.count() for one in asked] == [1, 1, 1, 1]
    evidence = asked[0].get().evidence
    assert evidence["told"] == {"count": 4, "of": 4, "minutes": 3}
    assert [row["mine"] for row in evidence["shared"]] == ["Congress of Lakes"]


def test_texts_in_two_languages_with_the_same_rare_marks_are_asked_about_without_the_others_words(
    call: Call, cast: Cast
) -> None:
    english = "On 14 March 2019 in Zarechensk we counted 48213 names for Lidia Vorontsova, see https://example.org/lists."
    russian = "14 марта 2019 в Зареченске мы насчитали 48213 имён для Лидии Воронцовой, см. https://example.org/lists."
    nadia = made.examined(call, cast, "nadia", english)
    oleg = made.examined(call, cast, "oleg", russian, "ru")
    with made.after(call):
        made.compared(call, cast)
    assert "shared_marks" in made.kinds(nadia) and "shared_marks" in made.kinds(oleg)
    evidence = made.only(nadia, "shared_marks").evidence
    assert {row["other"] for row in evidence["shared"]} == {""}
    assert "48213" in {row["mine"] for row in evidence["shared"]}
    assert "Воронцов" not in str(evidence) and "Vorontsova" in str(evidence)


def test_the_very_same_document_in_two_files_is_asked_about(call: Call, cast: Cast) -> None:
    rows = [made.examined(call, cast, key, made.OWN[key]) for key in ("nadia", "oleg")]
    for number, row in enumerate(rows):
        for digest in ("a" * 64, str(number) * 64):
            Evidence.objects.create(
                candidacy=row.candidacy, title=f"Letter {number}", language="en", kind="text", digest=digest,
                added_at=clock.now(),
            )  # fmt: skip
    with made.after(call):
        made.compared(call, cast)
    for number, row in enumerate(rows):
        assert made.kinds(row) == ["metadata"]
        assert made.only(row, "metadata").evidence["shared"] == [
            {"part": "", "mine": f"Letter {number}", "other": ""}
        ]


def test_a_locked_and_a_withdrawn_file_are_left_out(call: Call, cast: Cast) -> None:
    nadia, oleg = made.two_with_a_copy(call, cast)
    pavel = made.examined(call, cast, "pavel", f"{made.OWN['pavel']} {made.COPIED}.")
    with made.after(call):
        comparison = made.under_way(call, cast)
        candidacies.withdraw(oleg.candidacy, people.actor(oleg.candidacy.person))
        Person.objects.filter(pk=pavel.candidacy.person_id).update(is_active=False)  # by the phrase
        actions.compare_some_files(comparison)
    assert not CoordinationQuestion.objects.exists()
    left = ComparedFile.objects.filter(is_left_out=True)
    assert {row.examination_id for row in left} == {oleg.pk, pavel.pk}
    assert nadia.pk not in {row.examination_id for row in left}


def test_a_comparison_is_stopped_and_taken_up_and_nothing_is_done_twice(call: Call, cast: Cast) -> None:
    made.two_with_a_copy(call, cast)
    clerk = cast.actor("anna")
    with made.after(call):
        comparison = made.under_way(call, cast)
        assert actions.compare_some_files(comparison, 1)
        actions.stop_comparison(comparison, clerk)
        assert not actions.compare_some_files(comparison)
        assert comparison.files.filter(done_at__isnull=False).count() == 1
        actions.resume_comparison(comparison, clerk)
        actions.compare_files.func(comparison.pk)
        comparison.refresh_from_db()
    assert comparison.state == RunState.DONE
    assert CoordinationQuestion.objects.count() == 2


def test_a_comparison_killed_half_way_goes_on_with_another_worker_and_doubles_nothing(
    call: Call, cast: Cast
) -> None:
    made.two_with_a_copy(call, cast)
    with made.after(call):
        comparison = made.under_way(call, cast)
        actions.compare_some_files(comparison, 1)  # and then its worker is gone
        assert actions.revive(Comparison, actions.compare_files) == 0
        with clock.set_to(clock.now() + timedelta(minutes=3)):
            before = DBTaskResult.objects.count()
            assert actions.revive(Comparison, actions.compare_files) == 1
            assert DBTaskResult.objects.count() == before + 1
            actions.compare_files.func(comparison.pk)
            actions.compare_files.func(comparison.pk)
    comparison.refresh_from_db()
    assert comparison.state == RunState.DONE and CoordinationQuestion.objects.count() == 2
    assert Entry.objects.filter(act="put_question").count() == 2


def test_a_rerun_renews_what_nobody_answered_and_keeps_what_was_answered(call: Call, cast: Cast) -> None:
    nadia, oleg = made.two_with_a_copy(call, cast)
    with made.after(call):
        made.compared(call, cast)
        reader = making.opened(nadia)[0]
        answered = made.only(nadia)
        actions.note_question(
            answered, making.actor_of(reader), outcome="explained", reasons="A shared leaflet.", language="en"
        )
        before = answered.evidence
        answer = oleg.candidacy.answers.get(criterion=making.KEY)
        answer.statement = made.OWN["oleg"]
        answer.save()
        made.compared(call, cast)
        open_one = made.only(oleg)
        answered.refresh_from_db()
        assert open_one.state == QuestionState.LAPSED
        assert (answered.state, answered.evidence) == (QuestionState.NOTED, before)
        answer.statement = f"{made.COPIED}."
        answer.save()
        made.compared(call, cast)
    open_one.refresh_from_db()
    assert open_one.state == QuestionState.OPEN and CoordinationQuestion.objects.count() == 2


def test_the_clock_compares_a_call_once_it_has_ended_and_again_when_a_file_comes_later(
    call: Call, cast: Cast
) -> None:
    made.two_with_a_copy(call, cast)
    late = making.file(call, cast, "pavel")
    assert actions.compare_calls() == 0, "the call has not ended"
    with made.after(call):
        assert actions.compare_calls() == 1
        assert actions.compare_calls() == 0
        making.assigned(late, cast)
        assert actions.compare_calls() == 1


def test_a_comparison_is_begun_by_clerks_alone_after_the_end_with_two_files(call: Call, cast: Cast) -> None:
    nadia = made.examined(call, cast, "nadia", made.OWN["nadia"])
    clerk = cast.actor("anna")
    with pytest.raises(Unmet, match="has not ended"):
        actions.begin_comparison(Comparison(call=call), clerk)
    with made.after(call):
        with pytest.raises(Unmet, match="no two open files"):
            actions.begin_comparison(Comparison(call=call), clerk)
        for actor in (cast.actor("greta"), cast.actor("nadia"), making.actor_of(making.readings(nadia)[0])):
            with pytest.raises(NotEmpowered):
                actions.begin_comparison(Comparison(call=call), actor)
    assert not Comparison.objects.exists() and not ComparedFile.objects.exists()


def test_the_database_and_the_record_do_not_say_what_is_asked(call: Call, cast: Cast) -> None:
    nadia, oleg = made.two_with_a_copy(call, cast)
    with made.after(call):
        made.compared(call, cast)
    for row in CoordinationQuestion.objects.values():
        told = " ".join(str(value) for value in row.values())
        assert "courtyards" not in told and nadia.reference not in told and oleg.reference not in told
    for entry in Entry.objects.filter(act="put_question"):
        assert not entry.facts and entry.actor == CLOCK.reference
