"""The pages of lists: side by side, release, the Bureau's reading, and who is shown nothing."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemicycle.candidacy.models import CriterionAnswer
from hemicycle.composition import actions, queries
from hemicycle.composition.models import Acceptance, List
from hemicycle.composition.procedure import ListState
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.vetting.models import Examination
from tests.cast import sign_in

from . import making
from .making import Round

LANGUAGES = ("", "/fr", "/ru")
NAME = "Invented"


def form(**fields: object) -> dict[str, object]:
    return {"once": uuid.uuid4().hex, **fields}


def text(client: Client, path: str, status: int = 200) -> str:
    page = client.get(path)
    assert page.status_code == status, page.content.decode()[:2000]
    return page.content.decode()


def test_a_list_goes_from_the_form_of_the_seats_to_the_bureau(found: Round) -> None:
    president, clerk = found.cast.client("greta"), found.cast.client("anna")
    answer = president.post("/matters/new/composition/draft/", form(name="First", copy_of=""))
    assert answer.status_code == 302
    list_ = List.objects.get()
    chosen = [*found.declared[:4], *found.others[:11]]
    seats = {f"seat_{number}": row.reference for number, row in enumerate(chosen, 1)}
    flags = {f"reserved_{number}": "on" for number in range(1, 5)}
    assert president.post(f"/matters/{list_.reference}/compose/", form(**seats, **flags)).status_code == 302
    page = text(president, f"/matters/{list_.reference}/")
    assert "short by 1, article 4.2" in page
    for row in chosen:
        making.accepted(found, row, reserved=row in found.declared)
    president.post(
        f"/matters/{list_.reference}/state_reasons/", form(reasons_en="Balance.", reasons_fr="Équilibre.")
    )
    refused = president.post(f"/matters/{list_.reference}/ask_release/", form())
    assert refused.status_code == 422 and "short by 1" in refused.content.decode()
    making.accepted(found, found.declared[4], reserved=True)
    more = form(number=15, candidacy=found.declared[4].reference, reserved="on")
    assert president.post(f"/matters/{list_.reference}/seat/", more).status_code == 302
    assert "5 of 15 reserved: met" in text(president, f"/matters/{list_.reference}/")
    assert president.post(f"/matters/{list_.reference}/ask_release/", form()).status_code == 302
    assert "waits for the second person" in text(clerk, "/desk/")
    assert clerk.post(f"/matters/{list_.reference}/confirm_release/", form()).status_code == 302
    list_.refresh_from_db()
    assert list_.state == ListState.BEFORE_BUREAU
    assert f"/proposals/{list_.reference}/" in text(found.cast.client("henri"), "/desk/")
    answer = clerk.post(
        f"/matters/{list_.reference}/call_bureau_vote/", form(manner="sitting", opens_at="", closes_at="")
    )
    assert answer.status_code == 302
    assert queries.votes(list_).count() == 1


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_every_page_of_a_draft_opens_in_each_language(found: Round, prefix: str) -> None:
    list_ = making.composed(found)
    making.succeed(found, list_, general=found.others[10:12], reserve=found.declared[5:6])
    president = found.cast.client("greta")
    for path in ("lists/", "lists/people/", "matters/new/composition/draft/", f"matters/{list_.reference}/"):
        page = text(president, f"{prefix}/{path}")
        assert "style=" not in page
    acts = (
        "compose",
        "seat",
        "unseat",
        "order_succession",
        "override",
        "state_reasons",
        "ask_release",
        "withdraw",
    )
    for act in acts:
        text(president, f"{prefix}/matters/{list_.reference}/{act}/")


def test_the_marks_follow_the_form_and_write_nothing(found: Round) -> None:
    list_ = making.draft(found)
    seats = {f"seat_{number}": row.reference for number, row in enumerate(found.rows[:15], 1)}
    flags = {f"reserved_{number}": "on" for number in range(1, 5)}
    address = f"/lists/{list_.reference}/marks/"
    president = found.cast.client("greta")
    page = president.post(address, {**seats, **flags}).content.decode()
    assert "short by 1, article 4.2" in page and "<html" not in page
    page = president.post(address, {**seats, **flags, "reserved_5": "on"}).content.decode()
    assert "5 of 15 reserved: met" in page
    page = president.post(address, {**seats, "seat_2": seats["seat_1"]}).content.decode()
    assert "two seats" in page
    assert not list_.seats.exists()
    assert president.get(address).status_code == 404
    assert found.cast.client("anna").post(address, seats).status_code == 404


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_the_acts_of_the_clerk_open_in_each_language(found: Round, prefix: str) -> None:
    list_ = making.released(found)
    clerk = found.cast.client("anna")
    text(clerk, f"{prefix}/matters/{list_.reference}/")
    for act in ("call_bureau_vote", "call_separate_votes", "amend", "approve", "refuse", "enter_referral"):
        text(clerk, f"{prefix}/matters/{list_.reference}/{act}/")


def test_a_text_keeps_its_language_on_the_pages(found: Round) -> None:
    row = found.others[0]
    Examination.objects.filter(candidacy=row).update(opinion="not_met")
    list_ = making.composed(found)
    president = found.cast.client("greta")
    address = f"/fr/matters/{list_.reference}/override/"
    assert '<option value="fr" selected>' in text(president, address), (
        "the page’s language, until another is chosen"
    )
    given = form(candidacy=row.reference, reasons="Двадцать лет работы.", language="ru")
    assert president.post(address, given).status_code == 302
    making.released(found, list_)
    number = list_.seats.get(candidacy=row).number
    page = text(found.cast.client("ilse"), f"/proposals/{list_.reference}/{number}/")
    assert '<div lang="ru"><p>Двадцать лет работы.' in page
    making.amend(found, list_, 10, reasons="Un champ plus large.", language="fr")
    assert '<span lang="fr">Un champ plus large.</span>' in text(
        found.cast.client("bruno"), f"/matters/{list_.reference}/"
    )


def test_a_draft_is_seen_by_the_presidents_office_only(found: Round) -> None:
    list_ = making.composed(found)
    for key in ("anna", "jonas", "henri", "clara", "katia", "quiet"):
        client = found.cast.client(key)
        assert client.get(f"/matters/{list_.reference}/").status_code == 404
        assert client.get(f"/matters/{list_.reference}/ask_release/").status_code == 404
        assert client.get(f"/proposals/{list_.reference}/").status_code == 404
        assert NAME not in text(client, "/lists/")
    assert found.cast.client("henri").get("/lists/people/").status_code == 404
    assert Client().get(f"/matters/{list_.reference}/").status_code == 302


def test_the_bureaus_pages_are_for_its_roll_and_only_while_the_list_is_there(found: Round) -> None:
    list_ = making.released(found)
    row = list_.seats.get(number=6).candidacy
    CriterionAnswer.objects.create(
        candidacy=row,
        criterion="public_opposition",
        statement="Я выступала публично.",
        language="ru",
        declared=True,
    )
    member = found.cast.client("henri")
    assert row.person.name in text(member, f"/proposals/{list_.reference}/")
    page = text(member, f"/proposals/{list_.reference}/6/")
    assert "Я выступала публично." in page and 'lang="ru"' in page and "An opinion." in page
    for key in ("anna", "jonas", "katia", "clara", "quiet"):
        client = found.cast.client(key)
        assert client.get(f"/proposals/{list_.reference}/").status_code == 404
        assert client.get(f"/proposals/{list_.reference}/6/").status_code == 404
    assert member.get(f"/proposals/{list_.reference}/99/").status_code == 404
    making.approved(found, list_)
    assert member.get(f"/proposals/{list_.reference}/6/").status_code == 404


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_the_bureaus_pages_open_in_each_language(found: Round, prefix: str) -> None:
    list_ = making.released(found)
    member = found.cast.client("henri")
    text(member, f"{prefix}/proposals/{list_.reference}/")
    text(member, f"{prefix}/proposals/{list_.reference}/1/")


def test_a_member_with_an_interest_is_not_shown_the_file(found: Round) -> None:
    list_ = making.released(found)
    row = list_.seats.get(number=6).candidacy
    tie = Interest(subject=row.person.reference, kind="family", text="A cousin.", language="en")
    integrity.declare(tie, found.by("henri"))
    page = text(found.cast.client("henri"), f"/proposals/{list_.reference}/6/", 403)
    assert "You have declared an interest" in page and "An opinion." not in page
    text(found.cast.client("ilse"), f"/proposals/{list_.reference}/6/")


def test_a_withdrawn_name_is_never_shown(found: Round) -> None:
    list_ = making.composed(found)
    row = found.others[0]
    acceptance = queries.acceptance_of(row, found.session, reserved=False)
    name = row.person.name
    president, person = found.cast.client("greta"), sign_in(row.person)
    assert name in text(president, f"/matters/{list_.reference}/")
    page = text(person, f"/matters/{acceptance.reference}/")
    assert "withdraw_acceptance" in page
    assert person.post(f"/matters/{acceptance.reference}/withdraw_acceptance/", form()).status_code == 302
    for path in ("/lists/", "/lists/people/", f"/matters/{list_.reference}/", f"/matters/{list_.reference}/compose/",
                 f"/matters/{list_.reference}/seat/", f"/matters/{list_.reference}/ask_release/"):  # fmt: skip
        assert name not in text(president, path), path
    assert president.get(f"/matters/{acceptance.reference}/").status_code == 404


def test_a_person_is_asked_and_answers_on_the_page(found: Round) -> None:
    row = found.of("Aina")
    president, person = found.cast.client("greta"), sign_in(row.person)
    assert (
        president.post(
            f"/matters/new/composition/ask_acceptance/?candidacy={row.reference}&reserved=1", form()
        ).status_code
        == 302
    )
    acceptance = Acceptance.objects.get()
    assert "You are asked whether you accept a seat" in text(person, "/desk/")
    for prefix in LANGUAGES:
        page = text(person, f"{prefix}/matters/{acceptance.reference}/accept/")
    assert "reserve_is_public" in page
    half = form(commitments="on", name_to_bureau="on", public_name="Айна")
    assert person.post(f"/matters/{acceptance.reference}/accept/", half).status_code == 422
    whole = form(commitments="on", name_to_bureau="on", public_name="Айна", reserve_is_public="on")
    assert (
        person.post(f"/matters/{acceptance.reference}/accept/", {**whole, "presence": "by_bus"}).status_code
        == 422
    )
    assert (
        person.post(f"/matters/{acceptance.reference}/accept/", {**whole, "presence": "can_come"}).status_code
        == 302
    )
    acceptance.refresh_from_db()
    assert (acceptance.public_name, acceptance.presence) == ("Айна", "can_come")
    anew = f"/matters/{acceptance.reference}/say_presence/"
    assert "checked" in text(person, anew)
    assert person.post(anew, form(presence="from_afar")).status_code == 302
    acceptance.refresh_from_db()
    assert acceptance.presence == "from_afar"
    assert "only from afar" in text(person, f"/matters/{acceptance.reference}/")
    assert "only from afar" not in text(president, f"/matters/{acceptance.reference}/")


def test_another_persons_question_does_not_exist_for_anybody_else(found: Round) -> None:
    acceptance = making.ask(found, found.of("Aina"))
    for key in ("henri", "jonas", "clara", "quiet"):
        assert found.cast.client(key).get(f"/matters/{acceptance.reference}/").status_code == 404
    address = f"/matters/new/composition/ask_acceptance/?candidacy={found.of('Vera').reference}"
    assert found.cast.client("henri").get(address).status_code == 404
    assert found.cast.client("quiet").get("/matters/new/composition/draft/").status_code == 404


@pytest.mark.parametrize(
    "fields",
    [{}, {"number": "x", "candidacy": "y"}, {"number": "99", "candidacy": "CAND-22222222"}, {"number": "1"}],
)
def test_bad_input_gets_a_clear_answer_and_changes_nothing(found: Round, fields: dict[str, str]) -> None:
    list_ = making.draft(found)
    answer = found.cast.client("greta").post(f"/matters/{list_.reference}/seat/", form(**fields))
    assert answer.status_code == 422
    list_.refresh_from_db()
    assert (list_.seats.count(), list_.version) == (0, 1)


def test_a_double_click_acts_once(found: Round) -> None:
    client, sent = found.cast.client("greta"), form(name="Once", copy_of="")
    for _ in range(2):
        assert client.post("/matters/new/composition/draft/", sent).status_code == 302
    assert List.objects.count() == 1


def test_queries_do_not_grow_with_the_number_of_seats(found: Round) -> None:
    def count(path: str, key: str) -> int:
        client = found.cast.client(key)
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            text(client, path)
        return len(captured)

    small = making.composed(found, reserved=1, total=2)
    paths = ("/lists/", f"/matters/{small.reference}/", "/lists/people/")
    before = [count(path, "greta") for path in paths]
    seats = [
        actions.Chosen(number, row, number <= 5)
        for number, row in enumerate([*found.declared[:5], *found.others[:10]], 1)
    ]
    actions.compose(small, found.by("greta"), seats=seats)
    for index in range(20):
        making.candidacy(found.call, f"More {index}")
    after = [count(path, "greta") for path in paths]
    assert after == before
    assert max(after) <= 60


def test_no_order_of_worth_stands_on_a_page(found: Round) -> None:
    making.composed(found)
    page = text(found.cast.client("greta"), "/lists/people/")
    names = re.findall(r"(\w+) Invented", page)
    assert names == sorted(names, key=str.casefold)


def test_the_page_of_a_list_says_whether_the_voice_of_its_proposer_is_proved(found: Round) -> None:
    list_ = making.composed(found)
    actions.ask_release(list_, found.by("greta"))
    begin = f"/matters/new/integrity/open_check/?person={found.cast.greta.reference}"
    page = f"/matters/{list_.reference}/"
    assert begin in text(found.cast.client("anna"), page)
    assert "open_check" not in text(found.cast.client("greta"), page)
