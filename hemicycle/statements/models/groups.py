"""Groups of participants, and what they open to one another."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemicycle.assembly.models import Named
from hemicycle.dialogue.models import Topic
from hemicycle.mandates.models import Mandate
from hemicycle.people.models import Language
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedText

from ..procedure import InitiativeState, JoiningState

LONG = 20_000  # characters of a text


class Group(Matter, Named):
    """Participants who act together. Its name stands as they wrote it; it is public, and so is who is in it."""

    PREFIX = "GRUP"

    class Meta:
        ordering = ["name_en", "pk"]


class Declined(models.TextChoices):
    """Why a group declines a request to join it."""

    UNKNOWN = "unknown", _("the members do not know the person well enough yet")
    OTHER_AIM = "other_aim", _("the group was formed for something else")
    FULL = "full", _("the group takes in nobody at present")
    NO_REASON = "no_reason", _("the group gives no reason")


class Membership(models.Model):
    """One participant in one group, by an own act and that of a member who accepted."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "mandate"], condition=Q(left_at__isnull=True), name="in_a_group_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id}/{self.mandate_id}"


class Joining(Matter):
    """Somebody asks to join a group. It is read by who asks and by the members who sit."""

    PREFIX = "JOIN"

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="joinings")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=Declined.choices, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "mandate"], condition=Q(state=JoiningState.ASKED), name="asks_a_group_once"
            )
        ]


class Initiative(Matter):
    """What a group opens to others. The first line of its text is its title. Public from its opening."""

    PREFIX = "INIT"

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="initiatives")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = SealedText(max_length=LONG, blank=True)  # none once erased
    language = models.CharField(max_length=2, choices=Language.choices)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[InitiativeState.OPEN, InitiativeState.ADOPTED])
                | (Q(opened_at__isnull=False) & ~Q(text="")),
                name="an_open_initiative_has_its_text",
            )
        ]


class Backing(models.Model):
    """One member's support of an initiative in one group; the group supports it when more than half of them do."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="backings")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "group", "mandate"], name="backs_an_initiative_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id}/{self.group_id}/{self.mandate_id}"
