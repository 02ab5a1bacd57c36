"""Calls and candidacies for tests, made by the real acts. `settings.DEMONSTRATION` must be true to open a call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from hemicycle.assembly.models import Session
from hemicycle.assembly.procedure import SessionState
from hemicycle.candidacy import actions, answers, queries
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.people import queries as people
from hemicycle.people.models import Custodian, Person
from hemicycle.record import clock, references
from hemicycle.record.models import Entry

from ..cast import Cast
from ..laying import laid
from . import sealing

OPEN_DAYS = 30


def session() -> Session:
    """A planned session that stands for one drawn up long ago; acts on sessions have tests of their own."""
    found = Session.objects.filter(name="2027").first()
    return found or Session.objects.create(
        name="2027", opens_on=date(2027, 1, 25), closes_on=date(2028, 1, 23), state=SessionState.PLANNED,
        reference=references.new("SESS"), created_at=clock.now(), version=1,
    )  # fmt: skip


@laid
def call(cast: Cast, opens_at: datetime | None = None, days: int = OPEN_DAYS) -> Call:
    """A call that is open now, a custodian of its evidence, and two people with a receipt phrase."""
    if not Custodian.objects.exists():
        sealing.custodian(cast)
        sealing.give_phrase(cast.nadia)
        sealing.give_phrase(cast.oleg)
    start = opens_at or clock.now()
    made = Call(
        session=session(), opens_at=start, closes_at=start + timedelta(days=days),
        text_en="Candidates are called.", text_fr="Appel à candidatures.", text_ru="Объявляется приём кандидатур.",
    )  # fmt: skip
    actions.open_call(made, cast.actor("anna"))
    return made


@laid
def draft(call: Call, person: Person) -> Candidacy:
    made = Candidacy(call=call, person=person)
    actions.start(made, people.actor(person), notice_read=True)
    return made


def whole(candidacy: Candidacy, **changes: Any) -> dict[str, dict[str, Any]]:
    """Values for every part, complete; `changes` replaces parts (colons written as two underscores)."""
    person = candidacy.person
    charter = queries.charter_of(candidacy.call)
    parts: dict[str, dict[str, Any]] = {
        "names": {
            "name": person.name, "latin_name": person.latin_name or "Quiet Rosa",
            "public_name": person.public_name or "Quiet Rosa", "gender": "f", "language": person.language,
        },
        "people": {"people": "", "spoken_language": "", "region": "", "for_reserve": False, "reserve_confirmed": False},
        "residence": {"residence": "LT", "origin": ["civil_society", "journalism"]},
        "declaration": {"is_own_act": True},
    }  # fmt: skip
    for part in answers.parts(charter):
        if part.startswith("criterion:"):
            parts[part] = {
                "statement": "I said so in public.", "language": "en", "since": date(2022, 2, 24), "declared": True,
            }  # fmt: skip
        elif part.startswith("bar:"):
            parts[part] = {"answer": "no"}
    parts.update({name.replace("__", ":"): values for name, values in changes.items()})
    return parts


@laid
def written(call: Call, person: Person, **changes: Any) -> Candidacy:
    """A draft in which nothing is missing."""
    made = draft(call, person)
    by = people.actor(person)
    actions.save(made, by, parts=whole(made, **changes))
    for criterion in queries.charter_of(call).criteria:
        if criterion.asked and criterion.needs_evidence:
            actions.add_evidence(
                made, by, criterion=criterion.key, title="An article", language="en",
                link=f"https://example.org/{criterion.key}",
            )  # fmt: skip
    return made


@laid
def submitted(call: Call, person: Person, **changes: Any) -> Candidacy:
    made = written(call, person, **changes)
    actions.submit(made, people.actor(person))
    return made


@laid
def admissible(call: Call, person: Person, cast: Cast, **changes: Any) -> Candidacy:
    made = submitted(call, person, **changes)
    declare_admissible(made, cast)
    return made


def declare_admissible(made: Candidacy, cast: Cast) -> None:
    """By two clerks: anna looks first."""
    actions.propose_admissible(made, cast.actor("anna"))
    actions.declare_admissible(made, cast.actor("bruno"))


@laid
def inadmissible(call: Call, cast: Cast, person: Person) -> Candidacy:
    made = submitted(call, person)
    actions.propose_inadmissible(
        made, cast.actor("anna"), ground="not_own_act", reasons="Sent by an employer.", language="en"
    )
    actions.confirm_inadmissible(made, cast.actor("bruno"))
    return made


def later(days: float) -> Any:
    return clock.set_to(clock.now() + timedelta(days=days))


@contextmanager
def nothing_changes(*matters: Any) -> Iterator[None]:
    """The refused act left no entry, no state, no version."""
    before = Entry.objects.count(), [(m.state, m.version) for m in matters]
    yield
    for matter in matters:
        matter.refresh_from_db()
    assert (Entry.objects.count(), [(m.state, m.version) for m in matters]) == before


def refused(error: type[Exception], act: Callable[[], Any], *matters: Any) -> Exception:
    with nothing_changes(*matters), pytest.raises(error) as caught:
        act()
    return caught.value
