"""A question about files: what was seen, in which files, and what would explain it innocently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NEAR_COPY = "near_copy"
TRANSLATION = "translation"
SHARED_MARKS = "shared_marks"
REFEREE = "referee"
REFEREE_IS_CANDIDATE = "referee_is_candidate"
ORGANISATION = "organisation"
METADATA = "metadata"
HIDDEN_DATA = "hidden_data"
BURST = "burst"

WIDESPREAD = "widespread"
SHARED_OFFICE = "shared_office"

INNOCENT = {
    NEAR_COPY: "People who work together, a common template, a joint slate, or one quoting the other's published text.",
    TRANSLATION: "One text that its author gave in two languages, a joint statement, a published text that both translate.",
    SHARED_MARKS: "People who took part in the same events or worked in the same place name the same people, dates and pages.",
    REFEREE: "Well-known people are asked often.",
    REFEREE_IS_CANDIDATE: "People who know each other's work may vouch for each other, and two people may bear one name.",
    ORGANISATION: "An organisation may endorse as many as it trusts.",
    METADATA: "The same word processor, template or scanner shop.",
    HIDDEN_DATA: "The same lawyer, helper, computer, office, template or picture; two people of one name; anybody can change it.",
    BURST: "A deadline, a reminder, a meeting where several signed.",
    WIDESPREAD: "So many files have it that it tells little: a form, a common program, or somebody whom many ask.",
    SHARED_OFFICE: "So many files have it that it points to an office, a helper or a template that all of them used.",
}


@dataclass(frozen=True)
class Question:
    """Something for a person to ask about. It marks, ranks and excludes nobody.

    `files` are in the order of their names. `evidence` is plain data, ready for JSON. `innocent` is a key of `INNOCENT`,
    so that a page can say it in its own language.
    """

    kind: str
    files: tuple[str, ...]
    evidence: Mapping[str, object]
    innocent: str
