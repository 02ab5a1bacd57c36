"""Examinations, readings, findings, and what each reader says to the opinion."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import ProtectedError, Q
from django.utils.translation import pgettext_lazy

from hemicycle.candidacy.models import Candidacy
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedJSON, SealedRow, SealedText

from ..procedure import ExaminationState, PointState, ReadingState

#: A candidacy in one of these states closes its file to everybody at once (procedure 1.6).
GONE = (CandidacyState.WITHDRAWN, CandidacyState.ERASED)
UNANSWERED = (PointState.RAISED, PointState.NOTIFIED, PointState.REPLIED, PointState.REPLY_OVER)


def once_closed(collector: Any, field: Any, sub_objs: Any, using: str) -> None:
    """Goes with the candidacy, but not before the withdrawal was written down here: a point that was open leaves its
    note first, however late the clock runs (1.6)."""
    open_ = [e for e in sub_objs if e.state != ExaminationState.CLOSED]
    unclosed = {e for e in open_ if e.candidacy.withdrawn_at and e.candidacy.state in GONE}
    if unclosed:
        raise ProtectedError("The examination of a withdrawn candidacy is closed first.", unclosed)
    models.CASCADE(collector, field, sub_objs, using)


class Verdict(models.TextChoices):
    """Of a criterion: shown or not. Of a bar: it does not stand in the way, or it does (procedure 3.3)."""

    MET = "met", pgettext_lazy("finding", "met")
    NOT_MET = "not_met", pgettext_lazy("finding", "not met")
    UNCLEAR = "unclear", pgettext_lazy("finding", "unclear")


class OpinionIs(models.TextChoices):
    MET = "met", pgettext_lazy("finding", "met")
    NOT_MET = "not_met", pgettext_lazy("finding", "not met")
    DIVIDED = "divided", pgettext_lazy("finding", "divided")


class Examination(Matter):
    """The examination of one admissible candidacy. `charter` is the law of its call.

    `opinion`, `opinion_text` and `grounds` (keys of criteria and bars) are the opinion as it stands; after a
    review the one before it is kept in `first_opinion` and `first_text`. `round` counts what came after the first
    readings: each review, and each new reading (`NewReading`).
    """

    PREFIX = "EXAM"

    candidacy = models.OneToOneField(Candidacy, on_delete=once_closed, related_name="examination")
    round = models.PositiveSmallIntegerField(default=0)
    charter = models.CharField(max_length=64)
    third_called_at = models.DateTimeField(null=True, blank=True)
    readers_accepted_at = models.DateTimeField(null=True, blank=True)

    draft = models.CharField(max_length=8, choices=OpinionIs.choices, blank=True)
    draft_text = SealedText(blank=True)
    draft_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    draft_grounds: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    draft_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    opinion = models.CharField(max_length=8, choices=OpinionIs.choices, blank=True)
    opinion_text = SealedText(blank=True)
    opinion_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    grounds: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)

    review_until = models.DateTimeField(null=True, blank=True)
    review_asked_at = models.DateTimeField(null=True, blank=True)
    review_reasons = SealedText(blank=True)
    review_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    first_opinion = models.CharField(max_length=8, choices=OpinionIs.choices, blank=True)
    first_text = SealedText(blank=True)
    first_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["concluded", "under_review", "reviewed", "read_again"])
                | (~Q(opinion="") & ~Q(opinion_text="") & Q(concluded_at__isnull=False)),
                name="an_opinion_has_its_text_and_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["under_review", "reviewed"]) | Q(review_asked_at__isnull=False),
                name="a_review_was_asked_for",
            ),
            models.CheckConstraint(
                condition=~Q(state="reviewed") | (~Q(first_opinion="") & Q(reviewed_at__isnull=False)),
                name="a_reviewed_opinion_keeps_the_first",
            ),
        ]
        indexes = [models.Index(fields=["state"])]

    @property
    def key_owner(self) -> str:
        return self.candidacy.reference

    def standing(self, at: datetime) -> str:
        """A withdrawn file is closed at once; after the readings an open point shows as such."""
        if self.candidacy.state in GONE:
            return ExaminationState.CLOSED
        if self.state == ExaminationState.AGREEING and self.points.filter(state__in=UNANSWERED).exists():
            return ExaminationState.REPLYING
        return self.state


class Reading(Matter):
    """One assessor's reading. Ordinals 1 and 2 read first, 3 is called by a difference; from 4 on a review or a new
    reading (is_review), each in its `round` of the examination.

    `explanation` holds why this assessor: the numbers of the spread (spread.py). A reading is not counted any
    more once `released_at` is set. `handover` is what the next reader of the place is told: facts, no findings.
    """

    PREFIX = "READ"
    HANDOVER_AT_MOST = 2000  # characters

    examination = models.ForeignKey(Examination, on_delete=models.CASCADE, related_name="readings")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="readings")
    ordinal = models.PositiveSmallIntegerField()
    is_review = models.BooleanField(default=False)
    round = models.PositiveSmallIntegerField(default=0)
    explanation = SealedJSON(empty=dict)
    assigned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    release_ground = models.CharField(max_length=16, blank=True)
    handover = SealedText(max_length=HANDOVER_AT_MOST, blank=True)
    handover_language = models.CharField(max_length=2, choices=Language.choices, blank=True)

    class Meta:
        ordering = ["examination", "ordinal", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["examination", "ordinal"],
                condition=Q(released_at__isnull=True),
                name="one_reader_per_place",
            ),
            models.UniqueConstraint(fields=["examination", "assessor"], name="nobody_reads_a_file_twice"),
            models.CheckConstraint(condition=Q(ordinal__gte=1), name="ordinals_begin_with_one"),
            models.CheckConstraint(
                condition=~Q(state="given") | (Q(given_at__isnull=False) & Q(opened_at__isnull=False)),
                name="a_reading_given_was_opened",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "given"]) | Q(declared_at__isnull=False),
                name="a_file_opens_after_the_declaration",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | (Q(released_at__isnull=False) & ~Q(release_ground="")),
                name="a_release_has_its_ground",
            ),
        ]
        indexes = [models.Index(fields=["assessor", "state"])]

    @property
    def key_owner(self) -> str:
        return self.examination.candidacy.reference

    def standing(self, at: datetime) -> str:
        done = (ReadingState.GIVEN, ReadingState.RELEASED)
        if self.examination.candidacy.state in GONE and self.state not in done:
            return ReadingState.CLOSED
        return self.state


class Cause(models.TextChoices):
    """Why a file is read again after its opinion (article 6.9)."""

    INCIDENT = "incident", pgettext_lazy("cause of a new reading", "an incident")
    BUREAU = "bureau", pgettext_lazy("cause of a new reading", "the Bureau asked for it")
    NEW_FACT = (
        "new_fact",
        pgettext_lazy("cause of a new reading", "a post or another fact that was not known"),
    )
    HIT = "hit", pgettext_lazy("cause of a new reading", "two readers say that a list means the person")
    NO_JUDGE = (
        "no_judge",
        pgettext_lazy(
            "cause of a new reading", "a name on a list waits, and nobody who read the file is left"
        ),
    )


class NewReading(SealedRow):
    """That a file whose opinion is given is read again: why, and the opinion that stood until then.

    `stood`: {opinion, text, language, grounds, at, first_opinion, first_text, first_language, review_reasons,
    review_language}, as the examination had them.
    """

    BOUND = ("examination_id", "round")

    examination = models.ForeignKey(Examination, on_delete=models.CASCADE, related_name="new_readings")
    round = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=12, choices=Cause.choices)
    reasons = SealedText()
    language = models.CharField(max_length=2, choices=Language.choices)
    called_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)
    stood = SealedJSON(empty=dict)

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["examination", "round"], name="one_new_reading_per_round"),
        ]

    @property
    def key_owner(self) -> str:
        return self.examination.candidacy.reference

    def __str__(self) -> str:
        return f"{self.examination_id} {self.round}"


class ReadingFinding(SealedRow):
    """What one reader finds on one criterion or bar: reasons, and random names of the file's exhibits."""

    BOUND = ("reading_id", "key")

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="findings")
    key = models.CharField(max_length=48)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    reasons = SealedText(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    evidence: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "key"], name="one_finding_per_key_and_reading")
        ]

    @property
    def key_owner(self) -> str:
        return self.reading.examination.candidacy.reference

    def __str__(self) -> str:
        return f"{self.key} {self.verdict}"


class Voice(SealedRow):
    """What a reader says to the opinion put to the readers: agreed, or a dissent that is printed with it."""

    BOUND = ("reading_id",)

    examination = models.ForeignKey(Examination, on_delete=models.CASCADE, related_name="voices")
    reading = models.OneToOneField(Reading, on_delete=models.CASCADE, related_name="voice")
    agrees = models.BooleanField()
    dissent = SealedText(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    spoken_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(dissent=""), name="a_dissent_says_why"),
        ]

    @property
    def key_owner(self) -> str:
        return self.examination.candidacy.reference

    def __str__(self) -> str:
        return f"{self.reading_id} {self.agrees}"
