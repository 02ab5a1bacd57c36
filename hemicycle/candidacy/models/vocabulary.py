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


class MetadataKind(models.TextChoices):
    """What a document may say of its making (metadata.py): only that it agrees with another's is ever known."""

    AUTHOR = "author", _("the name of its author, or of the owner of the camera")
    DOCUMENT_ID = "document_id", _("the number that a program gave the document")
    CAMERA_SERIAL = "camera_serial", _("the camera, by its number")
    MADE_AT = "made_at", _("the second in which it was made, and by which program or camera")
    CHANGED_AT = "changed_at", _("the second in which it was last saved, and by which program")


country = RegexValidator(r"^[A-Z]{2}$", _("Give the two letters of the country."))


def secret_name() -> str:
    """A name that cannot be guessed: 128 bits, in hexadecimal."""
    return secrets.token_hex(16)
