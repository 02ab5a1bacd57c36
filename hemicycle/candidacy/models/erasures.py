"""Erasing a file before its time: two people, a delay, then the clock."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from hemicycle.people.models import Language
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedText

from ..procedure import ErasureState
from .candidacies import Candidacy


class Erasure(Matter):
    """That a file is to go before the charter's time. The row outlives the file: it then says that there was one, and no
    more. `file` is the reference of the candidacy; the texts lie under the key of the file and go with it.
    """

    PREFIX: ClassVar[str] = "ERAS"

    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.SET_NULL, null=True, blank=True, related_name="erasures"
    )
    file = models.CharField(max_length=24, db_index=True, editable=False)
    by_request = models.BooleanField(default=False)
    ground = SealedText(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    due_at = models.DateTimeField(null=True, blank=True)
    stop_reasons = SealedText(blank=True)
    stop_language = models.CharField(max_length=2, choices=Language.choices, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file"],
                condition=Q(state__in=[ErasureState.ASKED, ErasureState.CONFIRMED]),
                name="one_erasure_of_a_file_is_under_way",
            ),
            models.CheckConstraint(
                condition=~Q(state=ErasureState.CONFIRMED) | Q(due_at__isnull=False),
                name="a_confirmed_erasure_has_its_date",
            ),
        ]

    @property
    def key_owner(self) -> str:
        return self.file
