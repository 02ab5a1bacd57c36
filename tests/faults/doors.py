"""The doors of a house at work: every page of every act, and what a blow against it leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, reverse

from hemicycle.integrity.models import FileOpening
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import acts, clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Entry, Matter, Opening
from hemicycle.record.models.log import Leaf
from hemicycle.rules.procedure import NEW, Office, Refused
from hemicycle.web.desk import Desk, desks

from ..cast import Cast, sign_in

assert get_resolver().url_patterns  # every room's urls.py registers its desks when it is read

# What a form answers; 413 where it is too big to be read, 400 where it is no form at all.
CLEAR = {200, 302, 400, 403, 404, 405, 409, 413, 422}
REFUSALS = {400, 403, 404, 405, 409, 413, 422}
TRACED = {"nothing", "as anyone"}
TRACES = (FileOpening, Entry, Opening, Leaf)  # of openings on the way; entries are counted


@dataclass(frozen=True)
class Door:
    """The page of one act, on one matter or on a matter to begin."""

    bound: acts.BoundAct[Any, Any]
    url: str
    matter: Matter
    desk: Desk

    @property
    def name(self) -> str:
        return f"{self.bound.table.room}.{self.bound.step.act}"

    def lets_in(self, actor: Actor) -> bool:
        if self.matter.pk is None:
            return actor.holds(*self.bound.step.offices)
        try:
            acts.decide(self.bound, self.matter, actor)
        except Refused:
            return False
        return self.desk.visible(actor).filter(pk=self.matter.pk).exists()


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back, so that each blow falls on the same house."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def entries() -> int:
    """Entries but those of sealed files that were opened on the way: that a file was opened stays, whatever came of it."""
    return Entry.objects.exclude(act__in=("open_file", "reopen_file", "note_opening")).count()


def rows() -> dict[str, Any]:
    """Everything that acts can change, as the database has it: each row of each table of the house, but the traces of
    openings. What is sealed stays sealed, and a thing that was only sealed anew has changed too."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model.__module__.startswith("hemicycle.") and model._meta.managed and model not in TRACES:
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                found[model._meta.label] = sorted(map(repr, cursor.fetchall()))
    return found


class House:
    """One scene with everybody at its doors."""

    def __init__(self, cast: Cast, scene: Callable[[Cast], None]) -> None:
        self.cast = cast
        scene(cast)
        self.persons = dict(cast.persons)
        for person in Person.objects.exclude(pk__in=[p.pk for p in cast.persons.values()]).order_by("pk")[:8]:
            self.persons[person.reference] = person
        for person in self.persons.values():
            person.refresh_from_db()  # an office that rests has ended the sessions of before
        self.actors = {key: people.actor(person) for key, person in self.persons.items()}
        self.clients: dict[str, Client] = {}
        self.faults: list[str] = []
        self.opened: set[tuple[str, str]] = set()

    def client(self, key: str) -> Client:
        if key not in self.clients:
            self.clients[key] = Client() if key == "anonymous" else sign_in(self.persons[key])
            self.clients[key].raise_request_exception = False
        return self.clients[key]

    def open(self, door: Door, key: str) -> None:
        """The person opens the file of the matter, if it has one, and not anew for every blow."""
        if door.matter.pk is not None and (key, door.matter.reference) not in self.opened:
            self.opened.add((key, door.matter.reference))
            self.client(key).get(reverse("matter", args=[door.matter.reference]))

    def able(self, door: Door) -> Iterator[str]:
        return (key for key in self.persons if door.lets_in(self.actors[key]))

    def doors(self, rooms: frozenset[str]) -> Iterator[Door]:
        for desk in desks.values():
            if desk.table.room not in rooms:
                continue
            latest: dict[str, Matter] = {m.state: m for m in desk.model._default_manager.order_by("pk")}
            for step in desk.table.steps:
                bound = acts.registry[desk.table.room, step.act]
                if step.inner or set(step.offices) <= {Office.CLOCK, Office.FOUNDER}:
                    continue
                fitting = (m for m in latest.values() if m.standing(clock.now()) in step.sources)
                for matter in [m for m in [next(fitting, None)] if m is not None]:
                    yield Door(bound, reverse("act", args=[matter.reference, step.act]), matter, desk)
                if NEW in step.sources and desk.blank is not None:
                    yield Door(bound, reverse("begin", args=[desk.table.room, step.act]), desk.model(), desk)

    def send(self, door: Door, key: str, what: str, method: str = "post", **data: Any) -> Any:
        """One blow, undone; notes a fault where the answer is none of the clear ones, or where a refusal left a
        trace."""
        client = self.client(key)  # signed in before: a session must outlive the blow
        cookies = client.cookies.copy()
        with undone():
            before = entries(), rows() if what in TRACED else None
            response = getattr(client, method)(door.url, **data)
            name = f"{door.name} as {key}, {what}: "
            if response.status_code not in CLEAR:
                error = getattr(response, "exc_info", None)
                self.faults.append(
                    name + f"{response.status_code} {error[1]!r}" if error else f"{response.status_code}"
                )
            elif response.status_code in REFUSALS and entries() != before[0]:
                self.faults.append(name + "refused, and yet there is an entry")
            elif response.status_code in REFUSALS and before[1] is not None and rows() != before[1]:
                self.faults.append(name + "refused, and yet a row has changed")
            if key != "anonymous" and not data.get("follow") and "sign-in" in response.get("Location", ""):
                self.faults.append(name + "sent away to sign in")
        client.cookies = cookies  # what the blow did is undone, in the browser too
        return response
