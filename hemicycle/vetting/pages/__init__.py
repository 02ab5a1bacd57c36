"""What the pages of this room show, for whom: nothing that `queries` does not open to the reader."""

from . import exhibits, progress, queue, training
from .coordination import (
    comparison_context,
    comparison_facts,
    comparisons_context,
    question_context,
    question_facts,
    questions_context,
)
from .examination import examination_context, examination_due, examination_facts
from .links import links
from .parts import head, reader, title_of
from .points import (
    letter_context,
    objection_facts,
    point_context,
    point_due,
    point_facts,
    statement_url,
)
from .reading import reading_context, reading_due, reading_facts
from .screening import (
    KINDS,
    hit_context,
    hit_facts,
    hits_context,
    run_context,
    run_facts,
    source_context,
    source_facts,
    version_context,
    version_facts,
)
from .service import (
    declare_url,
    facts_by_bar,
    find_url,
    own_url,
    service_context,
    service_facts,
    service_page,
)

__all__ = [
    "KINDS",
    "comparison_context",
    "comparison_facts",
    "comparisons_context",
    "declare_url",
    "examination_context",
    "examination_due",
    "examination_facts",
    "exhibits",
    "facts_by_bar",
    "find_url",
    "head",
    "hit_context",
    "hit_facts",
    "hits_context",
    "letter_context",
    "links",
    "objection_facts",
    "own_url",
    "point_context",
    "point_due",
    "point_facts",
    "progress",
    "question_context",
    "question_facts",
    "questions_context",
    "queue",
    "reader",
    "reading_context",
    "reading_due",
    "reading_facts",
    "run_context",
    "run_facts",
    "service_context",
    "service_facts",
    "service_page",
    "source_context",
    "source_facts",
    "statement_url",
    "title_of",
    "training",
    "version_context",
    "version_facts",
]
