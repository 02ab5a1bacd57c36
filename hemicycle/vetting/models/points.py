"""Adverse points with their replies and answers, and objections to assessors."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedLine, SealedText

from ..procedure import ObjectionState, PointState
from .readings import GONE, UNANSWERED, Examination, Reading


class AdversePoint(Matter):
    """A point against a candidate, on one criterion or bar. Texts stay; translations stand beside them (1.8).

    `undisclosable`: it rests only on sources that cannot be disclosed, and then excludes nobody (3.3). `round`: of the
    examination, when it was raised.
    """

    PREFIX = "PONT"

    examination = models.ForeignKey(Examination, on_delete=models.CASCADE, related_name="points")
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="points_raised")
    key = models.CharField(max_length=48)
    substance = SealedText(_("Substance"))
    evidence = SealedText(_("Evidence"))
    language = models.CharField(max_length=2, choices=Language.choices)
    undisclosable = models.BooleanField(default=False)
    round = models.PositiveSmallIntegerField(default=0)
    counter_statement = models.CharField(max_length=24, blank=True)

    substance_translated = SealedText(blank=True)
    evidence_translated = SealedText(blank=True)
    translated_into = models.CharField(max_length=2, choices=Language.choices, blank=True)
    translator = SealedLine(max_length=200, blank=True)

    notified_at = models.DateTimeField(null=True, blank=True)
    reply_due = models.DateTimeField(null=True, blank=True)
    extension_asked = SealedText(blank=True)
    extension_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    extension_decided_at = models.DateTimeField(null=True, blank=True)
    extension_refused = SealedText(blank=True)
    extension_refused_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    extended_on = models.CharField(max_length=24, blank=True)
    reply_draft = SealedText(blank=True)
    reply_text = SealedText(blank=True)
    reply_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    reply_helped = models.BooleanField(default=False)
    replied_at = models.DateTimeField(null=True, blank=True)
    reply_translated = SealedText(blank=True)
    reply_translated_into = models.CharField(max_length=2, choices=Language.choices, blank=True)
    reply_translator = SealedLine(max_length=200, blank=True)

    answer = SealedText(blank=True)
    answer_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["notified", "replied", "reply_over", "upheld"])
                | (Q(notified_at__isnull=False) & Q(reply_due__isnull=False)),
                name="a_point_is_put_to_the_person_before_it_counts",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["upheld", "dropped"])
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="a_point_is_answered_with_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(state="replied") | (~Q(reply_text="") & Q(replied_at__isnull=False)),
                name="a_reply_says_something",
            ),
            models.CheckConstraint(
                condition=Q(extension_refused="") | Q(extension_decided_at__isnull=False),
                name="more_time_is_refused_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["examination", "state"])]

    @property
    def key_owner(self) -> str:
        return self.examination.candidacy.reference

    @property
    def waits_for_more_time(self) -> bool:
        """Whether the person asked for more time and nobody has decided yet (3.4)."""
        return bool(self.extension_asked) and self.extension_decided_at is None

    def standing(self, at: datetime) -> str:
        if self.examination.candidacy.state in GONE and self.state in UNANSWERED:
            return PointState.CLOSED
        if self.state == PointState.NOTIFIED and self.reply_due is not None and at >= self.reply_due:
            return PointState.REPLY_OVER
        return self.state


class Objection(Matter):
    """A candidate's objection to an assessor, with reasons, before the reading starts (3.1)."""

    PREFIX = "OBJT"

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="objections")
    reasons = SealedText(_("Reasons"))
    language = models.CharField(max_length=2, choices=Language.choices)
    decision = SealedText(blank=True)
    decision_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["upheld", "dismissed"])
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="an_objection_is_decided_with_reasons",
            )
        ]

    @property
    def key_owner(self) -> str:
        return self.reading.examination.candidacy.reference

    def standing(self, at: datetime) -> str:
        if self.reading.examination.candidacy.state in GONE and self.state == ObjectionState.RAISED:
            return ObjectionState.CLOSED
        return self.state
