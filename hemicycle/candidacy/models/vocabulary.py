"""Closed lists that the software itself knows; everything else is charter data or the person's own words."""

from __future__ import annotations

import secrets

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where participants come from (mission R3a); a person may come from several."""

    POLITICAL_OPPOSITION = "political_opposition", _("Political opposition")
    JOURNALISM = "journalism", _("Independent journalism")
    CIVIL_SOCIETY = "civil_society", _("Civil society")


class Ground(models.TextChoices):
    """Why a candidacy may be inadmissible: form only (procedure 2.4)."""

    LATE = "late", _("It came late, and no late admission was granted")
    INCOMPLETE = "incomplete", _("It is incomplete after the chance to complete it")
    NOT_OWN_ACT = "not_own_act", _("It is not the person's own act")


class Kind(models.TextChoices):
    """Kinds of a service or payment that no charter sets aside; the charter's excluded kinds stand beside
    them.
    """

    POST = "post", _("Employment or post")
    ELECTED = "elected", _("Elected or appointed office")
    CONTRACT = "contract", _("Contract or commission")
    PAYMENT = "payment", _("Payment or other money")
    OTHER = "other", _("Something else")


country = RegexValidator(r"^[A-Z]{2}$", _("Give the two letters of the country."))


def secret_name() -> str:
    """A name that cannot be guessed: 128 bits, in hexadecimal."""
    return secrets.token_hex(16)
