"""Every free text says in which language it is written (procedure 1.8)."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .models import Language


def page_language() -> str:
    return (get_language() or Language.ENGLISH)[:2]


def language_name(code: str) -> str:
    """A language by its name in the language of the page, as it is written within a sentence."""
    return str(Locale.parse(page_language()).languages.get(code, code))


def language_field(label: Any = None) -> forms.ChoiceField:
    """Ask for the language of the text beside it: that of the page until somebody says otherwise."""
    return forms.ChoiceField(
        label=label or _("Language of this text"), choices=Language.choices, initial=page_language
    )
