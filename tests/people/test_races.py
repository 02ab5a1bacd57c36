"""Two at one instant: one code lets one in; two offices that exclude each other are not granted at once."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction

from hemicycle.people import accounts, actions, queries
from hemicycle.people.models import Enrolment, Holding
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import OutOfOrder
from tests.cast import found
from tests.conftest import NOON, at_once

from .apps import give_app
from .codes import issue


@pytest.mark.usefixtures("own_database", "noon")
def test_of_two_who_use_one_code_at_once_one_is_in() -> None:
    cast = found()
    enrolment = Enrolment(person=cast.quiet)
    issue(cast, enrolment)

    def use() -> str:
        mine = Enrolment.objects.get(pk=enrolment.pk)
        with transaction.atomic():
            actions.enrol(mine, queries.bearer(mine.person), way="phrase")
            give_app(mine.person)
            accounts.new_phrases(mine.person)
        return "in"

    results = at_once(use, use, use)
    assert results.count("in") == 1
    assert sum(isinstance(r, OutOfOrder) for r in results) == 2
    assert Entry.objects.filter(matter=enrolment.reference, act="enrol").count() == 1
    assert Authenticator.objects.filter(user=cast.quiet).count() == 1


@pytest.mark.usefixtures("own_database", "noon")
def test_money_and_assessment_are_not_granted_at_one_instant() -> None:
    cast = found()

    def propose(office: str, clerk: str) -> str:
        holding = Holding(person=cast.quiet, office=office, held_from=clock.now())
        actions.grant(holding, queries.actor(cast.persons[clerk]))
        return office

    results = at_once(lambda: propose("treasurer", "anna"), lambda: propose("assessor", "bruno"))
    assert sum(isinstance(r, Unmet) for r in results) == 1
    with clock.set_to(NOON):
        assert Holding.objects.filter(person=cast.quiet).count() == 1


@pytest.mark.usefixtures("own_database", "noon")
def test_two_who_lock_at_one_instant_lock_once() -> None:
    found()
    begun = accounts.begin("ru")
    results = at_once(lambda: accounts.lock_by(begun.phrase), lambda: accounts.lock_by(begun.lock_phrase))
    assert results == [True, True]
    assert Entry.objects.filter(matter=begun.account.reference, act="lock").count() == 1
