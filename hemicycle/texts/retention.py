"""Until when translations and the words about a text set aside are kept, while their text is there (article 14.3)."""

from __future__ import annotations

from datetime import datetime

from hemicycle.record import law, retention
from hemicycle.record.retention import Due

from .models import Moderation, Translation
from .procedure import OVER, TranslationState


def translation_due(row: Translation) -> Due | None:
    """A translation goes some days after it was replaced or withdrawn; one that stands goes with its original."""
    if row.erased_at is not None or row.ended_at is None:
        return None
    return retention.after(row.ended_at, law.in_force().speech.erase_days, "translation", row.reference)


def moderation_due(row: Moderation) -> Due | None:
    """What was written about a text set aside goes as many days after its end."""
    if row.erased_at is not None or row.ended_at is None:
        return None
    return retention.after(row.ended_at, law.in_force().speech.erase_days, "moderation", row.reference)


@law.held()
def plan(until: datetime) -> list[Due]:
    """What of this room goes by an instant, the earliest first."""
    ended = Translation.objects.filter(
        erased_at=None, state__in=[TranslationState.REPLACED, TranslationState.WITHDRAWN]
    )
    over = Moderation.objects.filter(erased_at=None, state__in=OVER)
    return retention.by(until, [*map(translation_due, ended), *map(moderation_due, over)])
