"""Who acts. The record knows no person model; a room makes an `Actor` from whoever is at its door."""

from __future__ import annotations

from dataclasses import dataclass, field

from hemicycle.rules.procedure import Office


@dataclass(frozen=True)
class Actor:
    """A person with the offices held now, or the clock, or the public.

    `person` is the key of the person's row, null for the clock and the public. `offices` are those held for a time;
    offices given by a matter (candidate, voter) are added by the room's `offices(actor, matter)`.
    """

    reference: str
    person: int | None = None
    offices: frozenset[str] = field(default_factory=frozenset)
    languages: frozenset[str] = field(default_factory=frozenset)

    def holds(self, *offices: str) -> bool:
        return bool(self.offices.intersection(offices))

    @property
    def is_clock(self) -> bool:
        return Office.CLOCK in self.offices


CLOCK = Actor("CLOCK", None, frozenset({Office.CLOCK}))
PUBLIC = Actor("PUBLIC", None, frozenset({Office.ANYONE}))
FOUNDER = Actor("FOUNDER", None, frozenset({Office.FOUNDER}))
