"""Until when this room keeps the words of interests, contacts and alarms (article 11.4). Ties and numbers stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from hemicycle.assembly.models import Session
from hemicycle.record import law, retention
from hemicycle.record.models import Entry
from hemicycle.record.retention import Due

from .models import Alarm, Contact, Interest
from .procedure import AlarmState, InterestState

RUNNING = (InterestState.ALLEGED, InterestState.DISPUTED)
SAYING = ("dispute", "decide", "end_interest")


def interest_due(interest: Interest, sessions: Sequence[Session] | None = None) -> Due | None:
    """When the words of an interest go: the charter's days after the session in which it was declared; not while it is
    to be decided. The tie itself counts on. `sessions`: all, by their end, where the caller has asked for them."""
    if interest.state in RUNNING:
        return None
    if interest.erased_at is not None:
        return _said_later_due(interest)
    declared = interest.declared_at.date()
    known = Session.objects.order_by("closes_on") if sessions is None else sessions
    session = next((each for each in known if each.closes_on >= declared), None)
    since = max(
        session.closes_at if session else interest.declared_at, interest.ended_at or interest.declared_at
    )
    return retention.after(since, law.in_force().retention.interests_days, "interest", interest.reference)


def _said_later_due(interest: Interest) -> Due | None:
    """When what was said of a tie goes that was said after its first words had gone; null where nothing was."""
    if not any((interest.dispute, interest.decision, interest.ending)):
        return None
    last = Entry.objects.filter(matter=interest.reference, act__in=SAYING).latest("number")
    return retention.after(last.at, law.in_force().retention.interests_days, "interest", interest.reference)


def contact_due(contact: Contact) -> Due | None:
    """When a line of the register goes, for the house and for the public."""
    if contact.erased_at is not None:
        return None
    rule = law.in_force().retention.contact_register_days
    return retention.after(retention.day_start(contact.met_on), rule, "contact", contact.reference)


def alarm_due(alarm: Alarm) -> Due | None:
    """When what was found on a mass read goes."""
    if alarm.erased_at is not None or alarm.answered_at is None:
        return None
    return retention.after(
        alarm.answered_at, law.in_force().retention.interests_days, "alarm", alarm.reference
    )


@law.held()
def plan(until: datetime) -> list[Due]:
    """What of this room goes by an instant, the earliest first."""
    sessions = list(Session.objects.order_by("closes_on"))
    again = Q(erased_at=None) | ~Q(dispute="") | ~Q(decision="") | ~Q(ending="")
    interests = Interest.objects.filter(again).exclude(state__in=RUNNING)
    contacts = Contact.objects.filter(erased_at=None)
    alarms = Alarm.objects.filter(erased_at=None, state=AlarmState.ANSWERED)
    said = [interest_due(interest, sessions) for interest in interests]
    return retention.by(until, [*said, *map(contact_due, contacts), *map(alarm_due, alarms)])
