"""A reader's file, session by session: opened once to be assessed, and again with a reason on another day (6.3, 11.2)."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.test import Client

from hemicycle.candidacy.models import Candidacy
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import FileOpening
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered
from hemicycle.vetting import actions, queries

from ..candidacy.making import refused
from ..cast import Cast, sign_in
from ..conftest import NOON
from . import making


def test_a_reader_who_opens_a_file_is_not_asked_twice_in_that_session(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.assigned(candidacy, cast)
    actions.accept_readers(examination, cast.actor("nadia"))
    reading = making.readings(examination)[0]
    actions.declare_no_interest(reading, making.actor_of(reading))
    browser, url = sign_in(reading.assessor, Client), f"/matters/{reading.reference}/"
    assert browser.get(url).status_code == 200  # the public head alone
    form = {"once": uuid.uuid4().hex, "seen": str(reading.version)}
    assert browser.post(f"{url}open_file/", form)["Location"] == url
    for path in (url, f"/files/{reading.reference}/", f"/matters/{examination.reference}/"):
        assert browser.get(path).status_code == 200, path
    opening = FileOpening.objects.get()
    assert (opening.file, opening.office, opening.reason) == (candidacy.reference, "assessor", "assessment")
    other = sign_in(reading.assessor, Client)
    for path in (url, f"/files/{reading.reference}/", f"/matters/{examination.reference}/"):
        asked = other.get(path)
        assert asked.status_code == 302 and asked["Location"].startswith(f"{url}reopen_file/?next=")
    again = {"once": uuid.uuid4().hex, "reason": "assessment", "language": "en"}
    assert other.post(f"{url}reopen_file/?next=/files/{reading.reference}/", again).status_code == 302
    assert other.get(f"/files/{reading.reference}/").status_code == 200
    assert FileOpening.objects.filter(file=candidacy.reference).count() == 2


def test_only_its_reader_opens_a_file_again_and_only_with_a_reason(candidacy: Candidacy, cast: Cast) -> None:
    first, second = making.opened(making.assigned(candidacy, cast))
    reader = making.actor_of(first)
    refused(NotEmpowered, lambda: actions.reopen_file(first, making.actor_of(second), reason="list"), first)
    refused(NotEmpowered, lambda: actions.reopen_file(first, cast.actor("anna"), reason="list"), first)
    refused(Unmet, lambda: actions.reopen_file(first, reader, reason="other"), first)
    actions.reopen_file(first, reader, reason="other", text="To answer the other reader.")
    assert FileOpening.objects.count() == 3


def test_an_opening_that_is_put_off_stands_on_no_page_of_its_candidate(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.assigned(candidacy, cast)
    making.opened(examination)
    opening = FileOpening.objects.order_by("pk")[0]
    until = NOON.date() + timedelta(days=9)
    integrity.delay_disclosure(opening, cast.actor("marta"), until=until, reasons="A threat.", language="en")
    assert [place for _at, place in queries.openings(examination)] == [2]
    own = cast.client("nadia").get(f"/matters/{candidacy.reference}/").content.decode()
    assert own.count("Assessor. Assessment of the candidacy.") == 1
