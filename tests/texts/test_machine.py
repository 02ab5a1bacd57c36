"""No text goes to a machine unless an operator has set a provider up, a clerk asks, and everybody reads the text already."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django_tasks_db.models import DBTaskResult

from hemicycle.record import clock
from hemicycle.record.actors import PUBLIC
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered
from hemicycle.texts import actions, machine, queries
from hemicycle.texts.actions.translations import let_machine_write
from hemicycle.texts.models import Translation
from hemicycle.texts.procedure import TranslationState as S

from ..cast import Cast
from .making import FRENCH, Shelf, aside, text


class Invented:
    """A provider of this test: it keeps what it was sent, and answers or fails."""

    name = "Invented Ltd, Nowhere"
    sent: ClassVar[list[tuple[str, str, str]]] = []
    answer: ClassVar[str | None] = FRENCH

    def translate(self, text: str, source: str, target: str) -> str:
        self.sent.append((text, source, target))
        if self.answer is None:
            raise TimeoutError("Nadia’s text did not go through")
        return self.answer


@pytest.fixture
def provider(settings: Any) -> type[Invented]:
    settings.TRANSLATION_PROVIDER = f"{__name__}.Invented"
    Invented.sent, Invented.answer = [], FRENCH
    return Invented


def asked(cast: Cast, of: Any, by: str = "anna") -> Translation:
    row = Translation()
    actions.aim(row, of)
    actions.ask_machine(row, cast.actor(by), language="fr")
    return row


def test_by_default_no_machine_is_there_and_none_can_be_asked(cast: Cast, shelf: Shelf) -> None:
    assert machine.provider() is None
    with pytest.raises(Unmet, match="No machine"):
        asked(cast, shelf.put(text(cast)))
    assert not Translation.objects.exists()


def test_what_a_machine_wrote_is_marked_and_read_by_nobody_until_two_people_had_it(
    cast: Cast, shelf: Shelf, provider: type[Invented], django_capture_on_commit_callbacks: Any
) -> None:
    of = shelf.put(text(cast))
    with django_capture_on_commit_callbacks(execute=True):
        row = asked(cast, of)
    assert DBTaskResult.objects.count() == 1 and not provider.sent, "the worker does it, not the request"
    assert of.body not in str(DBTaskResult.objects.values("args_kwargs"))
    let_machine_write(row.reference)
    row.refresh_from_db()
    assert (row.state, row.text, row.made_by) == (S.MACHINE, FRENCH, "machine")
    assert provider.sent == [(of.body, "en", "fr")]
    assert queries.beside(of, PUBLIC) == queries.beside(of, cast.actor("nadia")) == []
    actions.translate(row, cast.actor("anna"), text=FRENCH + " Revu.")
    assert (row.state, row.was_machine, row.made_by) == (S.DRAFT, True, "secretariat")
    actions.review_translation(row, cast.actor("bruno"))
    assert queries.beside(of, PUBLIC) == [row]


def test_a_text_that_is_not_released_or_is_set_aside_is_sent_nowhere(
    cast: Cast, shelf: Shelf, provider: type[Invented]
) -> None:
    with pytest.raises(Unmet, match="everybody reads"):
        asked(cast, shelf.put(text(cast), released=False))
    of = shelf.put(text(cast))
    aside(cast, of)
    with pytest.raises(Unmet, match="everybody reads"):
        asked(cast, of)
    assert not provider.sent and not Translation.objects.exists()


def test_a_text_that_was_taken_back_meanwhile_is_sent_nowhere(
    cast: Cast, shelf: Shelf, provider: type[Invented]
) -> None:
    row = asked(cast, shelf.put(text(cast)))
    shelf.released.clear()
    let_machine_write(row.reference)
    row.refresh_from_db()
    assert row.state == S.WITHDRAWN and not provider.sent


@pytest.mark.parametrize("answer", [None, "  "])
def test_a_machine_that_fails_leaves_nothing_and_none_of_its_words(
    cast: Cast, shelf: Shelf, provider: type[Invented], answer: str | None
) -> None:
    provider.answer = answer
    row = asked(cast, shelf.put(text(cast)))
    let_machine_write(row.reference)
    let_machine_write(row.reference)  # the task may come twice
    row.refresh_from_db()
    assert (row.state, row.text) == (S.WITHDRAWN, "") and len(provider.sent) == 1


def test_only_the_secretariat_asks_and_a_silent_machine_is_given_up(
    cast: Cast, shelf: Shelf, provider: type[Invented]
) -> None:
    of = shelf.put(text(cast))
    for who in ("nadia", "luca"):
        with pytest.raises(NotEmpowered):
            asked(cast, of, by=who)
    row = asked(cast, of)
    with pytest.raises(Unmet, match="already"):
        asked(cast, of, by="bruno")
    with clock.set_to(clock.now() + timedelta(hours=2)):
        actions.tick()
    row.refresh_from_db()
    assert row.state == S.WITHDRAWN
