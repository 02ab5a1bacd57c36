"""No page of the house asks the database more questions because more stands on it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemicycle.people.models import Person
from hemicycle.record import clock, references
from hemicycle.record.models import Matter
from hemicycle.web.desk import desks

from ..cast import Cast
from . import scenes
from .scenes import SCENES
from .test_leaks import addresses

FEW, MANY = 3, 30
PAGES = [
    path
    for path, _ in addresses()
    if "<" not in path
    and path.endswith("/")
    and not path.startswith(("sign-", "second-", "enrol/", "account/", "lock"))
]
READERS = ("anna", "greta", "nadia")
FEW_FOR_EVER = {"Call"}  # one or two calls are open at a time; each page reads the law of each


def copy_of(row: Matter) -> Matter:
    """The same matter again, about somebody else where it is about a person."""
    made = type(row)._default_manager.get(pk=row.pk)
    for field in made._meta.concrete_fields:
        getattr(made, field.attname)  # what is sealed opens in its own row only
    made.pk, made._state.adding = None, True
    made.reference = references.new(row.PREFIX)
    for field in made._meta.concrete_fields:
        if field.related_model is Person and field.name == "person":
            other = Person.objects.create_person(
                name=f"Copied {uuid.uuid4().hex[:6]}",
                public_name="Copied",
                created_at=clock.now(),
                language="en",
            )
            setattr(made, field.attname, other.pk)
        elif isinstance(field, models.CharField) and field.unique and field.name != "reference":
            setattr(made, field.attname, uuid.uuid4().hex[: min(field.max_length or 32, 32)])
        elif isinstance(field, models.CharField) and field.name in ("name", "code"):
            setattr(made, field.attname, uuid.uuid4().hex[:8])
    return made


def grow(rooms: frozenset[str], number: int) -> dict[str, int]:
    """Copies of what the scene has in these rooms, as far as the database lets them stand side by side."""
    grown: dict[str, int] = {}
    for desk in desks.values():
        if desk.table.room not in rooms or desk.model.__name__ in FEW_FOR_EVER:
            continue
        for row in list(desk.model._default_manager.order_by("pk"))[:4]:
            for _ in range(number):
                try:
                    with transaction.atomic():
                        copy_of(row).save()
                except IntegrityError:
                    break
                grown[desk.model.__name__] = grown.get(desk.model.__name__, 0) + 1
    return grown


def questions(client: Client, path: str) -> list[str] | None:
    """What the page asked, or nothing where it is refused: then nothing stands on it."""
    reset_queries()  # the list of a whole walk is longer than Django keeps
    with CaptureQueriesContext(connection) as asked:
        response = client.get("/" + path)
    assert response.status_code < 500, path
    refused = response.status_code in (403, 404)
    return None if refused else [q["sql"] for q in asked.captured_queries]


ALIKE = (
    scenes.list_asked,
    scenes.list_released,
    scenes.list_approved,
    scenes.list_ratified,
    scenes.latecomers,
    scenes.additions,
)
# Scenes that can stand in one house: all pages are read twice for each line, and not for each scene.
TOGETHER: tuple[tuple[Callable[[Cast], None], ...], ...] = (
    (scenes.offices, scenes.treasury, scenes.consultations),
    (scenes.host,),
    (scenes.votes, scenes.questions),
    (scenes.texts_and_speech,),
    (scenes.exchanges,),
    (scenes.said_together,),
    (scenes.candidates,),
    (scenes.examinations,),
    (scenes.proposals,),
    (scenes.list_drafted,),
    (scenes.lists_of_names,),
    (scenes.cases,),
)


def test_every_scene_is_read_or_like_another_that_is() -> None:
    assert sorted(s.__name__ for s in SCENES) == sorted(s.__name__ for s in sum(TOGETHER, ALIKE))


@pytest.mark.parametrize("together", TOGETHER, ids=lambda them: "-".join(each.__name__ for each in them))
def test_a_page_asks_as_many_questions_with_thirty_rows_as_with_three(
    together: tuple[Callable[[Cast], None], ...], cast: Cast, open_house: None
) -> None:
    for scene in together:
        scene(cast)
    rooms = frozenset().union(*(SCENES[scene] for scene in together))
    grow(rooms, FEW)
    clients = {key: cast.client(key) for key in READERS}
    few: dict[Any, list[str]] = {}
    for key, client in clients.items():
        for path in PAGES:
            if (asked := questions(client, path)) is not None:
                few[key, path] = asked
    grown = grow(rooms, MANY - FEW)
    assert grown, "nothing could be copied"
    faults = []
    for (key, path), before in few.items():
        after = questions(clients[key], path)
        assert after is not None, f"{path} is refused to {key} because more stands on it"
        more = 3  # a pager, an empty part that now is one
        if path == "desk/":
            more += 3 * grown.get(
                "Case", 0
            )  # each running case is asked for itself; there is one at most for a seat
        if len(after) > len(before) + more:
            most = max(set(after), key=lambda sql, a=after: sum(s[:60] == sql[:60] for s in a))
            faults.append(f"{path} as {key}: {len(before)} -> {len(after)}: {most[:160]}")
    assert not faults, "\n".join(faults)
