"""Mandates: a person on a seat for a session."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from hemicycle.assembly.models import day_start
from hemicycle.composition import queries as lists
from hemicycle.composition.models import List
from hemicycle.record.models import Matter

from .procedure import MandateState

M = MandateState


class Mandate(Matter):
    """One person on one seat of a list, from `from_day` until the session closes (R8).

    `until_day` is the last day of the term: at its end the mandate is over, written down or not (6.0).
    `suspended_until` is the review date of a suspension: past it the person sits again. `case` is the reference of
    the suspension. `ended_ground` is a code of `procedure.Ground`. A withheld name has a date or none.
    """

    PREFIX = "MAND"

    list = models.ForeignKey(List, on_delete=models.PROTECT, related_name="mandates")
    seat_number = models.PositiveSmallIntegerField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="mandates")
    candidacy = models.ForeignKey("candidacy.Candidacy", on_delete=models.PROTECT, related_name="mandates")
    reserved = models.BooleanField(default=False)
    capacity = models.CharField(max_length=32, default="participant")
    from_day = models.DateField()
    until_day = models.DateField()
    begun_at = models.DateTimeField()
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_until = models.DateTimeField(null=True, blank=True)
    case = models.CharField(max_length=24, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_ground = models.CharField(max_length=24, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    shown_name = models.CharField(max_length=200)
    name_withheld = models.BooleanField(default=False)
    withheld_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["list", "seat_number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "seat_number"], condition=~Q(state=M.ENDED), name="a_seat_has_one_participant"
            ),
            models.UniqueConstraint(
                fields=["list", "person"], condition=~Q(state=M.ENDED), name="a_participant_has_one_seat"
            ),
            models.CheckConstraint(
                condition=~Q(state=M.ENDED) | (Q(ended_at__isnull=False) & ~Q(ended_ground="")),
                name="an_ended_mandate_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=M.SUSPENDED) | (Q(suspended_at__isnull=False) & ~Q(case="")),
                name="a_suspended_mandate_names_its_case",
            ),
            models.CheckConstraint(condition=Q(until_day__gte=F("from_day")), name="a_mandate_has_a_day"),
        ]

    def standing(self, at: datetime) -> str:
        if self.state == M.ENDED or self.over_by(at):
            return M.ENDED
        if self.state == M.SUSPENDED and self.suspended_until is not None and at >= self.suspended_until:
            return M.SITTING
        return self.state

    @property
    def ends_at(self) -> datetime:
        """The instant at which the term is over: the end of its last day."""
        return day_start(self.until_day + timedelta(days=1))

    def over_since(self, at: datetime) -> datetime | None:
        """The instant at which time, the next list or a refused ratification ended it, if that is past by `at`.

        With holding over (a charter key) the participant stays until another list is in force.
        """
        returned = self.list.returned_at
        if returned is not None and returned <= at:
            return min(returned, self.ends_at)
        if at < self.ends_at:
            return None
        if lists.charter_of(self.list).mandates.holding_over.value:
            following = lists.in_force(at)
            if following is None or following.pk == self.list_id:
                return None
            return lists.term_begins_at(following)
        return self.ends_at

    def over_by(self, at: datetime) -> bool:
        """Whether it has ended by its date, written down or not."""
        return self.over_since(at) is not None
