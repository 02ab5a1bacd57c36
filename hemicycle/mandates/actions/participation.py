"""Mandates begin, are suspended and restored, end, and are followed; names are withheld and shown (articles 8.1-8.5, 10.1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from hemicycle.composition import queries as lists
from hemicycle.composition.models import Acceptance, List
from hemicycle.composition.procedure import AcceptanceState, ListState
from hemicycle.integrity import queries as integrity
from hemicycle.record import clock, erasure
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.record.due import take_each
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Finding, Unmet

from .. import queries
from ..models import Mandate
from ..procedure import MANDATE, Ground, MandateState
from .comparing import compare_those_in_office

M = MandateState
act = gate(MANDATE, queries.offices)


def unmet(message: str, act_name: str, **params: object) -> Unmet:
    return Unmet(Finding(message, params, f"mandates.{act_name}"))


def begin_all(list_: List, by: Actor) -> list[Entry]:
    """Begin the mandates of all seats of an announced list, in one go or not at all: one act and entry for each.

    A seat whose person has withdrawn since stays vacant. Raises what `begin` raises.
    """
    with transaction.atomic():
        List.objects.select_for_update().get(pk=list_.pk)
        list_.refresh_from_db()
        rows = [place for place in lists.places(list_) if place.is_live]
        if not rows:
            raise unmet(N_("There is nobody on this list."), "begin")
        return [
            begin(Mandate(list=list_, seat_number=place.number), by)
            for place in rows
            if place.seat is not None
        ]


@act
def begin(mandate: Mandate, by: Actor) -> Facts:
    """Let the participation on one seat of the list begin. `mandate` is unsaved. Raises `Unmet`."""
    list_ = mandate.list
    _check_in_effect(list_, "begin")
    seat = list_.seats.select_related("candidacy__person").filter(number=mandate.seat_number).first()
    if seat is None:
        raise unmet(N_("Nobody is on this seat of the list."), "begin")
    if Mandate.objects.filter(list=list_, seat_number=mandate.seat_number).exists():
        raise unmet(N_("The participation on this seat has begun already."), "begin")
    if seat.candidacy.state in queries.GONE:
        raise unmet(N_("The person has withdrawn."), "begin")
    acceptance = lists.acceptance_of(seat.candidacy, list_.session, reserved=seat.reserved)
    if acceptance is None:
        raise unmet(N_("The person has not accepted this seat."), "begin")
    mandate.candidacy, mandate.person, mandate.reserved = seat.candidacy, seat.candidacy.person, seat.reserved
    _take_seat(mandate, acceptance, _first_day(list_))
    return _seated(mandate)


def _check_in_effect(list_: List, act_name: str) -> None:
    """A mandate needs a list that is announced and in effect, and has not come back (7.9), and its session open (8.1)."""
    if list_.announced_at is None or list_.effective_at is None or list_.state not in (
        ListState.ANNOUNCED, ListState.BEFORE_RATIFICATION,
    ):  # fmt: skip
        raise unmet(N_("No participation begins before the list is in effect and announced."), act_name)
    if clock.now() >= lists.term_ends_at(list_):
        raise unmet(N_("The term of this list is over."), act_name)
    if clock.now() < list_.session.opens_at:
        raise unmet(N_("No participation begins before the session opens."), act_name)


def _first_day(list_: List) -> date:
    begins = lists.term_begins_at(list_)
    return max(timezone.localtime(begins).date() if begins else clock.today(), list_.session.opens_on)


def _take_seat(mandate: Mandate, acceptance: Acceptance, from_day: date) -> None:
    ends = lists.term_ends_at(mandate.list)
    mandate.from_day = from_day
    mandate.until_day = timezone.localtime(ends - timedelta(seconds=1)).date()
    mandate.begun_at = clock.now()
    mandate.shown_name = acceptance.public_name
    mandate.name_withheld, mandate.withheld_until = acceptance.withhold_name, acceptance.withheld_until


def _seated(mandate: Mandate) -> Facts:
    return Facts(
        {
            "list": mandate.list.reference,
            "seat": mandate.seat_number,
            "reserved": mandate.reserved,
            "capacity": mandate.capacity,
            "from": mandate.from_day,
            "until": mandate.until_day,
            "replaces": mandate.replaces.reference if mandate.replaces else None,
        }
    )


@act
def fill_vacancy(mandate: Mandate, by: Actor) -> Facts:
    """Seat the next of the succession list who has accepted. `mandate` is unsaved: a list and the number of a seat.

    The reserve is asked as it stands afterwards. Raises `Unmet` where the seat is not vacant, where the person
    announced for it has still to begin, where nobody may take it without breaking the reserve, where the person next
    in line has not accepted, or stands there against an opinion without reasons.
    """
    list_ = mandate.list
    List.objects.select_for_update().get(pk=list_.pk)
    _check_in_effect(list_, "fill_vacancy")
    if lists.charter_of(list_).mandates.vacancies.value != "succession_list":
        raise unmet(N_("The charter fills vacancies by a new proposal of the President."), "fill_vacancy")
    seats = queries.seats_of(list_, clock.now())
    seat = next((seat for seat in seats if seat.number == mandate.seat_number), None)
    if seat is None or seat.is_occupied:
        raise unmet(N_("This seat is not vacant."), "fill_vacancy")
    if seat.number not in queries.to_fill(list_, seats):
        raise unmet(N_("The participation on this seat has not begun yet."), "fill_vacancy")
    successor, reserved, answer = queries.next_in_line(list_, seat, seats)
    if successor is None:
        raise unmet(
            N_(
                "Nobody on the succession list may take this seat without breaking a rule of the list: it stays vacant."
            ),
            "fill_vacancy",
        )
    acceptance = lists.acceptance_of(successor.candidacy, list_.session, reserved=reserved)
    if answer != AcceptanceState.ACCEPTED or acceptance is None:
        raise unmet(N_("The person next in line has not accepted yet."), "fill_vacancy")
    if integrity.recused(by.person, lists.subjects_of(successor.candidacy)):
        raise unmet(N_("You declared an interest in this person and take no part here."), "fill_vacancy")
    if lists.unreasoned(list_, [successor]):
        # A review may have changed the opinion since the list was released (3.5).
        raise unmet(
            N_("The opinion on the person next in line is “not met”: the President’s reasons come first."),
            "fill_vacancy",
        )
    mandate.candidacy, mandate.person = successor.candidacy, successor.candidacy.person
    mandate.reserved = reserved
    mandate.replaces = _last(list_, mandate.seat_number)
    if mandate.replaces is not None and mandate.replaces.state != M.ENDED:
        expire(mandate.replaces, CLOCK)  # it had ended by itself, and nobody had written that down yet
    _take_seat(mandate, acceptance, clock.today())
    return _seated(mandate)


def _last(list_: List, number: int) -> Mandate | None:
    """Who sat there before."""
    return Mandate.objects.filter(list=list_, seat_number=number).order_by("-begun_at", "-pk").first()


@act
def suspend(mandate: Mandate, by: Actor, *, case: str, until: datetime | None) -> Facts:
    """Suspend pending review, or set another review date. Within a suspension case only; the seat counts on (4.3).

    `case`: reference of the suspension; while one is in force, no other case touches its end (9.5). `until`: when it
    lapses by itself, None where no date is set.
    """
    now = clock.now()
    if mandate.standing(now) == M.SUSPENDED and mandate.case != case:
        raise unmet(N_("The participation is suspended in another case."), "suspend")
    if until is not None and until <= now:
        raise unmet(N_("The review date is past."), "suspend")
    if mandate.standing(now) != M.SUSPENDED:
        mandate.suspended_at = now
    mandate.suspended_until = until
    mandate.case = case
    return Facts({"case": case, "until": until, "seat": mandate.seat_number})


@act
def restore(mandate: Mandate, by: Actor, *, case: str) -> Facts:
    """End a suspension: dismissed on review, or lapsed on its date. Within a suspension case only."""
    if mandate.case != case:
        raise unmet(N_("The participation is suspended in another case."), "restore")
    now = clock.now()
    mandate.suspended_until = min(mandate.suspended_until or now, now)
    return Facts({"case": case, "seat": mandate.seat_number})


@act
def end_on_finding(mandate: Mandate, by: Actor, *, case: str) -> Facts:
    """End a participation on an upheld finding. Within a suspension case only (9.6)."""
    mandate.case = case
    return _end(mandate, Ground.FINDING, {"case": case})


@act
def renounce(mandate: Mandate, by: Actor) -> Facts:
    """The participant leaves; no reasons are asked."""
    return _end(mandate, Ground.RENOUNCED, {})


@act
def end(mandate: Mandate, by: Actor, *, ground: str) -> Facts:
    """Record a death or an incapacity, within `confirm_end` only; every other end has an act of its own."""
    return _end(mandate, Ground(ground), {})


@act
def expire(mandate: Mandate, by: Actor) -> Facts:
    """Write down that the term is over, that ratification was refused, or that the candidacy was withdrawn. The end
    itself came by its date (6.0)."""
    found = mandate.end_by(clock.now())
    if found is None:
        raise unmet(N_("The term is not over."), "expire")
    mandate.ended_at, mandate.ended_ground = found
    return Facts({"seat": mandate.seat_number, "ground": mandate.ended_ground, "ended_at": mandate.ended_at})


def _end(mandate: Mandate, ground: Ground, plain: dict[str, object]) -> Facts:
    mandate.ended_at = clock.now()
    mandate.ended_ground = ground
    if mandate.suspended_at is not None and (
        mandate.suspended_until is None or mandate.suspended_until > clock.now()
    ):
        mandate.suspended_until = clock.now()
    return Facts({"seat": mandate.seat_number, "ground": ground.value, "reserved": mandate.reserved, **plain})


@act
def erase_name(mandate: Mandate, by: Actor) -> Facts:
    """The file was withdrawn and is erased: the seat and its dates stay, and nothing says who sat there (1.6)."""
    if mandate.candidacy_id is not None:
        raise unmet(N_("The file of this person is not erased."), "erase_name")
    mandate.shown_name = ""
    for reveal in mandate.reveals.exclude(source=""):
        reveal.source = ""
        reveal.save(update_fields=["source"])
    erasure.destroy([mandate.reference])
    return Facts()


@act
def withhold_name(mandate: Mandate, by: Actor, *, until: date | None = None) -> Facts:
    """Withhold the name in public for safety, until a day or until it is shown again (1.7).

    Nobody but the participant brings the end of a withholding forward. Raises `Unmet`.
    """
    if not lists.charter_of(mandate.list).publication.names_may_be_withheld.value:
        raise unmet(N_("The charter does not let names be withheld."), "withhold_name")
    if until is not None and until <= clock.today():
        raise unmet(N_("The day is past."), "withhold_name")
    if until is not None and by.person != mandate.person_id and _ends_before(until, mandate):
        raise unmet(
            N_("The name is withheld for longer: only the participant may shorten that time."),
            "withhold_name",
        )
    mandate.name_withheld, mandate.withheld_until = True, until
    return Facts({"until": until})


def _ends_before(until: date, mandate: Mandate) -> bool:
    """Whether a name that is withheld now would be shown earlier than it is to be."""
    runs_until = mandate.withheld_until
    is_over = runs_until is not None and runs_until <= clock.today()
    return mandate.name_withheld and not is_over and (runs_until is None or until < runs_until)


@act
def show_name(mandate: Mandate, by: Actor) -> Facts:
    """Let the public read the name again."""
    mandate.name_withheld, mandate.withheld_until = False, None
    return Facts()


@act
def reveal_name(mandate: Mandate, by: Actor, *, reveal: str) -> Facts:
    """Let the public read the name, as the participant wrote. Within `confirm_reveal` only; `reveal`: its reference."""
    mandate.name_withheld, mandate.withheld_until = False, None
    return Facts({"reveal": reveal})


def tick() -> int:
    """Write down the participations that have ended by themselves, erase the names of those whose file is erased, and have
    those who sit compared with renewed lists; each in its own transaction. Returns how many."""
    now = clock.now()
    open_ = Mandate.objects.exclude(state=M.ENDED).select_related("list__session", "candidacy")
    done = take_each(expire, [mandate for mandate in open_ if mandate.over_by(now)])
    nameless = Mandate.objects.filter(state=M.ENDED, candidacy__isnull=True).exclude(shown_name="")
    return done + take_each(erase_name, nameless) + compare_those_in_office()
