"""Enrolments: one code, once, for one person, and never over an account that somebody uses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.people import accounts, actions, phrases, queries
from hemicycle.people.models import Enrolment, Person
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, FOUNDER
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests.cast import Cast

from ..putting import put
from .apps import give_app


def issue(cast: Cast, key: str = "quiet", by: str = "anna") -> tuple[Enrolment, str]:
    code = phrases.code()
    enrolment = Enrolment(person=cast.persons[key])
    actions.issue_enrolment(enrolment, cast.actor(by), code=code)
    return enrolment, code


def test_an_enrolment_makes_a_person_and_keeps_no_code(cast: Cast) -> None:
    code, enrolment = phrases.code(), Enrolment()
    actions.issue_enrolment(enrolment, cast.actor("anna"), code=code, name="Ольга Вымышлева", language="ru")
    person = Enrolment.objects.get(pk=enrolment.pk).person
    assert (person.name, person.language, person.reads) == ("Ольга Вымышлева", "ru", ["ru"])
    assert code.replace("-", "") not in str(Enrolment.objects.filter(pk=enrolment.pk).values())
    entry = Entry.objects.get(matter=enrolment.reference)
    assert "Ольга" not in str(entry.facts) and code not in str(entry.facts)


def test_an_enrolment_needs_a_name(cast: Cast) -> None:
    before = Person.objects.count()
    with pytest.raises(Unmet):
        actions.issue_enrolment(Enrolment(), cast.actor("anna"), code=phrases.code(), name="  ")
    assert Person.objects.count() == before


def test_the_founding_act_enrols_the_first_clerks(cast: Cast) -> None:
    enrolment = Enrolment()
    actions.issue_enrolment(enrolment, FOUNDER, code=phrases.code(), name="Erste Beispiel")
    assert enrolment.state == "issued"


def test_no_clerk_takes_over_an_account_with_a_code(cast: Cast) -> None:
    give_app(cast.greta)
    with pytest.raises(Unmet) as refusal:
        issue(cast, "greta")
    assert refusal.value.findings[0].article == "people.ask_recovery"
    with pytest.raises(NotEmpowered):
        issue(cast, "luca", by="clara")
    with pytest.raises((Unmet, NotEmpowered)):
        issue(cast, "anna", by="anna")
    assert not Enrolment.objects.exists()


def test_no_clerk_takes_over_the_account_of_somebody_who_comes_in_by_mail(cast: Cast) -> None:
    actions.change_address(accounts.of(cast.luca), cast.actor("luca"), email="luca@example.org")
    actions.change_address(accounts.of(cast.katia), cast.actor("katia"), email="katia@example.org")
    for key in ("luca", "katia"):  # a delegate, and an office that also asks for a second factor
        cast.persons[key].refresh_from_db()
        with pytest.raises(Unmet) as refusal:
            issue(cast, key)
        assert refusal.value.findings[0].article == "people.ask_recovery"
    assert not Enrolment.objects.exists()


def test_an_address_that_opens_nothing_yet_does_not_hinder_a_first_enrolment(cast: Cast) -> None:
    for key in ("jonas", "henri", "clara"):
        put(Person.objects.filter(pk=cast.persons[key].pk), email=f"{key}@example.org")
        issue(cast, key)
    # Who came in by mail as a delegate and now holds an office of the Bureau comes in by mail no more.
    actions.change_address(accounts.of(cast.ilse), cast.actor("ilse"), email="ilse@example.org")
    issue(cast, "ilse")
    assert Enrolment.objects.filter(state="issued").count() == 4


def test_only_one_code_is_out_for_a_person(cast: Cast) -> None:
    first, _ = issue(cast)
    with pytest.raises(Unmet):
        issue(cast)
    with clock.set_to(first.expires_at):
        second, _ = issue(cast)  # what has expired is over, and is written down
    assert Enrolment.objects.get(pk=first.pk).state == "expired"
    actions.revoke_enrolment(second, cast.actor("bruno"))
    third, _ = issue(cast)
    assert third.state == "issued"


def test_a_code_is_used_once_and_only_by_its_person(cast: Cast) -> None:
    enrolment, _ = issue(cast)
    with pytest.raises(NotEmpowered):
        actions.enrol(enrolment, queries.bearer(cast.luca), way="passkey")
    with pytest.raises(NotEmpowered):
        actions.enrol(enrolment, cast.actor("anna"), way="passkey")
    actions.enrol(enrolment, queries.bearer(cast.quiet), way="passkey")
    with pytest.raises(OutOfOrder):
        actions.enrol(enrolment, queries.bearer(cast.quiet), way="passkey")


def test_a_code_expires_by_itself(cast: Cast) -> None:
    enrolment, _ = issue(cast)
    with pytest.raises(Unmet):
        actions.expire_enrolment(enrolment, CLOCK)
    assert enrolment.expires_at == clock.now() + timedelta(hours=72)
    with clock.set_to(enrolment.expires_at):
        with pytest.raises(OutOfOrder):
            actions.enrol(enrolment, queries.bearer(cast.quiet), way="passkey")
        assert actions.tick() == 1
        assert actions.tick() == 0
