"""The salts of entries go with what they hid: the commitment stays in the record and then says nothing."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from . import erasure
from .models import Entry, Opening
from .sealing import boxes

BATCH = 500


def forget_salts(matters: Collection[str], *, room: str = "") -> None:
    """Delete the salts of all entries on these matters; `room`: of this room only. A key that was a matter's own is
    destroyed, so that no backup gives them back; one of a whole file goes with the file.

    Two plain questions: as one statement with a join it took PostgreSQL minutes.
    """
    entries = Entry.objects.filter(matter__in=list(matters))
    if room:
        entries = entries.filter(room=room)
    matter_of = dict(entries.values_list("pk", "matter"))
    numbers = list(matter_of)
    own: set[str] = set()
    with transaction.atomic():
        for start in range(0, len(numbers), BATCH):
            salts = Opening.objects.filter(entry_id__in=numbers[start : start + BATCH])
            for number, salt in salts.values_list("entry_id", "salt"):
                if boxes.owner_of(salt) == matter_of[number]:
                    own.add(matter_of[number])
            salts.delete()
        if own:
            erasure.destroy(own)
