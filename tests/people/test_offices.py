"""Offices, enrolments, recoveries: each act once done and once refused, with nothing changed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator

from hemicycle.people import accounts, actions, phrases, queries
from hemicycle.people.models import Enrolment, Holding, Person, Recovery
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, FOUNDER
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests.cast import Cast

from .apps import give_app


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
        Person.objects.filter(pk=cast.persons[key].pk).update(email=f"{key}@example.org")
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


# Recovery


def ask(cast: Cast, key: str = "greta") -> Recovery:
    recovery = Recovery(person=cast.persons[key])
    actions.ask_recovery(recovery, cast.actor("anna"), live_check="video")
    return recovery


def waiting(cast: Cast, key: str = "greta") -> Recovery:
    recovery = ask(cast, key)
    actions.confirm_recovery(recovery, cast.actor("bruno"), live_check="in_person")
    return recovery


def test_a_recovery_takes_two_clerks_a_live_check_and_a_waiting_time(cast: Cast) -> None:
    give_app(cast.greta)
    accounts.new_phrases(cast.greta)
    recovery = ask(cast)
    with pytest.raises(SamePerson):
        actions.confirm_recovery(recovery, cast.actor("anna"), live_check="video")
    actions.confirm_recovery(recovery, cast.actor("bruno"), live_check="in_person")
    with pytest.raises(Unmet):
        actions.complete_recovery(recovery, cast.actor("bruno"), code=phrases.code())
    assert queries.has_way_in(cast.greta) and cast.actor("greta").holds("president")
    assert recovery.wait_until is not None
    with clock.set_to(recovery.wait_until):
        actions.complete_recovery(recovery, cast.actor("bruno"), code=phrases.code())
        assert not queries.has_way_in(cast.greta)
        assert Authenticator.objects.filter(user=cast.greta).count() == 0
        assert cast.actor("greta").offices == {"anyone"}
        assert recovery.enrolment is not None and recovery.enrolment.state == "issued"


def test_offices_rest_after_a_recovery_until_somebody_else_grants_them_again(cast: Cast) -> None:
    recovery = waiting(cast, "clara")
    assert recovery.wait_until is not None
    with clock.set_to(recovery.wait_until):
        actions.complete_recovery(recovery, cast.actor("bruno"), code=phrases.code())
        holding = Holding.objects.get(person=cast.clara)
        assert holding.state == "resting"
        with pytest.raises(SamePerson):
            actions.confirm_grant(holding, cast.actor("bruno"))
        actions.confirm_grant(holding, cast.actor("anna"))
        assert cast.actor("clara").holds("assessor")


def test_an_office_granted_for_later_rests_after_a_recovery_too(cast: Cast) -> None:
    begins = clock.now() + timedelta(days=60)
    holding = propose(cast, "luca", "assessor", held_from=begins)
    Holding.objects.filter(person=cast.luca).delete()
    actions.grant(holding, cast.actor("anna"))
    actions.confirm_grant(holding, cast.actor("bruno"))
    until = holding.held_until
    recovery = waiting(cast, "luca")
    assert recovery.wait_until is not None and holding.standing(recovery.wait_until) == "granted_later"
    with clock.set_to(recovery.wait_until):
        actions.complete_recovery(recovery, cast.actor("anna"), code=phrases.code())
        holding.refresh_from_db()
        assert (recovery.state, holding.state, holding.held_from) == ("completed", "resting", begins)
    with clock.set_to(begins):
        assert not cast.actor("luca").holds("assessor")
    with clock.set_to(recovery.wait_until):
        with pytest.raises(SamePerson):
            actions.confirm_grant(holding, cast.actor("anna"))
        actions.confirm_grant(holding, cast.actor("bruno"))
        assert not cast.actor("luca").holds("assessor")
    assert (holding.held_from, holding.held_until) == (begins, until)
    with clock.set_to(begins):
        assert cast.actor("luca").holds("assessor")


def test_a_recovery_ends_codes_by_mail(cast: Cast) -> None:
    actions.change_address(accounts.of(cast.luca), cast.actor("luca"), email="luca@example.org")
    recovery = waiting(cast, "luca")
    assert recovery.wait_until is not None
    with clock.set_to(recovery.wait_until):
        actions.complete_recovery(recovery, cast.actor("bruno"), code=phrases.code())
    cast.luca.refresh_from_db()
    assert (cast.luca.email, cast.luca.mail_code) == ("luca@example.org", False)
    assert not queries.may_use_mail_code(cast.luca) and not queries.has_way_in(cast.luca)


def test_the_person_refuses_a_recovery_that_was_not_asked_for(cast: Cast) -> None:
    recovery = waiting(cast)
    with pytest.raises(NotEmpowered):
        actions.refuse_recovery(recovery, cast.actor("henri"))
    actions.refuse_recovery(recovery, cast.actor("greta"))
    assert recovery.wait_until is not None
    with clock.set_to(recovery.wait_until), pytest.raises(OutOfOrder):
        actions.complete_recovery(recovery, cast.actor("bruno"), code=phrases.code())


def test_a_clerk_does_not_recover_the_own_account(cast: Cast) -> None:
    with pytest.raises((Unmet, NotEmpowered)):
        ask(cast, "anna")
    recovery = Recovery(person=cast.anna)
    actions.ask_recovery(recovery, cast.actor("bruno"), live_check="video")
    with pytest.raises(NotEmpowered):
        actions.confirm_recovery(recovery, cast.actor("anna"), live_check="video")


def test_one_recovery_runs_for_a_person(cast: Cast) -> None:
    ask(cast)
    with pytest.raises(Unmet):
        ask(cast)
    assert Recovery.objects.count() == 1


def test_a_locked_account_opens_only_at_the_end_of_a_recovery(cast: Cast) -> None:
    begun = accounts.begin("en")
    accounts.lock_by(begun.lock_phrase)
    begun.account.refresh_from_db()
    with pytest.raises(NotEmpowered):
        actions.unlock(begun.account, cast.actor("anna"))
    with pytest.raises(NotEmpowered):
        actions.unlock(begun.account, queries.bearer(begun.person))
    recovery = Recovery(person=begun.person)
    actions.ask_recovery(recovery, cast.actor("anna"), live_check="video")
    actions.confirm_recovery(recovery, cast.actor("bruno"), live_check="video")
    assert recovery.wait_until is not None
    with clock.set_to(recovery.wait_until):
        actions.complete_recovery(recovery, cast.actor("anna"), code=phrases.code())
    begun.person.refresh_from_db()
    begun.account.refresh_from_db()
    assert begun.person.is_active and begun.account.state == "open"
    assert accounts.by_phrase(begun.phrase) is None


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
