"""The calendar of the host, its bodies, and those who sit in them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Person
from hemicycle.record.models import Matter

from ..procedure import SessionState


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


class Representation(Matter):
    """A replacement that one clerk asks for and another confirms: who stands in votes, so that nobody seats a voter
    alone. Until then nothing changes on the roll."""

    PREFIX = "REPR"

    seat = models.ForeignKey(BodySeat, on_delete=models.PROTECT, related_name="representations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    body: Body  # whose seats are offered, before one is chosen; no column


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
