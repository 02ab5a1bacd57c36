"""What is laid again is what was made; and where it is not known how a test came to where it stands, nothing is laid."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from hemicycle.people.models import Person
from hemicycle.record import clock

from .. import laying
from ..cast import Cast
from ..composition.making import make_round
from ..conftest import NOON
from ..laying import laid, way
from ..mandates.making import seated


class Undone(Exception):
    pass


def files() -> dict[str, bytes]:
    folders = [Path(getattr(settings, name)) for name in laying.FOLDERS]
    every = [each for folder in folders for each in sorted(folder.rglob("*")) if each.is_file()]
    return {str(each.relative_to(folders[0].parent)): each.read_bytes() for each in every}


def in_force(cast: Cast) -> tuple[Any, ...]:
    """Everything that a composition in force leaves: rows, files, what is given back and what was given."""
    found = make_round(cast)
    list_ = seated(found)
    given = [(row.state, row.version, row.person.name) for row in found.rows]
    return laying.everything(), files(), list_.reference, list_.state, list_.session is found.session, given


def undone(what: Callable[[], Any]) -> Any:
    with suppress(Undone), transaction.atomic():
        made = what()
        raise Undone
    return made


def test_what_is_laid_is_what_was_made(cast: Cast) -> None:
    steps = way.steps
    first, known = undone(lambda: in_force(cast)), len(way.kept)
    assert way.steps is None, "what was undone is not taken for done"
    way.steps = steps
    for name in laying.FOLDERS:
        shutil.rmtree(getattr(settings, name), ignore_errors=True)
    second = undone(lambda: in_force(cast))
    assert len(way.kept) == known, "nothing was made the second time"
    assert first == second and len(first[1]) > 2


calls: list[str] = []


@laid
def renamed(person: Person, name: str) -> Person:
    calls.append(name)
    person.name = name
    person.save()
    return person


def test_it_is_made_anew_where_anything_is_not_as_it_was(cast: Cast) -> None:
    def called(person: Person, name: str) -> bool:
        before = len(calls)
        assert undone(lambda: renamed(person, name)) is person and person.name == name
        way.steps = steps
        return len(calls) > before

    steps, person = way.steps, cast.luca
    was = person.name
    assert called(person, "One")
    person.name = was
    assert not called(person, "One")
    person.name = was
    assert called(person, "Two"), "another word"
    assert called(person, "One"), "a person who is called otherwise"
    person.name = was
    with clock.set_to(NOON.replace(hour=13)):
        assert called(person, "One"), "another time"
    person.name = was
    Person.objects.filter(pk=cast.nadia.pk).update(language="fr")
    assert way.steps is None, "something else was written"
    steps = None
    assert called(person, "One")


def test_nothing_is_laid_where_something_is_put_in_the_place_of_something(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert way.steps is None
