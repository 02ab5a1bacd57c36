"""Private exchanges: two people, their messages, and nothing for anybody else (14.4)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from hemicycle.mandates.models import Mandate
from hemicycle.mandates.procedure import MandateState
from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedRow, SealedText

from ..procedure import ExchangeState


class Exchange(Matter):
    """Between one member of the Assembly and one participant. `is_from_delegate`: which of the two invited."""

    PREFIX = "EXCH"

    delegate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exchanges")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="exchanges")
    is_from_delegate = models.BooleanField()
    lapses_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegate", "mandate"],
                condition=Q(state__in=[ExchangeState.INVITED, ExchangeState.OPEN]),
                name="two_people_have_one_exchange",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExchangeState.ENDED) | Q(ended_at__isnull=False),
                name="an_ended_exchange_says_when",
            ),
        ]

    def standing(self, at: datetime) -> str:
        """It is over with the participation, and an invitation that nobody takes up after the charter's days."""
        if self.state != ExchangeState.ENDED and self.mandate.standing(at) == MandateState.ENDED:
            return ExchangeState.ENDED
        if self.state == ExchangeState.INVITED and at >= self.lapses_at:
            return ExchangeState.ENDED
        return self.state


class Message(SealedRow):
    """What one of the two wrote. No entry of the record speaks of it. `once` lets the same form act once."""

    BOUND = ("exchange_id",)

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="messages")
    is_from_delegate = models.BooleanField()
    text = SealedText(max_length=5_000)
    language = models.CharField(max_length=2, choices=Language.choices)
    at = models.DateTimeField()
    once = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_message_has_a_text")]

    @property
    def key_owner(self) -> str:
        return self.exchange.reference

    def __str__(self) -> str:
        return str(self.pk)
