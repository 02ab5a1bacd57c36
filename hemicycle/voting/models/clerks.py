"""What two clerks do together beside a vote: a ballot at the desk, and the roll that leaves the house."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemicycle.record.models import Matter

from ..procedure import DeskState, FileState
from .votes import Choice, RollEntry, Vote


class DeskBallot(Matter):
    """A named ballot in an open vote, brought to the desk by a member without a device (procedure 5.6).

    Two clerks enter and confirm it; the member confirms it in person or by signature, which the second clerk
    records.
    """

    PREFIX = "DESK"

    class Confirmation(models.TextChoices):
        IN_PERSON = "in_person", _("the member read it on the screen and confirmed it")
        SIGNED = "signed", _("the member signed it on paper")

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="desk_ballots")
    roll_entry = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="desk_ballots")
    choice = models.CharField(max_length=12, choices=Choice.choices)
    confirmation = models.CharField(max_length=12, choices=Confirmation.choices, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DeskState.RECORDED) | ~Q(confirmation=""),
                name="a_recorded_desk_ballot_was_confirmed_by_the_member",
            ),
        ]


class VoterFile(Matter):
    """That the roll of one vote, in one issue, may leave the house as a voter file with addresses. Two clerks agree;
    the file itself is made when one of them saves it, and kept nowhere (procedure 5.5)."""

    PREFIX = "VFIL"

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="voter_files")
    issue = models.PositiveIntegerField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "issue"],
                condition=~Q(state=FileState.REFUSED),
                name="one_voter_file_per_issue_of_a_roll",
            ),
        ]
