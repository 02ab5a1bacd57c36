"""The candidates are told, then the public (3.7, R18)."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext_noop as N_

from hemicycle.integrity import actions as integrity
from hemicycle.integrity import queries as register
from hemicycle.integrity.procedure import ContactState
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.record.due import take_each
from hemicycle.vetting import actions as vetting

from .. import queries
from ..models import List
from ..procedure import ListState
from .gates import act, unmet


@act
def tell_candidates(list_: List, by: Actor) -> Facts:
    """Send every outcome letter that is due, just before the public reads the composition (3.7).

    After the announcement the clock does it for opinions that came late.
    """
    if list_.announced_at is None:
        _check_time(list_, "tell_candidates")
    due = queries.letters_due(list_)
    if not due:
        raise unmet(N_("Every candidate who has an opinion was told already."), "tell_candidates")
    vetting.send_letters(due, by, queries.deciding_bodies(list_))
    return Facts({"letters": dict(Counter(due.values()))})


@act
def announce(list_: List, by: Actor) -> Facts:
    """Tell the public who is on the list (R18): after ratification, or after approval where the charter says so. The
    contact register on the call and its lists is published with it (4.2).
    """
    if list_.announced_at is not None:
        raise unmet(N_("The list is announced already."), "announce")
    _check_time(list_, "announce")
    due = queries.letters_due(list_)
    if due:
        raise unmet(
            N_("The candidates are told before the public. Outcome letters not sent yet: %(count)s."),
            "announce",
            count=len(due),
        )
    list_.announced_at = clock.now()
    published = integrity.publish_contacts(queries.round_subjects(list_), by)
    numbers = queries.sheet(list_)
    return Facts(
        {
            "approved": numbers["approved"],
            "reserved": numbers["reserved"],
            "overridden": numbers["overridden"],
            "round": queries.round_figures(list_),
            "contacts": published,
        },
        to=ListState.BEFORE_RATIFICATION
        if list_.state == ListState.BEFORE_RATIFICATION
        else ListState.ANNOUNCED,
    )


def _check_time(list_: List, act_name: str) -> None:
    """Raise `Unmet` where the charter announces after ratification and the list is not ratified."""
    waits = list_.state == ListState.BEFORE_RATIFICATION
    if waits and queries.charter_of(list_).list.announce_on.value != "approval":
        raise unmet(N_("The list is announced when it is ratified, not before."), act_name)


def tell_late() -> int:
    """The letters of opinions given after the announcement. Returns on how many lists there were some."""
    announced = List.objects.filter(state__in=(ListState.ANNOUNCED, ListState.BEFORE_RATIFICATION))
    waiting = [row for row in announced.filter(announced_at__isnull=False) if queries.letters_due(row)]
    return take_each(tell_candidates, waiting)


def publish_late_contacts() -> int:
    """The entries of the contact register made after the announcement. Returns how many."""
    announced = List.objects.filter(announced_at__lte=clock.now()).select_related("call")
    subjects = [subject for row in announced for subject in queries.round_subjects(row)]
    waiting = register.contacts_on(subjects).filter(state=ContactState.ENTERED)
    return take_each(integrity.publish_contact, waiting)
