"""The pages of topics, questions and exchanges: for everybody, and for those who have a part."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemicycle.dialogue import actions
from hemicycle.dialogue.models import Exchange, Question, Topic
from hemicycle.dialogue.procedure import QuestionState
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.texts import sources
from hemicycle.web.desk import begin_url, matter_url

from ..conftest import NOON
from .making import TEXT, House

LANGUAGES = ("", "/fr", "/ru")


def post(client: Any, url: str, **fields: Any) -> Any:
    return client.post(url, {"once": uuid.uuid4().hex, **fields})


def page(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return str(answer.content.decode())


def test_a_question_goes_from_its_form_to_the_public_page(house: House) -> None:
    luca, anna = house.cast.client("luca"), house.cast.client("anna")
    topic = f"/topics/{house.topic.reference}/"
    begin = begin_url("dialogue", "draft_question", topic=house.topic.reference)
    assert begin.replace("&", "&amp;") in page(luca, topic) and begin not in page(Client(), topic)
    given = {"addressee": "participants", "kind": "information", "text": TEXT, "language": "en"}
    assert post(luca, begin, capacity="nobody", **given).status_code == 422
    assert post(luca, begin, capacity="committee:political", **given).status_code == 302
    question = Question.objects.get()
    assert anna.get(matter_url(question)).status_code == 404 and "humanitarian visas" in page(
        luca, matter_url(question)
    )
    assert post(luca, f"{matter_url(question)}table_question/", seen=question.version).status_code == 302
    for anybody in (Client(), house.cast.client("nadia")):
        assert anybody.get(f"/questions/{question.reference}/").status_code == 404
        assert "humanitarian visas" not in page(anybody, "/questions/") + page(anybody, topic)
    question.refresh_from_db()
    assert post(anna, f"{matter_url(question)}admit_question/", seen=question.version).status_code == 302
    for prefix in LANGUAGES:
        shown = page(Client(), f"{prefix}/questions/{question.reference}/")
        assert 'lang="en"' in shown and "<em>issue</em> humanitarian visas" in shown
        assert question.reference in page(Client(), f"{prefix}{topic}")
        assert question.reference in page(Client(), f"{prefix}/committees/political/questions/?state=owed")


def test_what_is_not_released_stands_on_no_public_page(house: House) -> None:
    question = house.assigned()
    actions.draft_answer(question, house.actor("nadia"), text="Канарейка в черновике.", language="ru")
    late = house.answered()
    actions.ask_review(late, house.actor("luca"), reasons="A canary in the reasons.", language="en")
    returned = house.tabled(text="A canary in a question.")
    actions.return_question(
        returned, house.actor("anna"), reason="form", text="A canary in return.", language="en"
    )
    outsiders = (Client(), house.cast.client("ilse"))
    for client in outsiders:
        for row in (question, late):
            shown = page(client, f"/questions/{row.reference}/")
            shown += page(client, matter_url(row)) if client is outsiders[1] else ""
            assert "анарейка" not in shown and "canary" not in shown
        assert "canary" not in page(client, "/questions/") + page(client, f"/topics/{house.topic.reference}/")
        assert client.get(f"/questions/{returned.reference}/").status_code == 404
    assert outsiders[1].get(matter_url(returned)).status_code == 404
    writers = "Who writes the answer"
    assert writers not in page(outsiders[1], matter_url(question)), "nobody is pressed before it is released"
    assert writers in page(outsiders[1], matter_url(late))
    shown = page(house.cast.client("oleg"), matter_url(question))
    assert "Канарейка" in shown and writers in shown
    assert "canary in the reasons" in page(house.cast.client("jonas"), matter_url(late))
    assert "canary in return" in page(house.cast.client("luca"), matter_url(returned))
    assert sources.texts_of(returned.reference, house.actor("ilse")) == ()
    assert [row.part for row in sources.texts_of(late.reference, house.actor("ilse"))] == [
        "question",
        "answer1",
    ]
    for url in (f"/questions/{late.reference}/", f"/topics/{house.topic.reference}/", "/questions/"):
        with CaptureQueriesContext(connection) as asked:
            page(Client(), url)
        aside = [each for each in asked.captured_queries if "texts_moderation" in each["sql"]]
        assert len(aside) == 1, "which texts are set aside is asked once, not for every text"
    writing = begin_url("dialogue", "draft_question", topic=house.topic.reference)
    assert f"/questions/{late.reference}/" in page(house.cast.client("luca"), writing)


def test_a_withheld_name_stands_nowhere(house: House) -> None:
    Mandate.objects.filter(pk=house.seats[0].pk).update(name_withheld=True)
    house.seats[0].refresh_from_db()
    question = house.answered("nadia")
    other = house.answered()
    name = house.seats[0].shown_name
    urls = ["/questions/", f"/questions/{question.reference}/", f"/questions/{other.reference}/"]
    for client, more in (
        (Client(), []),
        (house.cast.client("luca"), [matter_url(question), "/dialogue/desk/"]),
    ):
        for url in [*urls, f"/topics/{house.topic.reference}/", *more]:
            assert name not in page(client, url) and "Yeryomkina" not in page(client, url)
    assert "a participant whose name is withheld" in page(Client(), urls[1])


def test_the_reckoning_is_shown_with_its_reasons(house: House) -> None:
    question = house.admitted()
    actions.stop_clock(question, house.actor("anna"), reasons="The archive is closed.", language="en")
    assert "The clock stands from" in page(Client(), f"/questions/{question.reference}/")
    with clock.set_to(NOON + timedelta(days=2)):
        actions.resume_clock(question, house.actor("anna"))
        actions.extend_time(question, house.actor("anna"), days=3, reasons="Trois bureaux.", language="fr")
        shown = page(Client(), f"/questions/{question.reference}/")
        for words in (
            "The archive is closed.",
            '<span lang="fr">Trois bureaux.</span>',
            "3 working days more",
            "13 working days",
        ):
            assert words in shown, words
    with clock.set_to(NOON + timedelta(days=60)):
        assert "It is overdue" in page(Client(), f"/questions/{question.reference}/")
        assert question.reference in page(Client(), "/questions/?state=overdue")
        assert question.reference in page(house.cast.client("anna"), reverse("home"))
        assert question.reference not in page(Client(), "/questions/?state=answered")


def test_an_answer_is_written_signed_released_and_corrected_at_the_desk(house: House) -> None:
    question = house.admitted("nadia")
    luca, henri = house.cast.client("luca"), house.cast.client("henri")
    act = matter_url(question) + "{}/"

    def send(client: Any, name: str, **fields: Any) -> None:
        question.refresh_from_db()
        answer = post(client, act.format(name), seen=question.version, **fields)
        assert answer.status_code == 302, (name, answer.context and answer.context["form"].errors)

    send(luca, "assign_answer", authors=[house.cast.henri.reference])
    assert house.cast.client("katia").get(act.format("draft_answer")).status_code == 404
    send(henri, "draft_answer", text="Nous vérifions.", language="fr")
    assert "Nous vérifions." in page(luca, act.format("sign_off"))
    send(luca, "sign_off")
    send(luca, "release_answer")
    send(
        henri,
        "correct_answer",
        part="answer1",
        text="Nous vérifierons.",
        language="fr",
        ground="Le temps.",
        ground_language="fr",
    )
    shown = page(Client(), f"/questions/{question.reference}/")
    assert "Nous vérifions." in shown and "Nous vérifierons." in shown and "Le temps." in shown
    send(house.cast.client("nadia"), "follow_up", kind="position", text="А потом?", language="ru")
    following = Question.objects.get(follows__question=question)
    assert following.state == QuestionState.DRAFTED
    assert "followed up" not in page(Client(), f"/questions/{question.reference}/")


def test_a_topic_is_opened_mended_and_its_answers_released_at_the_desk(house: House) -> None:
    anna = house.cast.client("anna")
    names = {"name_en": "Letters", "name_fr": "Lettres", "name_ru": "Письма"}
    assert post(anna, begin_url("dialogue", "open_topic"), **names).status_code == 302
    topic = Topic.objects.get(name_en="Letters")
    assert (
        post(
            anna, f"{matter_url(topic)}correct_topic/", seen=topic.version, **{**names, "name_ru": "Письмо"}
        ).status_code
        == 302
    )
    for prefix, name in (("", "Letters"), ("/fr", "Lettres"), ("/ru", "Письмо")):
        assert name in page(Client(), f"{prefix}/topics/") and name in page(
            Client(), f"{prefix}/topics/{topic.reference}/"
        )
    one, other = house.signed(), house.signed()
    url = f"{matter_url(house.topic)}release_answers/"
    house.topic.refresh_from_db()
    assert post(anna, url, seen=house.topic.version).status_code == 422
    assert (
        post(anna, url, seen=house.topic.version, questions=[one.reference, other.reference]).status_code
        == 302
    )
    assert set(Question.objects.values_list("state", flat=True)) == {QuestionState.ANSWERED}


def test_an_exchange_is_read_by_two_and_a_refused_message_is_kept(house: House) -> None:
    luca, nadia = house.cast.client("luca"), house.cast.client("nadia")
    assert post(luca, begin_url("dialogue", "invite"), whom=house.seats[0].reference).status_code == 302
    exchange = Exchange.objects.get()
    write = reverse("dialogue-write", args=[exchange.reference])
    assert post(luca, write, text="Слишком рано.", language="ru").status_code == 422
    begin = f"{matter_url(exchange)}begin_exchange/"
    assert "Написанное читаете только вы двое" in page(nadia, f"/ru{begin}"), (
        "who accepts is told who reads, too"
    )
    assert post(nadia, begin, seen=exchange.version).status_code == 302
    assert post(nadia, write, text="Здравствуйте.", language="ru").status_code == 302
    assert "Здравствуйте." in page(luca, matter_url(exchange))
    for other in ("anna", "greta", "henri"):
        client = house.cast.client(other)
        for url in (matter_url(exchange), write, f"{matter_url(exchange)}end_exchange/"):
            assert client.get(url).status_code in (404, 405)
        assert post(client, write, text="x", language="ru").status_code == 404
        assert exchange.reference not in page(client, "/dialogue/desk/")
    exchange.refresh_from_db()
    assert post(luca, f"{matter_url(exchange)}end_exchange/", seen=exchange.version).status_code == 302
    refused = post(nadia, write, text="Вы ещё здесь?", language="ru")
    assert refused.status_code == 422 and "Вы ещё здесь?" in refused.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "/topics/TOPC-NONE/",
        "/questions/QUES-NONE/",
        "/committees/none/questions/",
        "/exchanges/EXCH-NONE/write/",
    ],
)
def test_what_is_not_there_is_not_found(house: House, url: str) -> None:
    assert Client().get(url).status_code in (404, 405)
    assert house.cast.client("anna").post(url).status_code in (404, 405)


def test_the_desk_is_for_those_who_have_a_part(house: House) -> None:
    assert house.cast.client("quiet").get("/dialogue/desk/").status_code == 404
    assert Client().get("/dialogue/desk/").status_code == 302
    for prefix in LANGUAGES:
        assert house.topic.reference in page(Client(), f"{prefix}/topics/{house.topic.reference}/")
        assert "/questions/" in page(Client(), f"{prefix}/dialogue/")
