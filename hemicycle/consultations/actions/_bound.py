"""The two tables bound to their offices, and refusals in words."""

from __future__ import annotations

from hemicycle.record.acts import gate
from hemicycle.rules.findings import Finding, Unmet
from hemicycle.rules.procedure import Publicity

from .. import queries
from ..models import Consultation
from ..procedure import CODES, CONSULTATION, PROPOSITION, WITHDRAWAL

on_consultation = gate(CONSULTATION, queries.offices)
on_proposition = gate(PROPOSITION, queries.offices_on_proposition)
on_withdrawal = gate(WITHDRAWAL, queries.offices)
on_codes = gate(CODES, queries.offices)


def unmet(message: str, act: str, **params: object) -> Unmet:
    return Unmet(Finding(message, params, f"consultations.{act}"))


def publicity_of(consultation: Consultation) -> Publicity | None:
    """The row's own; of the house where it was never opened, and everybody would read of a matter without a page."""
    return Publicity.HOUSE if consultation.opened_at is None else None
