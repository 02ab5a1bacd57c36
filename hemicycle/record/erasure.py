"""Erasure destroys keys. Every act that erases goes through `destroy`, and through nothing else (ADR 0006).

The act writes down, in its own transaction, whose keys go; once it is committed they are destroyed in the store and in its
backup. Where that fails, or the process dies in between, the clock makes it good: `finish` goes on until nothing is left.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from . import clock
from .models import KeyDestruction
from .sealing import keystore

logger = logging.getLogger(__name__)
BATCH = 500


def destroy(owners: Iterable[str]) -> None:
    """Destroy the data keys of these owners with the transaction that is under way; if it fails, they stay.

    Raises `TransactionManagementError` outside one: a key that is gone for ever goes with an act that is recorded.
    """
    names = sorted(set(owners))
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a key is destroyed within the act that erases")
    asked = clock.now()
    KeyDestruction.objects.bulk_create(
        [KeyDestruction(owner=name, asked_at=asked) for name in names], ignore_conflicts=True
    )
    transaction.on_commit(lambda: _finish(names), robust=True)


def finish() -> int:
    """Destroy what is still to be destroyed, and carry tombstones between the store and its backup. Returns how many
    keys are gone now that were not before. The clock calls it in every round."""
    rows = KeyDestruction.objects.filter(done_at__isnull=True)[:BATCH]
    done = _finish([row.owner for row in rows])
    try:
        keystore.settle()
    except OSError as error:
        logger.error("the store of keys and its backup cannot be compared: %s", error)
    return done


def brought_back(owners: Iterable[str]) -> set[str]:
    """Which of these owners have no key any more though this database does not know it: an older copy of it was put
    back. Their rows open with nothing, and are to be erased again."""
    if sum(1 for _ in keystore.tombstones(Path(settings.KEYSTORE))) <= KeyDestruction.objects.count():
        return set()
    known = set(KeyDestruction.objects.values_list("owner", flat=True))
    return {owner for owner in owners if owner not in known and keystore.is_destroyed(owner)}


def waiting() -> int:
    """How many keys should be gone and may still stand in the store or in its backup."""
    return KeyDestruction.objects.filter(done_at__isnull=True).count()


def _finish(owners: Iterable[str]) -> int:
    done = 0
    for owner in owners:
        try:
            keystore.destroy(owner)
        except OSError as error:
            # One of the two folders is away. The reference is random, and says nothing of anybody.
            logger.error("the key of %s is not destroyed everywhere yet: %s", owner, error)
            continue
        row = KeyDestruction.objects.filter(owner=owner, done_at__isnull=True)
        done += row.update(done_at=clock.now())
    return done
