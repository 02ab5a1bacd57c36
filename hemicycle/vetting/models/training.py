"""What a reader found in an invented file. It rates nobody, and nobody else sees it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedJSON


class TrainingReading(Matter):
    """One reading of one file of `vetting/training`. `verdicts` and `reasons` are by the key of a criterion or bar.

    When the reader has been out of office for the charter's days, `reasons` and `assessor` go; what is left is a verdict
    of nobody, so that the figures by criterion stay what they were.
    """

    PREFIX = "TRNG"

    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    file = models.CharField(max_length=8)
    charter = models.CharField(max_length=64)
    verdicts: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    reasons = SealedJSON(empty=dict)
    language = models.CharField(max_length=2, choices=Language.choices)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessor", "file"], name="an_invented_file_is_read_once"),
            models.CheckConstraint(
                condition=Q(state="forgotten", assessor__isnull=True, reasons="")
                | (~Q(state="forgotten") & Q(assessor__isnull=False)),
                name="a_forgotten_training_reading_is_nobodys",
            ),
        ]

    @property
    def key_owner(self) -> str:
        return self.reference
