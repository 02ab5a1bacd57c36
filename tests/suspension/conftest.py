"""A sitting composition with nobody suspended, and one allegation to start from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from hemicycle.mandates import actions as mandates
from hemicycle.mandates import queries as seats
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.suspension import actions
from hemicycle.suspension.models import Case

from ..cast import Cast
from ..charters import amended
from ..composition.making import Round, announced, make_round
from ..laying import laid


@dataclass
class Sitting:
    """`by` gives an actor of the cast; `participant` is the person concerned."""

    found: Round
    mandate: Mandate

    def by(self, key: str) -> Actor:
        return self.found.by(key)

    @property
    def participant(self) -> Actor:
        return people.actor(self.mandate.person)

    def alleged(self, by: str = "katia") -> Case:
        case = Case(
            mandate=self.mandate, criterion="neo_imperial", allegation="Said it on 3 May.", language="en"
        )
        case.criterion = next(iter(c.key for c in charter_criteria()))
        actions.allege(case, self.by(by))
        return case

    def notified(self) -> Case:
        case = self.alleged()
        actions.notify(case, self.by("anna"), substance="Said it on 3 May.", language="en")
        return case

    def replied(self) -> Case:
        case = self.notified()
        actions.reply(case, self.participant, text="I said the contrary.", language="en", helped=True)
        return case

    def found_prima_facie(self) -> Case:
        case = self.replied()
        actions.find_prima_facie(
            case, self.by("jonas"), reasons="The recording and the reply differ.", language="en"
        )
        return case

    def suspended(self) -> Case:
        case = self.found_prima_facie()
        actions.suspend(case, self.by("greta"))
        return case

    def under_review(self) -> Case:
        case = self.suspended()
        actions.review(case, self.by("anna"), reviewer=self.found.cast.farid)
        return case


def amend(**values: str) -> None:
    """A version of the charter in force in which keys of its section on suspension have other values (TOML)."""
    amended("suspension", since=clock.now() - timedelta(seconds=1), **values)


def charter_criteria():  # type: ignore[no-untyped-def]
    from hemicycle.record import law

    return law.in_force().criteria


@laid
def seated(cast: Cast) -> Sitting:
    found = make_round(cast)
    list_ = announced(found)
    mandates.begin_all(list_, found.by("anna"))
    return Sitting(found, seats.in_force()[0])


@pytest.fixture
def sitting(cast: Cast) -> Sitting:
    return seated(cast)


@pytest.fixture
def russian(sitting: Sitting) -> Sitting:
    """The participant concerned reads Russian; every allegation of `sitting` is written in English."""
    person = sitting.mandate.person
    type(person).objects.filter(pk=person.pk).update(language="ru")
    sitting.mandate.person.refresh_from_db()
    return sitting
