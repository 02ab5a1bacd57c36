"""What stays of an erased key: that it was to be destroyed, and since when nothing of it is left."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class KeyDestruction(models.Model):
    """The tombstone of a data key in the database: whose it was, by reference, and the two instants.

    It is written in the transaction of the erasing act. `done_at` is null until neither the store of keys nor its backup
    holds the key any more; the clock goes on until then (record/erasure.py).
    """

    owner = models.CharField(max_length=32, unique=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "record_keydestruction"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["owner"], condition=models.Q(done_at__isnull=True), name="keys_still_to_go")
        ]

    def __str__(self) -> str:
        return self.owner
