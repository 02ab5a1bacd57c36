"""The two tables bound to their offices, and refusals in words."""

from __future__ import annotations

from hemicycle.record.acts import gate
from hemicycle.rules.findings import Finding, Unmet

from .. import queries
from ..procedure import CONSULTATION, PROPOSITION

on_consultation = gate(CONSULTATION, queries.offices)
on_proposition = gate(PROPOSITION, queries.offices_on_proposition)


def unmet(message: str, act: str, **params: object) -> Unmet:
    return Unmet(Finding(message, params, f"consultations.{act}"))
