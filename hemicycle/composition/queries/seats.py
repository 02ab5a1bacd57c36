"""What is on each seat of a list, and whether the reserve is met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from hemicycle.assembly import queries as assembly
from hemicycle.assembly.models import Session
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.people import queries as people
from hemicycle.record import clock, law
from hemicycle.rules import quota
from hemicycle.rules.charter import Charter
from hemicycle.vetting import queries as vetting
from hemicycle.vetting.models import Examination, OpinionIs

from ..models import GONE, Acceptance, List, Seat
from ..procedure import AcceptanceState

A = AcceptanceState


def charter_of(list_: List) -> Charter:
    return law.by_reference(list_.charter)


def reserve_ended(list_: List, charter: Charter | None = None) -> bool:
    """Whether the separate forum was recorded as established before this list was proposed (4.5). A decision that is
    recorded later ends nothing for it, whatever day its document bears."""
    established = assembly.forum_established_at(charter or charter_of(list_))
    return established is not None and established < (list_.proposed_at or clock.now())


@dataclass(frozen=True)
class Place:
    """One number of a list. `name` is empty where nobody sits, or the person has withdrawn (`is_withdrawn`).

    A person who locked the file keeps the seat (`is_locked`); the name is shown once the person accepted that it
    stands on a list, and the file behind it is closed (1.4).

    `acceptance` is a state of `AcceptanceState` or empty: for this kind of seat, or better (an acceptance of a
    reserved seat holds for any seat).
    """

    number: int
    seat: Seat | None = None
    name: str = ""
    reserved: bool = False
    acceptance: str = ""
    is_withdrawn: bool = False
    is_eligible: bool = False
    is_not_met: bool = False
    has_override: bool = False
    is_locked: bool = False

    @property
    def is_live(self) -> bool:
        """Whether somebody is on it who has not withdrawn."""
        return self.seat is not None and not self.is_withdrawn


def answers(session: Session, keys: Iterable[int], at: datetime | None = None) -> dict[tuple[int, bool], str]:
    """The latest answer by (candidacy key, reserved seat?) in a session. One query."""
    at = at or clock.now()
    rows = Acceptance.objects.filter(session=session, candidacy__in=keys).order_by("pk")
    return {(row.candidacy_id, row.reserved): row.standing(at) for row in rows}


def answer(found: dict[tuple[int, bool], str], candidacy: int, reserved: bool) -> str:
    """The answer that counts for a seat: its own kind, or for any seat an acceptance of a reserved one."""
    own, better = found.get((candidacy, reserved), ""), found.get((candidacy, True), "")
    return better if better == A.ACCEPTED or not own else own


def places(list_: List, charter: Charter | None = None, taken: Iterable[Seat] | None = None) -> list[Place]:
    """Every number from 1 to the total of the charter, in order. Five queries, whatever the number of seats.

    `taken`: seats as they might be, to look before they are written; by default those of the list.
    """
    charter = charter or charter_of(list_)
    if taken is None:
        taken = list_.seats.select_related("candidacy__person", "candidacy__slate")
    seats = {seat.number: seat for seat in taken}
    keys = [seat.candidacy_id for seat in seats.values()]
    found = answers(list_.session, keys)
    eligible = set(vetting.eligible(list_.call).filter(pk__in=keys).values_list("pk", flat=True))
    against = not_met(keys)
    overrides = set(list_.overrides.values_list("candidacy_id", flat=True))
    rows = []
    for number in range(1, max([charter.seats.total.value, *seats]) + 1):
        seat = seats.get(number)
        if seat is None:
            rows.append(Place(number))
            continue
        given = answer(found, seat.candidacy_id, seat.reserved)
        gone = seat.candidacy.state in GONE or given == A.WITHDRAWN
        locked = people.is_locked(seat.candidacy.person)
        hidden = gone or (locked and given != A.ACCEPTED)
        rows.append(
            Place(
                number,
                seat,
                "" if hidden else seat.candidacy.person.shown_name,
                seat.reserved,
                given,
                gone,
                seat.candidacy_id in eligible,
                seat.candidacy_id in against,
                seat.candidacy_id in overrides,
                locked,
            )
        )
    return rows


def not_met(keys: Iterable[int]) -> set[int]:
    """Which of these candidacies have an opinion “not met”. One query."""
    rows = Examination.objects.filter(candidacy__in=keys, opinion=OpinionIs.NOT_MET)
    return set(rows.values_list("candidacy_id", flat=True))


def subjects_of(candidacy: Candidacy) -> list[str]:
    """Every reference under which an interest in a person may be declared (4.1)."""
    slate = [candidacy.slate.reference] if candidacy.slate is not None else []
    return [candidacy.reference, candidacy.person.reference, *slate]


def concerned_by(list_: List) -> list[str]:
    """Every reference under which an interest in anybody with a seat or a place in line on a list may be declared."""
    on_it = Q(seats__list=list_) | Q(successions__list=list_)
    rows = Candidacy.objects.filter(on_it).exclude(state__in=GONE).distinct()
    named = rows.values_list("reference", "person__reference", "slate__reference")
    return sorted({reference for row in named for reference in row if reference})


def judge(list_: List, rows: list[Place] | None = None, charter: Charter | None = None) -> quota.QuotaResult:
    """Whether the seats taken on a list meet the reserve. Who has withdrawn counts for nothing."""
    charter = charter or charter_of(list_)
    live = [place for place in (rows if rows is not None else places(list_, charter)) if place.is_live]
    return quota.judge_by(
        charter.reserve,
        total=max(charter.seats.total.value, len(live)),
        filled=len(live),
        reserved=sum(place.reserved for place in live),
        ended=reserve_ended(list_, charter),
    )


def pool(call: Call, session: Session) -> list[Candidacy]:
    """Who may be put on a list, by name; never by worth. Whoever withdrew an acceptance is not shown (7.2), nor
    whoever locked the file (1.4)."""
    rows = list(vetting.eligible(call).select_related("person").filter(person__is_active=True))
    found = answers(session, [row.pk for row in rows])
    withdrawn = {key for (key, _), state in found.items() if state == A.WITHDRAWN}
    shown = [row for row in rows if row.pk not in withdrawn or _accepted(found, row.pk)]
    return sorted(shown, key=lambda row: row.person.shown_name.casefold())


def on_it_and_locked(list_: List) -> list[Candidacy]:
    """Candidacies with a seat or a rank on a list whose file was locked meanwhile."""
    on_it = Q(seats__list=list_) | Q(successions__list=list_)
    rows = vetting.eligible(list_.call).filter(on_it, person__is_active=False)
    return list(rows.distinct())


def _accepted(found: dict[tuple[int, bool], str], key: int) -> bool:
    return A.ACCEPTED in (found.get((key, True)), found.get((key, False)))


def acceptance_of(candidacy: Candidacy, session: Session, *, reserved: bool) -> Acceptance | None:
    """The acceptance in force for a kind of seat; one of a reserved seat holds for any."""
    kinds = [True] if reserved else [False, True]
    rows = Acceptance.objects.filter(
        candidacy=candidacy, session=session, reserved__in=kinds, state=A.ACCEPTED
    )
    return rows.order_by("reserved").first()
