"""Offices: proposed by one, granted by another, for a time, and never two that do not go together."""

from __future__ import annotations

from datetime import datetime

from hemicycle.record import clock, erasure, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, SamePerson, gate
from hemicycle.record.forgetting import forget_salts
from hemicycle.record.models import Entry
from hemicycle.rules import terms
from hemicycle.rules.charter.entries import Office
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries, retention
from ..models import Holding, Person
from ..procedure import HOLDING, HoldingState
from . import accounts

act = gate(HOLDING, queries.offices)


@act
def grant(
    holding: Holding,
    by: Actor,
    *,
    person: Person | None = None,
    office: str = "",
    held_from: datetime | None = None,
    held_until: datetime | None = None,
    ground: str = "",
) -> Facts:
    """Propose that a person hold an office. What is given here fills what the unsaved holding leaves open."""
    if person is not None:
        holding.person = person
    holding.office = office or holding.office
    holding.held_from = held_from or holding.held_from or clock.now()
    holding.held_until = held_until or holding.held_until
    holding.ground = ground or holding.ground
    _only_on_others(holding, by)
    _check(holding, _granted(holding, by))
    return _facts(holding)


@act
def confirm_grant(holding: Holding, by: Actor) -> Facts:
    """Grant what another proposed, or an office again that rested since a recovery. It begins now or later:
    nobody held an office before it was granted."""
    if holding.state == HoldingState.RESTING:
        rested = Entry.objects.filter(matter=holding.reference, act="rest").order_by("-number").first()
        if rested is not None and rested.actor == by.reference:
            raise SamePerson(HOLDING, HOLDING.by_act["confirm_grant"])
    holding.held_from = max(holding.held_from, clock.now())
    _check(holding, _granted(holding, by))
    return _facts(holding)


@act
def refuse_grant(holding: Holding, by: Actor, *, reasons: str = "") -> Facts:
    return Facts({"office": holding.office}, {"reasons": reasons} if reasons else {})


@act
def found_holding(holding: Holding, by: Actor) -> Facts:
    """The founding act gives the first offices; the same rules on offices hold for it."""
    holding.held_from = holding.held_from or clock.now()
    _check(holding, law.in_force().office(holding.office))
    return _facts(holding)


@act
def rest(holding: Holding, by: Actor) -> Facts:
    """Let an office rest until it is granted again: after a recovery, or when a key may be in wrong hands. Whoever
    has that key is out with the next request: every session of the person ends."""
    person = Person.objects.select_for_update().get(pk=holding.person_id)
    accounts.end_sessions(person)
    person.save(update_fields=["password"])
    return Facts({"office": holding.office})


@act
def end_holding(holding: Holding, by: Actor) -> Facts:
    """End a holding now; the clock writes down the end that a date has brought. One that has not begun keeps its
    dates: it was never in force, and they say what was withdrawn."""
    now = clock.now()
    if by.is_clock and (holding.held_until is None or now < holding.held_until):
        raise Unmet(Finding(N_("The term of this office has not ended."), {}, "people.end_holding"))
    if not by.is_clock and now > holding.held_from:
        holding.held_until = min(now, holding.held_until or now)
    return _facts(holding)


def _only_on_others(holding: Holding, by: Actor) -> None:
    """A new holding has its person only now: whoever proposes an office must not propose himself or
    herself."""
    if holding.person_id == by.person:
        raise Unmet(Finding(N_("Nobody proposes himself or herself for an office."), {}, "people.grant"))


def _granted(holding: Holding, by: Actor) -> Office:
    """The charter's office, if it is one that `by` may grant."""
    try:
        office = law.in_force().office(holding.office)
    except KeyError:
        raise Unmet(Finding(N_("The charter knows no such office."), {}, "people.grant")) from None
    if office.holding != "granted" or not by.holds(office.granted_by or ""):
        raise Unmet(Finding(N_("This office is not granted in this way."), {}, "people.grant"))
    return office


def _check(holding: Holding, office: Office) -> None:
    """Term and compatibility. The person's row is locked, so that two grants at one instant see each
    other."""
    Person.objects.select_for_update().get(pk=holding.person_id)
    if office.holds_term_months is not None:
        latest = terms.months_after(holding.held_from, office.holds_term_months)
        if holding.held_until is None or holding.held_until > latest:
            holding.held_until = latest
    if holding.held_until is not None and holding.held_until <= holding.held_from:
        raise Unmet(Finding(N_("The office would end before it begins."), {}, "people.grant"))
    beside = queries.holdings_beside(holding.person_id, holding.held_from, holding.held_until, but=holding.pk)
    findings = [
        Finding(
            N_("“%(office)s” does not go together with “%(held)s”, held or proposed."),
            {"office": office.name, "held": law.in_force().office(other.office).name},
            "people.grant",
        )
        for other in beside
        if queries.exclude_each_other(office, other.office)
    ]
    if any(other.office == holding.office for other in beside):
        findings.append(Finding(N_("The person holds this office in that time already."), {}, "people.grant"))
    if findings:
        raise Unmet(*findings)


def _facts(holding: Holding) -> Facts:
    return Facts(
        {
            "person": holding.person.reference,
            "office": holding.office,
            "from": holding.held_from,
            "until": holding.held_until,
        },
        {"ground": holding.ground} if holding.ground else {},
    )


@act
def forget_holding_ground(holding: Holding, by: Actor) -> Facts:
    """The charter's time is over: the words go with their key, the dates stay."""
    due = retention.due(holding)
    if due is None or clock.now() < due.at:
        raise Unmet(Finding(N_("This ground is not yet to be erased."), {}, "people.forget_holding_ground"))
    holding.ground = ""
    forget_salts([holding.reference])
    erasure.destroy([holding.reference])
    return Facts({"due": due.at})
