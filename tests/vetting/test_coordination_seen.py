"""Questions of coordination as readers see and answer them: nothing of another file, nothing for anybody else."""

from __future__ import annotations

import pytest

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.people import queries as people
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import AdversePoint, CoordinationNote, Examination, Reading

from ..candidacy.making import refused
from ..cast import Cast, sign_in
from . import coordinating as made
from . import making

pytestmark = pytest.mark.django_db
SECRET = "The reasons of one reader stay with that reader."


@pytest.fixture
def nadia(call: Call, cast: Cast) -> Examination:
    """A file that shares a passage with another, open to its two readers."""
    found, _oleg = made.two_with_a_copy(call, cast)
    with made.after(call):
        made.compared(call, cast)
    making.opened(found)
    return found


def note(reading: Reading, outcome: str = "explained", reasons: str = SECRET) -> None:
    question = made.only(reading.examination)
    actions.note_question(question, making.actor_of(reading), outcome=outcome, reasons=reasons, language="en")


def test_the_reader_sees_the_passage_of_both_files_and_no_other_word_of_the_other(nadia: Examination) -> None:
    reading = making.readings(nadia)[0]
    section = made.page(reading)
    assert section.count(made.COPIED) == 2 and "one quoting the other’s published text" in section
    whole = made.whole_page(reading.assessor, f"/files/{reading.reference}/")
    matter = made.whole_page(reading.assessor, f"/matters/{made.only(nadia).reference}/")
    other = Examination.objects.exclude(pk=nadia.pk).get()
    for html in (whole, matter):
        for word in ("choir", "railway", "forbidden", other.reference, other.candidacy.reference):
            assert word not in html, word
        assert other.candidacy.person.shown_name not in html
    assert made.COPIED in matter


@pytest.mark.parametrize("language", ["/fr", "/ru"])
def test_the_section_speaks_the_readers_language(nadia: Examination, language: str) -> None:
    section = made.page(making.readings(nadia)[0], language)
    for english in ("Questions of", "What would", "Answer the", "Where in", "another file", "People who"):
        assert english not in section, english
    assert made.COPIED in section


def test_the_other_file_is_named_by_the_reading_of_whoever_holds_it_and_declared_no_interest(
    nadia: Examination, cast: Cast
) -> None:
    other = Examination.objects.exclude(pk=nadia.pk).get()
    question = made.only(nadia)
    pairs = [(mine, theirs) for mine in making.readings(nadia) for theirs in making.readings(other)
             if mine.assessor_id == theirs.assessor_id]  # fmt: skip
    alone = [r for r in making.readings(nadia) if r.assessor_id not in {m.assessor_id for m, _ in pairs}]
    for mine, theirs in pairs:
        assert theirs.reference not in made.page(mine), "nothing was declared"
        actions.declare_no_interest(theirs, making.actor_of(theirs))
        assert theirs.reference in made.page(mine)
    for reading in alone:
        assert queries.others_of(nadia, making.actor_of(reading)).readings(question) == []


def test_nobody_sees_a_question_but_the_readers_who_opened_the_file(call: Call, cast: Cast) -> None:
    nadia, _oleg = made.two_with_a_copy(call, cast)
    with made.after(call):
        made.compared(call, cast)
    question = made.only(nadia)
    everybody = [cast.actor(key) for key in cast.persons]
    assert not any(queries.visible_questions(actor).filter(pk=question.pk).exists() for actor in everybody)
    readers = making.opened(nadia)
    seen = {a.person for a in everybody if queries.visible_questions(a).filter(pk=question.pk).exists()}
    assert seen == {reading.assessor_id for reading in readers}
    for key in ("anna", "nadia", "greta", "henri"):
        assert sign_in(cast.persons[key]).get(f"/matters/{question.reference}/").status_code == 404


def test_an_interest_in_the_other_file_keeps_its_reader_from_the_question(nadia: Examination) -> None:
    other = Examination.objects.exclude(pk=nadia.pk).get()
    reading, second = making.readings(nadia)
    tie = Interest(person=reading.assessor, subject=other.candidacy.reference, kind="family", text="Cousins.")
    integrity.declare(tie, making.actor_of(reading))
    assert not queries.visible_questions(making.actor_of(reading)).exists()
    assert queries.visible_questions(making.actor_of(second)).exists()


def test_a_question_is_hidden_when_the_other_file_is_withdrawn(nadia: Examination) -> None:
    other = Examination.objects.exclude(pk=nadia.pk).get()
    candidacies.withdraw(other.candidacy, people.actor(other.candidacy.person))
    reading = making.readings(nadia)[0]
    assert made.COPIED not in made.page(reading)


def test_a_reader_sees_the_others_answer_after_the_own_one(nadia: Examination) -> None:
    first, second = making.readings(nadia)
    question = made.only(nadia)
    address = f"/matters/{question.reference}/"
    note(first)
    assert SECRET in made.whole_page(first.assessor, address)
    assert SECRET not in made.whole_page(second.assessor, address)
    blind = made.whole_page(second.assessor, address)
    assert "for the readers to answer" in blind and "history-title" not in blind
    note(second, "to_put", "I doubt it.")
    html = made.whole_page(second.assessor, address)
    assert SECRET in html and "I doubt it." in html


def test_once_the_readings_are_gathered_answers_are_open_to_both(nadia: Examination) -> None:
    first, second = making.readings(nadia)
    note(first)
    for reading in (first, second):
        reading.refresh_from_db()
        making.give(reading)
    question = made.only(nadia)
    assert [row.reasons for row in queries.notes_for(question, making.actor_of(second))] == [SECRET]


def test_an_answer_has_no_effect_on_the_file_and_is_no_point(nadia: Examination, cast: Cast) -> None:
    before = (nadia.state, nadia.version, nadia.candidacy.state)
    note(making.readings(nadia)[0], "to_put")
    nadia.refresh_from_db()
    assert (nadia.state, nadia.version, nadia.candidacy.state) == before
    assert not AdversePoint.objects.exists()
    for address in ("/my-examination/", f"/matters/{nadia.reference}/"):
        html = made.whole_page(cast.nadia, address)
        assert made.COPIED not in html and "coordination" not in html.lower()


def test_an_answer_needs_an_outcome_and_reasons_and_is_given_once_by_a_reader(
    nadia: Examination, cast: Cast
) -> None:
    reading = making.readings(nadia)[0]
    question, by = made.only(nadia), making.actor_of(reading)
    told = {"outcome": "explained", "reasons": "A leaflet.", "language": "en"}
    for wrong in ({**told, "outcome": "copied"}, {**told, "reasons": "  "}):
        refused(Unmet, lambda wrong=wrong: actions.note_question(question, by, **wrong), question)
    for actor in (cast.actor("anna"), cast.actor("nadia"), cast.actor("greta"), cast.actor("oleg")):
        refused(NotEmpowered, lambda a=actor: actions.note_question(question, a, **told), question)
    assert not CoordinationNote.objects.exists()
    actions.note_question(question, by, **told)
    refused(Unmet, lambda: actions.note_question(question, by, **told), question)
    assert CoordinationNote.objects.count() == 1


def test_the_form_is_sent_from_the_page_of_the_file(nadia: Examination) -> None:
    reading = making.readings(nadia)[0]
    question = made.only(nadia)
    address = f"/matters/{question.reference}/note_question/"
    assert address in made.page(reading)
    browser = sign_in(reading.assessor)
    form = browser.get(address).content.decode()
    assert "has no effect by itself" in form


def test_a_question_goes_with_its_file(nadia: Examination) -> None:
    reading = making.readings(nadia)[0]
    candidacies.withdraw(nadia.candidacy, people.actor(nadia.candidacy.person))
    assert not queries.visible_questions(making.actor_of(reading)).exists()
    assert made.only(nadia).standing(nadia.created_at) == "closed"


def test_the_clerk_sees_how_far_it_is_and_nothing_of_what_is_asked(
    nadia: Examination, call: Call, cast: Cast
) -> None:
    with made.after(call):
        html = made.whole_page(cast.persons["anna"], "/examinations/")
        assert "2 / 2" in html and "vetting/begin_comparison" in html
        assert "courtyards" not in html and made.only(nadia).reference not in html
