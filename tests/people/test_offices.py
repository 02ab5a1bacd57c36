"""Offices, enrolments, recoveries: each act once done and once refused, with nothing changed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hemicycle.people import accounts, actions, queries
from hemicycle.people.models import Holding
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, FOUNDER
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests.cast import Cast


def propose(cast: Cast, key: str, office: str, **fields: datetime) -> Holding:
    fields.setdefault("held_from", clock.now())
    return Holding(person=cast.persons[key], office=office, **fields)


def granted(cast: Cast, key: str, office: str) -> Holding:
    holding = propose(cast, key, office)
    actions.grant(holding, cast.actor("anna"))
    actions.confirm_grant(holding, cast.actor("bruno"))
    return holding


# Offices


def test_an_office_is_held_once_a_second_clerk_granted_it(cast: Cast) -> None:
    holding = propose(cast, "quiet", "assessor")
    actions.grant(holding, cast.actor("anna"))
    assert "assessor" not in cast.actor("quiet").offices
    actions.confirm_grant(holding, cast.actor("bruno"))
    assert "assessor" in cast.actor("quiet").offices
    assert list(queries.holders("assessor").filter(pk=cast.quiet.pk)) == [cast.quiet]


def test_one_clerk_does_not_do_both_halves(cast: Cast) -> None:
    holding = propose(cast, "quiet", "assessor")
    actions.grant(holding, cast.actor("anna"))
    with pytest.raises(SamePerson):
        actions.confirm_grant(holding, cast.actor("anna"))
    holding.refresh_from_db()
    assert holding.state == "proposed"


def test_nobody_grants_himself_or_herself_an_office(cast: Cast) -> None:
    with pytest.raises(NotEmpowered):
        actions.grant(propose(cast, "anna", "general_rapporteur"), cast.actor("anna"))
    with pytest.raises(Unmet):  # as the page does it: the person is known only inside the act
        actions.grant(Holding(held_from=clock.now()), cast.actor("anna"), person=cast.anna, office="assessor")
    holding = propose(cast, "anna", "general_rapporteur")
    actions.grant(holding, cast.actor("bruno"))
    with pytest.raises(NotEmpowered):
        actions.confirm_grant(holding, cast.actor("anna"))


@pytest.mark.parametrize("key", ["clara", "greta", "nadia"])
def test_only_the_secretariat_proposes_offices(cast: Cast, key: str) -> None:
    with pytest.raises(NotEmpowered):
        actions.grant(propose(cast, "quiet", "assessor"), cast.actor(key))
    assert not Holding.objects.filter(person=cast.quiet).exists()


@pytest.mark.parametrize(
    ("key", "office"),
    [("clara", "treasurer"), ("marta", "assessor"), ("henri", "assessor"), ("clara", "bureau_member")],
)
def test_offices_that_exclude_each_other_are_never_held_together(cast: Cast, key: str, office: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Unmet) as refusal:
        actions.grant(propose(cast, key, office), cast.actor("anna"))
    assert refusal.value.findings[0].article == "people.grant"
    assert Entry.objects.count() == before


def test_who_handles_money_may_not_assess_even_if_both_were_only_proposed(cast: Cast) -> None:
    actions.grant(propose(cast, "quiet", "treasurer"), cast.actor("anna"))
    with pytest.raises(Unmet):
        actions.grant(propose(cast, "quiet", "assessor"), cast.actor("bruno"))


def test_offices_that_exclude_each_other_may_follow_each_other(cast: Cast) -> None:
    until = clock.now() + timedelta(days=30)
    actions.grant(propose(cast, "quiet", "treasurer", held_until=until), cast.actor("anna"))
    actions.grant(propose(cast, "quiet", "assessor", held_from=until), cast.actor("anna"))


@pytest.mark.parametrize("office", ["candidate", "voter", "clock", "founder", "no_such_office"])
def test_what_is_not_granted_cannot_be_granted(cast: Cast, office: str) -> None:
    with pytest.raises(Unmet):
        actions.grant(propose(cast, "quiet", office), cast.actor("anna"))


def test_an_office_ends_with_its_term_even_if_the_clock_never_ran(cast: Cast) -> None:
    holding = granted(cast, "quiet", "assessor")
    assert holding.held_until == clock.now().replace(year=clock.now().year + 2)  # 24 months, charter
    with clock.set_to(holding.held_until):
        assert "assessor" not in cast.actor("quiet").offices
        assert holding.standing(clock.now()) == "ended"
        assert actions.tick() >= 1
        holding.refresh_from_db()
        assert holding.state == "ended"
        assert actions.tick() == 0


def test_an_office_granted_for_later_is_not_held_before(cast: Cast) -> None:
    begins = clock.now() + timedelta(days=10)
    holding = propose(cast, "quiet", "assessor", held_from=begins)
    actions.grant(holding, cast.actor("anna"))
    actions.confirm_grant(holding, cast.actor("bruno"))
    assert "assessor" not in cast.actor("quiet").offices
    with clock.set_to(begins):
        assert "assessor" in cast.actor("quiet").offices


def test_nobody_held_an_office_before_it_was_granted(cast: Cast) -> None:
    proposed_at = clock.now()
    holding = propose(cast, "quiet", "assessor")
    actions.grant(holding, cast.actor("anna"))
    with clock.set_to(proposed_at + timedelta(days=3)):
        actions.confirm_grant(holding, cast.actor("bruno"))
        assert holding.held_from == clock.now()


def test_an_office_can_be_refused_rested_and_ended(cast: Cast) -> None:
    refused = propose(cast, "quiet", "assessor")
    actions.grant(refused, cast.actor("anna"))
    actions.refuse_grant(refused, cast.actor("bruno"), reasons="No longer needed")
    assert refused.state == "refused"
    held = granted(cast, "quiet", "reviewer")
    actions.rest(held, cast.actor("anna"))
    assert "reviewer" not in cast.actor("quiet").offices
    actions.end_holding(held, cast.actor("anna"))
    assert held.state == "ended"
    with pytest.raises(OutOfOrder):
        actions.end_holding(held, cast.actor("anna"))


def test_the_clock_ends_nothing_before_its_time(cast: Cast) -> None:
    holding = granted(cast, "quiet", "assessor")
    with pytest.raises(Unmet):
        actions.end_holding(holding, CLOCK)
    assert Holding.objects.get(pk=holding.pk).state == "held"


def test_an_office_granted_for_later_is_withdrawn_before_it_begins(cast: Cast) -> None:
    begins = clock.now() + timedelta(days=30)
    holding = propose(cast, "quiet", "assessor", held_from=begins)
    actions.grant(holding, cast.actor("anna"))
    actions.confirm_grant(holding, cast.actor("bruno"))
    with pytest.raises(NotEmpowered):
        actions.end_holding(holding, cast.actor("quiet"))
    assert Holding.objects.get(pk=holding.pk).state == "held"
    until = holding.held_until
    actions.end_holding(holding, cast.actor("anna"))
    assert (holding.state, holding.held_from, holding.held_until) == ("ended", begins, until)
    assert "(ended)" in cast.client("quiet").get("/account/").content.decode()
    with clock.set_to(begins):
        assert not cast.actor("quiet").holds("assessor")
        assert actions.tick() == 0
    granted(cast, "quiet", "assessor")  # the place is free again


def test_the_founding_act_gives_the_first_offices(cast: Cast) -> None:
    holding = propose(cast, "quiet", "secretariat")
    actions.found_holding(holding, FOUNDER)
    assert cast.actor("quiet").holds("secretariat")
    with pytest.raises(NotEmpowered):
        actions.found_holding(propose(cast, "luca", "secretariat"), cast.actor("anna"))


# Enrolment


# Recovery


# Names and languages


def test_a_person_changes_names_and_languages_and_the_entry_holds_no_name(cast: Cast) -> None:
    account = accounts.of(cast.nadia)
    actions.change_person(
        account, cast.actor("nadia"), name="Надия Ерёмкина", latin_name="Nadiia Eremkina", gender="f",
        language="fr", reads=["fr", "ru"],
    )  # fmt: skip
    cast.nadia.refresh_from_db()
    assert (cast.nadia.latin_name, cast.nadia.language, cast.nadia.reads) == (
        "Nadiia Eremkina",
        "fr",
        ["fr", "ru"],
    )
    facts = str(Entry.objects.get(act="change_person").facts)
    assert "Eremkina" not in facts and "hmac-sha256" in facts


def test_nobody_changes_the_names_of_another(cast: Cast) -> None:
    account = accounts.of(cast.nadia)
    for key in ("anna", "oleg"):
        with pytest.raises(NotEmpowered):
            actions.give_public_name(account, cast.actor(key), public_name="X")
    cast.nadia.refresh_from_db()
    assert cast.nadia.public_name == "Nadiya Yeryomkina"


def test_an_address_opens_one_account_only(cast: Cast) -> None:
    actions.change_address(accounts.of(cast.nadia), cast.actor("nadia"), email="n@example.org")
    with pytest.raises(Unmet):
        actions.change_address(accounts.of(cast.oleg), cast.actor("oleg"), email="N@example.org")
    actions.change_address(accounts.of(cast.nadia), cast.actor("nadia"), email=None)
    cast.nadia.refresh_from_db()
    assert cast.nadia.email is None
