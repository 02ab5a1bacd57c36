"""The files of a call compared with each other, the questions this raises in each file, and what its readers answer."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import pgettext_lazy

from hemicycle.candidacy.models import Call
from hemicycle.instruments.coordination import question as found
from hemicycle.people.models import Language
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedJSON, SealedRow, SealedText

from ..procedure.coordination import QuestionState
from .readings import GONE, Examination, Reading


class Comparison(Matter):
    """All open files of a call, compared with each other. `compared_by` says by what texts in different languages were
    compared (`instruments.coordination.languages`). What is written of a file is never done again in one comparison."""

    PREFIX = "CMPR"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    software = models.CharField(max_length=80)
    compared_by: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state"])]


class ComparedFile(models.Model):
    """One file in one comparison. No `done_at`: its questions are not written yet. How many there were stands nowhere: the
    Secretariat has no part in them."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="files")
    examination = models.ForeignKey(Examination, on_delete=models.CASCADE, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    is_left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["comparison", "examination"], name="a_file_once_per_comparison")
        ]

    def __str__(self) -> str:
        return f"{self.comparison_id} {self.examination_id}"


class QuestionKind(models.TextChoices):
    """What was seen."""

    NEAR_COPY = found.NEAR_COPY, pgettext_lazy("question of coordination", "The same words in another file")
    TRANSLATION = (
        found.TRANSLATION,
        pgettext_lazy("question of coordination", "The same sentences in another language"),
    )
    SHARED_MARKS = (
        found.SHARED_MARKS,
        pgettext_lazy(
            "question of coordination", "The same names, dates and numbers in a text in another language"
        ),
    )
    ORGANISATION = (
        found.ORGANISATION,
        pgettext_lazy("question of coordination", "A body that endorses other candidates too"),
    )
    BURST = (
        found.BURST,
        pgettext_lazy("question of coordination", "Endorsements of one body that arrived together"),
    )
    METADATA = (
        found.METADATA,
        pgettext_lazy("question of coordination", "A document that another file has too, byte by byte"),
    )
    HIDDEN_DATA = (
        found.HIDDEN_DATA,
        pgettext_lazy(
            "question of coordination", "A document whose hidden data agree with a document of another file"
        ),
    )


class CoordinationQuestion(Matter):
    """What one file shares with others of its call: a question for its readers, never a finding, never a mark.

    `key` is keyed and names the files and what they share without saying which. `evidence` is sealed under this file's key:

        others     references of the other examinations
        shared     rows {part, mine, other, language}: a passage of this file; of the other file the same words, or nothing.
                   Of hidden data: the kind, and the title of this file's document
        innocent   key of what explains it (`instruments.coordination.question.INNOCENT`)
        told       figures of the instrument (words, minutes, count …)
    """

    PREFIX = "COOR"

    examination = models.ForeignKey(Examination, on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=QuestionKind.choices)
    evidence = SealedJSON(empty=dict)
    put_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["examination", "key"], name="a_question_once_a_file")]
        indexes = [models.Index(fields=["examination", "state"])]

    @property
    def key_owner(self) -> str:
        return self.examination.candidacy.reference

    def standing(self, at: datetime) -> str:
        return QuestionState.CLOSED if self.examination.candidacy.state in GONE else self.state


class Outcome(models.TextChoices):
    EXPLAINED = "explained", pgettext_lazy("question of coordination", "explained; nothing is to be asked")
    TO_PUT = "to_put", pgettext_lazy("question of coordination", "to be put to the person as a point")


class CoordinationNote(SealedRow):
    """What one reader answers to a question, with reasons. It has no effect by itself: a point is raised by hand."""

    BOUND = ("question_id", "reading_id")

    question = models.ForeignKey(CoordinationQuestion, on_delete=models.CASCADE, related_name="notes")
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reasons = SealedText()
    language = models.CharField(max_length=2, choices=Language.choices)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "reading"], name="a_reader_answers_once"),
            models.CheckConstraint(condition=~models.Q(reasons=""), name="an_answer_has_reasons"),
        ]

    @property
    def key_owner(self) -> str:
        return self.question.examination.candidacy.reference

    def __str__(self) -> str:
        return f"{self.question_id} {self.outcome}"
