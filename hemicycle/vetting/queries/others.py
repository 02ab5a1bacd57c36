"""The other files of a call, as far as a reader of one may know of them: to be counted, never to be shown."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hemicycle.record.actors import Actor

from ..models import Examination
from .access import _open_to


def open_files_of(call: int, actor: Actor) -> QuerySet[Examination]:
    """The files of a call that are open, no interest in between, but for the actor's own."""
    return Examination.objects.filter(
        _open_to(actor), ~Q(candidacy__person_id=actor.person), candidacy__call=call
    )


def others_of_call(examination: Examination, actor: Actor) -> QuerySet[Examination]:
    """The same, but for one file."""
    return open_files_of(examination.candidacy.call_id, actor).exclude(pk=examination.pk)
