"""Reading an invented file: given once, model answers only then, seen by nobody else; and the clerk's figures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hemicycle.candidacy.models import Candidacy
from hemicycle.people import queries as persons
from hemicycle.people.models import Holding
from hemicycle.record import clock, references
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import CharterVersion, Entry
from hemicycle.record.sealing import keystore
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.vetting import actions, queries, retention, training
from hemicycle.vetting.actions.training import forget_trainings
from hemicycle.vetting.differing import InPairs, InTraining
from hemicycle.vetting.models import Reading, ReadingFinding, TrainingReading

from ..cast import PEOPLE, Cast, charter
from ..voting.conftest import crowd
from . import making
from .test_pages import form_of

pytestmark = pytest.mark.django_db

LIST = "/examinations/training/"
CLERK = "/examinations/differing/"
BEGIN = "/matters/new/vetting/give_training/?file=02"
KEYS = ["public_opposition", "aggression_denounced", "government_service"]


def found(verdict: str = "met", **other: str) -> dict[str, dict[str, str]]:
    return {key: {"verdict": other.get(key, verdict), "reasons": f"Mine on {key}."} for key in KEYS}


def given(by: Any, file: str = "02", **other: str) -> TrainingReading:
    reading = TrainingReading(file=file)
    keys = [row.key for row in queries.asked_of(training.files()[file], charter())]
    findings = {key: {"verdict": other.get(key, "met"), "reasons": ""} for key in keys}
    actions.give_training(reading, by, findings=findings, language="en")
    return reading


def model_reasons(file: str = "02") -> list[str]:
    return [answer.reasons["en"] for answer in training.files()[file].answers]


def test_a_reader_gives_it_and_the_record_says_nothing_of_it(cast: Cast) -> None:
    reading = TrainingReading(file="02")
    actions.give_training(
        reading, cast.actor("clara"), findings=found(government_service="unclear"), language="en"
    )
    reading.refresh_from_db()
    assert (reading.state, reading.assessor_id) == ("given", cast.clara.pk)
    assert reading.verdicts == {**dict.fromkeys(KEYS, "met"), "government_service": "unclear"}
    assert reading.reasons["government_service"] == "Mine on government_service."
    entry = Entry.objects.get(matter=reading.reference)
    assert entry.facts == {}, "neither the file nor what was found"
    assert entry.publicity == "house", "the public totals of acts on candidacies do not count it"


def test_a_reviewer_may_give_it_too(cast: Cast) -> None:
    assert given(cast.actor("farid")).state == "given"


@pytest.mark.parametrize("who", ["anna", "greta", "nadia", "marta"])
def test_nobody_else_gives_one(who: str, cast: Cast) -> None:
    with pytest.raises(NotEmpowered):
        given(cast.actor(who))
    assert not TrainingReading.objects.exists()


@pytest.mark.parametrize(
    ("file", "findings"),
    [
        ("99", found()),
        ("02", {key: value for key, value in found().items() if key != "public_opposition"}),
        ("02", found(public_opposition="")),
        ("02", found(public_opposition="nearly")),
        ("02", {**found(), "exile": {"verdict": "met", "reasons": ""}}),
    ],
)
def test_an_incomplete_or_strange_reading_is_refused_and_writes_nothing(
    file: str, findings: dict[str, Any], cast: Cast
) -> None:
    with pytest.raises(Unmet):
        actions.give_training(
            TrainingReading(file=file), cast.actor("clara"), findings=findings, language="en"
        )
    assert not TrainingReading.objects.exists()


def test_once_given_it_stands(cast: Cast) -> None:
    reading = given(cast.actor("clara"))
    with pytest.raises(Unmet, match="already"):
        given(cast.actor("clara"), government_service="not_met")
    with pytest.raises(OutOfOrder):
        actions.give_training(reading, cast.actor("clara"), findings=found(), language="en")
    assert TrainingReading.objects.get().verdicts["government_service"] == "met"
    given(cast.actor("david"))
    given(cast.actor("clara"), file="03")
    assert TrainingReading.objects.count() == 3


def test_a_reader_finds_gives_and_then_sees_the_model_answers(cast: Cast) -> None:
    """The journey through the pages. Before giving, no page says a model answer."""
    clara = cast.client("clara")
    assert LIST in clara.get("/files/").content.decode()
    listed = clara.get(LIST).content.decode()
    assert listed.count("not read yet") == 10 and "file=02" in listed
    assert clara.get(BEGIN).status_code == 200
    pages = [
        listed,
        *(
            clara.get(f"/matters/new/vetting/give_training/?file={key}").content.decode()
            for key in training.files()
        ),
    ]
    every = [reasons for key in training.files() for reasons in model_reasons(key)]
    assert not [reasons for reasons in every if any(reasons in page.replace("&#x27;", "'") for page in pages)]
    assert all("are invented" in page for page in pages)
    assert not any("Model answer:" in page for page in pages)
    page = clara.get(BEGIN)
    assert "546 days" in page.content.decode() or "547 days" in page.content.decode(), "the overlap is dated"
    sent = {**form_of(clara, BEGIN), "language": "en", "reasons_public_opposition": "An appeal, signed."}
    again = clara.post(BEGIN, sent)
    assert again.status_code == 422 and "An appeal, signed." in again.content.decode()
    assert "A finding is missing: A record of publicly opposing" in again.content.decode()
    assert not TrainingReading.objects.exists()
    sent |= {f"verdict_{key}": "met" for key in KEYS}
    answer = clara.post(BEGIN, sent, follow=True).content.decode()
    assert all(reasons in answer for reasons in model_reasons())
    assert "An appeal, signed." in answer and "are invented" in answer and answer.count("Model answer:") == 3
    assert not any(
        word in answer.lower() for word in ("score", " of 3", "points out", "correct answers", "%")
    )
    listed = clara.get(LIST).content.decode()
    assert listed.count("not read yet") == 9 and "look at it again" in listed
    assert (
        clara.post(
            BEGIN, {**form_of(clara, BEGIN), **{k: v for k, v in sent.items() if k not in ("once",)}}
        ).status_code
        == 422
    )


def test_nobody_but_its_reader_finds_it(cast: Cast) -> None:
    reading = given(cast.actor("clara"))
    at = f"/matters/{reading.reference}/"
    assert cast.client("clara").get(at).status_code == 200
    for who in ("anna", "david", "farid", "greta", "nadia"):
        assert cast.client(who).get(at).status_code == 404, who
    for who in ("anna", "nadia", "greta"):
        assert cast.client(who).get(LIST).status_code == 404, who
        assert cast.client(who).get(BEGIN).status_code == 404, who
    for who in ("clara", "farid", "nadia", "greta"):
        assert cast.client(who).get(CLERK).status_code == 404, who
    assert cast.client("clara").get("/matters/new/vetting/give_training/?file=99").status_code == 404


def five(cast: Cast) -> list[Any]:
    for person in (people := crowd(5)):
        making.grant(person, "assessor")
    return people


def test_the_clerk_sees_figures_by_criterion_from_five_readers_on_and_no_name(cast: Cast) -> None:
    people = five(cast)
    ways = ["met", "not_met", "not_met", "unclear", "not_met"]
    anna = cast.client("anna")
    for person, way in zip(people[:4], ways, strict=False):
        given(persons.actor(person), government_service=way)
    before = anna.get(CLERK).content.decode()
    assert queries.differing_in_training() == (4, {})
    assert "fewer than 5" in before and "<table" not in before
    given(persons.actor(people[4]), government_service=ways[4])
    count, rows = queries.differing_in_training()
    assert count == 5 and rows == {
        "public_opposition": InTraining(1, 5, 0, 0),
        "aggression_denounced": InTraining(1, 5, 0, 0),
        "government_service": InTraining(1, 5, 1, 2),  # the model answer is "not met"
    }
    after = anna.get(CLERK).content.decode()
    assert "<table" in after and "Service in the Russian government" in after
    assert not [p for p in people if p.name in after or p.reference in after]
    given(cast.actor("clara"), government_service="unclear")
    assert queries.differing_in_training() == (6, rows), "a sixth answer moves no figure"
    assert CLERK in anna.get("/examinations/").content.decode()


def test_the_clerk_sees_how_often_real_readings_differ_once_there_are_enough(
    candidacy: Candidacy, cast: Cast
) -> None:
    """One real pair made by the acts, others written as their rows: the count is the same as by hand."""
    examination = making.read(candidacy, cast)
    assert queries.differing_in_pairs() == (1, {}), "one pair says who differed"
    people = [*five(cast), *(reading.assessor for reading in making.readings(examination))]
    first, second = making.readings(examination)
    ReadingFinding.objects.filter(reading=second, key="exile").update(verdict="unclear")
    for number in range(5):
        _copy(
            examination, people[number], people[(number + 1) % 5], "met", "met" if number % 2 else "not_met"
        )
    count, rows = queries.differing_in_pairs()
    assert count == 6 and rows["exile"] == InPairs(5, 1 + 2)
    assert rows["field"] == InPairs(5, 0)
    page = cast.client("anna").get(CLERK).content.decode()
    assert "Life in exile" in page and first.assessor.shown_name not in page


def test_what_was_worded_otherwise_does_not_count_any_more(candidacy: Candidacy, cast: Cast) -> None:
    """An amendment that leaves the words alone leaves the figures; one that changes them begins anew."""
    examination = making.read(candidacy, cast)
    people = five(cast)
    for number in range(5):
        given(persons.actor(people[number]))
        _copy(examination, people[number], people[(number + 1) % 5], "met", "met")
    trained, real = queries.differing_in_training()[1], queries.differing_in_pairs()[1]
    assert {"government_service", "public_opposition"} <= trained.keys() and {"exile", "field"} <= real.keys()
    bar = "Service in the Russian government after 2014."
    law = charter().text.replace('version = "1.0"', 'version = "1.1"', 1).replace("Life in exile.", "Exile.")
    law = law.replace(f'text.en = "{bar}"', 'text.en = "Service in the government."')
    CharterVersion.objects.create(
        reference="pace-2025/1.1", text=law, digest="0" * 64, in_force_from=clock.now() - timedelta(seconds=1)
    )
    with_words = queries.differing_in_training()[1], queries.differing_in_pairs()[1]
    assert with_words[0] == {key: row for key, row in trained.items() if key != "government_service"}
    assert with_words[1] == {key: row for key, row in real.items() if key != "exile"}


def _copy(examination: Any, one: Any, two: Any, first: str, second: str) -> None:
    """Another examination with two readings, as rows."""
    person = crowd(1)[0]
    file = Candidacy.objects.get(pk=examination.candidacy_id)
    file.pk, file.reference, file.person = None, references.new("CAND"), person
    file.save(force_insert=True)
    copied = type(examination).objects.get(pk=examination.pk)
    copied.pk, copied.reference, copied.candidacy = None, references.new("EXAM"), file
    copied.save(force_insert=True)
    now = clock.now()
    for ordinal, (reader, verdict) in enumerate([(one, first), (two, second)], 1):
        reading = Reading.objects.create(
            examination=copied, assessor=reader, ordinal=ordinal, assigned_at=now, due_at=now, declared_at=now,
            opened_at=now, given_at=now, state="given", reference=references.new("READ"), created_at=now,
        )  # fmt: skip
        for key, said in (("exile", verdict), ("field", "met")):
            ReadingFinding.objects.create(reading=reading, key=key, verdict=said, reasons="R.", language="en")


def test_blind_pairs_and_closed_files_do_not_count(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    assert queries.differing_in_pairs()[0] == 1
    type(examination).objects.filter(pk=examination.pk).update(state="reading")
    assert queries.differing_in_pairs()[0] == 0, "a third reader still reads"
    type(examination).objects.filter(pk=examination.pk).update(state="agreeing")
    Candidacy.objects.filter(pk=candidacy.pk).update(state="withdrawn", withdrawn_at=clock.now())
    assert queries.differing_in_pairs()[0] == 0


def test_a_year_after_the_office_reasons_and_reader_go_and_the_figures_stay(cast: Cast) -> None:
    reading = TrainingReading(file="02")
    actions.give_training(reading, cast.actor("clara"), findings=found(), language="en")
    days = timedelta(days=charter().retention.grounds_days.value)
    with clock.set_to(clock.now() + days * 3):
        assert forget_trainings() == 0, "who is in office keeps what was written"
    ended = clock.now() + timedelta(days=1)
    Holding.objects.filter(person=cast.clara).update(state="ended", held_until=ended)
    with pytest.raises(Unmet):
        actions.forget_training(reading, CLOCK)
    assert [due.reference for due in retention.plan(ended + days)] == [reading.reference]
    with clock.set_to(ended + days + timedelta(hours=1)):
        assert forget_trainings() == 1
        assert forget_trainings() == 0
    kept = TrainingReading.objects.get()
    assert (kept.state, kept.assessor_id, kept.reasons) == ("forgotten", None, {})
    assert kept.verdicts == dict.fromkeys(KEYS, "met") and queries.differing_in_training()[0] == 1
    assert PEOPLE["clara"][0] not in str(Entry.objects.filter(matter=reading.reference).values())


def test_the_key_of_what_was_forgotten_is_destroyed(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    reading = given(cast.actor("clara"))
    Holding.objects.filter(person=cast.clara).update(held_until=clock.now())
    with clock.set_to(clock.now() + timedelta(days=400)), django_capture_on_commit_callbacks(execute=True):
        forget_trainings()
    assert keystore.is_destroyed(reading.reference)
