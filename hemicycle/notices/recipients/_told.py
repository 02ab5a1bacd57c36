"""What a row on telling says, and what several rooms ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from hemicycle.assembly import queries as assembly
from hemicycle.assembly.models import Body, Capacity
from hemicycle.dialogue import sides
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import Office

from ..models import Kind

Who = Callable[[Entry], Iterable[int | None]]


def matter(entry: Entry) -> str:
    return entry.matter


@dataclass(frozen=True)
class Told:
    """One act, told to some people with one sentence; `about`: the reference to which the letter leads.

    `while_unread`: whether it is told again while a letter of the same kind about the same matter is not read yet.
    `to_actor`: whether somebody is told of an own act too.
    """

    room: str
    act: str
    kind: Kind
    who: Who
    about: Callable[[Entry], str] = matter
    while_unread: bool = True
    to_actor: bool = True

    def persons(self, entry: Entry) -> set[int]:
        """The keys of those who are told of an entry."""
        found = {person for person in self.who(entry) if person is not None}
        if found and not self.to_actor:
            found -= set(Person.objects.filter(reference=entry.actor).values_list("pk", flat=True))
        return found


#: A row of the dialogue: nobody is told of an own act.
Row = partial(Told, to_actor=False)


def clerks(entry: Entry) -> Iterable[int]:
    return people.holders(Office.SECRETARIAT).values_list("pk", flat=True)


def those_who_sit() -> Iterable[int | None]:
    """Whoever may act as a participant now. Who is suspended is not asked to act, and told only of what is his or hers."""
    return [row.person_id for row in sides.participants()]


def chair_of(committee: Body | None) -> Iterable[int | None]:
    if committee is None:
        return ()
    seats = assembly.seats_at(clock.now()).filter(body=committee, capacity=Capacity.COMMITTEE_CHAIR)
    return seats.values_list("person_id", flat=True)
