"""What is asked for on a participation and waits for a second clerk: its end, or that its withheld name is shown."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from hemicycle.composition import queries as lists
from hemicycle.record.actors import Actor
from hemicycle.record.models import Entry

from ..models import Ending, Mandate, Reveal
from ..procedure import EndingState, MandateState, RevealState
from .seats import offices, visible_to

WITH = ("mandate__list__session", "mandate__person", "mandate__candidacy")


def offices_on_request(actor: Actor, matter: Ending | Reveal) -> frozenset[str]:
    """The same as on the participation that is asked about."""
    return offices(actor, matter.mandate)


def endings_visible_to(actor: Actor) -> QuerySet[Ending]:
    """With the participation: to the house, and to the participant."""
    return Ending.objects.filter(mandate__in=visible_to(actor)).select_related(*WITH)


def ending_asked(mandate: Mandate) -> Ending | None:
    return mandate.endings.filter(state=EndingState.ASKED).first()


def endings_for(actor: Actor) -> QuerySet[Ending]:
    """Requests of other clerks that wait, about others and about participations that have not ended: one query."""
    own = Entry.objects.filter(act="ask_end", actor=actor.reference).values("matter")
    asked = Ending.objects.filter(state=EndingState.ASKED).exclude(reference__in=own)
    return asked.exclude(mandate__person__reference=actor.reference).exclude(
        mandate__state=MandateState.ENDED
    )


def reveals_visible_to(actor: Actor) -> QuerySet[Reveal]:
    """With the participation: to the house, and to the participant."""
    return Reveal.objects.filter(mandate__in=visible_to(actor)).select_related(*WITH)


def reveal_asked(mandate: Mandate) -> Reveal | None:
    return mandate.reveals.filter(state=RevealState.ASKED).first()


def reveals_for(actor: Actor) -> QuerySet[Reveal]:
    """Requests of other clerks that wait, about others."""
    own = Entry.objects.filter(act="ask_reveal", actor=actor.reference).values("matter")
    asked = Reveal.objects.filter(state=RevealState.ASKED).exclude(reference__in=own).select_related(*WITH)
    return asked.exclude(mandate__person__reference=actor.reference)


def reveal_wait_days(reveal: Reveal) -> int:
    return lists.charter_of(reveal.mandate.list).publication.reveal_wait_days.value


def reveal_from(reveal: Reveal) -> datetime:
    """The instant from which a request may be confirmed: until then the participant can dismiss it (10.1)."""
    return reveal.created_at + timedelta(days=reveal_wait_days(reveal))


def withheld_anew(reveal: Reveal) -> bool:
    """Whether somebody withheld the name after it was asked for: the later word counts."""
    asked = Entry.objects.filter(matter=reveal.reference, act="ask_reveal").values("number")[:1]
    later = Entry.objects.filter(matter=reveal.mandate.reference, act="withhold_name", number__gt=asked)
    return later.exists()
