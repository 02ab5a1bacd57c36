"""One file on its whole way, page by page: an interest, two readings that differ, a third, a name on a list cleared, a point
answered in Russian and reversed; its person reads it all in French, and the public nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hemicycle.candidacy.models import Call
from hemicycle.vetting import actions
from hemicycle.vetting.models import AdversePoint, Examination, Reading, Run

from ..cast import Cast, sign_in
from . import listing, making
from .test_pages import form_of, names, send

pytestmark = pytest.mark.django_db
SECRETS = ("Born forty years earlier", "The column praised", "Колонку написал", "It was written by another")


def findings(examination: Examination, **other: str) -> dict[str, Any]:
    told = {f"verdict_{key}": other.get(key, "met") for key in names(examination)}
    return {
        **told,
        **{f"reasons_{key}": f"Reasons on {key}." for key in names(examination)},
        "language": "en",
    }


def open_and_give(reading: Reading, **other: str) -> Client:
    client, at = sign_in(reading.assessor), f"/matters/{reading.reference}/"
    if reading.state == "assigned":
        assert send(client, f"{at}declare_no_interest/").status_code == 302
    assert send(client, f"{at}open_file/").status_code == 302
    form = f"{at}give_reading/"
    assert (
        client.post(form, {**form_of(client, form), **findings(reading.examination, **other)}).status_code
        == 302
    )
    return client


def test_a_file_on_its_way(call: Call, cast: Cast, tmp_path: Path) -> None:
    candidacy = making.file(call, cast, "nadia")
    clerk = cast.client("anna")
    listing.used(listing.kept(cast.actor("anna")), cast.actor("anna"),
                 listing.write(tmp_path, listing.listed("p1", candidacy.person.latin_name, birth_dates="1931")))  # fmt: skip
    assert clerk.post("/examinations/assign/", {"call": call.reference}).status_code == 302
    examination = Examination.objects.get()
    assert actions.tick() >= 1  # the clock begins the comparison; the worker does it
    actions.compare.func(Run.objects.get().pk)
    person = cast.client("nadia")
    assert send(person, f"/matters/{examination.reference}/accept_readers/").status_code == 302

    # An assessor with an interest is refused the file, and somebody else reads it.
    tied = making.readings(examination)[0]
    refused = sign_in(tied.assessor)
    declared = send(
        refused,
        f"/matters/{tied.reference}/declare_interest/",
        kind="work",
        text="We worked together.",
        language="en",
    )
    assert declared.status_code == 302
    for url in (f"/files/{tied.reference}/", f"/matters/{examination.reference}/"):
        assert refused.get(url).status_code == 404
    now = making.readings(examination)
    assert tied.pk not in {one.pk for one in now} and len(now) == 2
    send(person, f"/matters/{examination.reference}/accept_readers/")

    # Two blind readings differ; a third reader is called.
    key = making.KEY
    first = open_and_give(now[0])
    second = open_and_give(now[1], **{key: "not_met"})
    examination.refresh_from_db()
    assert examination.third_called_at is not None
    send(person, f"/matters/{examination.reference}/accept_readers/")
    third = next(one for one in making.readings(examination) if one.ordinal == 3)
    open_and_give(third)
    examination.refresh_from_db()
    assert examination.state == "agreeing"

    # A name on a list is cleared, with reasons.
    hit = listing.only_hit(examination)
    assert hit.reference in first.get("/desk/").content.decode()
    cleared = send(
        first, f"/matters/{hit.reference}/judge_hit/", who="another", reasons=SECRETS[0], language="en"
    )
    assert cleared.status_code == 302

    # A point is raised on graded sources, put in the person's language, answered in Russian, and reversed.
    raising = f"/matters/new/vetting/raise_point/?examination={examination.reference}"
    raised = send(
        second, raising, key=key, substance=SECRETS[1], evidence="The column of 3 May 2016.", language="en"
    )
    assert raised.status_code == 302
    point = AdversePoint.objects.get()
    at = f"/matters/{point.reference}/"
    early = send(clerk, f"{at}notify_point/")
    assert early.status_code == 422, "it rests on no source yet"
    making.rest_on(point, making.actor_of(now[1]), "a newspaper", "an archive")
    translated = {
        "substance": "La colonne.",
        "evidence": "La colonne du 3 mai 2016.",
        "translator": "Irina Dovlatova",
    }
    if candidacy.person.language != "en":
        assert send(clerk, f"{at}translate_point/", **translated).status_code == 302
    assert send(clerk, f"{at}notify_point/").status_code == 302
    assert (
        send(
            person, f"{at}reply/", text=f"{SECRETS[2]} другой человек.", language="ru", helped=""
        ).status_code
        == 302
    )
    answered = send(second, f"{at}answer_point/", upheld="no", reasons=SECRETS[3], language="en")
    assert answered.status_code == 302
    point.refresh_from_db()
    assert point.state == "dropped"

    # The person reads all of it in French; the public, and other offices, read nothing of it.
    told = {
        f"/fr/matters/{examination.reference}/": hit.reference, f"/fr/matters/{hit.reference}/": SECRETS[0],
        f"/fr/matters/{point.reference}/": SECRETS[3],
    }  # fmt: skip
    for url, words in told.items():
        page = person.get(url)
        assert page.status_code == 200 and words in page.content.decode(), url
        assert 'lang="fr"' in page.content.decode()
    public = Client()
    for url in ("/", "/rounds/", "/composition/", "/votes/", "/record/", "/procedure/", "/charter/"):
        page = public.get(url, follow=True).content.decode()
        for words in (*SECRETS, hit.reference, point.reference, examination.reference, candidacy.reference):
            assert words not in page, (url, words)
    for office in ("greta", "henri"):
        for url in (
            f"/matters/{hit.reference}/",
            f"/matters/{point.reference}/",
            f"/matters/{now[0].reference}/",
        ):
            assert cast.client(office).get(url).status_code == 404
