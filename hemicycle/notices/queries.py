"""Questions about letters."""

from __future__ import annotations

from django.db.models import QuerySet

from hemicycle.record.actors import Actor

from .models import Letter


def visible_to(actor: Actor) -> QuerySet[Letter]:
    """A person's own letters."""
    return (
        Letter.objects.filter(person_id=actor.person) if actor.person is not None else Letter.objects.none()
    )


def unread(actor: Actor) -> QuerySet[Letter]:
    return visible_to(actor).filter(read_at__isnull=True)
