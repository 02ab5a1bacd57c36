"""People who sit, without the round that brought them there: rows as a finished round leaves them, for the rooms of the
dialogue. What those rounds do is tested where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hemicycle.assembly.models import Body, BodySeat, Capacity, Session
from hemicycle.assembly.procedure import BodyState, SessionState
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.candidacy.procedure import CallState, CandidacyState
from hemicycle.composition.models import List
from hemicycle.composition.procedure import ListState
from hemicycle.mandates.models import Mandate
from hemicycle.mandates.procedure import MandateState
from hemicycle.people.models import Person
from hemicycle.record import clock, law, references

from .cast import Cast
from .laying import laid

NAMES = ("Ayna Toreva", "Boris Kelmin", "Chimit Olzo", "Daria Venskaya", "Erdem Sakhal", "Faina Lugova", "Gleb Ortin",
         "Hava Mestoeva", "Ivan Pelym", "Janna Utkova", "Kirill Somov", "Lyra Emdina", "Mila Tarkhova", "Nail Bashir",
         "Olga Renn")  # fmt: skip


@laid
def participants(
    cast: Cast, count: int = 15, *, keys: Sequence[str] = ("nadia", "oleg", "pavel")
) -> list[Mandate]:
    """A list in force with `count` people who sit: those of the cast named by `keys` first, then invented others."""
    now = clock.now()
    opens = date(now.year, 1, 18)
    charter = law.in_force().reference
    session = Session.objects.create(
        reference=references.new("SESS"), state=SessionState.OPEN, created_at=now, name=f"{now.year}", opens_on=opens,
        closes_on=date(now.year + 1, 1, 16), charter=charter,
    )  # fmt: skip
    begun = session.opens_at
    call = Call.objects.create(
        reference=references.new("CALL"), state=CallState.CLOSED, created_at=begun - timedelta(days=90), session=session,
        opens_at=begun - timedelta(days=90), closes_at=begun - timedelta(days=40), charter=charter,
    )  # fmt: skip
    list_ = List.objects.create(
        reference=references.new("LIST"), state=ListState.ANNOUNCED, created_at=begun - timedelta(days=20),
        session=session, call=call, charter=charter, proposer=cast.greta, proposed_at=begun - timedelta(days=10),
        released_at=begun - timedelta(days=9), approved_at=begun, ratified_at=begun, announced_at=begun,
        effective_at=begun,
    )  # fmt: skip
    persons = [cast.persons[key] for key in keys]
    for name in NAMES[: count - len(persons)]:
        person = Person.objects.create_person(name=name, public_name=name, language="en", created_at=begun)
        persons.append(person)
    return [_seat(list_, call, number, person) for number, person in enumerate(persons[:count], start=1)]


def _seat(list_: List, call: Call, number: int, person: Person) -> Mandate:
    begun = list_.session.opens_at
    candidacy = Candidacy.objects.create(
        reference=references.new("CAND"), state=CandidacyState.ADMISSIBLE, created_at=begun, call=call, person=person,
        submitted_at=begun,
    )  # fmt: skip
    return Mandate.objects.create(
        reference=references.new("MAND"), state=MandateState.SITTING, created_at=begun, list=list_, seat_number=number,
        person=person, candidacy=candidacy, reserved=number > 10, from_day=list_.session.opens_on,
        until_day=list_.session.closes_on, begun_at=begun, shown_name=person.public_name or person.shown_name,
    )  # fmt: skip


def suspend(mandate: Mandate, *, days: int = 30) -> None:
    """As a suspension leaves a participation, from now on."""
    now = clock.now()
    rows = Mandate.objects.filter(pk=mandate.pk)
    rows.update(
        state=MandateState.SUSPENDED,
        suspended_at=now,
        suspended_until=now + timedelta(days=days),
        case="SUSP-TEST",
    )
    mandate.refresh_from_db()


def end(mandate: Mandate) -> None:
    """As somebody who renounces leaves a participation, from now on."""
    Mandate.objects.filter(pk=mandate.pk).update(
        state=MandateState.ENDED, ended_at=clock.now(), ended_ground="renounced"
    )
    mandate.refresh_from_db()


@laid
def committee(
    code: str = "political", *, chair: Person | None = None, members: Sequence[Person] = ()
) -> Body:
    """A committee of the assembly with its chair and members."""
    now = clock.now()
    name = law.in_force().committees[0].names[-1].name
    body, _made = Body.objects.get_or_create(
        code=code,
        defaults={
            "reference": references.new("BODY"), "state": BodyState.STANDING, "created_at": now, "kind": "committee",
            "name_en": name.en, "name_fr": name.fr, "name_ru": name.ru,
        },
    )  # fmt: skip
    seats = [(chair, Capacity.COMMITTEE_CHAIR)] if chair else []
    for person, capacity in [*seats, *((each, Capacity.MEMBER) for each in members)]:
        BodySeat.objects.create(
            body=body,
            person=person,
            name=person.shown_name,
            capacity=capacity,
            held_from=now - timedelta(days=30),
        )
    return body
