"""The gates of this room, and what its acts share."""

from __future__ import annotations

from hemicycle.record.acts import gate
from hemicycle.rules.findings import Finding, Unmet

from .. import queries
from ..models import Moderation, Translation
from ..procedure import MODERATION, TERM, TRANSLATION
from ..sources import Written

on_translation = gate(TRANSLATION, queries.offices)
on_term = gate(TERM, queries.offices_on_term)
on_speech = gate(MODERATION, queries.offices_on_speech)


def unmet(message: str, act_name: str, **params: object) -> Unmet:
    """The refusal of one rule, under the article of the act."""
    return Unmet(Finding(message, params, f"texts.{act_name}"))


def aim(matter: Translation | Moderation, text: Written) -> None:
    """Point an unsaved matter at the wording that it is about."""
    matter.subject, matter.part, matter.digest = text.reference, text.part, text.digest
    matter.author_id = text.author
