"""Pages of evidence: who reads it, how it is sent, how parts of it are blacked out."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.candidacy import actions, files
from hemicycle.candidacy.models import Call, Evidence
from hemicycle.candidacy.procedure import CandidacyState

from ..cast import Cast
from . import making
from .browsing import hidden, matter, part, send, upload
from .test_files import pdf, picture, script

S = CandidacyState


def test_a_bad_file_gets_a_clear_error_and_loses_nothing_of_the_form(call: Call, cast: Cast) -> None:
    made = making.draft(call, cast.nadia)
    answer = upload(cast.client("nadia"), made, pdf(script), 422, "a.pdf").content.decode()
    assert "script" in answer and 'value="A page"' in answer
    assert not Evidence.objects.exists()


def test_a_file_is_sent_as_a_picture_that_cannot_act(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    item = upload(client, made, picture()).headers["Location"]
    evidence = Evidence.objects.get()
    assert "<img" in client.get(item).content.decode()
    answer = client.get(reverse("candidacy-file", args=[evidence.name, 1]))
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("inline; filename=")
    assert "no-store" in answer.headers["Cache-Control"]
    for page in (0, 2, 99):
        assert client.get(f"/evidence/{evidence.name}/pages/{page}/").status_code == 404


@pytest.mark.parametrize("reader", ["oleg", "quiet", "clara", "greta", "marta"])
def test_nobody_reads_another_persons_file_by_its_address(call: Call, cast: Cast, reader: str) -> None:
    made = making.draft(call, cast.nadia)
    upload(cast.client("nadia"), made, picture())
    evidence, other = Evidence.objects.get(), cast.client(reader)
    urls = [
        matter(made), part(made, "names"), reverse("candidacy-evidence", args=[made.reference]),
        reverse("candidacy-evidence-item", args=[evidence.name]), reverse("candidacy-file", args=[evidence.name, 1]),
        reverse("candidacy-receipt", args=[made.reference]), reverse("act", args=[made.reference, "submit"]),
        reverse("candidacy-periods", args=[made.reference, "state_money"]),
        reverse("candidacy-correct", args=[made.reference, "names"]),
    ]  # fmt: skip
    for url in urls:
        assert other.get(url).status_code == 404, url
        assert Client().get(url).status_code in (302, 404), url
    assert other.post(reverse("candidacy-evidence-remove", args=[evidence.name])).status_code == 404
    assert Evidence.objects.exists()


def test_clerks_read_a_file_once_it_was_sent_and_not_after_withdrawal(call: Call, cast: Cast) -> None:
    made, clerk = making.written(call, cast.nadia), cast.client("anna")
    upload(cast.client("nadia"), made, picture())
    urls = [matter(made), reverse("candidacy-file", args=[Evidence.objects.get(kind="image").name, 1])]

    def answers_to_clerk() -> list[int]:
        found = [clerk.get(url) for url in urls]
        for answer in found:
            assert answer.getvalue()
        return [answer.status_code for answer in found]

    assert answers_to_clerk() == [404, 404]
    made.refresh_from_db()
    actions.submit(made, cast.actor("nadia"))
    assert answers_to_clerk() == [200, 200]
    actions.withdraw(made, cast.actor("nadia"))
    assert answers_to_clerk() == [404, 404]
    assert cast.client("nadia").get(urls[0]).status_code == 200


def test_a_person_blacks_out_an_area_and_the_old_page_is_gone(
    call: Call, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    item = upload(client, made, picture(size=(100, 100))).headers["Location"]
    before = Evidence.objects.get().pages[0]
    with django_capture_on_commit_callbacks(execute=True):
        send(client, item, page="1", left="0", top="0", width="50", height="50")
    after = Evidence.objects.get().pages[0]
    assert before != after and not files.path(before).exists() and files.path(after).exists()
    send(client, item, 422, page="1", left="0", top="0", width="0", height="500")


def test_the_upload_says_until_when_a_page_can_be_blacked_out_and_that_a_text_cannot(
    call: Call, cast: Cast
) -> None:
    made, client = making.written(call, cast.nadia), cast.client("nadia")
    page = client.get(reverse("candidacy-evidence", args=[made.reference])).content.decode()
    assert "before you send the candidacy, you can black out" in page
    assert "A plain text cannot be blacked out" in page
    text = upload(client, made, b"Said in public.", name="a.txt").headers["Location"]
    drawn = upload(client, made, picture()).headers["Location"]
    assert ['name="left"' in client.get(url).content.decode() for url in (text, drawn)] == [False, True]
    made.refresh_from_db()
    actions.submit(made, cast.actor("nadia"))
    assert 'name="left"' not in client.get(drawn).content.decode(), "what was sent is not changed any more"


def test_removed_evidence_is_deleted(call: Call, cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    item = upload(client, made, picture()).headers["Location"]
    name = Evidence.objects.get().pages[0]
    with django_capture_on_commit_callbacks(execute=True):
        data = hidden(client.get(item))
        assert client.post(f"{item}remove/", data).status_code == 302
    assert not Evidence.objects.exists() and not files.path(name).exists()
