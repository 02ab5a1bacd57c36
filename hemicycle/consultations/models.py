"""Consultations, their propositions and codes; and what is kept of the answers, which is nobody's while they are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from hemicycle.assembly.models import Named
from hemicycle.dialogue.models import Topic
from hemicycle.people.models import Language, Person
from hemicycle.record import clock
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedJSON, SealedLine, SealedRow, SealedText

from .procedure import ConsultationState, PropositionState, RequestState

C = ConsultationState
R = PropositionState


class Side(models.TextChoices):
    """In what capacity somebody answers."""

    PARTICIPANT = "participant"
    DELEGATE = "delegate"
    CIVIL_SOCIETY = "civil_society"


class Answer(models.IntegerChoices):
    """As the instrument writes it, and Polis."""

    AGREE = 1
    PASS = 0
    DISAGREE = -1


class Consultation(Matter, Named):
    """Propositions put to many under one topic, from an instant to another.

    `matrix` and `sides` are written at the closing, sealed: the answers of everybody as the instrument reads them, under
    numbers drawn for that and in an order drawn for that, and on which side each number stands. `result` is what may be
    shown of them, public from `published_at` on. `beat_at`: when a worker was last given it to compute.
    """

    PREFIX = "CONS"

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="consultations")
    charter = models.CharField(max_length=64)
    explanation_en = models.TextField(max_length=2000)
    explanation_fr = models.TextField(max_length=2000)
    explanation_ru = models.TextField(max_length=2000)
    civil_society = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField()
    was_extended = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    matrix = SealedText(blank=True)
    sides = SealedJSON(empty=list)
    beat_at = models.DateTimeField(null=True, blank=True)
    result: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True, encoder=DjangoJSONEncoder
    )
    published_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(max_length=2000, blank=True)
    reasons_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[C.OPEN, C.CLOSED, C.COMPUTED, C.PUBLISHED])
                | Q(opened_at__isnull=False),
                name="an_open_consultation_says_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[C.CLOSED, C.COMPUTED, C.PUBLISHED]) | Q(closed_at__isnull=False),
                name="a_closed_consultation_says_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=C.PUBLISHED) | (Q(published_at__isnull=False) & ~Q(result={})),
                name="a_published_consultation_has_a_result",
            ),
            models.CheckConstraint(
                condition=~Q(state=C.WITHDRAWN) | (Q(withdrawn_at__isnull=False) & ~Q(reasons="")),
                name="a_withdrawn_consultation_says_why",
            ),
        ]
        indexes = [models.Index(fields=["state", "closes_at"])]

    def standing(self, at: datetime) -> str:
        return C.CLOSED if self.state == C.OPEN and at >= self.closes_at else self.state

    @property
    def is_open(self) -> bool:
        return self.standing(clock.now()) == C.OPEN

    def explanation_in(self, language: str | None) -> str:
        """The explanation in a language; English for a language that the platform does not have."""
        return {"fr": self.explanation_fr, "ru": self.explanation_ru}.get(
            (language or "en")[:2], self.explanation_en
        )


class Secret(SealedRow):
    """What a voter's token is made with. It lies under a key of its own, which goes when the consultation closes: from
    then on nobody can tell whose answers are whose."""

    BOUND: ClassVar[tuple[str, ...]] = ("consultation_id",)

    consultation = models.OneToOneField(Consultation, on_delete=models.CASCADE, related_name="secret")
    text = SealedLine(max_length=64)

    @property
    def key_owner(self) -> str:
        return f"{self.consultation.reference}/v"

    def __str__(self) -> str:
        return str(self.consultation_id)


class Proposition(Matter):
    """A short statement of one consultation, in the language in which it was written. `number` is its number there.

    `draft` is what somebody sent, sealed under the consultation's key; on admission it becomes `text`, which is public.
    `author` is who added it, with an account; null for a first one of the Secretariat, and for whoever has a code.
    """

    PREFIX = "PROP"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="propositions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="propositions"
    )
    language = models.CharField(max_length=2, choices=Language.choices)
    draft = SealedText(blank=True)
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=48, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="one_number_for_a_proposition_of_a_consultation"
            ),
            models.CheckConstraint(
                condition=~Q(state=R.ADMITTED) | ~Q(text=""), name="an_admitted_proposition_has_a_text"
            ),
            models.CheckConstraint(
                condition=~Q(state=R.DECLINED) | ~Q(reason=""), name="a_declined_proposition_says_why"
            ),
        ]
        indexes = [models.Index(fields=["consultation", "state"])]

    @property
    def key_owner(self) -> str:
        return self.consultation.reference

    def standing(self, at: datetime) -> str:
        is_over = self.consultation.standing(at) not in (C.PREPARED, C.OPEN)
        return R.LAPSED if self.state == R.WAITING and is_over else self.state


class Withdrawal(Matter):
    """What one clerk asks for an open consultation, with the reasons that everybody will read, and another confirms. Until
    then answers are taken."""

    PREFIX = "CWDR"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="withdrawals")
    reasons = models.TextField(max_length=2000)
    language = models.CharField(max_length=2, choices=Language.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(state=RequestState.ASKED),
                name="one_withdrawal_of_a_consultation_is_asked_for",
            ),
        ]

    def standing(self, at: datetime) -> str:
        return _ended(self, at)


class CodeOrder(Matter):
    """Codes of which one clerk has made the first halves, and another makes the second. `halves`: keyed digests of the first
    ones in their order, until the second are made; they open nothing."""

    PREFIX = "CODE"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="code_orders")
    number = models.PositiveSmallIntegerField()
    halves: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(state=RequestState.ASKED),
                name="codes_of_a_consultation_are_asked_for_once_at_a_time",
            ),
        ]

    def standing(self, at: datetime) -> str:
        return _ended(self, at)


def _ended(request: Withdrawal | CodeOrder, at: datetime) -> str:
    """What was asked for and not done ends with the consultation; the clock writes it down afterwards."""
    is_over = request.consultation.standing(at) not in (C.PREPARED, C.OPEN)
    return RequestState.DISMISSED if request.state == RequestState.ASKED and is_over else request.state


class Code(models.Model):
    """A code that was made for civil society: its digest, and nothing on who has it or whether it was used."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.digest[:8]


class Voter(models.Model):
    """Somebody who answers one consultation, by a token that cannot be made without its secret. No instant is kept. The row
    goes when the consultation closes."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="voters")
    token = models.CharField(max_length=64, unique=True)
    side = models.CharField(max_length=16, choices=Side.choices)

    def __str__(self) -> str:
        return self.token[:8]


class Vote(models.Model):
    """One answer, until the closing. It may be changed, and says neither when it was given nor how often."""

    voter = models.ForeignKey(Voter, on_delete=models.CASCADE, related_name="votes")
    proposition = models.ForeignKey(Proposition, on_delete=models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(choices=Answer.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voter", "proposition"], name="one_answer_of_a_voter_to_a_proposition"
            ),
            models.CheckConstraint(condition=Q(value__in=[-1, 0, 1]), name="an_answer_is_one_of_three"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
