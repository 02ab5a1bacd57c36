"""The feed: what the pages tell, when they tell it, in three languages, without a name."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from hemicycle.composition.models import List
from hemicycle.gallery import feed
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.record.models import CharterVersion

from ..cast import Cast
from ..composition.making import Round
from .conftest import Correct
from .test_suspended import suspend

ATOM = "{http://www.w3.org/2005/Atom}"


def read(public: Client, prefix: str = "/") -> list[dict[str, str]]:
    answer = public.get(f"{prefix}feed/")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    found = []
    for entry in root.iter(f"{ATOM}entry"):
        link = entry.find(f"{ATOM}link")
        assert link is not None
        told = {name: entry.findtext(ATOM + name) or "" for name in ("id", "title", "updated", "summary")}
        found.append({**told, "url": link.attrib["href"]})
    return found


@pytest.mark.django_db
def test_an_empty_feed_stays_as_it_is(public: Client, cast: Cast) -> None:
    first = public.get("/feed/")
    with clock.set_to(clock.now() + timedelta(days=1)):
        again = public.get("/feed/", headers={"If-None-Match": first["ETag"]})
    assert b"<entry>" not in first.content and again.status_code == 304
    assert not first.cookies and CharterVersion.objects.exists()


def test_it_tells_what_the_pages_tell_and_each_address_answers(
    public: Client, seated: List, found: Round, correct: Correct
) -> None:
    suspend(found, Mandate.objects.get(seat_number=4))
    correct(seated.reference, "reasons", "a", "Invented words.", language="en")
    told = {prefix: read(public, prefix) for prefix in ("/", "/fr/", "/ru/")}
    titles = [row["title"] for row in told["/"]]
    assert "Composition announced: session 2027" in titles
    assert "Decision sheet of the session 2027" in titles
    assert "Participation suspended pending review; no violation has been established" in titles
    assert "A published fact was corrected" in titles
    assert sum("– carried" in title for title in titles) == 2, "the two votes on the list"
    ids = {prefix: [row["id"] for row in rows] for prefix, rows in told.items()}
    assert ids["/"] == ids["/fr/"] == ids["/ru/"] and len(set(ids["/"])) == len(ids["/"])
    assert all(re.fullmatch(r"tag:localhost,2025:[\w/.-]+", name) for name in ids["/"])
    for prefix, rows in told.items():
        assert titles != [row["title"] for row in rows] or prefix == "/"
        for row in rows:
            path = row["url"].partition("#")[0].removeprefix("http://localhost:8000")
            assert path.startswith(prefix) and public.get(path).status_code == 200, row["url"]
    whole = "".join(public.get(f"{prefix}feed/").content.decode() for prefix in told)
    for mandate in seated.mandates.all():
        assert mandate.shown_name not in whole and mandate.person.name not in whole
    assert "Invented words" not in whole and "secret" not in whole.lower()


def test_a_suspension_keeps_its_place_when_its_correction_comes(
    public: Client, seated: List, found: Round
) -> None:
    from hemicycle.suspension import actions as suspension

    case = suspend(found, Mandate.objects.get(seat_number=4))
    before = next(row for row in read(public) if "suspended" in row["title"])
    suspension.review(case, found.by("anna"), reviewer=found.cast.farid)
    with clock.set_to(clock.now() + timedelta(days=1)):
        suspension.dismiss(case, found.by("farid"), reasons="Secret reasons.", language="en")
        after = next(row for row in read(public) if row["id"] == before["id"])
    assert (
        after["title"] == "Correction: the allegation was dismissed" and after["updated"] > before["updated"]
    )


def test_each_source_stands_once_where_sources_are_registered() -> None:
    assert len(set(feed.SOURCES)) == len(feed.SOURCES)
