"""Entries of the record, the charter versions in force, and what every matter has in common."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from hemicycle.rules.procedure import Publicity

from ..sealing import keystore
from ..sealing.fields import SealedLine, _Sealed, blank


class Matter(models.Model):
    """A thing with a reference and a state. Only the gate changes `state`; a house test proves it.

    `version` counts the acts taken on it: a page shows the version it was made from, and an act from a stale page
    is refused.
    """

    PREFIX: ClassVar[str]

    reference = models.CharField(max_length=24, unique=True, editable=False)
    state = models.CharField(max_length=32, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    @property
    def key_owner(self) -> str:
        """Under whose data key the sealed texts of this matter lie: its own, unless it belongs to a person's file."""
        return self.reference

    @property
    def sealed_row(self) -> str:
        return self.reference

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        """A matter whose key is gone (an older copy of the database brought it back) reads as empty, so that it can be
        erased again."""
        try:
            super().refresh_from_db(using, fields, from_queryset)
        except keystore.Destroyed:
            plain = [f.attname for f in self._meta.concrete_fields if not isinstance(f, _Sealed)]
            super().refresh_from_db(using, plain, from_queryset)
            blank(self)

    def standing(self, at: datetime) -> str:
        """The state that counts at an instant. What ends by a date is over then, even if no clock has run (6.0)."""
        return self.state


class Entry(models.Model):
    """One line of the record. Triggers refuse UPDATE, DELETE and TRUNCATE (triggers.py).

    `facts` holds references, counts, article keys and salted commitments, never personal text. `actor` is the
    random reference of a person, or CLOCK. `once` is the token of the form that was sent, so that the same form
    sent twice acts once.
    """

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    room = models.CharField(max_length=24)
    act = models.CharField(max_length=48)
    matter = models.CharField(max_length=24, db_index=True)
    before = models.CharField(max_length=32, blank=True)
    after = models.CharField(max_length=32, blank=True)
    office = models.CharField(max_length=32)
    actor = models.CharField(max_length=24)
    article = models.CharField(max_length=64)
    charter = models.CharField(max_length=64)
    publicity = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Publicity])
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    once = models.CharField(max_length=64, unique=True, null=True)

    class Meta:
        db_table = "record_entry"
        ordering = ["number"]
        indexes = [models.Index(fields=["publicity", "number"]), models.Index(fields=["actor", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.room}.{self.act} {self.matter}"


class Opening(models.Model):
    """The salt of one commitment of an entry, under the key of the file. Erased with the person; the commitment then says nothing."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="openings")
    name = models.CharField(max_length=48)
    salt = SealedLine(max_length=64)
    key_owner: str = ""  # of the matter; only where the row is made

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "name"], name="one_salt_per_commitment")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.name}"

    @property
    def sealed_row(self) -> str:
        return f"{self.entry_id}.{self.name}"


class CharterVersion(models.Model):
    """A version of the charter as it was adopted: text and prose, never edited (mission R15).

    `in_force_from` is null until the adoption; the latest version in force at an instant is the law of that instant.
    """

    reference = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    prose: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    in_force_from = models.DateTimeField(null=True)

    class Meta:
        ordering = ["in_force_from"]

    def __str__(self) -> str:
        return self.reference


class Correction(Matter):
    """A mended public fact: the old text stays, with the day and the ground (procedure 7.4).

    `subject` is the reference of the matter that the fact stands in, `field` which of its facts; the public pages
    ask `queries.corrected`. A null `new_text` with a null `old_text` is no correction and is refused.
    """

    PREFIX = "CORR"

    subject = models.CharField(max_length=48, db_index=True)
    field = models.CharField(max_length=48)
    language = models.CharField(max_length=2, blank=True)
    old_text = models.TextField(blank=True)
    new_text = models.TextField(blank=True)
    ground = models.TextField()
    corrected_at = models.DateTimeField(null=True, blank=True)
    drop_old_text = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(old_text=models.F("new_text")), name="a_correction_changes_something"
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="a_correction_has_a_ground"),
        ]
