"""What the President's office says to itself of a draft."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hemicycle.people.models import Language
from hemicycle.record.sealing.fields import SealedRow, SealedText

from .lists import List


class Comment(SealedRow):
    """What the President’s office says to itself of a draft. Each lies under a key of its own, which goes with it; the
    record holds that there was one, and nothing of it."""

    BOUND = ("list_id",)

    list = models.ForeignKey(List, on_delete=models.CASCADE, related_name="comments")
    text = SealedText(max_length=4000)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    office = models.CharField(max_length=32)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something")]

    @property
    def key_owner(self) -> str:
        return f"{self.list.reference}/c{self.row}"

    def __str__(self) -> str:
        return f"{self.list_id}/c{self.pk}"
