"""Who may read what of the dialogue, and in which office somebody acts in it."""

from __future__ import annotations

from django.db.models import QuerySet

from hemicycle.assembly import queries as assembly
from hemicycle.record.actors import Actor

from .models import Topic


def topics(actor: Actor) -> QuerySet[Topic]:
    """Topics are public."""
    return Topic.objects.all()


def offices_on_topic(actor: Actor, topic: Topic) -> frozenset[str]:
    return assembly.offices(actor, topic)
