"""Proposing a list and releasing it to the Bureau: two people (7.3); a President who leaves, a new one (7.10)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from hemicycle.candidacy.models import Candidacy
from hemicycle.people import queries as people
from hemicycle.people.models import Language
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered

from .. import queries
from ..models import Acceptance, List
from ..procedure import LIST
from .gates import act, certify, check_proposer, keep_reasons, unmet


@act
def ask_release(list_: List, by: Actor) -> Facts:
    """Propose the list: from this instant the law of the reserve is fixed for it (4.5). Raises `Unmet` with every reason."""
    list_.proposer = people.person_of(by)
    list_.proposed_at = clock.now()
    _check(list_)
    keep_reasons(list_, "", list_.decision_language)  # why an earlier proposal was taken back
    return _facts(list_)


@act
def confirm_release(list_: List, by: Actor) -> Facts:
    """The second person lets the Bureau read the list. Everything is asked again: answers may have changed since."""
    allowed = queries.charter_of(list_).list.release_offices.value
    if not queries.offices(by, list_).intersection(allowed) or by.person == list_.proposer_id:
        raise NotEmpowered(LIST, LIST.by_act["confirm_release"], by.offices)
    check_proposer(list_, "confirm_release")
    _lock(list_)
    _check(list_)
    list_.released_at = clock.now()
    facts = _facts(list_)
    return Facts({**facts.plain, **certify(list_)})


@act
def take_back(list_: List, by: Actor, *, reasons: str = "", language: str = Language.ENGLISH) -> Facts:
    """Give the list back to the President's office before the Bureau has seen it."""
    list_.proposed_at = None
    keep_reasons(list_, reasons, language)
    return Facts({}, {"reasons": reasons} if reasons else {})


@act
def adopt_pending(list_: List, by: Actor) -> Facts:
    """A new President makes the pending proposal his or her own (7.10)."""
    if queries.proposer_in_office(list_):
        raise unmet(N_("The President whose proposal it is holds the office still."), "adopt_pending")
    list_.proposer = people.person_of(by)
    return Facts({"proposed_on": list_.proposed_on})


@act
def withdraw(list_: List, by: Actor, *, reasons: str = "", language: str = Language.ENGLISH) -> Facts:
    """Withdraw a list. A vote that is under way on it is annulled by its own act first."""
    if queries.undecided(list_):
        raise unmet(N_("A vote on this list is under way: it is closed or annulled first."), "withdraw")
    keep_reasons(list_, reasons, language)
    return Facts({}, {"reasons": reasons} if reasons else {})


def _check(list_: List) -> None:
    found = queries.unmet(list_)
    if found:
        raise Unmet(*found)


def _lock(list_: List) -> None:
    """Nobody withdraws between the check and the release: candidacies and answers wait, in the order of the rooms."""
    keys = [
        *list_.seats.values_list("candidacy_id", flat=True),
        *list_.successors.values_list("candidacy_id", flat=True),
    ]
    list(Candidacy.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    list(
        Acceptance.objects.select_for_update()
        .filter(candidacy__in=keys, session=list_.session)
        .order_by("pk")
    )


def _facts(list_: List) -> Facts:
    numbers = queries.sheet(list_)
    return Facts(
        {
            "proposed_on": list_.proposed_on,
            "seats": numbers["seats"],
            "proposed": numbers["proposed"],
            "reserved": numbers["reserved"],
            "reserved_required": numbers["reserved_required"],
            "overridden": numbers["overridden"],
            "overridden_in_line": numbers["overridden_in_line"],
            "charter": list_.charter,
        }
    )
