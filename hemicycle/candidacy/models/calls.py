"""Calls, and the joint slates presented for them."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from hemicycle.assembly.models import Session
from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedLine, SealedText

from ..procedure import CallState


class Call(Matter):
    """A call for candidates (procedure 2.1). `charter` is the version whose criteria and bars make the form."""

    PREFIX = "CALL"

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="calls")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    text_en = models.TextField()
    text_fr = models.TextField()
    text_ru = models.TextField()
    charter = models.CharField(max_length=64)
    withdrawn_reasons = models.TextField(blank=True)
    withdrawn_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    # What was erased, by the state it was in: the public counts of a round outlive the files (1.6).
    erased: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict, blank=True)

    # Grounds of late admissions whose files were erased, each with its language: they stay on the decision sheet.
    erased_grounds: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(
        default=list, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="a_call_closes_after_it_opens"
            ),
        ]

    def text(self, language: str) -> str:
        return {"fr": self.text_fr, "ru": self.text_ru}.get(language, self.text_en)

    def standing(self, at: datetime) -> str:
        if self.state == CallState.OPEN and at >= self.closes_at:
            return CallState.CLOSED
        if self.state == CallState.OPEN and at < self.opens_at:
            return CallState.ANNOUNCED
        return self.state


class Slate(Matter):
    """A joint slate of an organisation: it gives no right, and each person joins by an own act (procedure
    2.2).
    """

    PREFIX = "SLAT"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="slates")
    presenter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="slates")
    organisation = SealedLine(max_length=200, blank=True)  # none once erased
    statement = SealedText(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
