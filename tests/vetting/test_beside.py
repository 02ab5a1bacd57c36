"""The evidence beside the form of a reading: behind the door of both pages, and nothing typed is lost over it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.candidacy.models import Call, Candidacy, Evidence
from hemicycle.integrity.models import FileOpening
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import Examination, Reading, ReadingFinding

from ..cast import Cast, sign_in
from . import making
from .test_boxes import give_key, sealed, with_evidence
from .test_pages import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(call: Call, cast: Cast) -> Reading:
    """Open to its reader, with one picture that was sealed to them."""
    for key in making.ASSESSORS:
        give_key(cast, key)
    examination = making.assigned(with_evidence(call, cast), cast)
    actions.seal_to_readers(examination, cast.actor("anna"), boxes=sealed(cast))
    return making.opened(examination)[0]


def pages_of(reading: Reading) -> tuple[str, ...]:
    form = f"/matters/{reading.reference}/give_reading/"
    return form, form.replace("give", "save"), reverse("vetting-saved", args=[reading.reference])


def test_the_form_holds_the_evidence_sealed_marked_for_its_reader_and_under_the_policy_of_such_pages(
    reading: Reading,
) -> None:
    held = Evidence.objects.get(kind="image")
    for url in pages_of(reading)[:2]:
        answer = sign_in(reading.assessor).get(url)
        page = answer.content.decode()
        for name in ("vetting-exhibit", "vetting-exhibit-key", "vetting-exhibit-again"):
            assert reverse(name, args=[reading.reference, held.name]) in page
        assert reverse("vetting-exhibit-page", args=[reading.reference, held.name, 1]) in page
        assert f'data-watermark="{reading.assessor.reference} · ' in page
        assert "trusted-types 'none'" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"] and "htmx.min.js" not in page


def test_who_gave_no_reason_in_this_session_is_asked_for_it_and_sees_no_evidence(reading: Reading) -> None:
    before, held = FileOpening.objects.count(), Evidence.objects.get(kind="image")
    client = sign_in(reading.assessor, Client)
    for url in pages_of(reading):
        asked = client.get(url)
        assert asked.status_code == 302 and "/reopen_file/?next=" in asked["Location"], url
    sent = client.post(pages_of(reading)[1], {"once": uuid.uuid4().hex, "language": "en", "here": "yes"})
    assert "/reopen_file/?next=" in sent["Location"]
    key = reverse("vetting-exhibit-key", args=[reading.reference, held.name])
    assert "/reopen_file/?next=" in client.get(key)["Location"]
    reason = {"once": uuid.uuid4().hex, "reason": "assessment", "language": "en"}
    client.post(f"/matters/{reading.reference}/reopen_file/?next={pages_of(reading)[0]}", reason)
    assert held.name in client.get(pages_of(reading)[0]).content.decode()
    assert client.get(key).status_code == 200
    assert FileOpening.objects.count() == before + 1  # the trace that its person sees


def test_nobody_else_finds_the_form_or_what_stands_beside_it(reading: Reading, cast: Cast) -> None:
    other = making.readings(reading.examination)[1]
    for person in (other.assessor, cast.nadia, cast.quiet, cast.anna):
        assert [sign_in(person).get(url).status_code for url in pages_of(reading)] == [404, 404, 404]
    assert Client().get(pages_of(reading)[2])["Location"].startswith("/sign-in/")


def test_a_given_reading_has_no_form_and_no_evidence_beside_it(reading: Reading) -> None:
    making.give(reading)
    answer = sign_in(reading.assessor).get(pages_of(reading)[0])
    assert answer.status_code == 409
    assert Evidence.objects.get(kind="image").name not in answer.content.decode()


def keys_of(examination: Examination) -> list[str]:
    return [row.key for row in queries.asked(queries.charter_of(examination))]


def save_here(client: Any, reading: Reading, **sent: str) -> Any:
    """What the script sends while evidence is open: the form as it stands, and that the page is not left."""
    form = {**form_of(client, pages_of(reading)[0]), "language": "en", "here": "yes", **sent}
    return client.post(pages_of(reading)[1], form, follow=True)


def test_a_draft_is_saved_without_leaving_the_page_and_the_script_is_told_what_is_missing(
    candidacy: Candidacy, cast: Cast
) -> None:
    reading = making.opened(making.assigned(candidacy, cast))[0]
    first, second, *rest = keys_of(reading.examination)
    client = sign_in(reading.assessor)
    said = {f"verdict_{first}": "met", f"reasons_{first}": "A permit."}
    answer = save_here(client, reading, **said)
    told = answer.json()
    reading.refresh_from_db()
    assert (told["seen"], told["missing"], told["to"]) == (reading.version, [second, *rest], "")
    assert told["told"] and "A permit." not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert ReadingFinding.objects.get(key=first).reasons == "A permit."
    again = save_here(client, reading, next=first, **said).json()
    assert again["to"].endswith(f"/give_reading/#part-{second}")
    page = client.get(pages_of(reading)[0]).content.decode()
    assert told["told"][0] not in page, "what was told is not told again"


def test_a_draft_saved_from_an_old_page_is_refused_as_ever_and_stays_on_the_page(
    candidacy: Candidacy, cast: Cast
) -> None:
    reading = making.opened(making.assigned(candidacy, cast))[0]
    client, key = sign_in(reading.assessor), keys_of(reading.examination)[0]
    old = form_of(client, pages_of(reading)[0])
    save_here(client, reading)
    sent = {**old, "language": "en", "here": "yes", f"reasons_{key}": "Typed on the old page."}
    answer = client.post(pages_of(reading)[1], {**sent, "once": uuid.uuid4().hex})
    assert answer.status_code == 409 and "Typed on the old page." in answer.content.decode()
    assert "data-unsaved" in answer.content.decode()
    assert ReadingFinding.objects.get(key=key).reasons == ""
