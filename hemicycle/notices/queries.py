"""Questions about letters and mails."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from hemicycle.assembly import queries as assembly
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office

from .models import LOST, Decision, Dispatch, Kind, Letter
from .procedure import DecisionState


def visible_to(actor: Actor) -> QuerySet[Letter]:
    """A person's own letters."""
    return (
        Letter.objects.filter(person_id=actor.person) if actor.person is not None else Letter.objects.none()
    )


def unread(actor: Actor) -> QuerySet[Letter]:
    return visible_to(actor).filter(read_at__isnull=True)


def unread_by_kind(actor: Actor) -> list[tuple[str, int]]:
    """What is not read yet: each kind in its words, with how many."""
    rows = unread(actor).order_by().values_list("kind").annotate(Count("pk"))
    found = dict(rows)
    return [(str(kind.label), found[kind]) for kind in Kind if kind in found]


def offices(actor: Actor, matter: Decision) -> frozenset[str]:
    return frozenset(assembly.offices(actor, matter))


def decisions_visible_to(actor: Actor) -> QuerySet[Decision]:
    rows = Decision.objects.select_related("dispatch")
    return rows if actor.holds(Office.SECRETARIAT) else rows.none()


def mails() -> QuerySet[Dispatch]:
    """Mails with what a page shows of them. Which letters they tell of is nobody's business but their person's."""
    rows = Dispatch.objects.select_related("person__preference").prefetch_related("decisions")
    return rows.annotate(number=Count("letters"))


def still_to_go() -> QuerySet[Dispatch]:
    """What waits, is held or is being sent, the first due first. No clerk reads here that a warning, which may be about that
    clerk, is on its way."""
    fresh = Q(claimed_at=None) | Q(claimed_at__gt=clock.now() - LOST, is_doubtful=False)
    rows = mails().filter(
        fresh, sent_at=None, refused_at=None, dropped_at=None, left_at=None, is_urgent=False
    )
    return rows.order_by("due_at", "pk")


def to_decide() -> QuerySet[Dispatch]:
    """Mails of which nobody knows whether they left, and those that the mail server refused."""
    lost = Q(is_doubtful=True) | Q(claimed_at__lte=clock.now() - LOST)
    rows = mails().filter(lost | Q(refused_at__isnull=False), sent_at=None, dropped_at=None, left_at=None)
    return rows.order_by("created_at", "pk")


def over() -> QuerySet[Dispatch]:
    """Mails that were sent, or that nobody sends any more, the latest first; warnings no more than in `still_to_go`."""
    ended = Q(sent_at__isnull=False) | Q(dropped_at__isnull=False) | Q(left_at__isnull=False)
    return mails().filter(ended, is_urgent=False).order_by("-due_at", "-pk")


def held(dispatch: Dispatch) -> Decision | None:
    """The decision that holds a mail back, among those that were read with it."""
    return next((row for row in dispatch.decisions.all() if row.state == DecisionState.HELD), None)
