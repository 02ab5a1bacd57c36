"""Somebody else than its person opens a file: an entry with a reason, and a trace that the person reads (article 11.2)."""

from __future__ import annotations

from hemicycle.integrity import actions as integrity
from hemicycle.people.models import Language
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.procedure import NotEmpowered

from .. import queries
from ..models import Candidacy
from ..procedure import CANDIDACY

act = gate(CANDIDACY, queries.offices)


@act
def open_file(
    candidacy: Candidacy, by: Actor, *, reason: str, text: str = "", language: str = Language.ENGLISH
) -> Facts:
    """Only who may see the file opens it: an office alone does not."""
    step = CANDIDACY.by_act["open_file"]
    if not queries.visible_to(by).filter(pk=candidacy.pk).exists():
        raise NotEmpowered(CANDIDACY, step)
    office = CANDIDACY.decide("open_file", candidacy.standing(clock.now()), queries.offices(by, candidacy))
    opening = integrity.opened(by, candidacy.reference, office, reason, text, language)
    return Facts({"opening": opening.reference, "reason": reason}, {"text": text} if text else {})
