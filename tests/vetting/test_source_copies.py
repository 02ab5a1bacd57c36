"""The archived copy of a source: cleaned like every file, sealed with the file, read by whoever reads the source."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Candidacy
from hemicycle.record import clock
from hemicycle.vetting import actions
from hemicycle.vetting.models import AdversePoint, Examination, SourcePage

from ..candidacy.hostile import pdf
from ..cast import Cast, sign_in
from . import making
from .test_pages import send
from .test_point_sources import bare

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n"


def add(examination: Examination, point: AdversePoint, data: bytes, **changes: Any) -> Any:
    """The first reader sends a source with its copy, by the page."""
    form = {
        **making.SOURCE,
        "digest": "",
        "archived_at": "",
        "obtained_on": clock.today().isoformat(),
        **changes,
    }
    page = f"/matters/{point.reference}/add_source/"
    copy = SimpleUploadedFile("anything.exe", data)
    return send(sign_in(making.readings(examination)[0].assessor), page, copy=copy, **form)


def test_a_copy_is_kept_as_pictures_and_read_by_readers_and_by_its_person(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.read(candidacy, cast)
    point, data = bare(examination), pdf(pages=2)
    assert add(examination, point, data).status_code == 302
    source = point.sources.get()
    assert (source.digest, source.pages_kept) == (hashlib.sha256(data).hexdigest(), 2)
    first, second = (sign_in(row.assessor) for row in making.readings(examination))
    address = f"/points/{point.reference}/{source.row}/"
    page = first.get(address).content.decode()
    assert f"{address}1/" in page and f"{address}2/" in page and 'class="watermark"' in page
    picture = first.get(f"{address}2/")
    assert picture.content.startswith(PNG) and "no-store" in picture["Cache-Control"]
    assert first.get(f"{address}3/").status_code == 404

    person = cast.client("nadia")
    assert person.get(address).status_code == 404, "before the point is put"
    making.source(point, making.actor_of(making.readings(examination)[0]), origin="A library")
    actions.notify_point(point, cast.actor("anna"))
    assert address in person.get(f"/fr/matters/{point.reference}/").content.decode()
    assert person.get(address).status_code == 200 and person.get(f"{address}1/").content.startswith(PNG)
    assert second.get(address).status_code == 200
    for stranger in ("oleg", "marta", "greta"):
        for each in (address, f"{address}1/"):
            assert cast.client(stranger).get(each).status_code == 404


def test_the_person_does_not_get_the_copy_of_a_source_that_is_kept_back(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.read(candidacy, cast)
    point = bare(examination)
    making.rest_on(point, making.actor_of(making.readings(examination)[0]))
    assert add(examination, point, b"What a neighbour wrote.", undisclosable="on").status_code == 302
    kept = point.sources.get(pages_kept=1)
    actions.notify_point(point, cast.actor("anna"))
    address = f"/points/{point.reference}/{kept.row}/"
    assert cast.client("nadia").get(address).status_code == 404
    page = sign_in(making.readings(examination)[1].assessor).get(address).content.decode()
    assert "What a neighbour wrote." in page


@pytest.mark.parametrize(
    ("data", "changes", "told"),
    [
        (b"", {}, "empty"),
        (b"MZ\x90\x00" + bytes(300), {}, "Only PDF"),
        (pdf() + b" " * (11 << 20), {}, "too big"),
        (b"A text.", {"digest": "0" * 64}, "another digest"),
        (b"A text.", {"exhibit": "piece"}, "one of the two"),
    ],
)
def test_what_is_no_copy_is_refused_and_what_was_typed_stays(
    candidacy: Candidacy, cast: Cast, data: bytes, changes: dict[str, str], told: str
) -> None:
    examination = making.read(candidacy, cast)
    point = bare(examination)
    if "exhibit" in changes:
        changes = {"exhibit": examination.candidacy.evidence.all()[0].name}
    answer = add(examination, point, data, **changes)
    page = answer.content.decode()
    assert answer.status_code == 422 and told in page and "Saved from the newspaper" in page
    assert not point.sources.exists() and not SourcePage.objects.exists()


def test_copies_go_with_their_source_and_with_the_file(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    point = bare(examination)
    by = making.actor_of(making.readings(examination)[0])
    add(examination, point, b"First.")
    actions.take_back_source(point, by, source=point.sources.get().row)
    assert not SourcePage.objects.exists()
    add(examination, point, b"Second.")
    assert SourcePage.objects.get().content == "Second."
    candidacies.withdraw(examination.candidacy, cast.actor("nadia"))
    actions.tick()
    with clock.set_to(clock.now() + timedelta(days=60)):
        candidacies.tick()
        actions.tick()
    assert not SourcePage.objects.exists()
