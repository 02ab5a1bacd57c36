"""Persons and the offices they hold."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.record import references
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedLine
from hemicycle.rules import terms

from .. import keeping
from ..procedure import AccountState, EnrolmentState, HoldingState, RecoveryState


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    RUSSIAN = "ru", _("Russian")


class Gender(models.TextChoices):
    """Grammatical gender, for French and Russian sentences only (procedure 1.7)."""

    NOT_SAID = "", pgettext_lazy("grammatical gender", "not said")
    FEMININE = "f", _("feminine forms")
    MASCULINE = "m", _("masculine forms")


class PersonManager(BaseUserManager["Person"]):
    def create_person(self, **fields: Any) -> Person:
        person = self.model(**fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    create_user = create_person


def address_digest(address: str) -> str:
    """By which an address is found, however its letters are written. It says nothing without the house's key."""
    return keeping.digest("address look-up", address.strip().casefold())


def _reference() -> str:
    return references.new("P")


class Person(AbstractBaseUser):
    """A human who acts here. `reference` is random; the record knows nobody by name.

    Names as procedure 1.7 has them: in the person's own script, the Latin form as the person writes it, and a
    public name. `reads` are the languages in which the person can read a file (assessors). `email` is never
    required. `is_active` is false while the account is locked: nobody signs in, nobody reads the file (1.4).
    """

    last_login = None  # when somebody was last here is nobody's business

    reference = models.CharField(max_length=24, unique=True, default=_reference, editable=False)
    name = SealedLine(_("Name in your own script"), max_length=200, blank=True)
    latin_name = SealedLine(_("Name in Latin letters, as you write it"), max_length=200, blank=True)
    public_name = SealedLine(_("Public name"), max_length=200, blank=True)
    gender = models.CharField(max_length=1, choices=Gender.choices, default="", blank=True)
    language = models.CharField(
        _("Language of correspondence"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    reads: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    email = SealedLine(null=True, blank=True)
    email_digest = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    mail_code = models.BooleanField(_("Sign in by e-mail code"), default=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "reference"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    class Meta:
        ordering = ["pk"]

    @property
    def key_owner(self) -> str:
        return self.reference

    @property
    def sealed_row(self) -> str:
        return self.reference

    def __str__(self) -> str:
        return self.reference

    def save(self, **options: Any) -> None:
        """Keeps the digest by which an address is found in step with the address, which is sealed."""
        fields = options.get("update_fields")
        if fields is None or "email" in fields:
            self.email_digest = address_digest(self.email) if self.email else None
            if fields is not None:
                options["update_fields"] = [*fields, "email_digest"]
        super().save(**options)

    @property
    def shown_name(self) -> str:
        """For pages of the house: Latin form if given, else the name in the person's own script."""
        return str(self.latin_name or self.name)


class Holding(Matter):
    """An office held by a person for a time: proposed by one clerk, granted by another."""

    PREFIX = "HOLD"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    office = models.CharField(max_length=32)
    held_from = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    ground = SealedLine(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_until__isnull=True) | Q(held_until__gt=F("held_from")),
                name="a_holding_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"])]

    def standing(self, at: datetime) -> str:
        if self.state == HoldingState.HELD and not terms.in_force(self.held_from, self.held_until, at):
            return HoldingState.ENDED if at >= self.held_from else HoldingState.GRANTED_LATER
        return self.state


class Account(Matter):
    """How a person gets in: at most one per person. Phrases are kept as keyed digests only (procedure 1.4).

    `needs_second_factor` is set for accounts that candidates opened themselves. An erased one opens nothing, and its
    person has no name (1.6).
    """

    PREFIX = "ACCT"

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    phrase_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    lock_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    needs_second_factor = models.BooleanField(default=False)
    # To whom evidence of this person is sealed, and the identity that opens it, under the receipt phrase (wraps.py).
    recipient = models.CharField(max_length=80, blank=True)
    wrap: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(
        null=True, blank=True
    )
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient="", wrap__isnull=True) | (~Q(recipient="") & Q(wrap__isnull=False)),
                name="a_recipient_has_its_wrap",
            ),
            models.CheckConstraint(
                condition=Q(state=AccountState.LOCKED, locked_at__isnull=False)
                | Q(state__in=[AccountState.OPEN, AccountState.ERASED], locked_at__isnull=True),
                name="an_account_is_locked_since_an_instant",
            ),
        ]


class Enrolment(Matter):
    """A one-time code, handed over in person, with which somebody sets up a way in (procedure 5.6).

    Two clerks make and know half of it each. Only a keyed digest is kept: of the first half until the second is made,
    then of both together. What has expired is over, even if the clock wrote nothing down.
    """

    PREFIX = "ENRL"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    code_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    handover: str = ""  # the half itself, only between the act and the page that shows it; no column

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=EnrolmentState.USED, used_at__isnull=False)
                | (~Q(state=EnrolmentState.USED) & Q(used_at__isnull=True)),
                name="an_enrolment_is_used_at_an_instant",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=[EnrolmentState.ASKED, EnrolmentState.ISSUED]),
                name="one_code_out_for_a_person",
            ),
        ]

    def standing(self, at: datetime) -> str:
        return (
            EnrolmentState.EXPIRED
            if self.state in (EnrolmentState.ASKED, EnrolmentState.ISSUED) and at >= self.expires_at
            else self.state
        )


class LiveCheck(models.TextChoices):
    """How the clerk made sure who asked. Codes, so that they may stand in the record."""

    IN_PERSON = "in_person", _("face to face")
    VIDEO = "video", _("by video, face compared")
    KNOWN_NUMBER = "known_number", _("called back on a number known before")


class Recovery(Matter):
    """A way back in for who lost every way: two clerks, a live check, a waiting time (procedure 1.4)."""

    PREFIX = "RECV"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recoveries")
    live_check = models.CharField(max_length=16, choices=LiveCheck.choices)
    wait_until = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    ground = SealedLine(max_length=300, blank=True)
    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="recovery"
    )
    handover: str = ""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[RecoveryState.WAITING, RecoveryState.COMPLETED])
                | Q(wait_until__isnull=False),
                name="a_confirmed_recovery_waits",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=RecoveryState.COMPLETED, completed_at__isnull=False, enrolment__isnull=False
                )
                | (~Q(state=RecoveryState.COMPLETED) & Q(completed_at__isnull=True)),
                name="a_completed_recovery_has_its_code",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=[RecoveryState.ASKED, RecoveryState.WAITING]),
                name="one_recovery_runs_for_a_person",
            ),
        ]


class Challenge(models.Model):
    """The server's half of what a person signs: a random nonce, for one signature, for a few minutes.

    Not a matter: what was signed stands in the entry of its act; of what was not signed nothing stays. The key is
    random, so that no order of rows tells who was about to vote when.
    """

    ticket = models.CharField(max_length=43, primary_key=True)
    nonce = models.CharField(max_length=43)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.ticket


class CastMember(models.Model):
    """One of a demonstration's cast, offered on the sign-in page; without a person, a visitor."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, null=True, related_name="cast_member")
    order = models.PositiveSmallIntegerField(unique=True)
    title_en = models.CharField(max_length=120)
    title_fr = models.CharField(max_length=120)
    title_ru = models.CharField(max_length=120)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        return str(getattr(self, f"title_{language}"))
