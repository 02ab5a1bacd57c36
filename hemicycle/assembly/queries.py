"""Questions about the host: which session runs, who presides, who is on a body's roll."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import clock, law, page
from hemicycle.record.actors import Actor
from hemicycle.record.models import Correction, Entry, LogKey, Matter
from hemicycle.rules import charter as charters
from hemicycle.rules.charter import BODIES, Charter, Text
from hemicycle.rules.procedure import Office

from .models import (
    ActingPresidency,
    Adoption,
    Body,
    BodySeat,
    Capacity,
    ForumDecision,
    Import,
    Replacement,
    Representation,
    SeatYear,
    Session,
)
from .procedure import ActingState, ForumState


@dataclass(frozen=True)
class RollMember:
    """One line of a roll: who may vote in a body, in what capacity, for whom.

    `replaces` is the name of the member whose place this is, where a capacity is represented; `presides`
    marks whoever presides at that instant (the President, or the acting President).
    """

    person_id: int | None
    name: str
    capacity: str
    delegation_code: str = ""
    group_code: str = ""
    replaces: str = ""
    presides: bool = False


def current_session(at: datetime | None = None) -> Session | None:
    """The session whose days hold the instant, or none."""
    day = _day(at or clock.now())
    return Session.objects.filter(opens_on__lte=day, closes_on__gte=day).order_by("-opens_on").first()


def charter_of(session: Session) -> Charter:
    """The charter that a session lives under: the one in force when it opened; for a later one, the one in
    force.
    """
    if session.charter:
        return law.by_reference(session.charter)
    return law.in_force(min(session.opens_at, clock.now()))


def seats_at(at: datetime) -> QuerySet[BodySeat]:
    """Seats in bodies that are held at an instant."""
    return BodySeat.objects.filter(Q(held_until__isnull=True) | Q(held_until__gt=at), held_from__lte=at)


def body_kind(body_code: str) -> str:
    """The charter's code for the votes of a body: each committee is a `committee`."""
    return body_code if body_code in BODIES else "committee"


def roll_of(body_code: str, at: datetime | None = None) -> list[RollMember]:
    """Who may vote in a body at an instant, in the order of capacities and precedence; one line per human.

    A represented seat shows who stands in and whom for, if the charter in force lets that capacity be
    represented (group chairs may, ex officio heads of delegation may not). Substitutes are on a roll only when
    they stand in.
    """
    at = at or clock.now()
    replaced = set(law.in_force(at).votes.of(body_kind(body_code)).replaced_capacities.value)
    seats = list(
        seats_at(at)
        .filter(body__code=body_code)
        .exclude(capacity=Capacity.SUBSTITUTE)
        .select_related("delegation", "group", "person")
    )
    seats.sort(key=_precedence)
    standing_in = {
        row.seat_id: row
        for row in Replacement.objects.filter(
            seat__body__code=body_code, from_at__lte=at, until_at__gt=at
        ).select_related("person")
    }
    chair = presiding(at)
    roll: list[RollMember] = []
    seen: set[object] = set()
    for seat in seats:
        stand_in = standing_in.get(seat.pk) if seat.capacity in replaced else None
        member = _member(seat, stand_in, chair)
        human: object = member.person_id or (member.name.casefold(), member.delegation_code)
        if human not in seen:
            seen.add(human)
            roll.append(member)
    return roll


def stands_in(body_code: str, person: Person, name: str, at: datetime) -> bool:
    """Whether two clerks confirmed that the person stands in, at that instant, for the member of that name."""
    return any(member.person_id == person.pk and member.replaces == name for member in roll_of(body_code, at))


def _member(seat: BodySeat, stand_in: Replacement | None, chair: Person | None) -> RollMember:
    holder = stand_in or seat
    return RollMember(
        person_id=holder.person_id,
        name=holder.name,
        capacity=seat.capacity,
        delegation_code=seat.delegation.code if seat.delegation else "",
        group_code=seat.group.code if seat.group else "",
        replaces=seat.name if stand_in else "",
        presides=chair is not None and holder.person_id == chair.pk,
    )


def _precedence(seat: BodySeat) -> tuple[int, int, int]:
    return list(Capacity).index(Capacity(seat.capacity)), seat.precedence or 10_000, seat.pk


def acting_at(at: datetime | None = None) -> ActingPresidency | None:
    """The acting presidency in force at an instant. Every page and every act asks: without the person's row."""
    return page.once("acting", lambda: _acting_at(clock.now())) if at is None else _acting_at(at)


def _acting_at(at: datetime) -> ActingPresidency | None:
    return (
        ActingPresidency.objects.filter(
            Q(until_at__isnull=True) | Q(until_at__gt=at), state=ActingState.ACTING, from_at__lte=at
        )
        .order_by("-from_at")
        .first()
    )


def is_acting_president(person: Person | int | None, at: datetime | None = None) -> bool:
    """Whether a person (or the key of one) is acting President now."""
    key = person.pk if isinstance(person, Person) else person
    acting = acting_at(at)
    return acting is not None and key is not None and acting.person_id == key


def office_of_president_holder(at: datetime | None = None) -> Person | None:
    """Who holds the office of President itself, acting or not in that capacity at the moment."""
    return people.holders(Office.PRESIDENT, at).first()


def presiding(at: datetime | None = None) -> Person | None:
    """Who presides: the acting President while there is one, else the President."""
    acting = acting_at(at)
    return acting.person if acting else office_of_president_holder(at)


def vice_presidents(at: datetime | None = None) -> list[BodySeat]:
    """Vice-Presidents of the assembly in their order of precedence, as they sit in the Bureau."""
    seats = seats_at(at or clock.now()).filter(body__code="bureau", capacity=Capacity.VICE_PRESIDENT)
    return sorted(seats.select_related("person", "delegation"), key=_precedence)


def forum_established_at(charter: Charter) -> datetime | None:
    """The instant of the entry that ends the charter's reserve for lists proposed later (5.3)."""
    if charter.reserve.ends_on is None:
        return None
    found = ForumDecision.objects.filter(
        forum=charter.reserve.ends_on.value, state=ForumState.CONFIRMED
    ).first()
    return found.confirmed_at if found else None


def offices(actor: Actor, matter: Any) -> frozenset[str]:
    """Offices held for a time; the acting President's is given by the act that named him or her."""
    if actor.person is not None and is_acting_president(actor.person):
        return actor.offices | {Office.ACTING_PRESIDENT}
    return actor.offices


HOUSE: Sequence[str] = (
    Office.SECRETARIAT,
    Office.PRESIDENT,
    Office.ACTING_PRESIDENT,
    Office.BUREAU_MEMBER,
    Office.SECRETARY_GENERAL,
    Office.GENERAL_RAPPORTEUR,
)


def visible_sessions(actor: Actor) -> QuerySet[Session]:
    return Session.objects.all()


def visible_seat_years(actor: Actor) -> QuerySet[SeatYear]:
    return SeatYear.objects.all()


def visible_bodies(actor: Actor) -> QuerySet[Body]:
    return Body.objects.all()


def visible_adoptions(actor: Actor) -> QuerySet[Adoption]:
    """Drafts are for those who draft, are consulted and adopt; an adopted version is everybody's."""
    return Adoption.objects.all() if actor.holds(*HOUSE) else Adoption.objects.filter(state="adopted")


def visible_imports(actor: Actor) -> QuerySet[Import]:
    return Import.objects.all() if actor.holds(Office.SECRETARIAT) else Import.objects.none()


def visible_forum_decisions(actor: Actor) -> QuerySet[ForumDecision]:
    return (
        ForumDecision.objects.all()
        if actor.holds(*HOUSE)
        else ForumDecision.objects.filter(state="confirmed")
    )


def visible_acting(actor: Actor) -> QuerySet[ActingPresidency]:
    every = ActingPresidency.objects.select_related("person")
    return every if actor.holds(*HOUSE) else every.filter(state__in=["acting", "ended"])


def visible_representations(actor: Actor) -> QuerySet[Representation]:
    every = Representation.objects.select_related("seat__body", "person")
    return every if actor.holds(*HOUSE) else every.none()


def _day(at: datetime) -> date:
    from django.utils import timezone

    return timezone.localtime(at).date()


def seat_counts() -> dict[int, int]:
    """How many seats of each body are held now, by the body's key."""
    rows = seats_at(clock.now()).values_list("body_id").annotate(n=Count("pk")).order_by()
    return dict(rows)


def waiting(actor: Actor) -> Iterator[tuple[Matter, str]]:
    """`(matter, act)` for everything in this room that waits for the actor."""
    if actor.holds(Office.SECRETARY_GENERAL):
        for adoption in Adoption.objects.filter(state="drafted", secretary_general_at=None):
            yield adoption, "consult_secretary_general"
    if actor.holds(Office.GENERAL_RAPPORTEUR):
        for adoption in Adoption.objects.filter(state="drafted", general_rapporteur_at=None):
            yield adoption, "consult_general_rapporteur"
    if not actor.holds(Office.SECRETARIAT):
        return
    seconds: list[tuple[QuerySet[Any], str, str]] = [
        (Adoption.objects.filter(state="consulted"), "draft_charter", "adopt_charter"),
        (Import.objects.filter(state="previewed").defer("plan"), "preview_import", "commit_import"),
        (ForumDecision.objects.filter(state="recorded"), "record_forum_decision", "confirm_forum_decision"),
        (
            ActingPresidency.objects.filter(state="named"),
            "appoint_acting_president",
            "confirm_acting_president",
        ),
        (Representation.objects.filter(state="asked"), "ask_replacement", "confirm_replacement"),
        (Correction.objects.filter(state="drafted"), "draft_correction", "publish_correction"),
        (LogKey.objects.filter(state="asked"), "ask_new_key", "confirm_new_key"),
    ]
    for matters, first, second in seconds:
        mine = set(Entry.objects.filter(act=first, actor=actor.reference).values_list("matter", flat=True))
        for matter in matters:
            if matter.reference not in mine:
                yield matter, second


def differences(adoption: Adoption) -> list[tuple[str, str, str]]:
    """`(key, now, then)` for each rule that a draft changes against the law it would replace, in its
    order.
    """
    new = _parsed(adoption.digest, adoption.text)
    before = adoption.in_force_from or clock.now()
    old = {rule.key: rule.value for rule in law.in_force(before - timedelta(seconds=1)).rules()}
    then = {rule.key: rule.value for rule in new.rules()}
    keys = [*then, *(key for key in old if key not in then)]
    return [(k, _shown(old.get(k)), _shown(then.get(k))) for k in keys if old.get(k) != then.get(k)]


@lru_cache(maxsize=8)
def _parsed(digest: str, text: str) -> Charter:
    """A draft parsed once per process; its text is checked when it is drafted and does not change."""
    return charters.parse(text, name=digest[:12])


def _shown(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, Text):
        return value[get_language() or "en"]
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
