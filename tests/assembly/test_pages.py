"""The host's pages: found by those who may see them, in three languages, and forms that change nothing by mistake."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.assembly import actions
from hemicycle.assembly.models import (
    ActingPresidency,
    Adoption,
    Body,
    BodySeat,
    ForumDecision,
    Import,
    Session,
)
from hemicycle.record.models import Correction
from tests.assembly.conftest import Seat
from tests.assembly.test_imports import GOOD, HEADER, preview
from tests.cast import Cast, charter

LISTS = [
    "holidays",
    "sessions",
    "bodies",
    "delegations",
    "groups",
    "imports",
    "charter",
    "presidency",
    "forum",
    "corrections",
]


def once() -> str:
    return uuid.uuid4().hex


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("prefix", ["", "/fr", "/ru"])
def test_each_list_is_shown_in_each_language(host: Cast, page: str, prefix: str) -> None:
    answer = host.client("anna").get(f"{prefix}/assembly/{page}/")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert html.count("<h1>") == 1 and f'lang="{prefix[1:] or "en"}"' in html


@pytest.mark.parametrize("page", LISTS)
def test_whoever_is_not_signed_in_is_led_to_the_sign_in(host: Cast, client: object, page: str) -> None:
    answer = client.get(f"/assembly/{page}/")  # type: ignore[attr-defined]
    assert answer.status_code == 302 and "/sign-in/" in answer.headers["Location"]


def test_a_clerk_enters_a_session_and_a_part_session(host: Cast) -> None:
    client = host.client("anna")
    answer = client.post(
        "/matters/new/assembly/open_session/",
        {"once": once(), "name": "2027", "opens_on": "2027-01-25", "closes_on": "2028-01-23"},
    )
    session = Session.objects.get()
    assert answer.status_code == 302 and session.reference in answer.headers["Location"]
    url = f"/matters/{session.reference}/add_part_session/"
    seen = str(session.version)
    values = {
        "once": once(),
        "seen": seen,
        "number": "1",
        "from_day": "2027-04-12",
        "until_day": "2027-04-16",
    }
    assert client.post(url, values).status_code == 302
    page = client.get(f"/matters/{session.reference}/").content.decode()
    assert "12\u00a0April\u00a02027" in page


def test_a_bad_form_says_what_is_wrong_and_changes_nothing(host: Cast) -> None:
    answer = host.client("anna").post(
        "/matters/new/assembly/open_session/",
        {"once": once(), "name": "2027", "opens_on": "2027-01-25", "closes_on": "2027-01-01"},
    )
    assert answer.status_code == 422
    assert "closes after the day" in answer.content.decode()
    assert not Session.objects.exists()


def test_a_form_sent_twice_acts_once(host: Cast) -> None:
    client = host.client("anna")
    values = {"once": once(), "name": "2027", "opens_on": "2027-01-25", "closes_on": "2028-01-23"}
    for _ in range(2):
        assert client.post("/matters/new/assembly/open_session/", values).status_code == 302
    assert Session.objects.count() == 1


def test_an_import_is_previewed_from_a_file_and_committed_by_another_clerk(host: Cast) -> None:
    file = SimpleUploadedFile("bureau.csv", GOOD.encode(), "text/csv")
    answer = host.client("anna").post(
        "/matters/new/assembly/preview_import/",
        {"once": once(), "kind": "members", "extent": "lines", "file": file},
    )
    imported = Import.objects.get()
    assert answer.status_code == 302
    page = host.client("bruno").get(f"/matters/{imported.reference}/").content.decode()
    assert "Nuala Keane" in page and "/commit_import/" in page
    assert (
        "/commit_import/" not in host.client("anna").get(f"/matters/{imported.reference}/").content.decode()
    )
    assert "/commit_import/" in host.client("bruno").get("/desk/").content.decode()
    answer = host.client("bruno").post(
        f"/matters/{imported.reference}/commit_import/", {"once": once(), "seen": str(imported.version)}
    )
    assert answer.status_code == 302 and BodySeat.objects.count() == 4


def test_a_hostile_file_is_answered_by_line(host: Cast) -> None:
    answer = host.client("anna").post(
        "/matters/new/assembly/preview_import/",
        {
            "once": once(),
            "kind": "members",
            "extent": "lines",
            "pasted": HEADER + "bureau,=1+1,president,,,,\n",
        },
    )
    assert answer.status_code == 422
    assert "Line 2: “name” begins like a formula." in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_that_is_not_there_is_asked_for(host: Cast) -> None:
    answer = host.client("anna").post(
        "/matters/new/assembly/preview_import/", {"once": once(), "kind": "members", "extent": "lines"}
    )
    assert answer.status_code == 422 and "Choose a file" in answer.content.decode()


def test_an_import_is_not_for_others_to_see(host: Cast) -> None:
    imported = preview(host, GOOD)
    for key in ("greta", "henri", "nadia"):
        assert host.client(key).get(f"/matters/{imported.reference}/").status_code == 404


def test_a_body_shows_who_may_vote_there_and_in_whose_place(host: Cast, seat: Seat) -> None:
    chair = seat("bureau", "group_chair", host.henri)
    body = Body.objects.get(code="bureau")
    client = host.client("anna")
    url = f"/matters/new/assembly/ask_replacement/?body={body.reference}"
    assert url in client.get(f"/matters/{body.reference}/").content.decode()
    form = client.get(url).content.decode()
    assert "Henri Delacombe" in form and "Luca Ferrandi" in form and "Yeryomkina" not in form
    values = {
        "seat": chair.pk,
        "person": host.luca.pk,
        "from_at": "2027-02-09T12:00",
        "until_at": "2027-02-12T18:00",
    }
    asked = client.post(url, {"once": once(), **values})["Location"]
    other = host.client("bruno")
    act = f"{asked}confirm_replacement/"
    assert act in other.get("/desk/").content.decode() and act not in client.get("/desk/").content.decode()
    form = other.get(act).context["form"]
    sent = {"once": form["once"].value(), "seen": form["seen"].value()}
    assert other.post(act, sent)["Location"] == asked
    page = client.get(f"/matters/{body.reference}/").content.decode()
    assert re.search(r"Luca Ferrandi.*Henri Delacombe", page, re.S)
    assert client.get(f"/matters/{body.reference}/end_replacement/").status_code == 200


def test_a_version_of_the_charter_goes_its_way_by_its_pages(host: Cast) -> None:
    text = charter().text.replace('version = "1.0"', 'version = "1.1"', 1)
    text = text.replace("[seats.total]\nvalue = 15", "[seats.total]\nvalue = 18", 1)
    values = {
        "once": once(),
        "text": text,
        **{f"prose_{code}": charter().prose(code) for code in ("en", "fr", "ru")},
    }
    assert host.client("anna").post("/matters/new/assembly/draft_charter/", values).status_code == 302
    made = Adoption.objects.get()
    page = host.client("jonas").get(f"/matters/{made.reference}/").content.decode()
    assert "seats.total" in page and "18" in page
    for key, act in [("jonas", "consult_secretary_general"), ("katia", "consult_general_rapporteur")]:
        assert act in host.client(key).get("/desk/").content.decode()
        made.refresh_from_db()
        sent = {
            "once": once(),
            "seen": str(made.version),
            "answer": "Je n’ai pas d’objection.",
            "language": "fr",
        }
        assert host.client(key).post(f"/matters/{made.reference}/{act}/", sent).status_code == 302
    told = host.client("henri").get(f"/matters/{made.reference}/").content.decode()
    assert told.count('lang="fr"') >= 2 and "Je n’ai pas d’objection." in told
    assert host.client("henri").get(f"/matters/{made.reference}/").status_code == 200, (
        "the Bureau reads drafts"
    )
    assert host.client("luca").get(f"/matters/{made.reference}/").status_code == 404, "others do not"
    made.refresh_from_db()
    sent = {"once": once(), "seen": str(made.version), "source": "Minutes of 8 February 2027"}
    assert host.client("greta").post(f"/matters/{made.reference}/adopt_charter/", sent).status_code == 302
    assert "version 1.1 of the charter" in host.client("luca").get("/assembly/charter/").content.decode()


def test_the_other_forms_are_shown_to_clerks_and_refused_to_others(host: Cast, seat: Seat) -> None:
    seat("bureau", "vice_president", host.ilse, precedence=1)
    begun = [
        "record_forum_decision",
        "appoint_acting_president",
        "form_body",
        "draft_charter",
        "preview_import",
    ]
    for act in begun:
        assert host.client("anna").get(f"/matters/new/assembly/{act}/").status_code == 200
        assert host.client("henri").get(f"/matters/new/assembly/{act}/").status_code == 403
    assert host.client("anna").get("/matters/new/record/draft_correction/?subject=VOTE-X").status_code == 200
    assert host.client("henri").get("/matters/new/record/draft_correction/").status_code == 403


def test_an_acting_president_is_named_and_confirmed_by_the_pages(host: Cast, seat: Seat) -> None:
    seat("bureau", "vice_president", host.ilse, precedence=1)
    values = {"once": once(), "person": host.ilse.pk, "ground": "absence", "language": "en"}
    host.client("anna").post("/matters/new/assembly/appoint_acting_president/", values)
    acting = ActingPresidency.objects.get()
    sent = {"once": once(), "seen": str(acting.version)}
    url = f"/matters/{acting.reference}/confirm_acting_president/"
    assert host.client("bruno").post(url, sent).status_code == 302
    assert (
        "Presides now: Ilse Brandtner" in host.client("henri").get("/assembly/presidency/").content.decode()
    )


def test_the_forum_and_a_correction_by_the_pages(host: Cast) -> None:
    values = {
        "once": once(),
        "forum": "indigenous-forum",
        "decided_on": "2027-02-01",
        "source": "Resolution 9999",
    }
    host.client("anna").post("/matters/new/assembly/record_forum_decision/", values)
    decision = ForumDecision.objects.get()
    assert host.client("anna").get(f"/matters/{decision.reference}/").status_code == 200
    values = {"once": once(), "subject": decision.reference, "field": "source", "old_text": "Resolution 9999",
              "new_text": "Resolution 9998", "ground": "Misread.", "language": ""}  # fmt: skip
    assert host.client("anna").post("/matters/new/record/draft_correction/", values).status_code == 302
    correction = Correction.objects.get()
    page = host.client("bruno").get(f"/matters/{correction.reference}/").content.decode()
    assert "Resolution 9998" in page and "Misread." in page


def test_the_pages_of_bodies_cost_the_same_whatever_their_size(
    host: Cast, django_assert_max_num_queries: object
) -> None:
    body = Body.objects.get(code="assembly")
    client = host.client("anna")
    BodySeat.objects.bulk_create(
        BodySeat(body=body, name=f"M{n}", capacity="representative", held_from=body.created_at)
        for n in range(300)
    )
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        assert client.get(f"/matters/{body.reference}/").status_code == 200
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        assert client.get("/assembly/bodies/").status_code == 200


def test_a_session_by_hand_is_what_the_act_would_make(host: Cast) -> None:
    actions.open_session(
        Session(), host.actor("anna"), name="2027", opens_on=date(2027, 1, 25), closes_on=date(2028, 1, 23)
    )
    assert Session.objects.get().state == "open"
