"""The words of interests, contacts and alarms go when their time is over, by the clock (article 11.4)."""

from __future__ import annotations

from datetime import datetime

from hemicycle.record import clock, erasure
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.record.due import take_each
from hemicycle.record.forgetting import forget_salts
from hemicycle.record.retention import Due
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import retention
from ..models import Alarm, Contact, Interest
from .openings import alarm_act
from .ties import contact_act, interest_act

BATCH = 200  # matters of a kind in one round of the clock


@interest_act
def erase_interest(interest: Interest, by: Actor) -> Facts:
    """The words go; that there was a tie, of which kind and with which effect, counts on."""
    due = _due(retention.interest_due(interest), "erase_interest")
    interest.text = interest.dispute = interest.decision = interest.ending = ""
    interest.erased_at = _destroy(interest)
    return Facts({"due": due})


@contact_act
def erase_contact(contact: Contact, by: Actor) -> Facts:
    """The line leaves the register, with what the public could read of it."""
    due = _due(retention.contact_due(contact), "erase_contact")
    contact.participants = contact.participants_public = contact.place = ""
    contact.hospitality = contact.withdrawal = ""
    contact.erased_at = _destroy(contact)
    return Facts({"due": due})


@alarm_act
def erase_alarm(alarm: Alarm, by: Actor) -> Facts:
    """What the integrity officer found goes; that somebody was stopped stays."""
    due = _due(retention.alarm_due(alarm), "erase_alarm")
    alarm.answer = ""
    alarm.erased_at = _destroy(alarm)
    return Facts({"due": due})


def _due(due: Due | None, act_name: str) -> datetime:
    if due is None or clock.now() < due.at:
        raise Unmet(Finding(N_("This is not yet to be erased."), {}, f"integrity.{act_name}"))
    return due.at


def _destroy(matter: Interest | Contact | Alarm) -> datetime:
    forget_salts([matter.reference])
    erasure.destroy([matter.key_owner])
    return clock.now()


def erase_due() -> int:
    """What goes now, a batch of each kind in a round. Returns how many."""
    names: dict[str, list[str]] = {}
    for due in retention.plan(clock.now()):
        names.setdefault(due.kind, []).append(due.reference)
    done = take_each(erase_interest, Interest.objects.filter(reference__in=names.get("interest", [])[:BATCH]))
    done += take_each(erase_contact, Contact.objects.filter(reference__in=names.get("contact", [])[:BATCH]))
    return done + take_each(erase_alarm, Alarm.objects.filter(reference__in=names.get("alarm", [])[:BATCH]))
