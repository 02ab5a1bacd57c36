"""Who has which new letter, by the keys of the cast."""

from __future__ import annotations

from collections.abc import Iterable

from hemicycle.mandates.models import Mandate
from hemicycle.notices import actions
from hemicycle.notices.models import Kind, Letter
from hemicycle.people.models import Person
from hemicycle.record.models import Matter

from ..cast import Cast, sign_in

CLERKS = {"anna", "bruno"}
MEMBERS = {"greta", "henri", "ilse", "katia", "luca"}


class Told:
    """The new letters since the last look: who has which kind, by the keys of the cast, or by the seat."""

    def __init__(self, cast: Cast, seats: Iterable[Mandate] = ()) -> None:
        self.names: dict[int | None, str] = {person.pk: key for key, person in cast.persons.items()}
        self.names |= {row.person_id: f"seat {number}" for number, row in enumerate(seats)}
        self.last = 0
        self.now()

    def now(self) -> dict[str, set[str]]:
        actions.read_on()
        rows = list(Letter.objects.filter(pk__gt=self.last).order_by("pk"))
        self.last = rows[-1].pk if rows else self.last
        found: dict[str, set[str]] = {}
        for row in rows:
            found.setdefault(row.kind, set()).add(self.names[row.person_id])
        return found


def opens(person: Person, about: Matter, kind: Kind) -> None:
    """Whoever is told reaches the matter from the letter."""
    letter = Letter.objects.filter(person=person, kind=kind, about=about.reference).latest("pk")
    assert sign_in(person).post(f"/desk/messages/{letter.pk}/", follow=True).status_code == 200
