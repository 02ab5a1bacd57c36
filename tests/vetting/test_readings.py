"""Assignment, interests, objections, blind readings, the third reader."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Candidacy, CounterStatement, Endorsement
from hemicycle.notices import actions as notices
from hemicycle.notices.models import Letter
from hemicycle.people.models import Holding, Person
from hemicycle.record import clock, references
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.vetting import actions, desks, queries
from hemicycle.vetting.models import Assessorship, Examination, Objection, Reading
from hemicycle.web.desk import Waiting, matter_url

from ..cast import Cast, sign_in
from . import making

pytestmark = pytest.mark.django_db


def test_a_file_opens_after_the_declaration_and_the_time_to_object(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    reading = making.readings(examination)[0]
    by = making.actor_of(reading)
    with pytest.raises(OutOfOrder):
        actions.open_file(reading, by)
    actions.declare_no_interest(reading, by)
    with pytest.raises(Unmet, match="may still object"):
        actions.open_file(reading, by)
    with clock.set_to(clock.now() + timedelta(days=5)):
        actions.open_file(reading, by)
    assert reading.opened_at is not None
    assert [place for _at, place in queries.openings(examination)] == [1]


def test_what_came_to_the_file_since_the_assignment_is_asked_before_it_opens(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.assigned(candidacy, cast)
    reading, other = making.readings(examination)
    for each in (reading, other):
        actions.declare_no_interest(each, making.actor_of(each))
    actions.accept_readers(examination, cast.actor("nadia"))
    mine = Assessorship.objects.get(person=reading.assessor).organisation
    candidacy.refresh_from_db()
    said = {"statement": "She speaks for us.", "language": "en"}
    given = Endorsement(candidacy=candidacy, body=f"«{mine.upper().replace(' ', ' - ')}»", **said)
    candidacies.add_endorsement(given, cast.actor("nadia"))
    with pytest.raises(Unmet, match="something ties you"):
        actions.open_file(reading, making.actor_of(reading))
    reading.refresh_from_db()
    assert (reading.state, reading.opened_at) == ("declared", None)
    making.languages(other.assessor, "en", "ru")
    french = Endorsement(candidacy=candidacy, body="A congress", **{**said, "language": "fr"})
    candidacies.add_endorsement(french, cast.actor("nadia"))
    with pytest.raises(Unmet, match="language that you do not read"):
        actions.open_file(other, making.actor_of(other))
    candidacies.remove_endorsement(french, cast.actor("nadia"))
    actions.open_file(other, making.actor_of(other))
    assert other.state == "open"


def test_the_language_of_an_invited_bodys_statement_is_one_of_the_file(
    candidacy: Candidacy, cast: Cast
) -> None:
    assert queries.languages_of([candidacy])[candidacy.pk] == {"en"}
    candidacies.agree_to_counter_statements(candidacy, cast.actor("nadia"))
    due = clock.now() + timedelta(days=9)
    asked = CounterStatement(candidacy=candidacy, invited=cast.quiet, body="A council", due_at=due)
    candidacies.invite_body(asked, cast.actor("anna"))
    assert queries.languages_of([candidacy])[candidacy.pk] == {"en"}
    candidacies.give_counter_statement(asked, cast.actor("quiet"), statement_text="Да.", language="ru")
    assert queries.languages_of([candidacy])[candidacy.pk] == {"en", "ru"}


def test_the_candidate_may_say_that_the_readers_are_accepted(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    with pytest.raises(NotEmpowered):
        actions.accept_readers(examination, cast.actor("anna"))
    reading = making.opened(examination)[0]
    assert reading.state == "open"


def test_the_candidate_is_told_who_reads_until_when_to_object_and_what_was_decided(
    candidacy: Candidacy, cast: Cast
) -> None:
    def waits() -> list[Waiting]:
        return [w for w in desks.waiting(cast.actor("nadia")) if "object" in str(w.title)]

    def told(kind: str) -> list[str]:
        notices.tick()
        return list(Letter.objects.filter(person=cast.nadia, kind=kind).values_list("about", flat=True))

    notices.tick()
    examination = making.assigned(candidacy, cast)
    (item,) = waits()
    assert item.url == matter_url(examination)
    assert item.due == making.readings(examination)[0].assigned_at + timedelta(days=5)
    assert told("readers_named") == [examination.reference], "two readers, one letter"
    client = sign_in(cast.nadia)
    letter = Letter.objects.get(person=cast.nadia, kind="readers_named")
    assert client.post(f"/desk/messages/{letter.pk}/", follow=True).status_code == 200
    objection = Objection(reading=making.readings(examination)[0])
    actions.object(objection, cast.actor("nadia"), reasons="We were rivals.", language="en")
    actions.decide_objection(objection, cast.actor("marta"), upheld=True, reasons="So.", language="en")
    assert told("measure") == [objection.reference]
    assert len(told("readers_named")) == 2, "the reader who came instead"
    actions.accept_readers(examination, cast.actor("nadia"))
    assert waits() == []
    with clock.set_to(clock.now() + timedelta(days=6)):
        assert waits() == []


def test_an_upheld_objection_brings_another_reader(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    reading = making.readings(examination)[0]
    objection = Objection(reading=reading)
    actions.object(objection, cast.actor("nadia"), reasons="We were rivals.", language="en")
    actions.accept_readers(examination, cast.actor("nadia"))
    actions.declare_no_interest(reading, making.actor_of(reading))
    with pytest.raises(Unmet, match="objected"):
        actions.open_file(reading, making.actor_of(reading))
    with pytest.raises(Unmet):
        actions.object(Objection(reading=reading), cast.actor("nadia"), reasons="Again.", language="en")
    with pytest.raises(NotEmpowered):
        actions.decide_objection(objection, cast.actor("anna"), upheld=True, reasons="So.", language="en")
    actions.decide_objection(
        objection, cast.actor("marta"), upheld=True, reasons="A past dispute.", language="en"
    )
    assert objection.state == "upheld"
    reading.refresh_from_db()
    assert (reading.state, reading.release_ground) == ("released", "objection")
    assert len(making.readings(examination)) == 2


def test_a_dismissed_objection_leaves_the_reader(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    reading = making.readings(examination)[0]
    objection = Objection(reading=reading)
    actions.object(objection, cast.actor("nadia"), reasons="I do not like them.", language="en")
    with pytest.raises(Unmet):
        actions.decide_objection(objection, cast.actor("marta"), upheld=False, reasons=" ", language="en")
    objection.refresh_from_db()
    assert objection.state == "raised"
    actions.decide_objection(
        objection, cast.actor("marta"), upheld=False, reasons="No tie is shown.", language="en"
    )
    assert making.readings(examination)[0] == reading


def test_after_the_reading_began_nobody_objects(candidacy: Candidacy, cast: Cast) -> None:
    reading = making.opened(making.assigned(candidacy, cast))[0]
    with pytest.raises(Unmet, match="too late"):
        actions.object(Objection(reading=reading), cast.actor("nadia"), reasons="Late.", language="en")
    assert not Objection.objects.exists()


def test_nobody_opens_more_files_a_day_than_the_charter_allows(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    reading = making.readings(examination)[0]
    actions.accept_readers(examination, cast.actor("nadia"))
    actions.declare_no_interest(reading, making.actor_of(reading))
    at_most = queries.charter_of(examination).vetting.files_opened_per_day_at_most.value
    for number in range(at_most):
        other = Candidacy.objects.create(
            call=candidacy.call, person=Person.objects.create_person(name=f"Of {number}", created_at=clock.now()),
            reference=references.new("CAND"), state="admissible", submitted_at=clock.now(), created_at=clock.now(),
        )  # fmt: skip
        exam = Examination.objects.create(
            candidacy=other, charter=examination.charter, state="reading", reference=references.new("EXAM"),
            created_at=clock.now(),
        )  # fmt: skip
        Reading.objects.create(
            examination=exam, assessor=reading.assessor, ordinal=1, assigned_at=clock.now(), due_at=clock.now(),
            declared_at=clock.now(), opened_at=clock.now(), state="open", reference=references.new("READ"),
            created_at=clock.now(),
        )  # fmt: skip
    with pytest.raises(Unmet, match="a day"):
        actions.open_file(reading, making.actor_of(reading))
    with clock.set_to(clock.now() + timedelta(days=1)):
        actions.open_file(reading, making.actor_of(reading))


def test_neither_reader_sees_the_other_before_both_are_given(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    one, two = making.opened(examination)
    clerk = cast.actor("anna")
    first, second = making.actor_of(one), making.actor_of(two)
    actions.save_reading(two, second, findings=making.finding(examination, "not_met"), language="en")
    assert not queries.findings_of(examination, first)
    making.give(one, "met")
    for actor in (second, clerk, cast.actor("marta"), cast.actor("nadia"), cast.actor("greta")):
        assert not {f.reading_id for f in queries.findings_of(examination, actor)} - {two.pk}
        assert one not in queries.visible_readings(actor).exclude(pk=two.pk) or actor == clerk
    assert not queries.findings_of(examination, clerk)
    assert {f.reading_id for f in queries.findings_of(examination, first)} == {one.pk}
    making.give(two, "met")
    examination.refresh_from_db()
    assert examination.state == "agreeing"
    for actor in (first, second, clerk):
        assert {f.reading_id for f in queries.findings_of(examination, actor)} == {one.pk, two.pk}
    for actor in (cast.actor("nadia"), cast.actor("marta"), cast.actor("greta")):
        assert not queries.findings_of(examination, actor)


def test_a_point_of_one_reader_is_hidden_from_the_other_until_both_are_given(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.assigned(candidacy, cast)
    one, two = making.opened(examination)
    point = making.raised(examination)
    assert point in queries.visible_points(making.actor_of(one))
    assert not queries.visible_points(making.actor_of(two)).exists()
    assert not queries.visible_points(cast.actor("nadia")).exists()
    making.give(one)
    making.give(two)
    assert point in queries.visible_points(making.actor_of(two))


def test_a_difference_calls_a_third_reader_who_sees_neither(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    one, two = making.opened(examination)
    making.give(one, "met")
    making.give(two, "met", exile="unclear")
    examination.refresh_from_db()
    assert examination.state == "reading"
    third = making.readings(examination)[2]
    assert third.ordinal == 3
    assert third.assessor not in {one.assessor, two.assessor}
    making.opened(examination)
    third.refresh_from_db()
    assert not queries.findings_of(examination, making.actor_of(third))
    assert {f.reading_id for f in queries.findings_of(examination, making.actor_of(one))} == {one.pk}
    making.give(third, "met")
    examination.refresh_from_db()
    assert examination.state == "agreeing"
    assert len({f.reading_id for f in queries.findings_of(examination, making.actor_of(third))}) == 3
    assert queries.counts(candidacy.call)["third_readings"] == 1


def test_drafts_survive_and_are_the_readers_own(candidacy: Candidacy, cast: Cast) -> None:
    reading = making.opened(making.assigned(candidacy, cast))[0]
    by = making.actor_of(reading)
    exhibit = candidacy.evidence.all()[0].name
    actions.save_reading(
        reading,
        by,
        findings={"exile": {"verdict": "unclear", "reasons": "To ask.", "evidence": [exhibit]}},
        language="en",
    )
    row = reading.findings.get()
    assert (row.verdict, row.reasons, row.evidence) == ("unclear", "To ask.", [exhibit])
    assert reading.state == "open"


@pytest.mark.parametrize(
    "findings",
    [
        {"no_such_key": {"verdict": "met", "reasons": "x"}},
        {"exile": {"verdict": "seven of ten", "reasons": "x"}},
        {"exile": {"verdict": "met", "reasons": "x", "evidence": ["0" * 32]}},
    ],
)
def test_a_finding_is_on_what_is_asked_in_three_words_and_on_the_files_evidence(
    candidacy: Candidacy, cast: Cast, findings: dict[str, dict[str, object]]
) -> None:
    reading = making.opened(making.assigned(candidacy, cast))[0]
    before = Entry.objects.count()
    with pytest.raises(Unmet):
        actions.save_reading(reading, making.actor_of(reading), findings=findings, language="en")
    assert not reading.findings.exists()
    assert Entry.objects.count() == before


def test_a_reading_is_given_only_with_a_finding_and_reasons_on_everything(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.assigned(candidacy, cast)
    reading = making.opened(examination)[0]
    findings = making.finding(examination)
    findings["exile"]["reasons"] = "  "
    del findings["values"]
    with pytest.raises(Unmet) as refused:
        actions.give_reading(reading, making.actor_of(reading), findings=findings, language="en")
    assert {f.params["key"] for f in refused.value.findings} == {"exile", "values"}
    reading.refresh_from_db()
    assert (reading.state, reading.given_at) == ("open", None)


def test_the_assessors_term_over_the_file_is_closed_to_them(candidacy: Candidacy, cast: Cast) -> None:
    reading = making.opened(making.assigned(candidacy, cast))[0]
    Holding.objects.filter(person=reading.assessor).update(held_until=clock.now())
    by = making.actor_of(reading)
    assert not queries.visible_readings(by).exists()
    assert not queries.visible_to(by).exists()
    with pytest.raises(NotEmpowered):
        actions.save_reading(reading, by, findings={}, language="en")
