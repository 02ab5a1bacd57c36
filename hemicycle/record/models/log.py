"""The log: one leaf for each entry, positions given later, and the checkpoints that were signed over them.

Triggers refuse UPDATE, DELETE and TRUNCATE on all four tables (triggers.py): the log only grows.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from hemicycle.instruments.ledger import leaves

from .entries import Entry, Matter


class Leaf(models.Model):
    """What the log holds of an entry: 64 bytes that tell nothing, and the salts that open them.

    It is written in the transaction of the act, without a position. `is_prompt`: a public kind, which gets its position
    at the next round; the others get theirs once a day. A leaf without an entry speaks of the log itself: what waited
    for its position at an instant (`open_part`, and the leaves it names in `sealed_part`), or nothing (a filler, which
    hides how many acts a day had).
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="leaf", null=True)
    is_prompt = models.BooleanField()
    data = models.BinaryField(max_length=leaves.LENGTH)
    salt = models.BinaryField(max_length=leaves.SALT)
    sealed_salt = models.BinaryField(max_length=leaves.SALT, null=True)
    open_part: models.JSONField[Any, Any] = models.JSONField(null=True)
    sealed_part: models.JSONField[Any, Any] = models.JSONField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "record_leaf"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(entry__isnull=True, open_part__isnull=False)
                | Q(entry__isnull=False, open_part__isnull=True, sealed_part__isnull=True),
                name="a_leaf_speaks_of_an_entry_or_for_itself",
            )
        ]

    def __str__(self) -> str:
        return f"leaf {self.pk}"


class Position(models.Model):
    """The place of a leaf in the log, from 0."""

    number = models.BigIntegerField(primary_key=True)
    leaf = models.OneToOneField(Leaf, on_delete=models.PROTECT, related_name="position")

    class Meta:
        db_table = "record_position"
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return str(self.number)


class Checkpoint(models.Model):
    """A tree head that the log signed: how many leaves, their root, and the signed note."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "record_checkpoint"
        ordering: ClassVar = ["size"]

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class Cosignature(models.Model):
    """The line with which a witness signed a checkpoint: it saw this tree, and it extends all that it saw before."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=128)
    line = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "record_cosignature"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["checkpoint", "witness"], name="a_witness_signs_a_checkpoint_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.witness} {self.checkpoint_id}"


class LogKey(Matter):
    """A new key of the log, and the one that it follows: why it was changed, and both as public lines (vkeys).

    Checkpoints keep the signature of their own day, so every key that ever signed stays in the policy.
    """

    PREFIX = "LKEY"

    ground = models.TextField()
    language = models.CharField(max_length=2, default="en")
    verifier = models.TextField(blank=True, editable=False)
    follows = models.TextField(blank=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(ground=""), name="a_new_key_has_a_ground"),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (~Q(verifier="") & ~Q(follows="") & Q(confirmed_at__isnull=False)),
                name="a_confirmed_key_is_written_down",
            ),
        ]
