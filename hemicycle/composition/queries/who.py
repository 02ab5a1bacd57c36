"""Who may act on lists and acceptances, and who may see them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from hemicycle.assembly import queries as assembly
from hemicycle.integrity import queries as integrity
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office

from ..models import BINDING, GONE, Acceptance, Addition, Comment, List
from ..procedure import AcceptanceState, ListState
from .seats import concerned_by, subjects_of

S = ListState
A = AcceptanceState


def offices(actor: Actor, matter: Any) -> frozenset[str]:
    """Offices held, the acting President's, the candidate's on the own acceptance, the Bureau member's on a list before
    it; less what a recusal takes."""
    held = set(assembly.offices(actor, matter))
    if actor.person is None:
        return frozenset(held)
    subjects = [matter.reference]
    if isinstance(matter, List):  # who speaks of a list as a member of the Bureau sits on its roll now
        held.discard(Office.BUREAU_MEMBER)
        if _sits_over(actor, matter):
            held.add(Office.BUREAU_MEMBER)
    if isinstance(matter, Acceptance):
        subjects = subjects_of(matter.candidacy)
    elif isinstance(matter, Addition):
        named = subjects_of(matter.candidacy) if matter.candidacy_id else []
        subjects = [matter.reference, matter.list.reference, *named]
    elif matter.pk is not None:
        subjects = [
            matter.reference,
            *concerned_by(matter),
        ]  # a list is the discussion of all who stand on it
    if any(subjects) and held - {Office.ANYONE} and integrity.recused(actor.person, subjects):
        held &= {Office.ANYONE}
    if isinstance(matter, Acceptance) and matter.candidacy.person_id == actor.person:
        return frozenset({Office.ANYONE, Office.CANDIDATE})  # nobody acts in an office on the own seat
    return frozenset(held)


def _sits_over(actor: Actor, list_: List) -> bool:
    """Whether the actor decides on a list: it is before the Bureau, and not the actor's own proposal."""
    return list_.state == S.BEFORE_BUREAU and actor.person != list_.proposer_id and on_bureau_roll(actor)


def is_proposer(actor: Actor) -> bool:
    """Whether the actor holds the President's pen now: President, or acting President."""
    return actor.person is not None and bool(
        assembly.offices(actor, None) & {Office.PRESIDENT, Office.ACTING_PRESIDENT}
    )


def on_bureau_roll(actor: Actor) -> bool:
    """Whether the actor sits in the Bureau now, or stands in for somebody who does."""
    if actor.person is None:
        return False
    return any(member.person_id == actor.person for member in assembly.roll_of("bureau", clock.now()))


def visible_to(actor: Actor) -> QuerySet[List]:
    """The President's office sees every list; the second person once it was proposed; the Bureau once released."""
    lists = List.objects.select_related("session", "call", "proposer")
    if actor.person is None:
        return lists.none()
    if is_proposer(actor):
        return lists
    if actor.holds(Office.SECRETARIAT, Office.SECRETARY_GENERAL):
        return lists.filter(proposed_at__isnull=False).exclude(state=S.DRAFT)
    return lists.filter(state__in=BINDING) if on_bureau_roll(actor) else lists.none()


def comments_visible_to(actor: Actor, list_: List) -> QuerySet[Comment]:
    """What the President’s office says to itself of a draft: nobody else ever reads it."""
    return list_.comments.all() if is_proposer(actor) else list_.comments.none()


def acceptances_visible_to(actor: Actor) -> QuerySet[Acceptance]:
    """The person asked, and whoever may ask. A withdrawn one, or one of a locked file, is the person's
    alone (7.2, 1.4)."""
    rows = Acceptance.objects.select_related("candidacy__person", "candidacy__call", "session")
    if actor.person is None:
        return rows.none()
    own = Q(candidacy__person=actor.person)
    if is_proposer(actor) or actor.holds(Office.SECRETARIAT):
        shut = Q(candidacy__state__in=GONE) | Q(candidacy__person__is_active=False)
        return rows.filter(own | ~(Q(state=A.WITHDRAWN) | shut))
    return rows.filter(own)


def proposals_visible_to(actor: Actor) -> QuerySet[List]:
    """Lists whose per-person pages the actor may read: the roll of the Bureau, while the list is before it."""
    pending = List.objects.filter(state=S.BEFORE_BUREAU).select_related("session", "call")
    return pending if on_bureau_roll(actor) else pending.none()


def paper_visible_to(actor: Actor) -> QuerySet[List]:
    """Lists whose paper the actor may read: once released, while they are before the Bureau or bind; the roll of the
    Bureau, the President's office, the Secretariat and the second person."""
    return visible_to(actor).filter(state__in=BINDING)


def proposer_in_office(list_: List) -> bool:
    """Whether the list is still the proposal of somebody who holds the President's pen (7.10)."""
    return is_proposer(people.actor(list_.proposer))
