"""The names of the glossary: entered by the Secretariat, in three languages, found in a text in any case, warned of and never forced."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from hemicycle.rules.charter import LANGUAGES
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.texts import actions, names, queries, wording
from hemicycle.texts.models import Kind, Term
from hemicycle.texts.procedure import TermState

from ..cast import Cast
from .making import NOTES, Shelf, ministers, text

NAMES = {"en": "Committee", "fr": "Commission", "ru": "Комитет"}


def test_a_name_is_entered_changed_and_taken_back(cast: Cast) -> None:
    row = ministers(cast)
    assert list(queries.glossary()) == [row] and row.name_in("ru") == "Комитет министров"
    given: dict[str, Any] = {"kind": "institution", "names": {**NAMES, "en": "The Committee"}, **NOTES}
    actions.change_term(row, cast.actor("bruno"), **given)
    assert row.name_en == "The Committee" and row.state == TermState.ENTERED
    actions.take_back_term(row, cast.actor("anna"))
    assert not queries.glossary().exists()
    with pytest.raises(OutOfOrder):
        actions.change_term(row, cast.actor("anna"), **given)
    ministers(cast)  # and may be entered anew


def test_a_name_without_a_language_of_an_unknown_kind_twice_or_by_a_delegate_is_refused(cast: Cast) -> None:
    for given in ({"names": {**NAMES, "ru": " "}}, {"kind": "animal"}):
        with pytest.raises(Unmet):
            actions.enter_term(
                Term(), cast.actor("anna"), **{"kind": "institution", "names": NAMES, **NOTES, **given}
            )
    with pytest.raises(NotEmpowered):
        actions.enter_term(Term(), cast.actor("luca"), kind="institution", names=NAMES, **NOTES)
    assert not Term.objects.exists()
    ministers(cast)
    with pytest.raises(ValidationError):
        ministers(cast)
    assert Term.objects.count() == 1


def test_names_that_the_software_brings_are_whole_and_are_entered_by_nobody(cast: Cast) -> None:
    assert not Term.objects.exists() and len(names.not_entered()) == len(names.proposed()) > 4
    for one in names.proposed():
        assert one.kind in Kind.values and all(one.names[code] for code in LANGUAGES), one.key
        assert one.kind != Kind.PEOPLE, "peoples are asked how they are called"
    ministers(cast)
    assert "committee-of-ministers" not in {one.key for one in names.not_entered()}


@pytest.mark.parametrize(
    ("name", "words", "language", "stands"),
    [
        ("Комитет министров", "Обращение к Комитету министров было в мае.", "ru", True),
        ("Комитет министров", "Комитетом Министров не отвечено", "ru", True),
        ("Комитет министров", "Комитет просил министров", "ru", False),
        ("Совет Европы", "в Совете Европы", "ru", True),
        ("Совет Европы", "Советский Союз и Европа", "ru", False),
        ("indigenous peoples", "Indigenous people’s rights", "en", False),
        ("indigenous peoples", "of INDIGENOUS\nPEOPLES’ rights", "en", True),
        ("Conseil de l’Europe", "le Conseil de l'Europe", "fr", True),
        ("Conseil de l’Europe", "le Conseil européen", "fr", False),
        ("...", "anything ...", "en", False),
    ],
)
def test_a_name_is_found_in_any_case_and_nothing_else_is(
    name: str, words: str, language: str, stands: bool
) -> None:
    assert wording.occurs(name, words, language) is stands


def test_a_translation_without_a_name_is_warned_of_and_with_it_is_not(cast: Cast, shelf: Shelf) -> None:
    ministers(cast)
    of = shelf.put(text(cast))
    assert [term.name_en for term in names.standing_in(of)] == ["Committee of Ministers"]
    assert names.missing(of, "Кабинет спросили в мае.", "ru") == ["Комитет министров"]
    assert names.missing(of, "Комитет министров спросили в мае.", "ru") == []


def test_a_long_text_is_searched_in_linear_time() -> None:
    began = time.perf_counter()
    assert not wording.occurs("Committee of Ministers", "Committee of " * 8000, "en")
    assert time.perf_counter() - began < 1
