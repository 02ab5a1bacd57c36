"""The pages of an opened file carry their reader's mark; the person's own pages, and lists, carry none."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hemicycle.candidacy.models import Candidacy

from ..cast import Cast, sign_in
from . import making

pytestmark = pytest.mark.django_db
OVERLAY = '<svg class="watermark"'


def test_every_page_of_a_file_is_marked_for_the_one_who_reads_it(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    point = making.raised(examination)
    readers = [reading.assessor for reading in making.readings(examination)]
    for reading, other in zip(making.readings(examination), reversed(readers), strict=True):
        client = sign_in(reading.assessor)
        for url in (
            f"/matters/{reading.reference}/", f"/matters/{examination.reference}/", f"/matters/{point.reference}/",
            reverse("vetting-file", args=[reading.reference]), reverse("vetting-exhibits", args=[reading.reference]),
        ):  # fmt: skip
            page = client.get(url).content.decode()
            assert OVERLAY in page and f"marked for its reader: {reading.assessor.reference} · " in page, url
            assert f">{other.reference}</text>" not in page
    clerk = cast.client("anna").get(f"/matters/{point.reference}/").content.decode()
    assert f"marked for its reader: {cast.anna.reference} · " in clerk


def test_the_own_pages_and_lists_are_not_marked(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    point = making.put(making.raised(examination), cast)
    own = cast.client("nadia")
    for url in (f"/matters/{point.reference}/", f"/matters/{examination.reference}/", "/my-service/"):
        assert OVERLAY not in own.get(url).content.decode(), url
    assert OVERLAY not in cast.client("anna").get("/examinations/").content.decode()
