"""Suspension cases, and the translations that stand beside their texts."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from hemicycle.mandates.models import Mandate
from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedLine, SealedRow, SealedText

from .procedure import CaseState

C = CaseState


class Case(Matter):
    """One allegation against one participant. All texts are sealed; what is public is in `queries.public_measures`.

    `substance` is the allegation as it was notified, with its translator where it is itself a translation;
    `notified_at` is when, `owed_language` what the participant read then, `told_at` since when it stands in the
    participant's language, so that the time for the reply runs. `urgent_until` is set only by an urgent suspension. `review_by` is the date on which the suspension lapses
    unless a reviewer has decided. `TEXTS`: each free text, and the field of the language in which it was written.
    """

    PREFIX = "SUSP"
    TEXTS: ClassVar[dict[str, str]] = {
        "allegation": "language",
        "evidence": "language",
        "danger": "danger_language",
        "refusal": "refusal_language",
        "substance": "substance_language",
        "extension_ground": "extension_language",
        "reply_text": "reply_language",
        "finding": "finding_language",
        "decision": "decision_language",
    }

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="cases")
    complainant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="allegations")
    charter = models.CharField(max_length=64)
    criterion = models.CharField(max_length=48)
    allegation = SealedText(blank=True)  # none once erased
    language = models.CharField(max_length=2, choices=Language.choices)
    evidence = SealedText(blank=True)
    substance = SealedText(blank=True)
    substance_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    translator = SealedLine(max_length=200, blank=True)
    notified_at = models.DateTimeField(null=True, blank=True)
    owed_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    reply_due = models.DateTimeField(null=True, blank=True)
    extension_ground = SealedLine(max_length=300, blank=True)
    extension_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    reply_text = SealedText(blank=True)
    reply_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    was_helped = models.BooleanField(default=False)
    danger = SealedText(blank=True)
    danger_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    refusal = SealedText(blank=True)
    refusal_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    urgent_by = models.CharField(max_length=32, blank=True)
    urgent_until = models.DateTimeField(null=True, blank=True)
    finding = SealedText(blank=True)
    finding_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    review_by = models.DateTimeField(null=True, blank=True)
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = SealedText(blank=True)
    decision_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[C.SUSPENDED, C.UNDER_REVIEW])
                | (Q(suspended_at__isnull=False) & Q(review_by__isnull=False) & ~Q(finding="")),
                name="a_suspension_has_a_finding_and_a_review_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[C.UPHELD, C.DISMISSED])
                | (Q(decided_at__isnull=False) & (~Q(decision="") | Q(erased_at__isnull=False))),
                name="a_decision_on_a_suspension_has_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(allegation="") | Q(erased_at__isnull=False),
                name="a_case_has_its_allegation_until_it_is_erased",
            ),
            models.UniqueConstraint(
                fields=["mandate"],
                condition=Q(state__in=[C.PRIMA_FACIE, C.SUSPENDED, C.UNDER_REVIEW]),
                name="one_suspension_at_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(substance="") | ~Q(substance_language=""))
                & (Q(reply_text="") | ~Q(reply_language=""))
                & (Q(danger="") | ~Q(danger_language=""))
                & (Q(refusal="") | ~Q(refusal_language=""))
                & (Q(extension_ground="") | ~Q(extension_language=""))
                & (Q(finding="") | ~Q(finding_language=""))
                & (Q(decision="") | ~Q(decision_language="")),
                name="a_text_of_a_case_says_its_language",
            ),
        ]
        indexes = [models.Index(fields=["state", "review_by"])]

    def standing(self, at: datetime) -> str:
        if (
            self.state in (C.SUSPENDED, C.UNDER_REVIEW)
            and self.review_by is not None
            and at >= self.review_by
        ):
            return C.LAPSED
        return self.state

    def reply_time_runs(self, at: datetime) -> bool:
        """It has not ended before the notice stands in the participant's language: it has not even begun."""
        if self.notified_at is None:
            return False
        return self.told_at is None or (self.reply_due is not None and at < self.reply_due)


class Translation(SealedRow):
    """A translation of one text of a case by a named translator, beside the original. It is never written over."""

    BOUND = ("case_id", "of", "language")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="translations")
    of = models.CharField(max_length=24)
    language = models.CharField(max_length=2, choices=Language.choices)
    text = SealedText()
    translator = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(translator="") & Q(of__in=list(Case.TEXTS)),
                name="a_translation_names_its_translator",
            )
        ]
        indexes = [models.Index(fields=["case", "of", "language"])]

    @property
    def key_owner(self) -> str:
        return self.case.reference

    def __str__(self) -> str:
        return f"{self.case_id}/{self.of}/{self.language}"
