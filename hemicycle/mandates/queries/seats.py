"""Who sits at an instant, on which seat; what is vacant; who is next in line. Time is asked, never a stored state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from hemicycle.assembly import queries as assembly
from hemicycle.assembly.models import Session
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.composition import queries as lists
from hemicycle.composition.models import List, Successor
from hemicycle.integrity import queries as integrity
from hemicycle.record import clock, page
from hemicycle.record.actors import Actor
from hemicycle.rules import quota, terms
from hemicycle.rules.procedure import Office

from ..models import Mandate
from ..procedure import MandateState

M = MandateState
VACANT = "vacant"
GONE = (CandidacyState.WITHDRAWN, CandidacyState.ERASED)


@dataclass(frozen=True)
class SeatState:
    """One seat of the list in force: its mandate (the last one where it is vacant, or none), and how it stands.

    `state` is sitting, suspended or vacant. `reserved`: the seat of a participant counts as that participant's does;
    a vacant one as the list has it.
    """

    number: int
    mandate: Mandate | None
    state: str
    reserved: bool

    @property
    def is_occupied(self) -> bool:
        """A suspended participant's seat is occupied and counts for the reserve (4.3)."""
        return self.state != VACANT


def offices(actor: Actor, matter: Mandate) -> frozenset[str]:
    """Offices held, and PARTICIPANT on the own mandate; a recusal takes the held ones away."""
    held = set(assembly.offices(actor, matter))
    if actor.person is None:
        return frozenset(held)
    if matter.person_id == actor.person:
        return frozenset({Office.ANYONE, Office.PARTICIPANT})  # nobody acts in an office on the own mandate
    subjects = [matter.reference, matter.person.reference] if matter.pk is not None else []
    if subjects and matter.candidacy is not None:  # the file may be erased already
        subjects += lists.subjects_of(matter.candidacy)
    if subjects and held - {Office.ANYONE} and integrity.recused(actor.person, subjects):
        held &= {Office.ANYONE}
    return frozenset(held)


HOUSE = (
    Office.SECRETARIAT,
    Office.PRESIDENT,
    Office.ACTING_PRESIDENT,
    Office.SECRETARY_GENERAL,
    Office.REVIEWER,
)


def visible_to(actor: Actor) -> QuerySet[Mandate]:
    """The participant, and the offices that act on mandates. What is public of them stands in the gallery."""
    rows = Mandate.objects.select_related("list__session", "person", "candidacy", "replaces")
    if actor.person is None:
        return rows.none()
    held = assembly.offices(actor, None)  # the acting President's is no holding (5.9)
    return rows if held.intersection(HOUSE) else rows.filter(person=actor.person)


def of_list(list_: List) -> QuerySet[Mandate]:
    return Mandate.objects.filter(list=list_).select_related(
        "list__session", "person", "candidacy", "replaces"
    )


def in_force(at: datetime | None = None) -> list[Mandate]:
    """Mandates that have begun and not ended at an instant, sitting or suspended, by seat."""
    return [seat.mandate for seat in seats_at(at) if seat.mandate is not None and seat.is_occupied]


def sitting(at: datetime | None = None) -> list[Mandate]:
    """Participants who may take part at an instant: in force and not suspended, by seat."""
    return [seat.mandate for seat in seats_at(at) if seat.mandate is not None and seat.state == M.SITTING]


def states_of(person: int) -> Sequence[str]:
    """How every participation that a person ever had stands in its row. One query a page: every menu asks."""
    rows = Mandate.objects.filter(person_id=person)
    found: Sequence[str] = page.once(f"mandates {person}", lambda: list(rows.values_list("state", flat=True)))
    return found


def has_seat(actor: Actor) -> bool:
    """Whether the actor has a seat now, suspended or not; whoever never had one costs no look at the seats."""
    if actor.person is None or not set(states_of(actor.person)) - {M.ENDED}:
        return False
    return any(row.person_id == actor.person for row in in_force())


def seats_at(at: datetime | None = None) -> list[SeatState]:
    """Every seat of the list in force at an instant; empty when no list is in force (8.1).

    A fixed number of queries, whatever the number of seats.
    """
    return page.once("seats", _seats_now) if at is None else _seats_at(at)


def _seats_now() -> list[SeatState]:
    return _seats_at(clock.now())


def _seats_at(at: datetime) -> list[SeatState]:
    list_ = lists.in_force(at)
    return [] if list_ is None else seats_of(list_, at)


def seats_of(list_: List, at: datetime) -> list[SeatState]:
    """Every seat of a list at an instant, in the order of their numbers."""
    reserved = dict(list_.seats.values_list("number", "reserved"))
    held: dict[int, Mandate] = {}
    for row in of_list(list_).filter(begun_at__lte=at).order_by("begun_at", "pk"):
        held[row.seat_number] = row
    total = lists.charter_of(list_).seats.total.value
    found = []
    for number in range(1, max([total, *reserved, *held]) + 1):
        mandate = held.get(number)
        state = standing(mandate, at) if mandate is not None else VACANT
        if mandate is not None and state != VACANT:
            found.append(SeatState(number, mandate, state, mandate.reserved))
        else:
            # An erased file took its place on the list with it; the mandate still says what kind of seat it was.
            kind = reserved.get(number, mandate is not None and mandate.reserved)
            found.append(SeatState(number, mandate, VACANT, kind))
    return found


def to_fill(list_: List, seats: list[SeatState]) -> frozenset[int]:
    """Numbers of the vacant seats that a successor may take. Nobody takes the place of a person who is announced and
    has still to begin (5.2, 6.1); none is filled before the participation of the list has begun.

    At most the queries of `composition.queries.places`, and none where everybody has begun.
    """
    if all(seat.mandate is None for seat in seats):
        return frozenset()
    vacant = {seat.number: seat.mandate for seat in seats if not seat.is_occupied}
    if None in vacant.values():
        announced = {place.number for place in lists.places(list_) if place.is_live}
        vacant = {n: last for n, last in vacant.items() if last is not None or n not in announced}
    return frozenset(vacant)


def standing(mandate: Mandate, at: datetime) -> str:
    """How a seat stood at an instant, past ones too: a mandate that ended later, or is suspended since, sat then."""
    if mandate.over_by(at) or (mandate.ended_at is not None and mandate.ended_at <= at):
        return VACANT
    begun, until = mandate.suspended_at, mandate.suspended_until
    if begun is not None and begun <= at and (until is None or at < until):
        return M.SUSPENDED
    return M.SITTING


def has_gone(mandate: Mandate) -> bool:
    """Whether the file on which the mandate rested was withdrawn, or is erased: it is closed to everybody."""
    return mandate.candidacy is None or mandate.candidacy.state in GONE


def ended_at(mandate: Mandate, at: datetime) -> datetime | None:
    """When a participation ended, if it had by then; whether or not that is written down."""
    found = [end for end in (mandate.ended_at, mandate.over_since(at)) if end is not None and end <= at]
    return min(found, default=None)


def public_name(mandate: Mandate, at: datetime | None = None) -> str | None:
    """The name that may be read; None while it is withheld for safety (1.7), and for ever once the candidacy was
    withdrawn (1.6)."""
    if has_gone(mandate):
        return None
    if not mandate.name_withheld:
        return str(mandate.shown_name)
    day = timezone.localtime(at or clock.now()).date()
    until = mandate.withheld_until
    return str(mandate.shown_name) if until is not None and day >= until else None


# --- the reserve and the succession list ----------------------------------------------------------------------------


def judge(list_: List, seats: list[SeatState]) -> quota.QuotaResult:
    """Whether the seats as they stand meet the reserve; a suspended seat is occupied and counts (4.3)."""
    charter = lists.charter_of(list_)
    filled = [seat for seat in seats if seat.is_occupied]
    return quota.judge_by(
        charter.reserve,
        total=len(seats),
        filled=len(filled),
        reserved=sum(seat.reserved for seat in filled),
        ended=lists.reserve_ended(list_, charter),
    )


@dataclass(frozen=True)
class ReserveState:
    """`5 reserved, 4 active`: what the public page says of the reserve."""

    required: int
    occupied: int
    active: int
    is_met: bool


def reserve_state(list_: List, seats: list[SeatState]) -> ReserveState:
    result = judge(list_, seats)
    active = sum(seat.reserved and seat.state == M.SITTING for seat in seats)
    return ReserveState(result.required, result.present, active, result.met)


def line(list_: List) -> list[Successor]:
    """The succession list without those who sit, sat, have withdrawn, or locked the file (1.4): the reserve's order
    first, then the other."""
    rows = list_.successors.select_related("candidacy__person").exclude(candidacy__state__in=GONE)
    rows = rows.filter(candidacy__person__is_active=True)
    sat = Mandate.objects.filter(list=list_, candidacy__isnull=False).values("candidacy_id")
    return list(rows.exclude(candidacy__in=sat))


def keeps(list_: List, seats: list[SeatState], number: int, *, reserved: bool) -> bool:
    """Whether filling a vacant seat keeps the reserve: it is met afterwards, or no seat that it needs is taken.

    While reserved seats stand vacant the reserve is short; another seat may still be filled if it leaves them enough.
    """
    after = [
        SeatState(seat.number, seat.mandate, M.SITTING, reserved) if seat.number == number else seat
        for seat in seats
    ]
    result = judge(list_, after)
    return result.met or (not reserved and result.short_by <= _vacant_reserved(after))


def _vacant_reserved(seats: list[SeatState]) -> int:
    return sum(seat.reserved and not seat.is_occupied for seat in seats)


# --- the term -------------------------------------------------------------------------------------------------------


def term_warning(at: datetime | None = None) -> Session | None:
    """The session whose term ends within the charter's months of warning, while no later list is announced (8.1)."""
    at = at or clock.now()
    list_ = lists.in_force(at)
    if list_ is None:
        return None
    charter = lists.charter_of(list_)
    ends = lists.term_ends_at(list_, charter)
    if at < terms.months_before(ends, charter.periods.term_warning_months.value):
        return None
    later = Q(session__opens_on__gt=list_.session.opens_on, announced_at__lte=at)
    return None if List.objects.filter(later).exists() else list_.session


def vacancy_due(list_: List, last: Mandate | None) -> datetime | None:
    """Until when a vacancy is to be filled: the charter's days from the end of the last mandate on the seat, or from
    the beginning of the term where nobody has sat there (6.1)."""
    if last is None:
        since = lists.term_begins_at(list_)
    else:
        since = last.ended_at or last.over_since(clock.now())
    if since is None:
        return None
    return since + timedelta(days=lists.charter_of(list_).periods.vacancy_days.value)
