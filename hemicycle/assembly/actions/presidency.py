"""The acting President: a Vice-President by precedence, named by one clerk and confirmed by another (5.9)."""

from __future__ import annotations

from datetime import datetime

from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import clock, law
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_, Finding, Unmet
from hemicycle.rules.procedure import Office

from .. import queries
from ..models import ActingPresidency
from ..procedure import ACTING, ActingState

act = gate(ACTING, queries.offices)
ARTICLE = "assembly.appoint_acting_president"


@act
def appoint_acting_president(
    acting: ActingPresidency,
    by: Actor,
    *,
    person: Person | None = None,
    ground: str | None = None,
    until_at: datetime | None = None,
    passed_over: str | None = None,
    language: str | None = None,
) -> Facts:
    """Name the first Vice-President by precedence; whoever passes over one before says why."""
    if person is not None:
        acting.person = person
    acting.ground = ground or acting.ground
    acting.until_at = until_at or acting.until_at
    acting.passed_over = passed_over or acting.passed_over
    acting.language = language or acting.language
    acting.from_at = acting.from_at or clock.now()
    _check(acting)
    sealed = {"passed_over": acting.passed_over} if acting.passed_over else {}
    return Facts({"person": acting.person.reference, "ground": acting.ground}, sealed=sealed)


def _check(acting: ActingPresidency) -> None:
    order = [seat.person_id for seat in queries.vice_presidents()]
    problems = []
    if acting.person_id not in order:
        problems.append(Finding(N_("Only a Vice-President stands in for the President."), article=ARTICLE))
    elif order.index(acting.person_id) > 0 and not acting.passed_over.strip():
        problems.append(
            Finding(
                N_("%(count)s Vice-Presidents come before in precedence. Say why they are passed over."),
                {"count": order.index(acting.person_id)},
                ARTICLE,
            )
        )
    problems += _incompatible(acting)
    if queries.acting_at() is not None:
        problems.append(Finding(N_("Somebody acts as President already."), article=ARTICLE))
    if acting.until_at is not None and acting.until_at <= clock.now():
        problems.append(Finding(N_("That end is in the past."), article=ARTICLE))
    if problems:
        raise Unmet(*problems)


def _incompatible(acting: ActingPresidency) -> list[Finding]:
    """The offices of this person that do not go together with a presidency: who assesses does not propose (3.4)."""
    charter = law.in_force()
    office = charter.office(Office.ACTING_PRESIDENT)
    beside = people.holdings_beside(acting.person_id, acting.from_at, acting.until_at)
    return [
        Finding(
            N_("“%(office)s” does not go together with “%(held)s”, held or proposed."),
            {"office": office.name, "held": charter.office(other.office).name},
            ARTICLE,
        )
        for other in beside
        if people.exclude_each_other(office, other.office)
    ]


@act
def confirm_acting_president(acting: ActingPresidency, by: Actor) -> Facts:
    """From now on this Vice-President presides. The precedence is checked again: it may have changed."""
    acting.from_at = clock.now()
    _check(acting)
    for over in ActingPresidency.objects.filter(state=ActingState.ACTING, until_at__lte=acting.from_at):
        end_acting_president(over, CLOCK)  # ended by its date; no clock has written it down yet
    return Facts({"person": acting.person.reference, "ground": acting.ground, "from": acting.from_at})


@act
def refuse_acting_president(acting: ActingPresidency, by: Actor) -> Facts:
    return Facts({"person": acting.person.reference})


@act
def end_acting_president(acting: ActingPresidency, by: Actor) -> Facts:
    """The President is back, or another presides. A pending proposal is for the new President
    (composition).
    """
    now = clock.now()
    acting.until_at = min(acting.until_at, now) if acting.until_at else now
    return Facts({"person": acting.person.reference, "until": acting.until_at})
