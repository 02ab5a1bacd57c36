"""The host assembly: its calendar, its bodies and those who sit in them, and its decisions on the charter."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.rules import terms

from .procedure import ActingState, AdoptionState, ForumState, ImportState, SessionState


def day_start(day: date) -> datetime:
    """The instant at which a day begins at the seat of the assembly."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


class Named(models.Model):
    """Something with a name in the three languages of the platform."""

    name_en = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def name_in(self, language: str | None) -> str:
        """The name in a language; English for a language that the platform does not have."""
        return {"fr": self.name_fr, "ru": self.name_ru}.get((language or "en")[:2], self.name_en)

    @property
    def shown_name(self) -> str:
        return self.name_in(get_language())


class Capacity(models.TextChoices):
    """In what capacity someone sits in a body; the order is that of the roll."""

    PRESIDENT = "president", _("President")
    VICE_PRESIDENT = "vice_president", _("Vice-President")
    GROUP_CHAIR = "group_chair", _("Chair of a political group")
    COMMITTEE_CHAIR = "committee_chair", _("Chair of a committee")
    HEAD_OF_DELEGATION = "head_of_delegation", _("Head of delegation, ex officio")
    MEMBER = "member", _("Member of the committee")
    REPRESENTATIVE = "representative", _("Representative")
    SUBSTITUTE = "substitute", _("Substitute")


class Founding(Matter):
    """The first entry of a record: which charter it began with, and whether it is a demonstration."""

    PREFIX = "FOND"

    charter = models.CharField(max_length=64)
    demonstration = models.BooleanField(default=False)


class Session(Matter):
    """A year of part-sessions. `opens_on` is its first day, `closes_on` its last; both days belong to it.

    `charter` names the version of the charter that the session's mandates live under, frozen when it opens.
    """

    PREFIX = "SESS"

    name = models.CharField(_("Name"), max_length=24, unique=True)
    opens_on = models.DateField(_("First day"))
    closes_on = models.DateField(_("Last day"))
    charter = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["opens_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("opens_on")), name="a_session_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(state=SessionState.PLANNED) | ~Q(charter=""),
                name="an_open_session_names_its_charter",
            ),
        ]

    @property
    def opens_at(self) -> datetime:
        return day_start(self.opens_on)

    @property
    def closes_at(self) -> datetime:
        """The instant at which the session is over: the end of its last day. Mandates end here (6.1)."""
        return day_start(self.closes_on + timedelta(days=1))

    def standing(self, at: datetime) -> str:
        """Planned, open or closed by its dates, whether or not the clock has written it."""
        if not self.state or at < self.opens_at:
            return self.state
        return SessionState.OPEN if at < self.closes_at else SessionState.CLOSED


class PartSession(models.Model):
    """About a week in which the assembly sits; `until_day` is its last day."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="part_sessions")
    number = models.PositiveSmallIntegerField()
    from_day = models.DateField()
    until_day = models.DateField()

    class Meta:
        ordering = ["from_day"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="one_part_session_of_a_number"),
            models.CheckConstraint(
                condition=Q(until_day__gte=F("from_day")), name="a_part_session_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.number}"


class Delegation(Named):
    """A member state's delegation. `code` is ISO 3166-1 alpha-2; `members` counts representatives."""

    code = models.CharField(max_length=2, unique=True)
    members = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class PoliticalGroup(Named):
    """A political group of the assembly."""

    code = models.CharField(max_length=12, unique=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Body(Matter, Named):
    """The assembly, its Bureau, the Standing Committee, or a committee. `kind` is the charter's code of
    its votes.
    """

    PREFIX = "BODY"

    code = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=24)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code


class BodySeat(models.Model):
    """Someone who sits in a body, in one capacity, for a time. `person` is null until somebody enrols.

    `precedence` orders Vice-Presidents: the first who is able stands in for the President (7.10).
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="body_seats"
    )
    name = models.CharField(max_length=200)
    capacity = models.CharField(max_length=24, choices=Capacity.choices)
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, null=True, blank=True)
    group = models.ForeignKey(PoliticalGroup, on_delete=models.PROTECT, null=True, blank=True)
    precedence = models.PositiveSmallIntegerField(null=True, blank=True)
    held_from = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["body", "held_from"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_until__isnull=True) | Q(held_until__gte=F("held_from")),
                name="a_body_seat_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.capacity} {self.pk}"


class Replacement(models.Model):
    """Who stands in for the holder of a seat, where the charter lets that capacity be represented (article
    7.5).
    """

    seat = models.ForeignKey(BodySeat, on_delete=models.PROTECT, related_name="replacements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gte=F("from_at")), name="a_replacement_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.pk}"


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
    general_rapporteur_at = models.DateTimeField(null=True, blank=True)
    general_rapporteur_text = models.TextField(blank=True)
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

    class Meta:
        constraints = [
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
            )
        ]

    def standing(self, at: datetime) -> str:
        if self.state == ActingState.ACTING and self.until_at is not None and at >= self.until_at:
            return ActingState.ENDED
        return self.state

    def is_acting(self, at: datetime) -> bool:
        return self.state == ActingState.ACTING and terms.in_force(self.from_at, self.until_at, at)
