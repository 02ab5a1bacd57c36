"""What a released reader's place was left with: facts for whoever reads next, never findings (procedure 3.2)."""

from __future__ import annotations

from ..models import Reading


def handovers_for(reading: Reading) -> list[Reading]:
    """Released readings of the same place with a note, latest first; none before the file is open to its new reader.

    A reviewer's place has a number of its own each time: what reviewers left is for whoever came after them.
    """
    if reading.pk is None or reading.opened_at is None:
        return []
    left = Reading.objects.filter(
        examination=reading.examination,
        round=reading.round,
        released_at__lte=reading.assigned_at,
    ).exclude(handover="")
    if not reading.is_review:
        left = left.filter(ordinal=reading.ordinal)
    return list(left.order_by("-released_at", "-pk"))
