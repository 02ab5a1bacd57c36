"""Pages of posts and money: what is typed stays, what may not be seen is not there, and a long file asks few questions."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemicycle.candidacy.models import Candidacy
from hemicycle.vetting.models import Examination, ServiceEntry

from ..cast import Cast, sign_in
from . import making
from .service import POST, both_sides, declared
from .test_pages import LANGUAGES, form_of, send

pytestmark = pytest.mark.django_db
TYPED = {**POST, "ended": "2015", "source": "", "exhibit": ""}


@pytest.fixture
def opened(candidacy: Candidacy, cast: Cast) -> Examination:
    examination = making.assigned(candidacy, cast)
    making.opened(examination)
    return examination


def declare_at(candidacy: Candidacy) -> str:
    return f"/matters/new/vetting/declare_service/?candidacy={candidacy.reference}"


def find_at(examination: Examination) -> str:
    return f"/matters/new/vetting/find_service/?reading={making.readings(examination)[0].reference}"


def test_a_candidate_declares_on_a_page_and_reads_the_overlap_in_words(
    candidacy: Candidacy, cast: Cast
) -> None:
    client = cast.client("nadia")
    assert declare_at(candidacy) in client.get("/my-service/").content.decode()
    sent = send(client, declare_at(candidacy), **TYPED)
    assert (sent.status_code, sent.url) == (302, "/my-service/")
    page = client.get("/my-service/").content.decode()
    assert "A: between 1 and 365 days possible: 1\xa0January\xa02015 to 31\xa0December\xa02015" in page
    assert "An invented ministry" in page and "Write nothing about anybody inside Russia" in page
    entry = ServiceEntry.objects.get()
    at = f"/matters/{entry.reference}/"
    assert send(client, f"{at}correct_service/", **{**TYPED, "ended": "", "goes_on": "on"}).status_code == 302
    page = client.get(at).content.decode()
    assert "2013 – goes on" in page and "Before the correction of" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"began": "18.03.2014"}, "A year, a month or a day"),
        ({"began": "2093"}, "The date lies in the future."),
        ({"ended": "2011"}, "The last day must not come before the first."),
        ({"goes_on": "on"}, "Leave the end empty"),
        ({"kind": ""}, "This field is required."),
        ({"what": "z" * 10_000}, "at most 2000 characters"),
    ],
)
def test_what_was_typed_stays_when_something_is_wrong(
    candidacy: Candidacy, cast: Cast, wrong: dict[str, str], words: str
) -> None:
    answer = send(cast.client("nadia"), declare_at(candidacy), **{**TYPED, **wrong, "payer": "Kept words"})
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert 'value="Kept words"' in page
    assert not ServiceEntry.objects.exists()


def test_a_reader_finds_on_a_page_with_a_source_only(opened: Examination, cast: Cast) -> None:
    reading = making.readings(opened)[0]
    client = sign_in(reading.assessor)
    assert find_at(opened) in client.get(f"/matters/{reading.reference}/").content.decode()
    assert send(client, find_at(opened), **TYPED).status_code == 422
    sent = send(client, find_at(opened), **{**TYPED, "source": "An invented register."})
    assert (sent.status_code, sent.url) == (302, f"/matters/{reading.reference}/")
    for url in (
        f"/matters/{reading.reference}/",
        f"/files/{reading.reference}/",
        f"/matters/{opened.reference}/",
    ):
        page = client.get(url).content.decode()
        assert "An invented register." in page and "found: Reader 1" in page, url
    assert (
        "between 1 and 365 days" in client.get(f"/matters/{reading.reference}/give_reading/").content.decode()
    )


def test_nobody_else_comes_to_these_forms(opened: Examination, cast: Cast) -> None:
    second = sign_in(making.readings(opened)[1].assessor)
    for client in (cast.client("oleg"), cast.client("anna"), cast.client("greta"), second):
        assert client.get(declare_at(opened.candidacy)).status_code == 404
        assert client.get(find_at(opened)).status_code == 404
    assert cast.client("nadia").get(find_at(opened)).status_code == 404
    for url in ("/my-service/", declare_at(opened.candidacy), find_at(opened)):
        assert Client().get(url).status_code == 302
    assert "You have no candidacy." in cast.client("pavel").get("/my-service/").content.decode()


def test_no_page_tells_the_other_reader_or_the_person_before_its_time(
    opened: Examination, cast: Cast
) -> None:
    own, theirs = both_sides(opened)
    first, second = (sign_in(row.assessor) for row in making.readings(opened))
    nadia = cast.client("nadia")
    assert nadia.get(f"/matters/{theirs.reference}/").status_code == 404
    assert second.get(f"/matters/{theirs.reference}/").status_code == 404
    at = f"/matters/{own.reference}/"
    assert "It ended later." in first.get(at).content.decode()
    pages = [
        second.get(at),
        nadia.get(at),
        nadia.get("/my-service/"),
        nadia.get(f"/matters/{opened.reference}/"),
    ]
    pages += [second.get(f"/files/{making.readings(opened)[1].reference}/")]
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert "It ended later." not in text and "An invented agency" not in text
        assert "Dispute what the candidate declared</span>" not in text
    assert form_of(second, f"{at}dispute_declared/")["seen"] == "1"


def test_the_person_reads_with_the_point_what_it_rests_on_and_the_capacity_but_no_name(
    opened: Examination, cast: Cast
) -> None:
    own, theirs = both_sides(opened)
    point = making.raised(opened)
    reading = making.readings(opened)[0]
    for entry in (own, theirs):
        tie = f"/matters/{entry.reference}/tie_service/"
        assert send(sign_in(reading.assessor), tie, point=point.reference).status_code == 302
    making.put(point, cast)
    nadia = cast.client("nadia")
    assert f"/matters/{theirs.reference}/" in nadia.get(f"/matters/{point.reference}/").content.decode()
    for url in ("/my-service/", f"/matters/{theirs.reference}/", f"/matters/{own.reference}/"):
        page = nadia.get(url).content.decode()
        assert "a reader, Independent assessor" in page, url
        assert reading.assessor.shown_name not in page and "Institute of" not in page, url
    sent = send(nadia, f"/matters/{theirs.reference}/dispute_service/", text="Not I.", language="en")
    assert sent.status_code == 302
    assert "Not I." in sign_in(reading.assessor).get(f"/matters/{reading.reference}/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_has_its_table_and_needs_no_style(opened: Examination, cast: Cast, language: str) -> None:
    both_sides(opened)
    declared(opened.candidacy, kind="pension", payer="<b>Fund</b>", began="2016-02", ended="now")
    page = cast.client("nadia").get(f"{language}/my-service/").content.decode()
    svg = page[page.index("<svg viewBox") : page.index('<table class="table to-cards dense"')]
    rows = re.findall(r'<a href="#(service-\d+)"', svg)
    assert rows == ["service-1", "service-2"]
    assert all(f'id="{row}"' in page for row in rows)
    assert " style=" not in page and "<b>Fund" not in page
    assert all(float(n) >= 0 for n in re.findall(r'(?:x|y|width|height)="(-?[\d.]+)"', svg))


def test_a_file_of_three_hundred_entries_opens_with_few_questions(opened: Examination, cast: Cast) -> None:
    """Issue 5: 25 questions. The time is measured in docs/measurements.md: such machines are noisy."""
    for number in range(300):
        declared(opened.candidacy, payer=f"Payer {number}", began=str(1990 + number % 30), ended="now")
    reading = making.readings(opened)[0]
    for client, url in (
        (cast.client("nadia"), "/my-service/"),
        (sign_in(reading.assessor), f"/matters/{reading.reference}/"),
    ):
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(url)
        assert page.content.decode().count("Payer ") >= 300
        assert len(asked) <= 25, [row["sql"][:120] for row in asked]
