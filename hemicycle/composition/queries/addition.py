"""Who may still be added to the succession list of a list that was proposed, and what the Bureau has said of it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hemicycle.candidacy.models import Candidacy
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.vetting import queries as vetting
from hemicycle.vetting.models import OpinionIs
from hemicycle.voting.models import Vote
from hemicycle.voting.procedure import VoteState

from ..models import GONE, STANDING, Addition, List, Successor
from ..procedure import AcceptanceState, AdditionState
from .seats import acceptance_of, answer, answers, charter_of, pool
from .standing import RUNNING, term_ends_at
from .who import is_proposer, on_bureau_roll

D = AdditionState


def takes_additions(list_: List) -> bool:
    """Whether the list stands: approved, not returned, its term not over, and the charter has a succession list."""
    charter = charter_of(list_)
    return (
        list_.state in STANDING
        and list_.returned_at is None
        and charter.stages.succession_list.value
        and clock.now() < term_ends_at(list_, charter)
    )


def came_late(list_: List) -> QuerySet[Candidacy]:
    """Whose opinion, or opinion on a review or new reading that was running, came after the list was proposed (3.7).

    Nobody with an opinion “not met”: a proposal against an opinion is the President's for a list, with reasons that
    are counted in public. Nobody who has a seat or a place on the list.
    """
    since = list_.proposed_at
    if since is None:
        return Candidacy.objects.none()
    late_opinion = Q(examination__concluded_at__gt=since) | Q(
        examination__review_asked_at__lte=since, examination__reviewed_at__gt=since
    )
    late_opinion |= Q(
        examination__new_readings__called_at__lte=since, examination__new_readings__given_at__gt=since
    )
    rows = vetting.eligible(list_.call).filter(late_opinion).distinct()
    rows = rows.exclude(examination__opinion=OpinionIs.NOT_MET)
    rows = rows.exclude(pk__in=list_.seats.values("candidacy_id"))
    return rows.exclude(pk__in=list_.successors.values("candidacy_id"))


def late(list_: List) -> list[Candidacy]:
    """Those of them who may be shown, by name."""
    keys = set(came_late(list_).values_list("pk", flat=True))
    return [row for row in pool(list_.call, list_.session) if row.pk in keys] if keys else []


def has_accepted(addition: Addition) -> bool:
    session = addition.list.session
    return acceptance_of(addition.candidacy, session, reserved=addition.for_reserve) is not None


def in_line(list_: List) -> int:
    """How many places of the succession list are taken by people who have not withdrawn."""
    return Successor.objects.filter(list=list_).exclude(candidacy__state__in=GONE).count()


def last_rank(list_: List, *, for_reserve: bool) -> int:
    last = list_.successors.filter(for_reserve=for_reserve).order_by("-rank").first()
    return last.rank if last is not None else 0


def shown_name(addition: Addition) -> str:
    """The name, or nothing where the person has withdrawn: such a name is never shown (7.2)."""
    found = answers(addition.list.session, [addition.candidacy_id])
    given = answer(found, addition.candidacy_id, addition.for_reserve)
    gone = addition.candidacy.state in GONE or given == AcceptanceState.WITHDRAWN
    return "" if gone else addition.candidacy.person.shown_name


def addition_votes(addition: Addition) -> QuerySet[Vote]:
    """The votes of the deciding body on exactly this addition, the latest first."""
    body = charter_of(addition.list).list.decided_by.value
    return Vote.objects.filter(subject=addition.reference, body=body).order_by("-created_at", "-pk")


def addition_undecided(addition: Addition) -> bool:
    return addition_votes(addition).filter(state__in=RUNNING).exists()


def decision_on(addition: Addition) -> Vote | None:
    """The latest decided vote on an addition, a void one too."""
    decided = (VoteState.CARRIED, VoteState.REJECTED, VoteState.VOID)
    return addition_votes(addition).filter(state__in=decided).first()


def addition_proposer_in_office(addition: Addition) -> bool:
    return is_proposer(people.actor(addition.proposer))


def additions_visible_to(actor: Actor) -> QuerySet[Addition]:
    """The President's office and the second person see every addition; the Bureau while one is before it."""
    rows = Addition.objects.select_related("list__session", "list__call", "candidacy__person", "proposer")
    if actor.person is None:
        return rows.none()
    if is_proposer(actor) or actor.holds(Office.SECRETARIAT, Office.SECRETARY_GENERAL):
        return rows
    return rows.filter(state=D.BEFORE_BUREAU) if on_bureau_roll(actor) else rows.none()


def additions_before(actor: Actor) -> QuerySet[Addition]:
    """Additions whose page about the person the actor may read: the roll of the Bureau, while it decides."""
    rows = Addition.objects.filter(state=D.BEFORE_BUREAU)
    rows = rows.select_related("list__session", "list__call", "candidacy__person", "candidacy__slate")
    return rows if on_bureau_roll(actor) else rows.none()
