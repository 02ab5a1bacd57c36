"""What others say on a candidate, with the candidate's knowledge."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedLine, SealedText

from ..procedure import CounterStatementState
from .candidacies import Candidacy


class Endorsement(Matter):
    """A body speaks for a candidate; it comes in through the candidate (procedure 2.3)."""

    PREFIX = "ENDO"

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="endorsements")
    body = SealedLine(max_length=200)
    statement = SealedText()
    language = models.CharField(max_length=2, choices=Language.choices)
    link = SealedLine(max_length=500, blank=True)
    is_of_own_people = models.BooleanField(default=False)

    @property
    def key_owner(self) -> str:
        return self.candidacy.reference


class CounterStatement(Matter):
    """A body that was invited, after the candidate agreed, says what it knows (procedure 2.3).

    `invited` is the person who speaks for the body; it sees this matter and nothing of the file.
    """

    PREFIX: ClassVar[str] = "CSTM"

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="counter_statements")
    invited = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="counter_statements")
    body = SealedLine(max_length=200)
    due_at = models.DateTimeField()
    statement = SealedText(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    is_controlled = models.BooleanField(default=False)
    controlled_reasons = SealedText(blank=True)
    controlled_language = models.CharField(max_length=2, choices=Language.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=CounterStatementState.GIVEN)
                | (~Q(statement="") & Q(given_at__isnull=False)),
                name="a_counter_statement_says_something",
            )
        ]

    @property
    def key_owner(self) -> str:
        return self.candidacy.reference

    def standing(self, at: datetime) -> str:
        if self.state == CounterStatementState.INVITED and at >= self.due_at:
            return CounterStatementState.LAPSED
        return self.state
