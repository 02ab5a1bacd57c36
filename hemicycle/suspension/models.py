"""Suspension cases."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from hemicycle.mandates.models import Mandate
from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter

from .procedure import CaseState

C = CaseState


class Case(Matter):
    """One allegation against one participant. All texts are sealed; what is public is in `queries.public_measures`.

    `substance` is the allegation as it was notified, in the participant's language, with its translator where it is a
    translation. `urgent_until` is set only by an urgent suspension. `review_by` is the date on which the suspension
    lapses unless a reviewer has decided.
    """

    PREFIX = "SUSP"

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="cases")
    complainant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="allegations")
    charter = models.CharField(max_length=64)
    criterion = models.CharField(max_length=48)
    allegation = models.TextField()
    language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    evidence = models.TextField(blank=True)
    substance = models.TextField(blank=True)
    substance_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    translator = models.CharField(max_length=200, blank=True)
    notified_at = models.DateTimeField(null=True, blank=True)
    reply_due = models.DateTimeField(null=True, blank=True)
    extension_ground = models.CharField(max_length=300, blank=True)
    reply_text = models.TextField(blank=True)
    reply_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    helper = models.CharField(max_length=200, blank=True)
    danger = models.TextField(blank=True)
    urgent_by = models.CharField(max_length=32, blank=True)
    urgent_until = models.DateTimeField(null=True, blank=True)
    finding = models.TextField(blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    review_by = models.DateTimeField(null=True, blank=True)
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[C.SUSPENDED, C.UNDER_REVIEW])
                | (Q(suspended_at__isnull=False) & Q(review_by__isnull=False) & ~Q(finding="")),
                name="a_suspension_has_a_finding_and_a_review_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[C.UPHELD, C.DISMISSED])
                | (Q(decided_at__isnull=False) & ~Q(decision="")),
                name="a_decision_on_a_suspension_has_reasons",
            ),
            models.UniqueConstraint(
                fields=["mandate"],
                condition=Q(state__in=[C.PRIMA_FACIE, C.SUSPENDED, C.UNDER_REVIEW]),
                name="one_suspension_at_a_time",
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
        return self.reply_due is not None and at < self.reply_due
