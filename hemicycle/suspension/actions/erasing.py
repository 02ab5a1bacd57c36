"""The file of a case goes when its time is over; what was public of the measure stays (articles 9.7, 11.4)."""

from __future__ import annotations

from hemicycle.integrity import actions as integrity
from hemicycle.record import clock, erasure
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.record.forgetting import forget_salts
from hemicycle.rules.findings import N_

from .. import retention
from ..models import Case
from .gates import act, unmet


@act
def erase_case(case: Case, by: Actor) -> Facts:
    """Every text of the case, its translations and its key. Its dates, its outcome and its correction stay."""
    due = retention.due(case)
    if due is None or clock.now() < due.at:
        raise unmet(N_("This case is not yet to be erased."), "erase_case")
    for text in (*Case.TEXTS, "translator"):
        setattr(case, text, "")
    case.translations.all().delete()
    case.erased_at = clock.now()
    forget_salts([case.reference])
    integrity.forget_openings(case.reference)
    erasure.destroy([case.reference])
    return Facts({"due": due.at})
