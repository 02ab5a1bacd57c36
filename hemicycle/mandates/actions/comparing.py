"""Whoever takes part is compared again when a list of names is renewed, or a name changes (article 6.9). The files and the lists are vetting's."""

from __future__ import annotations

from hemicycle.vetting import actions as vetting
from hemicycle.vetting.models import Examination, Occasion
from hemicycle.vetting.procedure import ExaminationState

from .. import queries


def compare_those_in_office() -> int:
    """Begin a comparison of those who sit, or are suspended, and were not compared with the lists in use, or not by
    the names that they bear now. Returns how many were begun."""
    keys = [mandate.candidacy_id for mandate in queries.in_force() if mandate.candidacy_id is not None]
    if not keys:
        return 0
    files = Examination.objects.filter(candidacy__in=keys).exclude(state=ExaminationState.CLOSED)
    return vetting.compare_all(files, Occasion.IN_OFFICE) + vetting.compare_corrected(files)
