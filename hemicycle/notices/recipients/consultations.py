"""Who is told of consultations and of the propositions that are put to them (14.8)."""

from __future__ import annotations

from collections.abc import Iterable

from hemicycle.consultations.models import Proposition
from hemicycle.dialogue import sides
from hemicycle.record.models import Entry

from ..models import Kind
from ._told import Row, clerks, those_who_sit


def both_sides(entry: Entry) -> Iterable[int | None]:
    """Everybody who is asked: those who sit, and the members of the Assembly. Who answered is known to nobody."""
    return {*those_who_sit(), *(person.pk for person in sides.delegates())}


def author(entry: Entry) -> Iterable[int | None]:
    """Who added a proposition with an account."""
    return Proposition.objects.filter(reference=entry.matter).values_list("author_id", flat=True)


def consultation(entry: Entry) -> str:
    """The clerks decide on all propositions of a consultation in one place."""
    rows = Proposition.objects.filter(reference=entry.matter)
    return rows.values_list("consultation__reference", flat=True).get()


R = "consultations"

#        act                      kind                    who
CONSULTATIONS = (
    Row(R, "open_consultation", Kind.CONSULTATION_OPEN, both_sides),
    Row(R, "extend", Kind.TIME_CHANGED, both_sides),
    Row(R, "withdraw_open", Kind.OUTCOME, both_sides),
    Row(R, "record_result", Kind.DECISION_WANTED, clerks),
    Row(R, "publish_result", Kind.OUTCOME, both_sides),
    Row(R, "propose", Kind.DECISION_WANTED, clerks, consultation, while_unread=False),
    Row(R, "admit", Kind.OUTCOME, author),
    Row(R, "decline", Kind.OUTCOME, author),
)
