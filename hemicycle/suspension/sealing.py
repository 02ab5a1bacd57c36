"""A case is a sealed file to everybody but the two whom it is between: the participant and who complained (11.2)."""

from __future__ import annotations

from hemicycle.assembly import queries as assembly
from hemicycle.integrity import queries as integrity
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import act_url
from hemicycle.web.sealed import File

from . import queries
from .models import Case


def file_of(case: Case, actor: Actor) -> File | None:
    """The participant reads what was put to him or her, who complained the own words; others open the case. Of an
    erased one nothing is left to open."""
    if (
        case.pk is None
        or case.erased_at is not None
        or actor.person in (case.mandate.person_id, case.complainant_id)
    ):
        return None
    return File(case.reference, act_url(case, "open_file"))


def reading_offices(actor: Actor, case: Case) -> frozenset[str]:
    """In which offices somebody may open a case: a reviewer only where assigned. Who may decide is another question."""
    if actor.person in (case.mandate.person_id, case.complainant_id):
        return frozenset({Office.ANYONE})
    if case.decided_at is None and integrity.recused(actor.person, queries.subjects_of(case)):
        return frozenset()
    held = assembly.offices(actor, case)
    return held if case.reviewer_id == actor.person else held - {Office.REVIEWER}
