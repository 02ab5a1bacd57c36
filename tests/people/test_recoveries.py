"""Recoveries: two clerks, a live check, a waiting time; and what rests after them (procedure 1.4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from hemicycle.people import accounts, actions, phrases, queries
from hemicycle.people.models import Account, Holding, Recovery
from hemicycle.record import clock
from hemicycle.record.acts import SamePerson
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests.cast import Cast

from .apps import give_app
from .test_offices import propose


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
        actions.complete_recovery(recovery, cast.actor("bruno"), half=phrases.half())
    assert queries.has_way_in(cast.greta) and cast.actor("greta").holds("president")
    assert recovery.wait_until is not None
    with clock.set_to(recovery.wait_until):
        actions.complete_recovery(recovery, cast.actor("bruno"), half=phrases.half())
        assert not queries.has_way_in(cast.greta)
        assert Authenticator.objects.filter(user=cast.greta).count() == 0
        assert cast.actor("greta").offices == {"anyone"}
        assert recovery.enrolment is not None and recovery.enrolment.state == "asked"
    account = Account.objects.get(person=cast.greta)
    assert (account.phrase_digest, account.recipient, account.wrap) == (None, "", None), (
        "nothing is sealed to a lost phrase"
    )


def test_offices_rest_after_a_recovery_until_somebody_else_grants_them_again(cast: Cast) -> None:
    recovery = waiting(cast, "clara")
    assert recovery.wait_until is not None
    with clock.set_to(recovery.wait_until):
        actions.complete_recovery(recovery, cast.actor("bruno"), half=phrases.half())
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
        actions.complete_recovery(recovery, cast.actor("anna"), half=phrases.half())
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
        actions.complete_recovery(recovery, cast.actor("bruno"), half=phrases.half())
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
        actions.complete_recovery(recovery, cast.actor("bruno"), half=phrases.half())


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
        actions.complete_recovery(recovery, cast.actor("anna"), half=phrases.half())
    begun.person.refresh_from_db()
    begun.account.refresh_from_db()
    assert begun.person.is_active and begun.account.state == "open"
    assert accounts.by_phrase(begun.phrase) is None
