"""Mandates: a person on a seat for a session."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from hemicycle.assembly.models import day_start
from hemicycle.composition import queries as lists
from hemicycle.composition.models import List
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedLine, SealedText

from .procedure import EndingState, Ground, MandateState, RevealState

M = MandateState


class Mandate(Matter):
    """One person on one seat of a list, from `from_day` until the session closes (R8).

    It rests on the candidacy: whoever withdraws that one leaves the seat at the same instant, and when the file is
    erased the row stays without it (1.6). `until_day` is the last day of the term: at its end the mandate is over,
    written down or not (6.0).
    `suspended_until` is the review date of a suspension: past it the person sits again. `case` is the reference of
    the suspension. `ended_ground` is a code of `procedure.Ground`. A withheld name has a date or none.
    """

    PREFIX = "MAND"

    list = models.ForeignKey(List, on_delete=models.PROTECT, related_name="mandates")
    seat_number = models.PositiveSmallIntegerField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="mandates")
    candidacy = models.ForeignKey(
        "candidacy.Candidacy", on_delete=models.SET_NULL, null=True, blank=True, related_name="mandates"
    )
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
    shown_name = SealedLine(max_length=200, blank=True)
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
            models.CheckConstraint(
                condition=Q(state=M.ENDED) | Q(candidacy__isnull=False),
                name="a_mandate_rests_on_a_candidacy_until_it_ends",
            ),
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

    def end_by(self, at: datetime) -> tuple[datetime, Ground] | None:
        """When and why time, a withdrawal, the next list or a refused ratification ended it; the first, if past by `at`.

        A withdrawn candidacy takes the participation with it. Its ground is that of whoever leaves: an act on a
        candidacy is never told in public (1.3).
        """
        ends = [(self._term_over(at), Ground.TERM), (self.list.returned_at, Ground.RATIFICATION_REFUSED)]
        if self.candidacy is not None:
            ends.append((self.candidacy.withdrawn_at, Ground.RENOUNCED))
        past = [(instant, ground) for instant, ground in ends if instant is not None and instant <= at]
        return min(past) if past else None

    def _term_over(self, at: datetime) -> datetime | None:
        """With holding over (a charter key) the participant stays until another list is in force."""
        if at < self.ends_at:
            return None
        if lists.charter_of(self.list).mandates.holding_over.value:
            following = lists.in_force(at)
            if following is None or following.pk == self.list_id:
                return None
            return lists.term_begins_at(following)
        return self.ends_at

    def over_since(self, at: datetime) -> datetime | None:
        """The instant at which it had ended by itself, if that is past by `at`."""
        found = self.end_by(at)
        return None if found is None else found[0]

    def over_by(self, at: datetime) -> bool:
        """Whether it has ended by itself, written down or not."""
        return self.end_by(at) is not None


class Ending(Matter):
    """What one clerk says of a participant, death or lasting incapacity, and another confirms. Until then, nothing of
    the participation changes. `ground` is one of these two codes of `procedure.Ground`."""

    PREFIX = "ENDG"

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="endings")
    ground = models.CharField(max_length=24)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mandate"], condition=Q(state=EndingState.ASKED), name="one_end_is_asked_for"
            ),
        ]


class Reveal(Matter):
    """What one clerk asks for a participant without a device, who wrote that the withheld name may be shown. `source`
    says which letter that is and where it is kept; it lies under the key of the name, and goes with it."""

    PREFIX = "REVL"

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="reveals")
    source = SealedText(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mandate"], condition=Q(state=RevealState.ASKED), name="one_reveal_is_asked_for"
            ),
        ]

    @property
    def key_owner(self) -> str:
        return self.mandate.reference
