"""What the host decides or brings in: the founding, versions of the charter, imports, the forum, the presidency."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.rules import terms

from ..procedure import ActingState, AdoptionState, ForumState, ImportState


class Founding(Matter):
    """The first entry of a record: which charter it began with, and whether it is a demonstration."""

    PREFIX = "FOND"

    charter = models.CharField(max_length=64)
    demonstration = models.BooleanField(default=False)


class Adoption(Matter):
    """A version of the charter on its way into force: drafted, consulted on, adopted by the Bureau (R15,
    7.5).

    `vote` is the reference of the Bureau's vote in this record; `source` the document where there is none.
    """

    PREFIX = "ADPT"

    charter = models.CharField(max_length=64, blank=True)
    text = models.TextField()
    prose: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    in_force_from = models.DateTimeField(null=True, blank=True)
    secretary_general_at = models.DateTimeField(null=True, blank=True)
    secretary_general_text = models.TextField(blank=True)
    secretary_general_language = models.CharField(
        max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    general_rapporteur_at = models.DateTimeField(null=True, blank=True)
    general_rapporteur_text = models.TextField(blank=True)
    general_rapporteur_language = models.CharField(
        max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    vote = models.CharField(max_length=24, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=AdoptionState.ADOPTED)
                | (Q(in_force_from__isnull=False) & (~Q(vote="") | ~Q(source=""))),
                name="an_adopted_charter_names_its_day_and_its_decision",
            )
        ]


class Import(Matter):
    """A file of delegations, groups or members, read and shown before anything changes.

    `plan` is what committing would do; `base` the digest of what stood when the preview was made: if that
    has changed since, the preview is stale and refused.
    """

    PREFIX = "IMPT"

    class Kind(models.TextChoices):
        MEMBERS = "members", _("Members of bodies")
        DELEGATIONS = "delegations", _("Delegations")
        GROUPS = "groups", _("Political groups")

    class Extent(models.TextChoices):
        LINES = "lines", _("Only these lines: nobody else is touched")
        WHOLE = "whole", _("The whole membership of each body named: who is not in the file leaves")

    kind = models.CharField(_("What the file holds"), max_length=12, choices=Kind.choices)
    extent = models.CharField(
        _("How it is meant"), max_length=8, choices=Extent.choices, default=Extent.LINES
    )
    file_name = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    base = models.CharField(max_length=64, blank=True)
    plan: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder
    )
    committed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ImportState.COMMITTED) | Q(committed_at__isnull=False),
                name="a_committed_import_has_a_date",
            )
        ]


class ForumDecision(Matter):
    """The recorded decision that the separate forum is established; it ends the reserve for later lists
    (R10, 5.3).
    """

    PREFIX = "ESTB"

    forum = models.CharField(_("Key of the forum's charter"), max_length=48)
    decided_on = models.DateField(_("Decided on"))
    source = models.CharField(_("Document of the decision"), max_length=300)
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ForumState.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="a_confirmed_forum_decision_says_when",
            ),
            models.UniqueConstraint(
                fields=["forum"], condition=Q(state=ForumState.CONFIRMED), name="a_forum_is_established_once"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_forum_decision_has_a_source"),
        ]


class ActingPresidency(Matter):
    """A Vice-President who stands in for the President, by precedence, for a time (5.9)."""

    PREFIX = "ACTG"

    class Ground(models.TextChoices):
        VACANCY = "vacancy", _("the office of President is vacant")
        ABSENCE = "absence", _("the President is absent or unable to act")
        INTEREST = "interest", _("the President has declared an interest")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="acting_presidencies")
    ground = models.CharField(max_length=12, choices=Ground.choices)
    passed_over = models.TextField(_("Why those before in precedence are passed over"), blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
                name="acting_ends_after_it_begins",
            ),
            # Two confirmations at the same instant: one of them wins.
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=ActingState.ACTING), name="one_person_acts_as_president"
            ),
        ]

    def standing(self, at: datetime) -> str:
        if self.state == ActingState.ACTING and self.until_at is not None and at >= self.until_at:
            return ActingState.ENDED
        return self.state

    def is_acting(self, at: datetime) -> bool:
        return self.state == ActingState.ACTING and terms.in_force(self.from_at, self.until_at, at)
