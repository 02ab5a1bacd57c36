"""Enrolments: one code, once, for one person, and never over an account that somebody uses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hemicycle.people import accounts, actions, phrases, queries
from hemicycle.people.models import Enrolment, Person
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, FOUNDER
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests.cast import Cast

from ..putting import put
from . import codes
from .apps import give_app


def ask(cast: Cast, key: str = "quiet", by: str = "anna") -> Enrolment:
    enrolment = Enrolment(person=cast.persons[key])
    actions.ask_enrolment(enrolment, cast.actor(by), half=phrases.half())
    return enrolment


def issue(cast: Cast, key: str = "quiet") -> tuple[Enrolment, str]:
    enrolment = Enrolment(person=cast.persons[key])
    return enrolment, codes.issue(cast, enrolment)


def opened_by(typed: str) -> str | None:
    """Where `/enrol/` leads who types this."""
    return Client().post("/enrol/", {"code": typed}).get("Location")


def test_an_enrolment_makes_a_person_and_keeps_no_code(cast: Cast) -> None:
    enrolment = Enrolment()
    code = codes.issue(cast, enrolment, name="Ольга Вымышлева", language="ru")
    person = Enrolment.objects.get(pk=enrolment.pk).person
    assert (person.name, person.language, person.reads) == ("Ольга Вымышлева", "ru", ["ru"])
    kept = str(Enrolment.objects.filter(pk=enrolment.pk).values())
    for entry in Entry.objects.filter(matter=enrolment.reference):
        kept += str(entry.facts)
    first, second = code[:9], code[10:]
    assert "Ольга" not in kept
    assert not any(words in kept for half in (first, second) for words in (half, half.replace("-", "")))


def test_a_half_alone_opens_nothing_and_both_open_in_any_order(cast: Cast) -> None:
    first, second = phrases.half(), phrases.half()
    enrolment = Enrolment(person=cast.quiet)
    actions.ask_enrolment(enrolment, cast.actor("anna"), half=first)
    for typed in (first, first + first, first + second):
        assert opened_by(typed) is None, "before the second clerk"
    actions.issue_enrolment(enrolment, cast.actor("bruno"), half=second)
    for typed in (
        first,
        second,
        first + first,
        second + second,
        first + phrases.half(),
        phrases.half() + second,
    ):
        assert opened_by(typed) is None
    for typed in (first + second, f"{second}-{first}", f" {first.lower()} {second.replace('-', ' ')}"):
        assert opened_by(typed) == "/enrol/passkey/"


def test_once_both_halves_are_made_nothing_that_is_kept_knows_the_first(cast: Cast) -> None:
    """So that the second clerk, with a copy of everything, cannot try halves one after the other."""
    enrolment = ask(cast)
    before = enrolment.code_digest
    actions.issue_enrolment(enrolment, cast.actor("bruno"), half=phrases.half())
    assert before not in str(Enrolment.objects.values())


def test_the_clerk_of_the_first_half_never_learns_the_second(cast: Cast) -> None:
    enrolment = ask(cast)
    with pytest.raises(SamePerson):
        actions.issue_enrolment(enrolment, cast.actor("anna"), half=phrases.half())
    for key in ("greta", "luca"):
        with pytest.raises(NotEmpowered):
            actions.issue_enrolment(enrolment, cast.actor(key), half=phrases.half())
    enrolment.refresh_from_db()
    assert (enrolment.state, Entry.objects.filter(matter=enrolment.reference).count()) == ("asked", 1)


def test_no_clerk_makes_a_whole_code(cast: Cast) -> None:
    with pytest.raises(NotEmpowered):
        actions.found_enrolment(Enrolment(person=cast.quiet), cast.actor("anna"), code=phrases.code())
    with pytest.raises(OutOfOrder):
        actions.issue_enrolment(Enrolment(person=cast.quiet), cast.actor("anna"), half=phrases.half())
    assert not Enrolment.objects.exists()


def test_a_first_half_that_nobody_completes_lapses(cast: Cast) -> None:
    enrolment = ask(cast)
    with clock.set_to(enrolment.expires_at):
        with pytest.raises(OutOfOrder):
            actions.issue_enrolment(enrolment, cast.actor("bruno"), half=phrases.half())
        assert actions.tick() == 1
    enrolment.refresh_from_db()
    assert enrolment.state == "expired"


def test_the_time_of_a_code_begins_with_its_second_half(cast: Cast) -> None:
    enrolment = ask(cast)
    with clock.set_to(clock.now() + timedelta(hours=70)):
        actions.issue_enrolment(enrolment, cast.actor("bruno"), half=phrases.half())
        assert enrolment.expires_at == clock.now() + timedelta(hours=72)


def test_who_came_in_meanwhile_gets_no_second_half(cast: Cast) -> None:
    enrolment = ask(cast, "luca")
    give_app(cast.luca)
    with pytest.raises(Unmet) as refusal:
        actions.issue_enrolment(enrolment, cast.actor("bruno"), half=phrases.half())
    assert refusal.value.findings[0].article == "people.ask_recovery"
    actions.revoke_enrolment(enrolment, cast.actor("anna"))
    assert enrolment.state == "revoked"


def test_an_enrolment_needs_a_name(cast: Cast) -> None:
    before = Person.objects.count()
    with pytest.raises(Unmet):
        actions.ask_enrolment(Enrolment(), cast.actor("anna"), half=phrases.half(), name="  ")
    assert Person.objects.count() == before


def test_the_founding_act_enrols_the_first_clerks(cast: Cast) -> None:
    enrolment, code = Enrolment(person=cast.quiet), phrases.code()
    actions.found_enrolment(enrolment, FOUNDER, code=code)
    assert enrolment.state == "issued"
    assert opened_by(code) == "/enrol/passkey/"


def test_no_clerk_takes_over_an_account_with_a_code(cast: Cast) -> None:
    give_app(cast.greta)
    with pytest.raises(Unmet) as refusal:
        issue(cast, "greta")
    assert refusal.value.findings[0].article == "people.ask_recovery"
    with pytest.raises(NotEmpowered):
        ask(cast, "luca", by="clara")
    with pytest.raises((Unmet, NotEmpowered)):
        ask(cast, "anna", by="anna")
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
        ask(cast)
    with clock.set_to(first.expires_at):
        second, _ = issue(cast)  # what has expired is over, and is written down
    assert Enrolment.objects.get(pk=first.pk).state == "expired"
    actions.revoke_enrolment(second, cast.actor("bruno"))
    half = ask(cast)
    with pytest.raises(Unmet):
        ask(cast, by="bruno")
    actions.revoke_enrolment(half, cast.actor("bruno"))
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
