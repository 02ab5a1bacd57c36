"""Persons and the offices they hold."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemicycle.record import references
from hemicycle.record.models import Matter
from hemicycle.rules import terms

from .procedure import HoldingState


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    RUSSIAN = "ru", _("Russian")


class Gender(models.TextChoices):
    """Grammatical gender, for French and Russian sentences only (procedure 1.7)."""

    NOT_SAID = "", _("not said")
    FEMININE = "f", _("feminine")
    MASCULINE = "m", _("masculine")


class PersonManager(BaseUserManager["Person"]):
    def create_person(self, **fields: Any) -> Person:
        person = self.model(**fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    create_user = create_person


def _reference() -> str:
    return references.new("P")


class Person(AbstractBaseUser):
    """A human who acts here. `reference` is random; the record knows nobody by name.

    Names as procedure 1.7 has them: in the person's own script, the Latin form as the person writes it, and a public
    name. `reads` are the languages in which the person can read a file (assessors). `email` is never required.
    """

    reference = models.CharField(max_length=24, unique=True, default=_reference, editable=False)
    name = models.CharField(_("Name in your own script"), max_length=200)
    latin_name = models.CharField(_("Name in Latin letters, as you write it"), max_length=200, blank=True)
    public_name = models.CharField(_("Public name"), max_length=200, blank=True)
    gender = models.CharField(max_length=1, choices=Gender.choices, default="", blank=True)
    language = models.CharField(
        _("Language of correspondence"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    reads: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    email = models.EmailField(null=True, unique=True)  # noqa: DJ001 - null keeps "no address" unique
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "reference"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def shown_name(self) -> str:
        """For pages of the house: Latin form if given, else the name in the person's own script."""
        return self.latin_name or self.name


class Holding(Matter):
    """An office held by a person for a time: proposed by one clerk, granted by another."""

    PREFIX = "HOLD"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    office = models.CharField(max_length=32)
    held_from = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    ground = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_until__isnull=True) | Q(held_until__gt=F("held_from")), name="a_holding_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"])]

    def standing(self, at: datetime) -> str:
        if self.state == HoldingState.HELD and not terms.in_force(self.held_from, self.held_until, at):
            return HoldingState.ENDED if at >= self.held_from else HoldingState.GRANTED_LATER
        return self.state
