"""A composition as the public reads it: seats, names that may be read, suspensions and their corrections (10.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hemicycle.composition import queries as lists
from hemicycle.composition.models import Acceptance, List
from hemicycle.composition.procedure import AcceptanceState
from hemicycle.mandates import queries as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.rules.charter import Charter
from hemicycle.rules.quota import QuotaResult
from hemicycle.suspension import queries as suspension
from hemicycle.web import findings
from hemicycle.web.charts import Bar, HemicycleLayout, SeatMark, hemicycle, thirds_meter
from hemicycle.web.templatetags.house import day

from . import released
from .announcements import Announcement, announce, name_of
from .mended import Mended, Note

SITTING, SUSPENDED, VACANT = "sitting", "suspended", "vacant"


@dataclass(frozen=True)
class PublicSeat:
    """One seat. `name` is None when it is vacant or the name is withheld for safety (`is_withheld`).

    `is_to_begin`: the person was announced and the participation has not begun. `until` is the last day.
    """

    number: int
    state: str
    reserved: bool
    name: str | None = None
    capacity: str = ""
    from_day: date | None = None
    until_day: date | None = None
    is_withheld: bool = False
    withheld_until: date | None = None
    is_to_begin: bool = False
    reference: str = ""

    @property
    def shown_name(self) -> str:
        """What stands in the column of names."""
        if self.name is not None:
            return self.name
        if not self.is_withheld:
            return pgettext("seat", "nobody")
        if self.withheld_until is None:
            return _("name withheld for safety")
        return _("name withheld for safety until %(day)s") % {"day": day(self.withheld_until)}

    @property
    def state_label(self) -> str:
        if self.is_to_begin:
            return _("announced; the participation has not begun")
        return {
            SITTING: _("sitting"),
            SUSPENDED: _("participation suspended pending review"),
            VACANT: _("vacant"),
        }[self.state]

    @property
    def state_kind(self) -> str:
        return {SITTING: "done", SUSPENDED: "stopped"}.get(self.state, "neutral")

    def data(self) -> dict[str, Any]:
        """The seat as `/composition.json` has it."""
        return {
            "seat": self.number,
            "name": self.name if self.state != VACANT else None,
            "reserved": self.reserved,
            "capacity": self.capacity or None,
            "state": self.state,
            "from": self.from_day.isoformat() if self.from_day else None,
            "until": self.until_day.isoformat() if self.until_day else None,
        }


@dataclass(frozen=True)
class Composition:
    """The seats of an announced list at an instant, and what is to be read beside them."""

    the_list: List
    charter: Charter
    at: datetime
    seats: Sequence[PublicSeat]
    measures: Sequence[Announcement]
    notes: Sequence[Note]
    quota: QuotaResult
    is_in_force: bool

    @property
    def active_reserved(self) -> int:
        return sum(seat.reserved and seat.state == SITTING for seat in self.seats)

    @property
    def occupied(self) -> int:
        return sum(seat.state != VACANT for seat in self.seats)

    @property
    def arithmetic(self) -> list[str]:
        """How the reserve is reckoned, line by line."""
        return [findings.text(line) for line in self.quota.arithmetic]

    @property
    def layout(self) -> HemicycleLayout:
        marks = [SeatMark(seat.number, _chart_label(seat), seat.reserved, seat.state) for seat in self.seats]
        return hemicycle(marks)

    @property
    def meter(self) -> Bar | None:
        """The one-third meter; none where nothing is reserved."""
        return meter_of(self.quota)

    @property
    def is_to_begin(self) -> bool:
        return any(seat.is_to_begin for seat in self.seats)

    def data(self) -> dict[str, Any]:
        return {"session": self.the_list.session.name, "seats": [seat.data() for seat in self.seats]}


def meter_of(result: QuotaResult) -> Bar | None:
    """Seats with a mark at what the reserve requires; none where nothing is reserved."""
    if not result.required or not result.base:
        return None
    return thirds_meter(total=result.base, required=result.required, present=min(result.present, result.base))


def current(at: datetime | None = None) -> Composition | None:
    """The composition in force; else the one announced and still to begin; else the last public one, all over."""
    at = at or clock.now()
    list_ = lists.in_force(at) or lists.latest_public(at)
    return None if list_ is None else of_list(list_, at)


def of_list(list_: List, at: datetime) -> Composition:
    """An announced list as it stands at an instant. A fixed number of queries, whatever the number of seats."""
    charter = lists.charter_of(list_)
    states = mandates.seats_of(list_, at)
    has_begun = any(state.mandate is not None for state in states)
    measures = (
        [m for m in suspension.public_measures(at) if m.mandate.list_id == list_.pk] if has_begun else []
    )
    told = [m.reference for m in measures]
    # Whoever was suspended and has left is named too, though somebody else may sit there now.
    named = {m.mandate.reference for m in measures} | {
        s.mandate.reference for s in states if s.mandate is not None
    }
    mended = Mended([list_.reference, *named, *told])
    if has_begun or lists.term_ends_at(list_, charter) <= at:
        seats = [_seat(state, mended, clock.now()) for state in states]
    else:
        seats = _announced(list_, states)
    announcements = announce(list_, measures, mended)
    names = {seat.reference: seat.name for seat in seats if seat.reference}
    names |= {one.measure.mandate.reference: one.name for one in announcements}
    in_force = lists.in_force()  # now: a past composition is shown as it stood, and is not in force
    return Composition(
        the_list=list_,
        charter=charter,
        at=at,
        seats=seats,
        measures=announcements,
        notes=mended.notes(*names, *told, nameless=[key for key, name in names.items() if name is None]),
        quota=mandates.judge(list_, states) if has_begun else lists.judge(list_, charter=charter),
        is_in_force=in_force is not None and in_force.pk == list_.pk,
    )


def last_instant(list_: List, at: datetime) -> datetime:
    """Now while the term runs, else the last second of it: how a past composition stood at its end."""
    return min(at, lists.term_ends_at(list_) - timedelta(seconds=1))


def withheld(list_: List) -> int:
    """How many names of the seats shown for its session are withheld for safety now; who has withdrawn is not shown
    for ever, which is no withholding (1.6)."""
    states = mandates.seats_of(list_, last_instant(list_, clock.now()))
    held = [state.mandate for state in states if state.mandate is not None and state.is_occupied]
    if all(state.mandate is None for state in states):
        return sum(seat.is_withheld for seat in _announced(list_, states))
    return sum(mandates.public_name(row) is None and not mandates.has_gone(row) for row in held)


def _seat(state: mandates.SeatState, mended: Mended, now: datetime) -> PublicSeat:
    mandate = state.mandate
    if mandate is None or not state.is_occupied:
        return PublicSeat(state.number, VACANT, state.reserved)
    name = name_of(mandate, mended, now)
    return PublicSeat(
        number=state.number,
        state=state.state,
        reserved=state.reserved,
        name=name,
        capacity=mended.text(mandate.reference, "capacity", mandate.capacity),
        from_day=mended.day(mandate.reference, "from", mandate.from_day),
        until_day=mended.day(mandate.reference, "until", last_day(mandate)),
        is_withheld=name is None,
        withheld_until=mandate.withheld_until if name is None else None,
        reference=mandate.reference,
    )


def last_day(mandate: Mandate) -> date:
    """The last day of a participation: that of its term, or the day on which it ended before."""
    ended_at = mandate.ended_at or mandate.over_since(clock.now())
    if ended_at is None:
        return mandate.until_day
    return min(mandate.until_day, timezone.localtime(ended_at).date())


def _announced(list_: List, states: list[mandates.SeatState]) -> list[PublicSeat]:
    """Seats between the announcement and the beginning: the names are public, nobody sits."""
    accepted = {
        row.candidacy_id: row
        for row in Acceptance.objects.filter(
            session=list_.session, state=AcceptanceState.ACCEPTED, candidacy__seats__list=list_
        ).order_by("reserved")
    }
    taken = {seat.number: seat for seat in list_.seats.select_related("candidacy")}
    found = []
    for state in states:
        seat = taken.get(state.number)
        answer = accepted.get(seat.candidacy_id) if seat is not None else None
        if seat is None or answer is None or seat.candidacy.state in mandates.GONE:
            found.append(PublicSeat(state.number, VACANT, state.reserved))
            continue
        hidden = _is_withheld(answer)
        found.append(
            PublicSeat(
                number=state.number,
                state=VACANT,
                reserved=seat.reserved,
                name=None if hidden else answer.public_name,
                is_withheld=hidden,
                withheld_until=answer.withheld_until if hidden else None,
                is_to_begin=True,
            )
        )
    return found


def _is_withheld(answer: Acceptance) -> bool:
    until = answer.withheld_until
    return answer.withhold_name and (until is None or clock.today() < until)


def _chart_label(seat: PublicSeat) -> str:
    parts = [_("Seat %(number)s") % {"number": seat.number}]
    if seat.reserved:
        parts.append(_("reserved"))
    if seat.name is not None or seat.is_withheld:
        parts.append(seat.shown_name)
    parts.append(seat.state_label)
    return ", ".join(parts)


def earlier(than: List | None) -> list[tuple[str, str]]:
    """(name of the session, its address) of every other public composition, the latest first."""
    seen: dict[int, tuple[str, str]] = {}
    for row in released.lists().exclude(returned_at__lte=clock.now()):
        if than is None or row.session_id != than.session_id:
            seen.setdefault(row.session_id, (row.session.name, released.address_of(row.session)))
    return list(seen.values())
