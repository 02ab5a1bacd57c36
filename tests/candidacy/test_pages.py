"""The public door and the person's own pages: what they show, and what they keep when something is wrong."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from hemicycle.assembly.actions.charter import form_bodies
from hemicycle.candidacy import answers, queries
from hemicycle.candidacy.models import Call, Candidacy, Evidence
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.record import clock
from hemicycle.record.actors import FOUNDER
from hemicycle.record.models import Entry
from hemicycle.web.templatetags.house import day, moment

from ..cast import Cast
from . import making
from .browsing import hidden, matter, part, send

S = CandidacyState


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_the_public_page_shows_an_open_call_in_the_readers_language(call: Call, language: str) -> None:
    with translation.override(language):
        url = reverse("apply")
    page = Client().get(url)
    assert call.text(language) in page.content.decode()
    assert "sessionid" not in page.cookies


def test_the_public_page_says_who_decides_and_what_is_published_when(call: Call, cast: Cast) -> None:
    form_bodies(queries.charter_of(call), FOUNDER)
    page = Client().get(reverse("apply")).content.decode()
    assert (
        "2 readings, each blind to the other: " + queries.charter_of(call).office("assessor").name["en"]
        in page
    )
    assert "Approval of the list: Bureau of the Assembly" in page and "Ratification: Assembly" in page
    assert f"How many candidacies came in: after {moment(call.closes_at)}" in page
    days = queries.charter_of(call).periods.latest_reply_days_after_close.value
    assert f"from {day((call.closes_at + timedelta(days=days)).date())} on" in page
    assert "once the list is ratified, not before" in page


def test_the_public_page_says_when_no_call_is_open(call: Call) -> None:
    with clock.set_to(call.closes_at):
        page = Client().get(reverse("apply")).content.decode()
        assert "No call for candidates is open now." in page
        assert reverse("apply-call", args=[call.reference]) in page
    with clock.set_to(call.closes_at + timedelta(days=31)):
        assert (
            reverse("apply-call", args=[call.reference])
            not in Client().get(reverse("apply")).content.decode()
        )


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_the_notice_of_the_risk_comes_before_the_first_field(call: Call, language: str) -> None:
    with translation.override(language):
        url = reverse("apply-call", args=[call.reference])
    page = Client().get(url).content.decode()
    assert "CM/Res(2022)14" in page
    assert "/account/begin/" in page
    assert "<textarea" not in page and 'type="text"' not in page
    charter = queries.charter_of(call)
    proposer = charter.office(charter.list.proposed_by.value).name[language]
    assert f"({proposer}" in page, "who sees the name and the opinion of everybody who was assessed"
    readers = [office.name[language] for office in charter.offices if office.reads_files]
    assert readers and all(name in page for name in readers)


def test_a_candidacy_begins_only_when_the_notice_was_read(call: Call, cast: Cast) -> None:
    client, url = cast.client("nadia"), reverse("apply-call", args=[call.reference])
    send(client, url, 422)
    assert not Candidacy.objects.exists()
    send(client, url, notice_read="on")
    made = Candidacy.objects.get(person=cast.nadia)
    assert client.get(url).headers["Location"] == matter(made)


def test_who_holds_an_office_is_told_why_not(call: Call, cast: Cast) -> None:
    answer = send(cast.client("clara"), reverse("apply-call", args=[call.reference]), 422, notice_read="on")
    assert "cannot be a candidate" in answer.content.decode()


FIELDS: dict[str, Callable[[Candidacy], dict[str, Any]]] = {
    "names": lambda c: {
        "name": "Надия", "latin_name": "Nadiya", "public_name": "Nadiya", "gender": "f", "language": "ru"
    },
    "people": lambda c: {"people": "мокша", "for_reserve": "yes", "reserve_confirmed": "on"},
    "residence": lambda c: {"residence": "LT", "origin": ["journalism"]},
    "criterion": lambda c: {"statement": "Я сказала.", "language": "ru", "since": "2022-02-24", "declared": "on"},
    "bar": lambda c: {"answer": "no"},
    "declaration": lambda c: {"is_own_act": "on"},
}  # fmt: skip


def test_a_candidate_applies_page_by_page_and_gets_a_receipt(call: Call, cast: Cast) -> None:
    client = cast.client("nadia")
    send(client, reverse("apply-call", args=[call.reference]), notice_read="on")
    made = Candidacy.objects.get()
    for name in answers.parts(queries.charter_of(call)):
        send(client, part(made, name), **FIELDS[name.partition(":")[0]](made))
    evidence = reverse("candidacy-evidence", args=[made.reference])
    for criterion in queries.charter_of(call).criteria:
        if criterion.needs_evidence:
            send(
                client,
                evidence,
                criterion=criterion.key,
                title="Статья",
                language="ru",
                link="https://example.org/a",
            )
    assert "something is missing" not in client.get(matter(made)).content.decode()
    submit = reverse("act", args=[made.reference, "submit"])
    assert "Я сказала." in client.get(submit).content.decode()
    answer = send(client, submit)
    made.refresh_from_db()
    assert (made.state, queries.for_reserve(made)) == (S.SUBMITTED, True)
    receipt = client.get(answer.headers["Location"]).content.decode()
    assert made.reference in receipt
    saved = client.get(reverse("candidacy-receipt-file", args=[made.reference])).content.decode()
    assert saved.startswith("{") and made.reference not in saved
    for word in ("Council", "Assembly", "Platform", "Hemicycle", "candida"):
        assert word not in receipt and word not in saved


def test_every_page_of_the_form_warns(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    urls = [part(made, "names"), part(made, "people"), part(made, "criterion:exile")]
    urls += [reverse("candidacy-evidence", args=[made.reference])]
    urls += [reverse("candidacy-periods", args=[made.reference, "state_money"])]
    for url in urls:
        page = client.get(url).content.decode()
        inputs = len(re.findall(r'<textarea|<input type="(?:text|url|file)"', page))
        assert inputs and len(re.findall("relatives", page)) >= inputs, url


def test_no_field_asks_for_relatives_or_contacts() -> None:
    names = {f.name for f in Candidacy._meta.get_fields()} | {f.name for f in Evidence._meta.get_fields()}
    assert not {n for n in names if re.search("relativ|contact|address|phone|birth|passport|ethnic|score", n)}


def test_what_was_typed_stays_when_something_is_wrong(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    words = "слово " * 601
    answer = send(
        client, part(made, "criterion:exile"), 422, statement=words, language="ru", since="2022-02-24"
    )
    page = answer.content.decode()
    assert words.strip() in page and "601" in page
    assert not made.answers.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("residence", {"residence": "XX", "origin": ["journalism"]}),
        ("residence", {"residence": "LT", "origin": ["invented"]}),
        ("residence", {}),
        ("names", {"name": "x" * 201, "latin_name": "x", "public_name": "x", "language": "en"}),
        ("names", {"name": "x", "latin_name": "x", "public_name": "x", "language": "de"}),
        ("criterion:exile", {"statement": "x", "language": "en", "since": "31.31.2022"}),
        ("criterion:exile", {"statement": "x", "language": "en", "since": "2099-01-01"}),
        ("bar:state_money", {"answer": "perhaps"}),
        ("people", {"for_reserve": "maybe"}),
    ],
)
def test_bad_input_gets_a_message_and_changes_nothing(
    call: Call, cast: Cast, name: str, data: dict[str, Any]
) -> None:
    made = making.draft(call, cast.nadia)
    before = Entry.objects.count()
    answer = send(cast.client("nadia"), part(made, name), 422, **data)
    assert "error-summary" in answer.content.decode()
    assert Entry.objects.count() == before


def test_the_same_page_sent_twice_saves_once(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    data = {**hidden(client.get(part(made, "residence"))), "residence": "LT", "origin": ["journalism"]}
    for _ in range(2):
        assert client.post(part(made, "residence"), data).status_code == 302
    assert Entry.objects.filter(act="save").count() == 1


def test_a_page_made_before_another_was_saved_keeps_its_words_and_asks_again(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    old = hidden(client.get(part(made, "criterion:exile")))
    send(client, part(made, "residence"), residence="LT", origin=["journalism"])
    data = {**old, "statement": "Since that day.", "language": "en", "since": "2022-02-24", "declared": "on"}
    answer = client.post(part(made, "criterion:exile"), data)
    assert answer.status_code == 409
    assert "Since that day." in answer.content.decode()
    assert client.post(part(made, "criterion:exile"), {**data, **hidden(answer)}).status_code == 302


def test_periods_are_added_and_removed_one_by_one(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    answer = send(client, part(made, "bar:state_money"), answer="yes")
    url = answer.headers["Location"]
    send(client, url, kind="grant", employer="A fund", from_day="2016-01-01", until_day="2016-06-01")
    send(client, url, kind="post", employer="A school", from_day="2017-01-01")
    send(client, url, 422, kind="post", employer="A school", from_day="2017-01-01", until_day="2016-01-01")
    assert made.periods.count() == 2
    rows = {p.employer: str(p.pk) for p in made.periods.all()}
    send(client, url, remove=rows["A fund"])
    assert [p.employer for p in made.periods.all()] == ["A school"]
    before = Entry.objects.count()
    send(client, url, remove=rows["A fund"])  # an old page: that one is gone, and no other goes in its place
    assert client.get(f"{url}?row={rows['A school']}").headers["Location"] == url
    assert (Entry.objects.count(), made.periods.count()) == (before, 1)
    chosen = f"{url}?row={made.periods.get().pk}"
    assert "A school" in client.get(chosen).content.decode()
    send(client, chosen, kind="post", employer="A school", from_day="2017-02-01")
    assert made.periods.get().from_day == date(2017, 2, 1)


DATES = {"kind": "post", "employer": "A ministry", "from_day": "2016-01-01", "until_day": "2017-01-01"}


def test_after_sending_a_yes_is_stored_with_its_dates_and_not_before(call: Call, cast: Cast) -> None:
    made, client = making.submitted(call, cast.nadia), cast.client("nadia")
    url = reverse("candidacy-correct", args=[made.reference, "bar:state_money"])
    with making.nothing_changes(made):
        page = send(client, url, 200, answer="yes", reasons="I had forgotten a post.")
        text = page.content.decode()
        assert "Your answer becomes yes with the first dates" in text and "I had forgotten a post." in text
    assert made.bar_answers.get(bar="state_money").answer == "no"
    dates = reverse("candidacy-periods", args=[made.reference, "state_money"])
    assert f'action="{dates}"' in text
    with making.nothing_changes(made):  # the reasons of a correction are asked here too
        assert client.post(dates, {**hidden(page), **DATES}).status_code == 422
    assert not made.periods.exists()
    answer = client.post(dates, {**hidden(page), **DATES, "reasons": "I had forgotten a post."})
    assert (answer.status_code, answer.headers["Location"]) == (302, dates)
    assert (made.bar_answers.get(bar="state_money").answer, made.periods.get().employer) == (
        "yes",
        "A ministry",
    )
    assert made.fact_corrections.get().reasons == "I had forgotten a post."
    assert answers.missing(made) == ()


def test_dates_are_corrected_after_sending_and_what_stood_there_stays_beside(call: Call, cast: Cast) -> None:
    rows = [
        {
            "kind": "post",
            "employer": "A ministry",
            "from_day": date(2016, 1, 1),
            "until_day": date(2017, 1, 1),
        }
    ]
    told = {"bar:state_money": {"answer": "yes", "periods": rows}}
    made, client = making.submitted(call, cast.nadia, **told), cast.client("nadia")
    dates = reverse("candidacy-periods", args=[made.reference, "state_money"])
    assert f'href="{dates}"' in client.get(matter(made)).content.decode()
    correct = client.get(
        reverse("candidacy-correct", args=[made.reference, "bar:state_money"])
    ).content.decode()
    assert f'href="{dates}"' in correct and "the dates that you gave under your yes go" in correct
    chosen = f"{dates}?row={made.periods.get().pk}"
    with making.nothing_changes(made):
        send(client, chosen, 422, **DATES | {"until_day": "2015-01-01"}, reasons="The contract shows it.")
        answer = send(client, chosen, 422, **DATES, remove=made.periods.get().pk, reasons="It was not I.")
    assert "give the dates" in answer.content.decode()
    assert made.periods.get().until_day == date(2017, 1, 1)
    send(client, chosen, **DATES | {"until_day": "2016-09-01"}, reasons="The contract shows it.")
    assert made.periods.get().until_day == date(2016, 9, 1)
    page = html.unescape(client.get(matter(made)).content.decode())
    assert "A ministry" in page and day(date(2017, 1, 1)) in page and "'kind'" not in page
    send(client, dates, **DATES | {"employer": "An agency"}, reasons="A second post.")
    agency = next(period.pk for period in made.periods.all() if period.employer == "An agency")
    made.refresh_from_db()
    with making.nothing_changes(made):
        send(client, f"{dates}?row={agency}", 422, remove=agency)
    send(client, f"{dates}?row={agency}", remove=agency, reasons="It was unpaid.")
    assert [p.employer for p in made.periods.all()] == ["A ministry"]
    assert made.fact_corrections.count() == 3
    send(client, reverse("candidacy-correct", args=[made.reference, "bar:state_money"]),
         answer="no", reasons="It was another ministry.")  # fmt: skip
    assert not made.periods.exists()
    assert made.fact_corrections.last().before["periods"][0]["employer"] == "A ministry"


def test_after_the_opinion_no_date_is_corrected(call: Call, cast: Cast) -> None:
    made, client = making.admissible(call, cast.nadia, cast), cast.client("nadia")
    dates = reverse("candidacy-periods", args=[made.reference, "state_money"])
    page = client.get(dates)
    made.corrections_closed_at = clock.now()
    made.save()
    with making.nothing_changes(made):
        answer = client.post(dates, {**hidden(page), **DATES, "reasons": "I had forgotten it."})
    assert answer.status_code == 422 and "The opinion has been given" in answer.content.decode()
    assert not made.periods.exists()


def test_a_candidate_finds_the_own_candidacy_again(call: Call, cast: Cast) -> None:
    client = cast.client("nadia")
    assert "You have no candidacy." in client.get(reverse("my-candidacy")).content.decode()
    assert reverse("my-candidacy") not in client.get(reverse("apply")).content.decode().partition("<main")[2]
    made = making.draft(call, cast.nadia)
    assert client.get(reverse("my-candidacy")).headers["Location"] == matter(made)
    page = client.get(reverse("apply")).content.decode()
    assert "You have a candidacy" in page and made.reference not in page
    assert "You have a candidacy" not in Client().get(reverse("apply")).content.decode()
