"""The salts of entries go with what they hid: the commitment stays in the record and then says nothing."""

from __future__ import annotations

from collections.abc import Collection

from .models import Entry, Opening


def forget_salts(matters: Collection[str], *, room: str = "") -> None:
    """Delete the salts of all entries on these matters; `room`: of this room only.

    Two plain questions: as one statement with a join it took PostgreSQL minutes.
    """
    entries = Entry.objects.filter(matter__in=list(matters))
    if room:
        entries = entries.filter(room=room)
    numbers = list(entries.values_list("pk", flat=True))
    for start in range(0, len(numbers), 500):
        Opening.objects.filter(entry_id__in=numbers[start : start + 500]).delete()
