"""What everybody reads of proposals and of earlier contacts, what nobody reads before its time, and the way by the forms."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.dialogue.parts import parts
from hemicycle.followup import actions
from hemicycle.followup.models import EarlierContact, Proposal
from hemicycle.mandates.models import Mandate
from hemicycle.record import actions as record
from hemicycle.record import clock
from hemicycle.record.actors import PUBLIC
from hemicycle.record.models import Correction, Entry
from hemicycle.texts import sources

from .. import seating
from ..cast import Cast
from ..dialogue import making as asking
from ..texts.making import aside
from .making import (
    PAST,
    SOURCE,
    TEXT,
    TITLE,
    answer,
    asked,
    claimed,
    committee,
    made,
    public,
    reported,
    state,
    taken_up,
    topic,
    transcribed,
)

LANGUAGES = ("", "/fr", "/ru")


def form(**fields: object) -> dict[str, object]:
    return {"once": uuid.uuid4().hex, **fields}


def text(path: str, status: int = 200, client: Any = None) -> str:
    page = (client or Client()).get(path)
    assert page.status_code == status, page.content.decode()[:2000]
    return page.content.decode()


def main(path: str, client: Any = None) -> str:
    return text(path, client=client).split("<main", 1)[1]


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_every_page_answers_everybody_in_each_language_without_cookie(cast: Cast, prefix: str) -> None:
    row, past = asked(cast, "FR", "DE"), public(cast)
    answer(row, cast)
    for path in ("/board/", f"/board/{row.reference}/", "/committees/political/", "/earlier/", f"/earlier/{past.reference}/"):  # fmt: skip
        page = Client().get(prefix + path)
        assert page.status_code == 200 and not page.cookies, path
        html = page.content.decode()
        assert html.count("<h1") == 1 and '<meta name="description"' in html
        if "contact" not in path:
            assert 'lang="en"' in html, "what people wrote keeps its language"


def test_pages_answer_before_anything_has_happened(cast: Cast) -> None:
    committee(cast)
    for path in ("/board/", "/earlier/", "/committees/political/"):
        assert 'class="empty"' in text(path)
    assert Client().get("/board.json").json()["indicators"]["made"] == 0
    for path in ("/board/PRPS-22222222/", "/earlier/PAST-22222222/", "/committees/nobody/"):
        text(path, 404)


def test_the_chain_shows_owner_day_source_and_answer_in_its_language(cast: Cast) -> None:
    row = asked(cast, "FR", rapporteur=cast.henri)
    answer(row, cast, says="partial")
    page = main(f"/board/{row.reference}/")
    for words in (TITLE, "<em>one</em>", "Resolution 9001 (2027)", SOURCE, "State FR", "rapporteur: Henri Delacombe",
                  "answer in part positive", "Katia Morvan, member of the Assembly"):  # fmt: skip
        assert words in page, words
    assert '<ol class="timeline">' in page and 'lang="fr"' in page and "Nous le ferons." in page


def test_what_one_person_says_was_done_is_read_by_nobody_before_it_is_confirmed(cast: Cast) -> None:
    row = reported(cast)
    claimed(row, cast)
    paths = ["/board/", f"/board/{row.reference}/", "/committees/political/", "/board.json"]
    for path in paths:
        assert not [word for word in ("Decree 12", "said to be", "claimed") if word in text(path)], path
    text(f"/matters/{row.reference}/", 404, cast.client("quiet"))
    assert "Decree 12" not in main(f"/matters/{row.reference}/", cast.client("katia")), "who made it"
    assert "Decree 12" in main(f"/matters/{row.reference}/confirm_carried_out/", cast.client("anna"))
    actions.confirm_carried_out(row, cast.actor("anna"))
    assert "Decree 12" in main(f"/board/{row.reference}/")


def test_a_transcription_is_hidden_until_it_is_confirmed_and_its_reasons_stay_when_withdrawn(
    cast: Cast,
) -> None:
    row = transcribed(cast)
    text(f"/earlier/{row.reference}/", 404)
    assert PAST["title"] not in text("/earlier/")
    assert PAST["title"] in main("/earlier/", cast.client("bruno"))
    text(f"/matters/{row.reference}/", 404, cast.client("luca"))
    page = main(f"/matters/{row.reference}/confirm_transcription/", cast.client("bruno"))
    assert PAST["summary"] in page and SOURCE in page
    actions.confirm_transcription(row, cast.actor("bruno"))
    page = main(f"/earlier/{row.reference}/")
    assert "Transcribed, from before the platform" in page and SOURCE in page and PAST["summary"] in page
    actions.withdraw_contact(row, cast.actor("anna"), reasons="It was another hearing.", language="en")
    page = main(f"/earlier/{row.reference}/")
    assert "another hearing" in page and PAST["summary"] not in page
    assert PAST["title"] not in main("/earlier/")


def test_a_meeting_of_today_stands_under_its_topic_and_is_not_called_earlier_than_the_platform(
    cast: Cast,
) -> None:
    visas = topic(cast)
    row = public(cast, title="On visas", kind="meeting", from_day=clock.today(), topic=visas)
    page = main(f"/earlier/{row.reference}/")
    assert "Transcribed from its source" in page and "before the platform" not in page
    assert "before the platform" not in main("/earlier/").split("<tbody")[1]
    assert "On visas" in main(f"/topics/{visas.reference}/")
    public(cast, title="Long ago")
    assert "hearing, before the platform" in main("/earlier/")


def test_contacts_are_filtered_by_topic_and_year(cast: Cast) -> None:
    visas = topic(cast)
    public(cast, title="On visas", topic=visas)
    public(cast, title="On letters", from_day=PAST["from_day"].replace(year=2024))
    assert "On letters" not in main(f"/earlier/?topic={visas.reference}")
    assert "On visas" not in main("/earlier/?year=2024") and "On letters" in main("/earlier/?year=2024")
    assert "On visas" in main("/earlier/?year=abc&topic=TOPC-none")


def test_a_withheld_name_is_on_no_page(cast: Cast) -> None:
    seats = seating.participants(cast)
    Mandate.objects.filter(pk=seats[0].pk).update(name_withheld=True)
    row = made(cast, "nadia")
    for path in ("/board/", f"/board/{row.reference}/", "/committees/political/", "/board.json"):
        assert "Yeryomkina" not in text(path), path
    assert "withheld for safety" in main(f"/board/{row.reference}/")


def test_the_board_counts_what_happened_and_filters(cast: Cast) -> None:
    visas, letters = topic(cast), topic(cast, "Letters")
    row = asked(cast, under=visas)
    answer(row, cast)
    declined = made(cast, under=letters, title="Another one")
    actions.decline(declined, cast.actor("luca"), reasons="No.", language="en")
    data = Client().get("/board.json").json()
    assert data["indicators"]["made"] == 2
    assert data["indicators"]["taken_up"] == {"count": 1, "of": 2}
    assert data["indicators"]["answered"] == {"count": 1, "of": 1}
    assert data["indicators"]["working_days"]["committee"] == {"median": None, "of": 0}
    assert set(data["definitions"]) == {
        "made",
        "taken_up",
        "answered",
        "carried_out",
        "declined",
        "ignored",
    }
    assert [p["state"] for p in data["proposals"]] == ["declined", "answered"]
    page = main(f"/board/?topic={letters.reference}&committee=political")
    assert "Another one" in page and TITLE not in page and "<dd>0/1</dd>" in page
    board = main("/board/")
    assert "person" in board and "had no act for 60 days" in board
    # What is too few to tell is no number of days.
    assert "not told: fewer than 5 stages" in board and "Stages that ended" in board
    assert ">all<" in board and "-----" not in board


def test_what_is_overdue_stands_first_and_says_since_when(cast: Cast) -> None:
    made(cast, title="Old")
    with clock.set_to(clock.now() + timedelta(days=50)):
        made(cast, title="Young")
    with clock.set_to(clock.now() + timedelta(days=59)):
        page = main("/committees/political/")
    assert page.index("Old") < page.index("Young") and "2 working days overdue" in page


def test_the_way_by_the_forms_keeps_what_was_typed_when_it_is_refused(cast: Cast) -> None:
    visas, body = topic(cast), committee(cast)
    clerk = cast.client("anna")
    begin = f"/matters/new/followup/make_proposal/?topic={visas.reference}&committee=political"
    page = text(begin, client=clerk)
    assert f'value="{visas.pk}" selected' in page and f'value="{body.pk}" selected' in page
    fields = {"topic": visas.pk, "committee": body.pk, "title": TITLE, "text": TEXT, "language": "en", "origin": "meeting"}  # fmt: skip
    refused = clerk.post(begin, form(**fields, side="participants", source=""))
    assert refused.status_code == 422 and TEXT in refused.content.decode() and not Proposal.objects.exists()
    done = clerk.post(begin, form(**fields, side="participants", source=SOURCE))
    row = Proposal.objects.get()
    assert done["Location"] == f"/board/{row.reference}/"
    chair = cast.client("luca")
    place = f"/matters/{row.reference}/"
    assert f"{place}take_up/" in text(place, client=chair) and place in text("/desk/", client=chair)
    assert "record_report" not in text(place, client=chair), "only what this stage allows is offered"
    chair.post(f"{place}take_up/", form(seen=row.version))
    chair.post(f"{place}record_report/", form(seen=row.version + 1, number="Doc. 9", source=SOURCE, language="en"))  # fmt: skip
    france = state("FR")
    ask = form(seen=row.version + 2, states=[france.code], text="Issue it.", language="en", source=SOURCE)
    assert chair.post(f"{place}ask_state/", ask)["Location"] == place
    given = form(seen=row.version + 3, state=france.pk, answer="positive", text="Oui.", language="fr", source=SOURCE)  # fmt: skip
    assert chair.post(f"{place}record_answer/", given)["Location"] == place
    row.refresh_from_db()
    assert row.state == "answered"
    fix = form(seen=row.version, part="title", text="A new title", ground="Slip.", ground_language="en")
    assert clerk.post(f"{place}correct_proposal/", fix)["Location"] == place
    page = main(f"/board/{row.reference}/")
    assert "A new title" in page and TITLE in page and "Stood here before" in page
    assert Entry.objects.filter(matter=row.reference).count() == 6


def test_a_transcription_is_made_and_mended_by_its_form(cast: Cast) -> None:
    clerk, other = cast.client("anna"), cast.client("bruno")
    fields = {**PAST, "from_day": "2025-03-04"}
    assert clerk.get("/matters/new/followup/transcribe/").status_code == 200
    assert cast.client("luca").get("/matters/new/followup/transcribe/").status_code == 403
    place = clerk.post("/matters/new/followup/transcribe/", form(**fields))["Location"]
    assert place in text("/desk/", client=other) and place not in text("/desk/", client=clerk)
    page = text(f"{place}transcribe/", client=other)
    assert PAST["summary"] in page and 'value="2025-03-04"' in page
    row = EarlierContact.objects.get()
    assert other.post(f"{place}confirm_transcription/", form(seen=row.version))["Location"] == place
    assert PAST["title"] in main("/earlier/")


def test_a_topic_and_the_room_of_texts_find_what_hangs_on_them(cast: Cast) -> None:
    visas = topic(cast)
    row = taken_up(cast, under=visas)
    public(cast, topic=visas)
    reverse("followup-board")  # the room has told its parts
    lines = [line for part in parts for line in part.lines(visas, PUBLIC)]
    assert {line.title for line in lines} >= {TITLE, PAST["title"]}
    urls = [part.begin(visas, cast.actor("anna")) for part in parts]
    assert f"/matters/new/followup/make_proposal/?topic={visas.reference}" in urls
    assert not any(part.begin(visas, cast.actor("quiet")) for part in parts)
    found = sources.text_of(row.reference, "text", PUBLIC)
    assert found is not None and (found.body, found.language, found.author) == (TEXT, "en", cast.katia.pk)
    hidden = transcribed(cast)
    assert sources.texts_of(hidden.reference, PUBLIC) == ()


def test_a_title_and_a_text_that_are_set_aside_stand_nowhere(cast: Cast) -> None:
    row = made(cast)
    for part in ("title", "text"):
        text = sources.text_of(row.reference, part, PUBLIC)
        assert text is not None
        aside(cast, text)
    chair = cast.client("luca")
    paths = (f"/board/{row.reference}/", "/board/", "/board.json", "/committees/political/")
    for path, client in [*((path, Client()) for path in paths), ("/committees/political/", chair), ("/desk/", chair)]:  # fmt: skip
        page = client.get(path).content.decode()
        assert row.title not in page and row.text not in page and row.reference in page, path
    for client in (chair, cast.client("anna")):
        desk = main(f"/matters/{row.reference}/", client)
        assert row.title not in desk and row.text not in desk and "This text is set aside" in desk
    for part in ("title", "text"):
        actions.correct_proposal(
            row, cast.actor("anna"), part=part, text="Another", ground="Slip.", ground_language="en"
        )
    page = main(f"/board/{row.reference}/")
    assert TITLE not in page and "<em>one</em>" not in page and TEXT not in page
    assert page.count("This text is set aside") == 2, "what stood there before is set aside still"


def test_what_is_set_aside_stands_on_no_desk_of_a_transcription_either(cast: Cast) -> None:
    row, anna = public(cast), cast.client("anna")
    place = f"/matters/{row.reference}/"
    assert row.summary in main(place, anna)
    text = sources.text_of(row.reference, "summary", PUBLIC)
    assert text is not None
    aside(cast, text)
    assert row.summary not in main(place, anna) and "This text is set aside" in main(place, anna)


def test_the_record_leads_from_a_correction_to_a_place_that_is_there(cast: Cast) -> None:
    row = made(cast)
    for subject in (row.reference, row.topic.reference):
        correction = Correction(
            subject=subject, field="title", language="en", old_text="Old", new_text="New", ground="A slip."
        )
        record.draft_correction(correction, cast.actor("anna"))
        record.publish_correction(correction, cast.actor("bruno"))
    page = main("/record")
    assert f'href="/board/{row.reference}/"' in page and "#corrections" not in page


def test_a_committees_page_has_the_questions_it_owes_an_answer_to_the_overdue_ones_first(cast: Cast) -> None:
    there = asking.house(cast)
    late = there.admitted("nadia")
    with clock.set_to(clock.now() + timedelta(days=300)):
        next_ = there.admitted("oleg")
        before, to_us = there.tabled("pavel"), there.admitted("luca")
        page = main("/committees/political/")
        assert page.index(f"/questions/{late.reference}/") < page.index(f"/questions/{next_.reference}/")
        assert "Open: 2, of them overdue: 1." in page
        assert before.reference not in page and to_us.reference not in page
        assert "You chair it" not in page
        mine = main("/committees/political/", cast.client("luca"))
        assert f"/matters/{late.reference}/" in mine and "You chair it. These wait for an act:" in mine
        assert f"/matters/{late.reference}/" not in main("/committees/political/", cast.client("henri"))


def test_every_new_page_stands_behind_the_one_entrance(cast: Cast) -> None:
    page = main("/dialogue/")
    places = [
        page.index(f'href="/{path}/"')
        for path in (
            "topics",
            "questions",
            "statements",
            "check",
            "consultations",
            "board",
            "earlier",
            "glossary",
            "speech",
        )
    ]
    assert places == sorted(places)
    menu = text("/dialogue/").split("<main", 1)[0]
    assert 'href="/dialogue/"' in menu
    assert not [path for path in ("board", "glossary", "statements") if f'href="/{path}/"' in menu]
