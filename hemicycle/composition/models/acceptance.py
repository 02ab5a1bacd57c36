"""What each person answered before being proposed, and who is added to a succession list later."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedLine

from ..procedure import AcceptanceState, AdditionState
from .lists import List


class Presence(models.TextChoices):
    """How a person expects to take part in meetings, in the person's own words of travel."""

    CAN_COME = "can_come", _("I can come to the meetings.")
    NEEDS_HELP = "needs_help", _("I can come only with help for a visa or travel papers.")
    FROM_AFAR = "from_afar", _("I can take part only from afar.")


class Acceptance(Matter):
    """What a person answered before being proposed: commitments, public name, that the Bureau reads it (7.2).

    `reserved`: the question was for a reserved seat, and the person was told that this is public. `commitments`
    is the charter version whose commitments were accepted. A name withheld for safety has a date or none. `presence` is
    one of `Presence`, or empty where the person did not say.
    """

    PREFIX = "ACPT"

    candidacy = models.ForeignKey("candidacy.Candidacy", on_delete=models.CASCADE, related_name="acceptances")
    session = models.ForeignKey("assembly.Session", on_delete=models.PROTECT, related_name="acceptances")
    reserved = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    commitments = models.CharField(max_length=64, blank=True)
    public_name = SealedLine(max_length=200, blank=True)
    withhold_name = models.BooleanField(default=False)
    withheld_until = models.DateField(null=True, blank=True)
    presence = SealedLine(max_length=16, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "session", "reserved"],
                condition=Q(state__in=(AcceptanceState.ASKED, AcceptanceState.ACCEPTED)),
                name="one_open_acceptance_per_kind_of_seat",
            ),
            models.CheckConstraint(
                condition=~Q(state=AcceptanceState.ACCEPTED)
                | (Q(answered_at__isnull=False) & ~Q(commitments="") & ~Q(public_name="")),
                name="an_acceptance_says_what_was_accepted",
            ),
        ]

    @property
    def key_owner(self) -> str:
        return self.candidacy.reference

    def standing(self, at: datetime) -> str:
        if self.state == AcceptanceState.ASKED and at >= self.due_at:
            return AcceptanceState.LAPSED
        return self.state


class Addition(Matter):
    """One person proposed for the succession list of a list whose own is closed (3.7).

    Only somebody whose reply or review was still running when the list was proposed. The Bureau votes on this person
    alone (`subject` of the vote is the reference of the addition); the place is the last of its order.
    """

    PREFIX = "ADDN"

    list = models.ForeignKey(List, on_delete=models.PROTECT, related_name="additions")
    candidacy = models.ForeignKey("candidacy.Candidacy", on_delete=models.CASCADE, related_name="additions")
    for_reserve = models.BooleanField(default=False)
    proposer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "candidacy"],
                condition=Q(state__in=(AdditionState.PROPOSED, AdditionState.BEFORE_BUREAU)),
                name="one_open_addition_of_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=(AdditionState.BEFORE_BUREAU, AdditionState.ADDED, AdditionState.REFUSED)
                )
                | Q(released_at__isnull=False),
                name="an_addition_before_the_bureau_was_released",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(AdditionState.ADDED, AdditionState.REFUSED))
                | Q(decided_at__isnull=False),
                name="a_decided_addition_says_when",
            ),
        ]
