"""Additions to the succession list, for their tests: one act after the other."""

from __future__ import annotations

import pytest

from hemicycle.candidacy.models import Candidacy
from hemicycle.composition import actions, queries
from hemicycle.composition.models import Addition, List
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.vetting.models import Examination
from hemicycle.voting.models import Vote

from . import making
from .making import Round


def read_again(row: Candidacy, **given: object) -> None:
    Examination.objects.filter(candidacy=row).update(**given)


def is_late(row: Candidacy) -> None:
    """The opinion on this person came now, whatever the list did before."""
    read_again(row, concluded_at=clock.now())


def proposed(found: Round, list_: List, name: str = "Yana", *, for_reserve: bool = False) -> Addition:
    addition = Addition(list=list_)
    actions.propose_addition(addition, found.by("greta"), candidacy=found.of(name), for_reserve=for_reserve)
    return addition


def released(found: Round, list_: List, name: str = "Yana", *, for_reserve: bool = False) -> Addition:
    addition = proposed(found, list_, name, for_reserve=for_reserve)
    actions.release_addition(addition, found.by("anna"))
    return addition


def voted(found: Round, addition: Addition, choice: str = "for") -> Vote:
    actions.call_addition_vote(addition, found.by("bruno"))
    vote = queries.addition_votes(addition).get(state="called")
    return making.decide(found, vote, {"henri": choice, "ilse": choice})


def added(found: Round, list_: List, name: str = "Yana", *, for_reserve: bool = False) -> Addition:
    addition = released(found, list_, name, for_reserve=for_reserve)
    voted(found, addition)
    actions.add_successor(addition, found.by("anna"))
    return addition


def not_proposed(found: Round, list_: List, match: str, row: Candidacy, *, for_reserve: bool = False) -> None:
    before = Entry.objects.count()
    with pytest.raises(Unmet, match=match):
        actions.propose_addition(
            Addition(list=list_), found.by("greta"), candidacy=row, for_reserve=for_reserve
        )
    assert (Entry.objects.count(), Addition.objects.count()) == (before, 0)


def tie(found: Round, key: str) -> None:
    """A member of the cast has an interest in Yana."""
    subject = found.of("Yana").person.reference
    declared = Interest(subject=subject, kind="family", text="A cousin.", language="en")
    integrity.declare(declared, found.by(key))


def order(list_: List, for_reserve: bool) -> list[str]:
    rows = list_.successors.filter(for_reserve=for_reserve).order_by("rank")
    return [row.candidacy.person.name.split()[0] for row in rows]
