"""Who is told of a text that was set aside (14.3)."""

from __future__ import annotations

from collections.abc import Iterable

from hemicycle.people import queries as people
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import Office
from hemicycle.texts.models import Moderation

from ..models import Kind
from ._told import Row


def author(entry: Entry) -> Iterable[int | None]:
    """Who wrote the text; nobody where a body did."""
    return Moderation.objects.filter(reference=entry.matter).values_list("author_id", flat=True)


def judges(entry: Entry) -> Iterable[int]:
    """Who may decide on an appeal: not whoever set the text aside, nor its author."""
    row = Moderation.objects.get(reference=entry.matter)
    holders = people.holders(Office.INTEGRITY_OFFICER) | people.holders(Office.SECRETARY_GENERAL)
    own = [key for key in (row.moderator_id, row.author_id) if key is not None]
    return holders.exclude(pk__in=own).values_list("pk", flat=True)


R = "texts"

#        act                kind                  who
TEXTS = (
    Row(R, "set_aside", Kind.MEASURE, author),
    Row(R, "appeal", Kind.DECISION_WANTED, judges),
    Row(R, "decide_appeal", Kind.OUTCOME, author),
    Row(R, "restore", Kind.OUTCOME, author),
    Row(R, "lapse_moderation", Kind.OUTCOME, author),
)
