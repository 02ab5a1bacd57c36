"""The decision sheet: verdict and margins of each rule, a commitment, and nothing of what people declared."""

from __future__ import annotations

import hashlib

import pytest

from hemicycle.composition import queries

from ..composition import making
from ..composition.making import Round
from ..composition.test_selection import first_names, on_slate

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(cast) -> Round:
    return making.make_round(cast)


def test_the_sheet_commits_to_the_certificate_and_shows_no_number_of_what_people_declared(
    found: Round, client
) -> None:
    list_ = making.composed(found)
    slate = on_slate(found, *first_names(found.others[:3]))
    making.announced(found, making.approved(found, making.released(found, list_)))
    kept = queries.certificate_in_force(list_)
    page = client.get("/rounds/2027/sheet").content.decode()
    assert "From one organisation, at most 3" in page and ">kept<" in page
    assert kept.digest == hashlib.sha256(kept.text.encode()).hexdigest() and kept.digest in page
    assert slate.reference not in page and "there are 3" not in page
    data = client.get("/rounds/2027/sheet.json").json()
    assert data["certificate_sha256"] == kept.digest
    assert data["rules_of_the_list"] == [
        {"rule": "one_organisation", "verdict": "met", "count": None, "article": "4.6"}
    ]
    assert kept.text[:40] not in page


def test_in_french_and_russian_too(found: Round, client) -> None:
    making.announced(found)
    for language, words in (("fr", "D’une même organisation"), ("ru", "От одной организации")):
        page = client.get(f"/{language}/rounds/2027/sheet", follow=True).content.decode()
        assert words in page
