"""Which list counts: pending, announced, in force; its votes and its numbers."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from hemicycle.assembly.models import Session
from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Candidacy
from hemicycle.record import clock
from hemicycle.rules.charter import Charter
from hemicycle.voting.models import Vote
from hemicycle.voting.procedure import VoteState

from ..models import ALIVE, BINDING, List, Seat
from ..procedure import AcceptanceState
from .seats import charter_of, judge, places

A = AcceptanceState
# A vote that is called, open, being counted, tied or waits for its second clerk.
RUNNING = (VoteState.CALLED, VoteState.OPEN, VoteState.TIED, VoteState.ENTERED)


def released(list_: List) -> bool:
    """Whether the list has been announced, so that what was kept until its release may be read by all."""
    return list_.announced_at is not None and list_.announced_at <= clock.now()


def released_references() -> set[str]:
    """References of all announced lists: their entries kept `on_release` are public now."""
    return set(List.objects.filter(announced_at__lte=clock.now()).values_list("reference", flat=True))


def binding_on(candidacy: Candidacy) -> bool:
    """Whether the person has a seat on a list that has gone to the Bureau and has not come back."""
    return Seat.objects.filter(candidacy=candidacy, list__state__in=BINDING).exists()


def pending(session: Session) -> List | None:
    """The list of a session that is on its way or announced; there is one at most."""
    return List.objects.filter(session=session, state__in=ALIVE).first()


def latest_public(at: datetime | None = None) -> List | None:
    """The last list that was announced and has not come back, whether or not its term is over."""
    at = at or clock.now()
    found = List.objects.filter(announced_at__lte=at).exclude(returned_at__lte=at)
    return found.select_related("session", "call").order_by("-announced_at", "-pk").first()


def term_ends_at(list_: List, charter: Charter | None = None) -> datetime:
    """When the participation of a list ends: the close of its session, or of as many as the charter says (8.1)."""
    charter = charter or charter_of(list_)
    later = Session.objects.filter(opens_on__gte=list_.session.opens_on).order_by("opens_on")
    covered = list(later[: charter.mandates.term_sessions.value]) or [list_.session]
    return covered[-1].closes_at


def term_begins_at(list_: List) -> datetime | None:
    """When the participation of a list begins: announced, in effect, and its session open; the latest of the three."""
    if list_.announced_at is None or list_.effective_at is None:
        return None
    return max(list_.announced_at, list_.effective_at, list_.session.opens_at)


def in_force(at: datetime | None = None) -> List | None:
    """The list whose participants sit at an instant: announced, in effect, within its term; else none.

    With holding over (a charter key) the last list stays until the next begins.
    """
    at = at or clock.now()
    found = List.objects.filter(announced_at__lte=at, effective_at__lte=at).exclude(returned_at__lte=at)
    begun = [
        (begins, list_)
        for list_ in found.select_related("session", "call").order_by("-effective_at", "-pk")[:4]
        if (begins := term_begins_at(list_)) is not None and begins <= at
    ]
    if not begun:
        return None
    list_ = max(begun, key=lambda pair: (pair[0], pair[1].pk))[1]
    charter = charter_of(list_)
    return list_ if charter.mandates.holding_over.value or at < term_ends_at(list_, charter) else None


def votes(list_: List) -> QuerySet[Vote]:
    """All votes on a list: on the whole, on single seats (`LIST-…/3`), of whichever body; latest first."""
    return Vote.objects.filter(Q(subject=list_.reference) | Q(subject__startswith=f"{list_.reference}/"))


def deciding_bodies(list_: List) -> list[str]:
    """The bodies whose votes carried a list or a seat of it, in the order in which they decided."""
    carried = votes(list_).filter(state=VoteState.CARRIED).order_by("created_at", "pk")
    return list(dict.fromkeys(carried.values_list("body", flat=True)))


def undecided(list_: List) -> bool:
    """Whether a vote on the list is called, open, being counted, tied or waits for its second clerk."""
    return votes(list_).filter(state__in=RUNNING).exists()


def bureau_votes(list_: List) -> list[Vote]:
    """The decided votes that count for approval: the latest on the whole, or the latest on each seat since then.

    A lost vote counts whatever was voted after it: the Bureau’s refusal is not voted away (7.4).
    """
    body = charter_of(list_).list.decided_by.value
    decided = (VoteState.CARRIED, VoteState.REJECTED, VoteState.VOID)
    found = list(votes(list_).filter(body=body, state__in=decided).order_by("-created_at", "-pk"))
    latest = {vote.subject: vote for vote in found if vote.state == VoteState.REJECTED}
    if list_.reference in latest:
        return [latest[list_.reference]]
    if not found or found[0].subject == list_.reference:
        return [*found[:1], *latest.values()]
    for vote in found:
        if vote.subject == list_.reference:
            break
        latest.setdefault(vote.subject, vote)
    return list(latest.values())


def seat_subjects(list_: List) -> list[str]:
    """The subjects of the separate votes on a list, one a seat that is taken."""
    return [f"{list_.reference}/{place.number}" for place in places(list_) if place.is_live]


def carried(list_: List) -> set[str]:
    """The subjects on which the Bureau has said yes: the list as a whole, or single seats."""
    return {vote.subject for vote in bureau_votes(list_) if vote.state == VoteState.CARRIED}


def is_to_be_voted_on(list_: List, *, separate: bool = False) -> bool:
    """Whether the Bureau has still to decide on the list, or (`separate`) on a seat of it.

    What it refused is not put to it until it says yes, nor what it approved until it says no; a void vote decides
    nothing.
    """
    if any(vote.state == VoteState.REJECTED for vote in bureau_votes(list_)):
        return False
    said_yes = carried(list_)
    if not said_yes:
        return True
    return separate and list_.reference not in said_yes and not said_yes.issuperset(seat_subjects(list_))


def overridden(list_: List) -> int:
    """How many people are proposed for a seat against an opinion “not met”, for the decision sheet."""
    return list_.overrides.filter(candidacy__seats__list=list_).count()


def overridden_in_line(list_: List) -> int:
    """How many stand on the succession list against an opinion “not met”, for the decision sheet."""
    return list_.overrides.filter(candidacy__successions__list=list_).count()


def sheet(list_: List) -> dict[str, int]:
    """The numbers of a list for the decision sheet. They concern acts of office-holders: no suppression (7.3)."""
    charter = charter_of(list_)
    rows = [place for place in places(list_, charter) if place.is_live]
    result = judge(list_, rows, charter)
    slates = {place.seat.candidacy.slate_id for place in rows if place.seat and place.seat.candidacy.slate_id}
    return {
        "seats": charter.seats.total.value,
        "proposed": len(rows),
        "accepted": sum(place.acceptance == A.ACCEPTED for place in rows),
        "reserved": result.present,
        "reserved_required": result.required,
        "reserved_short": result.short_by,
        "overridden": overridden(list_),
        "overridden_in_line": overridden_in_line(list_),
        "successors": list_.successors.count(),
        "slates_represented": len(slates),
        "approved": len(rows) if list_.approved_at else 0,
        "candidates_declared_for_reserve": sum(
            candidacies.for_reserve(place.seat.candidacy) for place in rows if place.seat
        ),
    }
