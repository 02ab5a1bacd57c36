"""The stage: who is who, what has come about so far, and the day on which something happens."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone

from hemicycle.assembly.models import Session
from hemicycle.candidacy.models import Call, Candidacy, CounterStatement, Slate
from hemicycle.composition.models import List
from hemicycle.dialogue.models import Topic
from hemicycle.integrity.models import Contact
from hemicycle.notices import actions as notices
from hemicycle.notices.management.commands.tick import ticks
from hemicycle.people import queries as people
from hemicycle.people.models import Person, Recovery
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.findings import Unmet
from hemicycle.suspension.models import Case
from hemicycle.vetting.models import AdversePoint, Objection
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote

DATA = Path(__file__).parent.parent / "data"
SEED = 2621


@lru_cache(maxsize=4)
def data(name: str) -> dict[str, Any]:
    """A file of the story, as it stands in `demonstration/data/`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


class Stage:
    """What the chapters hand on to one another. Days count from the day of loading: -58 is 58 days ago.

    Time runs forward only, so that the record reads like a record: a chapter says `at` an instant, and what other
    chapters have planned for an earlier one happens first.
    """

    session: Session
    next_session: Session
    call: Call
    next_call: Call
    failed: List
    list: List
    refusal: Unmet
    slate: Slate
    statement: CounterStatement
    objection: Objection
    recovery: Recovery
    case: Case
    point: AdversePoint

    def __init__(self) -> None:
        self.today = clock.today()
        self.random = Random(SEED)  # noqa: S311 - a story, no secret
        self.people: dict[str, Person] = {}
        self.candidacies: dict[str, Candidacy] = {}
        self.next_candidacies: dict[str, Candidacy] = {}
        self.votes: dict[str, Vote] = {}
        self.contacts: list[Contact] = []
        self.topics: dict[str, Topic] = {}
        self.now = self.instant(-10_000)
        self.order = count()
        self.planned: list[tuple[datetime, int, Callable[[], object]]] = []

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def instant(self, offset: int, hour: int = 10, minute: int = 0) -> datetime:
        """A time of day at the seat of the assembly."""
        return timezone.make_aware(datetime.combine(self.day(offset), time(hour, minute)))

    def plan(self, offset: int, hour: int, act: Callable[[], object], minute: int = 0) -> None:
        """Let `act` happen at that instant, whichever chapter is playing then."""
        self.planned.append((self.instant(offset, hour, minute), next(self.order), act))

    def play(self, until: datetime) -> Iterator[float]:
        """Do what is planned up to an instant, in order; yields how much of it is done."""
        due = sorted(row for row in self.planned if row[0] <= until)
        self.planned = [row for row in self.planned if row[0] > until]
        for index, (instant, _order, act) in enumerate(due, 1):
            with self._set_to(instant):
                act()
            yield index / len(due)

    @contextmanager
    def at(self, offset: int, hour: int = 10, minute: int = 0) -> Iterator[None]:
        """It is that instant; what happens then is told to those concerned."""
        instant = self.instant(offset, hour, minute)
        for _done in self.play(instant):
            pass
        with self._set_to(instant):
            yield

    @contextmanager
    def _set_to(self, instant: datetime) -> Iterator[None]:
        if instant < self.now:
            raise RuntimeError(f"the story goes back from {self.now} to {instant}")
        self.now = instant
        with clock.set_to(instant):
            yield
            notices.read_on()

    def go_round(self) -> None:
        """The clock goes round: every room writes down what time has brought."""
        for _room, tick in ticks():
            tick()

    def pass_time(self, offset: int, hour: int = 23) -> None:
        with self.at(offset, hour):
            self.go_round()

    def actor(self, key: str) -> Actor:
        """Somebody with the offices held at that instant."""
        return people.actor(self.people[key])

    def candidate(self, candidacy: Candidacy) -> Actor:
        return people.actor(candidacy.person)

    def pick(self, choices: Sequence[str]) -> str:
        return self.random.choice(choices)


def rows(part: str, table: str = "candidate") -> list[dict[str, Any]]:
    """The candidates to whom something happens, in the order of the file."""
    return [row for row in data("candidates")[table] if part in row["part"]]


def only(part: str, table: str = "candidate") -> str:
    """The key of the one candidate to whom something happens."""
    (row,) = rows(part, table)
    return str(row["key"])


def cast_ballots(stage: Stage, vote: Vote, choices: Sequence[str], *, sparing: Sequence[str] = ()) -> None:
    """Let those on the roll vote in its order, as far as the choices go; `sparing`: keys of people who do not."""
    spared = {stage.people[key].pk for key in sparing}
    may = [
        line.person
        for line in vote.roll.select_related("person")
        if line.person is not None
        and line.right == "always"
        and not line.is_out
        and line.person_id not in spared
    ]
    for person, choice in zip(may, choices, strict=False):
        voting.cast(vote, people.actor(person), choice=choice)
    vote.refresh_from_db()
