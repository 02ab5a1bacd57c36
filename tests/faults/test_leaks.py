"""Nothing is seen before its time, nor by anybody whom it does not concern: every page, read for every secret."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, get_resolver

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Candidacy, Evidence
from hemicycle.composition.models import List
from hemicycle.consultations.models import Consultation
from hemicycle.dialogue.models import Question, Topic
from hemicycle.followup.models import EarlierContact, Proposal
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import FileOpening, Interest
from hemicycle.mandates import queries as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.people import accounts as kept
from hemicycle.people import actions as accounts
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record.models import Entry, Matter
from hemicycle.rules.procedure import NotEmpowered, Publicity
from hemicycle.statements.models import Initiative, Statement
from hemicycle.suspension import actions as suspension
from hemicycle.vetting.models import AdversePoint, Examination, Objection, OutcomeLetter, Reading
from hemicycle.web.desk import desks

from ..cast import Cast, sign_in
from ..composition import making as rounds
from ..vetting import making as readings
from . import scenes
from .scenes import SCENES
from .unsaid import unsaid

assert get_resolver().url_patterns  # desks are registered

PUBLIC = (
    "", "composition", "votes", "rounds/", "rounds/2027", "rounds/2027/sheet", "procedure", "charter", "record",
    "composition/2027", "votes/founding", "contributions/", "feed/", "consultations/", "dialogue/", "topics/", "questions/",
    "statements/", "board/", "earlier/", "committees/political/", "glossary/", "speech/",
)  # fmt: skip
DATA = (
    "composition.json", "composition.csv", "composition/2027.json", "composition/2027.csv", "votes/founding.json",
    "rounds/2027/sheet.json", "rounds/2027/sheet.csv",
)  # fmt: skip
# The page of one matter, while it has one for everybody.
SINGLE: tuple[tuple[str, type[Matter]], ...] = (
    ("topics/", Topic), ("questions/", Question), ("statements/", Statement), ("statements/", Initiative),
    ("consultations/", Consultation), ("board/", Proposal), ("earlier/", EarlierContact),
)  # fmt: skip
# Where somebody without an account has business.
OPEN = re.compile(
    r"^(away|sign-in|sign-out|second-factor|enrol|lock|account/begin|account/shown-once|apply|composition|votes|rounds"
    r"|procedure|charter|record|feed|contributions|consultations|favicon"
    r"|dialogue(?!/desk)|topics|questions|committees|glossary|speech|statements(?!/own)|check|board|earlier)?(/|\.|$)"
)


def addresses(patterns: Iterable[Any] | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield path, pattern
        else:
            yield from addresses(pattern.url_patterns, path)


def filled(path: str) -> str:
    return re.sub(r"<(\w+):\w+>", lambda m: "1" if m[1] == "int" else "nothing", path)


def source(response: Any) -> str:
    """All that goes over the line: head, status and body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{dict(response.headers)}\n{body.decode(errors='replace')}"


def published(client: Client) -> str:
    is_laid = List.objects.filter(announced_at__isnull=False).exists()
    # Rows that tests/seating.py laid have no entries, and so no sheet.
    is_laid &= not Entry.objects.filter(room="composition", act="announce").exists()

    def kept(addresses: Iterable[str]) -> list[str]:
        return [each for each in addresses if not is_laid or "sheet" not in each]

    texts = [source(client.get("/" + address)) for address in kept(DATA)]
    for address in kept(PUBLIC):
        texts += [source(client.get(prefix + address)) for prefix in ("/", "/fr/", "/ru/")]
    singles = [f"/{place}{row.reference}/" for place, model in SINGLE for row in model._default_manager.all()]
    answers = [client.get(address) for address in singles]
    assert {answer.status_code for answer in answers} <= {200, 404}
    return "\n".join([*texts, *(source(answer) for answer in answers if answer.status_code == 200)])


def house(client: Client) -> dict[str, str]:
    """Every page without a reference in its address, and the page of every matter there is."""
    plain = [
        path for path, _ in addresses() if "<" not in path and not path.startswith(("sign-out", "admin"))
    ]
    found = [m.reference for desk in desks.values() for m in desk.model._default_manager.all()]
    texts = {}
    for path in [*plain, *(f"matters/{reference}/" for reference in found)]:
        FileOpening.objects.all().delete()  # who looks for leaks opens more files than an office may in an hour
        response = client.get("/" + path)
        assert response.status_code < 500, path
        texts[path] = source(response)
    return texts


def words(rows: Iterable[models.Model]) -> set[str]:
    """The free text in rows: what somebody wrote, not what a choice or a code says."""
    found = set()
    for row in rows:
        for field in row._meta.concrete_fields:
            if isinstance(field, models.TextField) or (
                isinstance(field, models.CharField) and not field.choices
            ):
                value = getattr(row, field.attname)
                if isinstance(value, str) and " " in value.strip() and len(value) > 8:
                    found.add(value)
    return found


def rows_of(*rooms: str) -> Iterator[models.Model]:
    for room in rooms:
        for model in apps.get_app_config(room).get_models():
            yield from model._default_manager.all()


def sealed() -> set[str]:
    """References of every matter whose existence nobody outside may learn, and of every person."""
    found = set(Person.objects.values_list("reference", flat=True))
    for model in apps.get_models():
        if issubclass(model, Matter) and model.PREFIX in desks and desks[model.PREFIX].table.existence_sealed:
            found |= set(model._default_manager.values_list("reference", flat=True))
    return found


@pytest.mark.parametrize("path", sorted({path for path, _ in addresses()}))
def test_no_door_of_the_house_opens_to_the_public(path: str, cast: Cast) -> None:
    if OPEN.match(path):
        return
    for method in ("get", "post"):
        response = getattr(Client(), method)("/" + filled(path))
        at_the_door = response.status_code == 302 and "sign-in" in response["Location"]
        assert at_the_door or response.status_code in (403, 404, 405), (path, method, response.status_code)


#: Scenes in which somebody has written what is not public yet.
IN_WORDS = (scenes.said_together, scenes.consultations, scenes.proposals, scenes.questions, scenes.exchanges)


@pytest.mark.parametrize("scene", [s for s in SCENES if s is not scenes.cases], ids=lambda s: s.__name__)
def test_the_public_reads_nothing_of_what_runs(
    scene: Callable[[Cast], None], cast: Cast, open_house: None
) -> None:
    scene(cast)
    text = published(Client())
    secrets = sealed() | words(rows_of("candidacy", "vetting", "composition", "suspension", "integrity"))
    secrets -= words(candidacies.Call.objects.all())
    in_a_body = set(apps.get_model("assembly", "BodySeat").objects.values_list("person_id", flat=True))
    for person in Person.objects.exclude(pk__in=in_a_body):
        secrets |= {n for n in (person.name, person.latin_name, person.public_name) if n}
    secrets -= set(Question.objects.filter(admitted_at__isnull=False).values_list("reference", flat=True))
    hidden = unsaid()
    assert bool(hidden) == (scene in IN_WORDS)
    secrets |= hidden | set(Statement.objects.exclude(state="published").values_list("reference", flat=True))
    secrets -= {mandates.public_name(row) for row in Mandate.objects.all()} - {None}  # who sits is public
    # So is the member of the Assembly who put a proposal before a committee.
    secrets -= {row.person.shown_name for row in Proposal.objects.all() if row.person is not None}
    secrets -= set(List.objects.filter(announced_at__isnull=False).values_list("reference", flat=True))
    secrets -= set(Initiative.objects.filter(opened_at__isnull=False).values_list("reference", flat=True))
    assert not [secret for secret in secrets if secret in text]


def test_the_public_reads_no_allegation_and_no_case_before_its_measure(cast: Cast, open_house: None) -> None:
    scenes.cases(cast)
    text = published(Client())
    assert not [each for each in words(rows_of("suspension")) if each in text]
    measures = {"suspended", "under_review"}
    for case in apps.get_model("suspension", "Case").objects.exclude(state__in=measures):
        assert case.reference not in text, case.state
    assert cast.katia.name not in text and cast.jonas.name not in text and cast.farid.name not in text


@pytest.mark.parametrize("scene", SCENES, ids=lambda s: s.__name__)
def test_the_public_record_has_no_entry_that_is_not_public(
    scene: Callable[[Cast], None], cast: Cast, open_house: None
) -> None:
    scene(cast)
    text = "".join(source(Client().get(prefix + "record")) for prefix in ("/", "/fr/", "/ru/"))
    open_ = set(Entry.objects.filter(publicity__in=["public", "on_release"]).values_list("matter", flat=True))
    for entry in Entry.objects.filter(publicity__in=[Publicity.SEALED.value, Publicity.HOUSE.value]):
        assert entry.matter in open_ or entry.matter not in text, entry
        assert entry.actor == "CLOCK" or entry.actor not in text


def test_a_candidate_reads_nothing_of_another(cast: Cast, open_house: None) -> None:
    scenes.examinations(cast)
    for key in ("nadia", "oleg", "quiet"):
        me = cast.persons[key]
        others = Candidacy.objects.exclude(person=me)
        secrets = set(others.values_list("reference", flat=True))
        secrets |= {n for o in others for n in (o.person.name, o.person.reference, o.person.latin_name) if n}
        me.refresh_from_db()
        secrets -= {me.name, me.latin_name}  # crowds share one invented name
        theirs = Examination.objects.filter(candidacy__in=others)
        secrets |= set(theirs.values_list("reference", flat=True))
        secrets |= set(Reading.objects.values_list("reference", flat=True)) - set(
            Reading.objects.filter(examination__candidacy__person=me).values_list("reference", flat=True)
        )
        client = sign_in(me)
        for path, text in house(client).items():
            text = text.replace(path, "").replace(path.split("/")[-2] if "/" in path else path, "")
            assert not [s for s in secrets if s in text], (key, path)
        for item in Evidence.objects.exclude(candidacy__person=me):
            assert client.get(f"/evidence/{item.name}/").status_code == 404
        for other in others:
            for path in ("part/names/", "correct/names/", "evidence/", "receipt/"):
                assert client.get(f"/candidacy/{other.reference}/{path}").status_code == 404
        for examination in theirs:
            assert client.get(f"/files/{examination.reference}/").status_code == 404


def test_an_assessor_sees_no_other_reading_before_both_are_given(cast: Cast, open_house: None) -> None:
    call = scenes.files.call(cast)
    readings.describe(cast)
    examination = readings.assigned(readings.file(call, cast, "oleg"), cast)
    first, second = readings.opened(examination)
    secret = "Only the first reader wrote this sentence."
    given = readings.finding(examination, "unclear")
    for each in given.values():
        each["reasons"] = secret
    scenes.vetting.give_reading(first, readings.actor_of(first), findings=given, language="en")
    alike = ("bruno", "ilse", "pavel", "quiet")  # hold the same as anna, henri and nadia
    for person in (person for key, person in cast.persons.items() if key not in alike):
        if person == first.assessor:
            continue
        client = sign_in(person)
        paths = house(client) | {
            path: source(client.get("/" + path))
            for path in (
                f"files/{examination.reference}/",
                f"files/{second.reference}/",
                f"files/{first.reference}/",
            )
        }
        for path, text in paths.items():
            assert secret not in text, (person.name, path)
    assert secret in "".join(house(sign_in(first.assessor)).values()), (
        "the reader's own words are shown to the reader"
    )


def test_a_clerk_with_an_interest_sees_nothing_of_the_file(cast: Cast, open_house: None) -> None:
    call = scenes.files.call(cast)
    candidacy = scenes.files.submitted(call, cast.oleg)
    before = "".join(house(cast.client("bruno")).values())
    assert candidacy.reference in before
    integrity.declare(
        Interest(subject=cast.oleg.reference, kind="family", text="A cousin."), cast.actor("bruno")
    )
    for path, text in house(cast.client("bruno")).items():
        text = text.replace(path, "")
        assert "I said so in public." not in text, path
        assert candidacy.reference not in text, path


def test_who_has_an_interest_in_a_participant_handles_no_case_against_that_person(
    cast: Cast, open_house: None
) -> None:
    scenes.cases(cast)
    case = apps.get_model("suspension", "Case").objects.filter(state="suspended").get()
    assert case.reference in "".join(house(cast.client("bruno")).values())
    integrity.declare(
        Interest(subject=case.mandate.person.reference, kind="family", text="A cousin."), cast.actor("bruno")
    )
    for path, text in house(cast.client("bruno")).items():
        if path not in PUBLIC:
            assert case.reference not in text.replace(path, ""), path
    with pytest.raises(NotEmpowered):
        suspension.review(case, cast.actor("bruno"), reviewer=cast.farid)


@pytest.mark.parametrize("scene", [scenes.list_drafted, scenes.list_asked], ids=lambda s: s.__name__)
def test_nobody_beyond_the_presidents_office_reads_a_list_before_its_release(
    scene: Callable[[Cast], None], cast: Cast, open_house: None
) -> None:
    scene(cast)
    list_ = List.objects.get()
    names = {seat.candidacy.person.name for seat in list_.seats.all()}
    for key in ("henri", "ilse", "katia", "luca", "quiet", "clara", "marta"):
        for path, text in house(cast.client(key)).items():
            assert not [n for n in (*names, list_.name) if n in text], (key, path)
    president = "".join(house(cast.client("greta")).values())
    assert all(name in president for name in names), "the test would see a name where there is one"


def lock(person: Person) -> None:
    accounts.lock(kept.of(person), people.bearer(person), words="lock_phrase")


def test_a_locked_account_closes_its_file_to_everybody(cast: Cast, open_house: None) -> None:
    call = scenes.files.call(cast)
    candidacy = scenes.files.submitted(call, cast.oleg)
    lock(cast.oleg)
    for key in ("anna", "clara", "greta", "jonas"):
        for path, text in house(cast.client(key)).items():
            text = text.replace(path, "")
            assert "I said so in public." not in text, (key, path)
            assert candidacy.reference not in text, (key, path)


def test_a_locked_account_closes_an_open_reading_its_points_and_letters(cast: Cast, open_house: None) -> None:
    scenes.examinations(cast)
    mine = [cast.nadia, cast.oleg, cast.pavel, cast.quiet]
    theirs = Examination.objects.filter(candidacy__person__in=mine)
    points = AdversePoint.objects.filter(examination__in=theirs)
    letters = OutcomeLetter.objects.filter(candidacy__person__in=mine)
    objections = Objection.objects.filter(reading__examination__in=theirs)
    opened = Reading.objects.filter(examination__in=theirs, opened_at__isnull=False)
    found = [*theirs, *points, *letters, *objections, *Reading.objects.filter(examination__in=theirs)]
    secrets = {row.reference for row in found} | set(theirs.values_list("candidacy__reference", flat=True))
    doors = {f"files/{reading.reference}/": reading.assessor for reading in opened}
    assert points and letters and objections and doors
    everybody = ("anna", "clara", "david", "elena", "farid", "greta", "jonas")
    unseen = set(secrets)
    for key in everybody:
        if unseen:
            before = "".join(house(cast.client(key)).values())
            unseen = {secret for secret in unseen if secret not in before}
    assert not unseen, "somebody sees each of them while nothing is locked"
    for path, assessor in doors.items():
        assert sign_in(assessor).get("/" + path).status_code == 200
    for person in mine:
        lock(person)
    for key in everybody:
        for path, text in house(cast.client(key)).items():
            text = text.replace(path, "").replace(path.split("/")[-2] if "/" in path else path, "")
            assert not [s for s in secrets if s in text], (key, path)
    for path, assessor in doors.items():
        assert sign_in(assessor).get("/" + path).status_code == 404


def test_a_locked_file_keeps_its_seat_and_shows_nothing(cast: Cast, open_house: None) -> None:
    found = rounds.make_round(cast)
    draft, spare = rounds.composed(found), found.others[-1]
    acceptance = rounds.ask(found, spare)
    lock(spare.person)
    for path, text in house(cast.client("greta")).items():
        text = text.replace(path, "")
        assert spare.reference not in text and acceptance.reference not in text, path
        assert spare.person.name not in text, path
    rounds.released(found, draft)
    seat = draft.seats.select_related("candidacy__person").first()
    assert seat is not None
    pages = f"/proposals/{draft.reference}/{seat.number}/"
    assert "An opinion." in source(cast.client("henri").get(pages))
    lock(seat.candidacy.person)
    closed = cast.client("henri").get(pages)
    assert closed.status_code == 403
    assert "An opinion." not in source(closed) and "file is locked" in source(closed)
    assert seat.candidacy.person.name in source(cast.client("henri").get(f"/proposals/{draft.reference}/"))
