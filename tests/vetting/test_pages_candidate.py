"""What a candidate finds and does on the pages of an examination."""

from __future__ import annotations

import re

import pytest

from hemicycle.candidacy.models import Candidacy
from hemicycle.vetting import actions
from hemicycle.vetting.models import AdversePoint, OutcomeLetter, Reading

from ..cast import Cast, sign_in
from . import making
from .test_pages import LANGUAGES, form_of, send

pytestmark = pytest.mark.django_db


def test_the_candidate_is_told_capacities_and_never_names(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    page = cast.client("nadia").get(f"/matters/{examination.reference}/").content.decode()
    for reading in making.readings(examination):
        assert reading.assessor.name not in page
        assert reading.assessor.reference not in page
    assert page.count("Independent assessor") == 2
    assert "Who opened the file" in page


def test_the_candidate_objects_to_a_reader_by_page(candidacy: Candidacy, cast: Cast) -> None:
    reading = making.readings(making.assigned(candidacy, cast))[0]
    url = f"/matters/new/vetting/object/?reading={reading.reference}"
    assert cast.client("oleg").get(url).status_code == 404
    assert send(cast.client("nadia"), url, reasons="We were rivals.", language="en").status_code == 302
    assert reading.objections.get().state == "raised"
    home = cast.client("marta").get("/desk/").content.decode()
    assert reading.objections.get().reference in home


def test_the_reply_form_does_not_tell_how_many_sources_were_entered(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast, **{making.KEY: "not_met"})
    point = making.put(making.raised(examination), cast)
    client, at = cast.client("nadia"), f"/matters/{point.reference}/"
    page = form_of(client, f"{at}reply/")
    for act in ("reply", "save_reply", "ask_extension"):
        assert re.fullmatch("[0-9a-f]{64}", form_of(client, f"{at}{act}/")["seen"])
    draft = {"text": "Начало ответа", "once": "d" * 32, "seen": page["seen"]}
    assert client.post(f"{at}save_reply/", draft).status_code == 302
    for seen in (page["seen"], str(point.version), "0"):
        stale = client.post(
            f"{at}reply/", {**page, "seen": seen, "text": "Это однофамилец.", "language": "ru"}
        )
        assert stale.status_code == 409 and "Это однофамилец." in stale.content.decode()
        renewed = re.search('name="seen" value="([^"]*)"', stale.content.decode())
        assert renewed and re.fullmatch("[0-9a-f]{64}", renewed.group(1))
    sent = {**page, "seen": renewed.group(1), "text": "Это однофамилец.", "language": "ru"}
    assert client.post(f"{at}reply/", sent).status_code == 302


def test_a_clerk_puts_a_point_to_the_person_by_page_translated_and_on_its_sources(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination, clerk = making.read(candidacy, cast), cast.client("anna")
    reader = making.readings(examination)[0]
    raising = f"/matters/new/vetting/raise_point/?examination={examination.reference}"
    said = {
        "key": making.KEY,
        "substance": "The column praised.",
        "evidence": "3 May 2016.",
        "language": "en",
    }
    assert send(sign_in(reader.assessor), raising, **said).status_code == 302
    point = AdversePoint.objects.get()
    at = f"/matters/{point.reference}/"
    assert send(clerk, f"{at}notify_point/").status_code == 422, "it rests on no source yet"
    making.rest_on(point, making.actor_of(reader))
    assert send(clerk, f"{at}notify_point/").status_code == 422, "her language is another"
    translated = {"substance": "Колонка.", "evidence": "3 мая 2016 года.", "translator": "Irina Dovlatova"}
    assert send(clerk, f"{at}translate_point/", **translated).status_code == 302
    assert cast.client("nadia").get(at).status_code == 404
    assert send(clerk, f"{at}notify_point/").status_code == 302
    told = cast.client("nadia").get(f"/fr{at}").content.decode()
    assert '<dd lang="ru">Колонка.' in told and '<dd lang="en">The column praised.' in told


def test_the_candidate_replies_by_page_and_keeps_a_draft(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast, **{making.KEY: "not_met"})
    point = making.put(making.raised(examination), cast)
    client = cast.client("nadia")
    assert f"/matters/{point.reference}/" in client.get("/desk/").content.decode()
    page = client.get(f"/ru/matters/{point.reference}/").content.decode()
    assert "Колонка одобряла аннексию." in page
    assert "A column praised the annexation." in page
    assert "Irina Dovlatova" in page
    form = f"/matters/{point.reference}/reply/"
    saved = client.post(
        f"/matters/{point.reference}/save_reply/", {**form_of(client, form), "text": "Начало ответа"}
    )
    assert saved.status_code == 302
    assert "Начало ответа" in client.get(form).content.decode()
    assert "Начало ответа" not in cast.client("anna").get(f"/matters/{point.reference}/").content.decode()
    assert send(client, form, text="Это однофамилец.", language="ru", helped="on").status_code == 302
    point.refresh_from_db()
    assert (point.state, point.reply_helped) == ("replied", True)


def test_readers_answer_and_agree_by_page(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast, **{making.KEY: "not_met"})
    first, second = (sign_in(r.assessor) for r in making.readings(examination))
    raise_url = f"/matters/new/vetting/raise_point/?examination={examination.reference}"
    sent = send(first, raise_url, key=making.KEY, substance="A column.", evidence="Of 2016.", language="en")
    assert sent.status_code == 302
    point = AdversePoint.objects.get()
    making.put(making.rest_on(point, making.actor_of(making.readings(examination)[0])), cast)
    actions.reply(point, cast.actor("nadia"), text="Нет.", language="ru")
    answer = f"/matters/{point.reference}/answer_point/"
    assert send(second, answer, upheld="", reasons="x", language="en").status_code == 422
    assert send(second, answer, upheld="no", reasons="A namesake.", language="en").status_code == 302
    at = f"/matters/{examination.reference}/"
    refused = send(
        first, f"{at}draft_opinion/", opinion="not_met", grounds=[making.KEY], text="No.", language="en"
    )
    assert refused.status_code == 422
    assert (
        send(first, f"{at}draft_opinion/", opinion="met", text="All met.", language="en").status_code == 302
    )
    assert "All met." in second.get(at).content.decode()
    assert "All met." not in cast.client("nadia").get(at).content.decode()
    assert send(second, f"{at}agree/").status_code == 302
    assert send(second, f"{at}give_opinion/").status_code == 302
    examination.refresh_from_db()
    assert examination.opinion == "met"


def test_a_letter_is_read_by_its_person_and_leads_to_the_review(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.concluded(candidacy, cast, "not_met", (making.KEY,))
    letter = OutcomeLetter.objects.get()
    client = cast.client("nadia")
    for language in LANGUAGES:
        page = client.get(f"{language}/matters/{letter.reference}/").content.decode()
        assert f"Reasons on {making.KEY}." in page
        assert "Institute of" in page
        assert f"/matters/{examination.reference}/" in page
    page = client.get(f"/matters/{letter.reference}/").content.decode()
    main = page.split("<main", 1)[1]
    asked = "Written in English; ask the Secretariat for a translation."
    # Nadia's letters are Russian; it is said of the text, of the answer to the point, and once of all findings.
    assert main.count(asked) == 3
    assert f'<dd lang="en">Reasons on {making.KEY}.</dd></div>' in main
    assert asked not in cast.client("anna").get(f"/matters/{letter.reference}/").content.decode()
    letter.findings[0]["language"] = "ru"
    letter.save()
    mixed = client.get(f"/matters/{letter.reference}/").content.decode()
    assert re.search(rf'<dd lang="en">Reasons on \w+\.</dd><dd class="soft small">{asked}</dd>', mixed)
    assert re.search(r'<dd lang="ru">[^<]*</dd></div>', mixed)
    in_russian = client.get(f"/ru/matters/{letter.reference}/").content.decode()
    assert "Язык текста: английский; о переводе попросите Секретариат." in in_russian
    letter.findings[0]["language"] = "en"
    letter.save()
    candidacy.person.language = "en"
    candidacy.person.save()
    assert (
        "ask the Secretariat for a translation"
        not in client.get(f"/matters/{letter.reference}/").content.decode()
    )
    assert cast.client("oleg").get(f"/matters/{letter.reference}/").status_code == 404
    seen = cast.client("anna").get(f"/matters/{letter.reference}/").content.decode()
    assert "Outcome letter to" in seen and "as the candidate reads it" in seen
    assert "Go to your candidacy" not in seen and "Go to the examination" not in seen
    assert (
        send(
            client, f"/matters/{examination.reference}/ask_review/", reasons="Сатира.", language="ru"
        ).status_code
        == 302
    )
    assert Reading.objects.filter(is_review=True).count() == 2
