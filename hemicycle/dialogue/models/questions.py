"""Questions, what is answered, who answers, and what moved the clock."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemicycle.assembly.models import Body
from hemicycle.mandates.models import Mandate
from hemicycle.mandates.procedure import MandateState
from hemicycle.people.models import Language, Person
from hemicycle.record import clock
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedRow, SealedText

from ..procedure import QuestionState
from .topics import Topic

Q_ = QuestionState


class Side(models.TextChoices):
    """Who asks, or is asked."""

    PARTICIPANT = "participant", _("a participant")
    DELEGATE = "delegate", _("a member of the Assembly")
    COMMITTEE = "committee", _("a committee")
    PARTICIPANTS = "participants", _("the participants as a body")


class Question(Matter):
    """One question to the other side, and the clock of its answer (14.1, 14.2).

    `asker` wrote it: for himself or herself, or as the chair for a committee, whose question it stays when the chair changes.
    `round` is 2 once a review has asked for a new answer. `clock_from` and `days` are the beginning and the charter's working
    days of the round; `told_at` is the act that told the deadline last, by whose calendar it is reckoned for good; `due_at`
    is null where no answer is owed. `level`: how many levels of being overdue are written in the record. `decide_by`: until when
    the house decides, where it is to decide; `undecided_at`: when it was told that it has not.
    """

    PREFIX = "QUES"

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions")
    charter = models.CharField(max_length=64, editable=False)
    kind = models.CharField(max_length=32)
    side = models.CharField(max_length=12, choices=Side.choices)
    asker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="questions_put")
    asker_mandate = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="questions_put"
    )
    asker_committee = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="questions_put"
    )
    to_side = models.CharField(max_length=12, choices=Side.choices)
    to_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="questions_received"
    )
    to_mandate = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="questions_received"
    )
    to_committee = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="questions_received"
    )
    follows = models.ForeignKey(
        "Answer", on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    text = SealedText(blank=True, max_length=10_000)  # none once erased
    language = models.CharField(max_length=2, choices=Language.choices)
    lapses_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(max_length=32, blank=True)
    return_text = SealedText(blank=True, max_length=2_000)
    return_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    admitted_at = models.DateTimeField(null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    clock_from = models.DateTimeField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    decide_by = models.DateTimeField(null=True, blank=True)
    undecided_at = models.DateTimeField(null=True, blank=True)
    review_until = models.DateTimeField(null=True, blank=True)
    review_reasons = SealedText(blank=True, max_length=5_000)
    review_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    review_asked_at = models.DateTimeField(null=True, blank=True)
    decision = SealedText(blank=True, max_length=5_000)
    decision_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    is_upheld = models.BooleanField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["follows"],
                condition=Q(follows__isnull=False),
                name="an_answer_is_followed_up_once",
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(erased_at__isnull=False), name="a_question_has_a_text_until_erased"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(admitted_at__isnull=True),
                name="an_admitted_question_is_not_erased",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[Q_.ADMITTED, Q_.ASSIGNED, Q_.HOLDING])
                | (
                    Q(admitted_at__isnull=False)
                    & Q(clock_from__isnull=False)
                    & Q(days__gte=1)
                    & Q(told_at__isnull=False)
                ),
                name="an_open_question_has_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(state=Q_.RETURNED) | (~Q(return_reason="") & ~Q(return_text="")),
                name="a_question_is_returned_with_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(state=Q_.UNDER_REVIEW)
                | (~Q(review_reasons="") & Q(review_asked_at__isnull=False)),
                name="a_review_of_an_answer_has_reasons",
            ),
            models.CheckConstraint(
                condition=(Q(side="participant") & Q(asker_mandate__isnull=False))
                | (Q(side="delegate") & Q(asker_mandate__isnull=True) & Q(asker_committee__isnull=True))
                | (Q(side="committee") & Q(asker_committee__isnull=False)),
                name="a_question_is_put_by_one_side",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"]), models.Index(fields=["admitted_at"])]

    def standing(self, at: datetime) -> str:
        """A draft is over after the charter's days; what is not admitted is over with the participation of its asker."""
        if self.state in (Q_.DRAFTED, Q_.RETURNED) and self.lapses_at is not None and at >= self.lapses_at:
            return Q_.LAPSED
        if (
            self.state in (Q_.DRAFTED, Q_.RETURNED, Q_.TABLED)
            and self.asker_mandate is not None
            and self.asker_mandate.standing(at) == MandateState.ENDED
        ):
            return Q_.LAPSED
        return self.state

    @property
    def is_public(self) -> bool:
        return self.admitted_at is not None

    def addressee_key(self) -> str:
        """Who is asked, as forms and entries write it."""
        if self.to_committee is not None:
            return f"committee:{self.to_committee.code}"
        if self.to_mandate is not None:
            return self.to_mandate.reference
        return self.to_person.reference if self.to_person is not None else "participants"


class Answer(SealedRow):
    """What is answered. One draft stands in each round until it is released; a holding answer is released at once."""

    BOUND = ("question_id", "round", "is_holding")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    round = models.PositiveSmallIntegerField()
    is_holding = models.BooleanField(default=False)
    text = SealedText(max_length=20_000)
    language = models.CharField(max_length=2, choices=Language.choices)
    writer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    signed_by_chair = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True, blank=True)  # as it stood when it was released
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "-is_holding", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "round", "is_holding"], name="one_answer_of_a_kind_in_a_round"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="an_answer_has_a_text"),
        ]

    @property
    def key_owner(self) -> str:
        return self.question.reference

    @property
    def part(self) -> str:
        """What its text is called beside the others of the question."""
        return f"{'holding' if self.is_holding else 'answer'}{self.round}"

    def __str__(self) -> str:
        return f"{self.question_id}/{self.part}"


class Author(models.Model):
    """Somebody who writes the answer of a round, with the participation in which a participant does."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="authors")
    round = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "round", "person"], name="an_author_of_an_answer_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id}/{self.round}/{self.person_id}"


class ClockChange(SealedRow):
    """A stop of the clock, or working days more, with the reason. A stop ends at `ended_at`, of itself or sooner by an act."""

    STOP, EXTENSION, HOLDING = "stop", "extension", "holding"
    BOUND = ("question_id", "kind")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="clock_changes")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(default=0)
    reasons = SealedText(blank=True, max_length=1_000)
    language = models.CharField(max_length=2, choices=Language.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="stop", days=0) | Q(kind__in=["extension", "holding"], days__gte=1),
                name="a_clock_is_stopped_or_extended",
            ),
            models.CheckConstraint(
                condition=~Q(reasons="") | Q(kind="holding"), name="a_change_of_the_clock_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind="stop") | Q(ended_at__isnull=False), name="a_stop_of_the_clock_has_an_end"
            ),
        ]

    @property
    def stands(self) -> bool:
        """Whether it is a stop that runs now."""
        return self.ended_at is not None and clock.now() < self.ended_at

    @property
    def key_owner(self) -> str:
        return self.question.reference

    def __str__(self) -> str:
        return f"{self.question_id}/{self.kind}"


class TextCorrection(SealedRow):
    """A mended text, beside the original, which stays as it is (14.2). `part` names the text as `texts` knows it."""

    BOUND = ("question_id", "part")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="corrections")
    part = models.CharField(max_length=24)
    text = SealedText(max_length=20_000)
    language = models.CharField(max_length=2, choices=Language.choices)
    ground = SealedText(max_length=1_000)
    ground_language = models.CharField(max_length=2, choices=Language.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(ground=""), name="a_correction_of_a_text_has_a_ground"
            )
        ]

    @property
    def key_owner(self) -> str:
        return self.question.reference

    def __str__(self) -> str:
        return f"{self.question_id}/{self.part}"
