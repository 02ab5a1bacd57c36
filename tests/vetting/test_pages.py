"""Pages of the room: who finds what at which address, in three languages, with a bounded number of queries."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.integrity import actions as integrity
from hemicycle.integrity import codes
from hemicycle.integrity.models import CallerCheck
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import Assessorship, Examination

from ..cast import Cast, sign_in
from . import making

pytestmark = pytest.mark.django_db
LANGUAGES = ("", "/fr", "/ru")


def form_of(client: Client, url: str) -> dict[str, str]:
    """The hidden fields of the page's form."""
    page = client.get(url)
    assert page.status_code == 200, url
    html = page.content.decode()
    return {
        name: found.group(1)
        for name in ("once", "seen", "shown")
        if (found := re.search(rf'name="{name}" value="([^"]*)"', html))
    }


def send(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {**form_of(client, url), **data})


def names(examination: Examination) -> list[str]:
    return [row.key for row in queries.asked(queries.charter_of(examination))]


def test_a_clerk_assigns_all_files_and_sees_loads_and_due_dates(candidacy: Candidacy, cast: Cast) -> None:
    clerk = cast.client("anna")
    page = clerk.get("/examinations/")
    assert "1 admissible file has no readers yet" in page.content.decode()
    assert clerk.post("/examinations/assign/", {"call": candidacy.call.reference}).status_code == 302
    page = clerk.get("/examinations/").content.decode()
    examination = Examination.objects.get()
    assert examination.reference in page
    assert all(r.assessor.shown_name in page for r in making.readings(examination))
    assert cast.client("clara").get("/examinations/").status_code == 404


def test_an_assessor_walks_from_the_head_to_the_reading_given(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    actions.accept_readers(examination, cast.actor("nadia"))
    reading = making.readings(examination)[0]
    client = sign_in(reading.assessor)
    assert reading.reference in client.get("/files/").content.decode()
    at = f"/matters/{reading.reference}/"
    assert client.get(f"/files/{reading.reference}/").status_code == 404
    assert cast.nadia.public_name in client.get(at).content.decode()
    assert client.get(f"/matters/{examination.reference}/").status_code == 404
    assert send(client, f"{at}declare_no_interest/").status_code == 302
    assert send(client, f"{at}open_file/").status_code == 302
    assert client.get(f"/files/{reading.reference}/").status_code == 200
    exhibit = candidacy.evidence.all()[0]
    led = client.get(f"/files/{reading.reference}/evidence/{exhibit.name}/").headers["Location"]
    assert exhibit.link in client.get(led).content.decode()
    form = f"{at}give_reading/"
    data = {f"verdict_{key}": "met" for key in names(examination)} | {
        "language": "en",
        "reasons_exile": "A permit.",
    }
    saved = client.post(f"{at}save_reading/", {**form_of(client, form), **data})
    assert (saved.status_code, saved.url) == (302, form)
    assert "A permit." in client.get(form).content.decode()
    refused = client.post(form, {**form_of(client, form), **data})
    assert refused.status_code == 422
    assert "reasons are missing" in refused.content.decode()
    assert "A permit." in refused.content.decode()
    data |= {f"reasons_{key}": f"On {key}." for key in names(examination)} | {
        "evidence_exile": [exhibit.name]
    }
    assert client.post(form, {**form_of(client, form), **data}).status_code == 302
    reading.refresh_from_db()
    assert reading.state == "given"
    assert reading.findings.get(key="exile").evidence == [exhibit.name]


def test_whoever_no_longer_reads_a_file_is_told_why_and_nothing_of_it(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.assigned(candidacy, cast)
    tied, objected = making.readings(examination)
    client, at = sign_in(tied.assessor), f"/matters/{tied.reference}/declare_interest/"
    assert send(client, at, kind="", text="We worked together.", language="en").status_code == 422
    declared = send(client, at, kind="work", text="We worked together.", language="en")
    assert (declared.status_code, declared.url) == (302, f"/files/{tied.reference}/closed/")
    actions.release_reading(objected, CLOCK, ground="objection")
    for reading, why in ((tied, "You declared an interest"), (objected, "It was given to another reader")):
        client = sign_in(reading.assessor)
        page = client.get(f"/files/{reading.reference}/closed/").content.decode()
        assert why in page and "bjection" not in page and candidacy.person.public_name not in page
        assert f"/files/{reading.reference}/closed/" in client.get("/files/").content.decode()
        for url in (f"/files/{reading.reference}/", f"/matters/{examination.reference}/"):
            assert client.get(url).status_code == 404, url
    for other in (sign_in(tied.assessor), cast.client("anna"), cast.client("nadia")):
        assert other.get(f"/files/{objected.reference}/closed/").status_code == 404


def test_a_file_is_closed_to_everybody_who_does_not_read_it(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    reading = making.opened(examination)[0]
    point = making.raised(examination)
    exhibit = candidacy.evidence.all()[0]
    readers = {r.assessor_id for r in making.readings(examination)}
    strangers = [key for key in making.ASSESSORS if cast.persons[key].pk not in readers]
    addresses = [
        f"/matters/{reading.reference}/", f"/matters/{reading.reference}/give_reading/", f"/files/{reading.reference}/",
        f"/files/{reading.reference}/{exhibit.name}/", f"/matters/{point.reference}/",
    ]  # fmt: skip
    for key in (*strangers, "greta", "marta", "nadia", "oleg"):
        client = cast.client(key)
        for url in addresses:
            assert client.get(url).status_code == 404, (key, url)
    other = sign_in(making.readings(examination)[1].assessor)
    for url in addresses:
        assert other.get(url).status_code == 404, url
    for url in addresses:
        assert Client().get(url).status_code in (302, 404), url
    assert cast.client("anna").get(f"/matters/{examination.reference}/").status_code == 200
    for key in (*strangers, "greta", "marta", "oleg"):
        assert cast.client(key).get(f"/matters/{examination.reference}/").status_code == 404


def test_no_page_shows_the_other_reading_before_both_are_given(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    one, two = making.opened(examination)
    findings = making.finding(examination, "not_met")
    for row in findings.values():
        row["reasons"] = "Unmistakable words of the first reader."
    actions.give_reading(one, making.actor_of(one), findings=findings, language="en")
    pages = [
        f"/matters/{examination.reference}/",
        f"/matters/{two.reference}/",
        f"/matters/{one.reference}/",
        "/examinations/",
    ]
    for client in (sign_in(two.assessor), cast.client("anna"), cast.client("nadia")):
        for url in [*pages, "/desk/"]:
            assert "Unmistakable" not in client.get(url).content.decode(), url
    making.give(two, "not_met")
    for client in (sign_in(two.assessor), cast.client("anna")):
        assert "Unmistakable" in client.get(pages[0]).content.decode()
    assert "Unmistakable" not in cast.client("nadia").get(pages[0]).content.decode()


def test_the_same_form_sent_twice_acts_once(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    client, url = cast.client("nadia"), f"/matters/{examination.reference}/accept_readers/"
    data = form_of(client, url)
    assert client.post(url, data).status_code == 302
    assert client.post(url, data).status_code == 302
    assert Entry.objects.filter(act="accept_readers").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_in_each_language(call: Call, cast: Cast, language: str) -> None:
    examination = making.read(
        making.file(call, cast, "nadia", **making.SERVICE), cast, **{making.KEY: "not_met"}
    )
    point = making.put(making.raised(examination), cast)
    fresh = making.assigned(making.file(call, cast, "oleg"), cast)
    reading = making.opened(fresh)[0]
    reader, clerk, own = sign_in(reading.assessor), cast.client("anna"), cast.client("nadia")
    at, mine = f"/matters/{examination.reference}/", f"/matters/{reading.reference}/"
    pages = [
        (reader, "/files/"), (reader, f"/files/{reading.reference}/"), (reader, mine), (reader, f"{mine}give_reading/"),
        (reader, f"{mine}declare_interest/"), (clerk, "/examinations/"), (clerk, "/examinations/assessors/"), (clerk, at),
        (clerk, mine), (clerk, f"{mine}release_reading/"), (clerk, f"/matters/{point.reference}/extend_reply/"),
        (own, "/my-examination/"), (own, at), (own, f"/matters/{point.reference}/"),
        (own, f"/matters/{point.reference}/reply/"), (own, f"/matters/{point.reference}/ask_extension/"),
        (sign_in(making.readings(examination)[0].assessor), f"{at}draft_opinion/"),
        (sign_in(making.readings(examination)[0].assessor), at),
    ]  # fmt: skip
    for client, url in pages:
        page = client.get(language + url)
        assert page.status_code == 200, url
        html = page.content.decode()
        assert html.count("<h1") == 1, url
        assert " style=" not in html, url
        assert "<bound method" not in html, url
    stated = Assessorship.objects.get(person=cast.clara)
    assert clerk.get(f"{language}/matters/{stated.reference}/restate/").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_files(call: Call, cast: Cast) -> None:
    clerk, clara = cast.client("anna"), cast.client("clara")
    urls = ((clerk, "/examinations/"), (clara, "/files/"), (clerk, "/desk/"), (clara, "/desk/"))

    def count() -> list[int]:
        found = []
        for client, url in urls:
            client.get(url)
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert client.get(url).status_code == 200
            found.append(len(captured))
        return found

    making.file(call, cast, "nadia")
    actions.assign_all(call, cast.actor("anna"))
    before = count()
    for key in ("oleg", "pavel", "quiet"):
        making.file(call, cast, key)
    actions.assign_all(call, cast.actor("anna"))
    assert count() == before


@pytest.mark.parametrize(
    ("bad", "status"),
    [
        ({"verdict_exile": "seven of ten"}, 422),
        ({"reasons_exile": "x" * 30000}, 422),
        ({"evidence_exile": ["0" * 32]}, 422),
        ({"language": "xx"}, 422),
        ({"once": ""}, 422),
        ({"seen": "0"}, 409),
    ],
)
def test_bad_input_gets_an_answer_and_changes_nothing(
    candidacy: Candidacy, cast: Cast, bad: dict[str, Any], status: int
) -> None:
    reading = making.opened(making.assigned(candidacy, cast))[0]
    client, at = sign_in(reading.assessor), f"/matters/{reading.reference}/"
    data = {
        **form_of(client, f"{at}give_reading/"),
        "language": "en",
        "reasons_values": "Typed before.",
        **bad,
    }
    before = Entry.objects.count()
    answer = client.post(f"{at}save_reading/", data)
    assert answer.status_code == status
    assert "Typed before." in answer.content.decode()
    assert not reading.findings.exists()
    assert Entry.objects.count() == before


def test_a_round_cannot_be_assigned_by_reading_a_page_or_by_others(candidacy: Candidacy, cast: Cast) -> None:
    data = {"call": candidacy.call.reference}
    assert cast.client("anna").get("/examinations/assign/").status_code == 405
    for key in ("clara", "greta", "nadia"):
        assert cast.client(key).post("/examinations/assign/", data).status_code == 404
    assert cast.client("anna").post("/examinations/assign/", {"call": "CALL-NOSUCH"}).status_code == 404
    assert not Examination.objects.exists()


def test_readers_and_clerks_are_not_spoken_to_as_the_candidate(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    actions.accept_readers(examination, cast.actor("nadia"))
    reading = making.readings(examination)[0]
    reader = sign_in(reading.assessor)
    send(reader, f"/matters/{reading.reference}/declare_no_interest/")
    send(reader, f"/matters/{reading.reference}/open_file/")
    pages = {
        f"/files/{reading.reference}/": reader,
        f"/matters/{examination.reference}/": reader,
        f"/matters/{candidacy.reference}/": cast.client("anna"),
    }
    for url, client in pages.items():
        answer = client.get(url)
        assert answer.status_code == 200, url
        main = answer.content.decode().split("<main", 1)[1].split("</main")[0]
        assert not re.findall(
            r"\b[Yy]our (?:names|own|file|candidacy|statement)|where you live", main, re.I
        ), url
    own = cast.client("nadia").get(f"/matters/{examination.reference}/").content.decode()
    assert "Assessors read your file" in own


def test_the_page_of_a_file_says_whether_the_voice_is_proved(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    pages = [f"/matters/{examination.reference}/", f"/matters/{candidacy.reference}/"]
    begin = f"/matters/new/integrity/open_check/?person={cast.nadia.reference}"
    for page in pages:
        assert begin in cast.client("anna").get(page).content.decode()
        assert "open_check" not in cast.client("nadia").get(page).content.decode()
    assert f'value="{cast.nadia.reference}"' in cast.client("anna").get(begin).content.decode()
    check = CallerCheck(person=cast.nadia)
    integrity.open_check(check, cast.actor("anna"))
    integrity.enter_caller_code(check, cast.actor("anna"), code=codes.code(check, codes.CALLER))
    integrity.enter_clerk_code(check, cast.actor("nadia"), code=codes.code(check, codes.CLERK))
    for page in pages:
        assert "proved until" in cast.client("anna").get(page).content.decode()
        assert begin in cast.client("bruno").get(page).content.decode(), "proved to whoever called only"


def test_an_answer_in_another_language_says_so_to_the_candidate(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    asked = "Written in English; ask the Secretariat for a translation."
    point = making.put(making.raised(examination), cast)
    page = cast.client("nadia").get(f"/matters/{point.reference}/").content.decode()
    note = f'<dd class="soft small">{asked}</dd>'
    assert note not in page  # the translation stands beside the original
    assert page.count(asked) == 2  # of the sources there is none
    point = making.upheld(examination, cast, "values")
    page = cast.client("nadia").get(f"/matters/{point.reference}/").content.decode()
    assert f'<dd lang="en">The column is by the person.</dd>{note}' in page
    assert asked not in cast.client("anna").get(f"/matters/{point.reference}/").content.decode()
