"""Recovery of an account: two clerks, a live check, a waiting time; offices rest until granted again
(1.4)."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator

from hemicycle.record import clock, erasure, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.record.forgetting import forget_salts
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries, retention
from ..models import Account, Enrolment, Holding, Person, Recovery
from ..procedure import RECOVERY, AccountState, HoldingState
from . import accounts, enrolments, holdings

act = gate(RECOVERY, queries.offices)


@act
def ask_recovery(
    recovery: Recovery, by: Actor, *, person: Person | None = None, live_check: str = ""
) -> Facts:
    """A clerk has made sure, live, who asks; a second clerk will do the same."""
    if person is not None:
        recovery.person = person
    recovery.live_check = live_check or recovery.live_check
    if recovery.person_id == by.person:
        raise Unmet(Finding(N_("Nobody recovers his or her own account."), {}, "people.ask_recovery"))
    if recovery.person.recoveries.filter(state__in=["asked", "waiting"]).exists():
        raise Unmet(Finding(N_("A recovery of this account runs already."), {}, "people.ask_recovery"))
    return Facts({"person": recovery.person.reference, "check": recovery.live_check})


@act
def confirm_recovery(recovery: Recovery, by: Actor, *, live_check: str) -> Facts:
    """The second clerk, after a live check of his or her own. From this entry every known channel of the
    person is told, and the waiting time runs in which the person can still refuse."""
    recovery.wait_until = clock.now() + timedelta(hours=law.in_force().periods.recovery_wait_hours.value)
    return Facts({"person": recovery.person.reference, "check": live_check, "until": recovery.wait_until})


@act
def complete_recovery(recovery: Recovery, by: Actor, *, half: str) -> Facts:
    """After the waiting time: every old way in is destroyed, every office rests, a lock opens, and the
    first half of a code is made, which the clerk hands over in person; another clerk makes and hands over the second.
    The address is kept as a channel; codes no longer go to it."""
    now = clock.now()
    if recovery.wait_until is None or now < recovery.wait_until:
        raise Unmet(
            Finding(
                N_("The waiting time runs until %(until)s."),
                {"until": recovery.wait_until},
                "people.complete_recovery",
            )
        )
    person = Person.objects.select_for_update().get(pk=recovery.person_id)
    Authenticator.objects.filter(user=person).delete()
    account = Account.objects.select_for_update().filter(person=person).first()
    if account is not None:
        if account.state == AccountState.LOCKED:
            accounts.unlock(account, by)
        Account.objects.filter(pk=account.pk).update(
            phrase_digest=None, lock_digest=None, recipient="", wrap=None
        )
    for holding in Holding.objects.filter(person=person, state=HoldingState.HELD):
        if holding.standing(now) != HoldingState.ENDED:
            holdings.rest(holding, by)
    person.refresh_from_db()
    accounts.end_sessions(person)
    person.mail_code = False  # the mailbox may be what is in wrong hands; the person can switch it on again
    person.save()
    enrolment = Enrolment(person=person)
    enrolments.ask_enrolment(enrolment, by, half=half)
    recovery.enrolment, recovery.completed_at, recovery.handover = enrolment, now, half
    return Facts({"person": person.reference, "enrolment": enrolment.reference})


@act
def refuse_recovery(recovery: Recovery, by: Actor, *, ground: str = "") -> Facts:
    """A clerk, or the person: whoever did not lose anything stops it here."""
    recovery.ground = ground
    return Facts({"person": recovery.person.reference}, {"ground": ground} if ground else {})


@act
def forget_recovery_ground(recovery: Recovery, by: Actor) -> Facts:
    """The charter's time is over: the words go with their key, the dates stay."""
    due = retention.due(recovery)
    if due is None or clock.now() < due.at:
        raise Unmet(Finding(N_("This ground is not yet to be erased."), {}, "people.forget_recovery_ground"))
    recovery.ground = ""
    forget_salts([recovery.reference])
    erasure.destroy([recovery.reference])
    return Facts({"due": due.at})
