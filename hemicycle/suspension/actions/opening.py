"""Somebody who decides opens a case: an entry with a reason, and a trace that the participant reads (article 11.2)."""

from __future__ import annotations

from hemicycle.integrity import actions as integrity
from hemicycle.people.models import Language
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_, Finding, Unmet
from hemicycle.rules.procedure import NotEmpowered

from .. import queries
from ..models import Case
from ..procedure import CASE
from ..sealing import reading_offices

act = gate(CASE, reading_offices)


@act
def open_file(
    case: Case, by: Actor, *, reason: str, text: str = "", language: str = Language.ENGLISH
) -> Facts:
    """Only who may see the case opens it: an office alone does not."""
    if case.erased_at is not None:
        raise Unmet(Finding(N_("This case is erased."), {}, "suspension.open_file"))
    if not queries.visible_to(by).filter(pk=case.pk).exists():
        raise NotEmpowered(CASE, CASE.by_act["open_file"])
    office = CASE.decide("open_file", case.state, reading_offices(by, case))
    opening = integrity.opened(by, case.reference, office, reason, text, language)
    return Facts({"opening": opening.reference, "reason": reason}, {"text": text} if text else {})
