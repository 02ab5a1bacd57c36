"""What the pages of this room show, for whom: nothing that `queries` does not open to the reader."""

from .examination import examination_context, examination_due, examination_facts
from .parts import head, reader, timeline, title_of
from .points import (
    letter_context,
    objection_facts,
    point_context,
    point_due,
    point_facts,
    statement_url,
)
from .reading import reading_context, reading_due, reading_facts

__all__ = [
    "examination_context",
    "examination_due",
    "examination_facts",
    "head",
    "letter_context",
    "objection_facts",
    "point_context",
    "point_due",
    "point_facts",
    "reader",
    "reading_context",
    "reading_due",
    "reading_facts",
    "statement_url",
    "timeline",
    "title_of",
]
