"""Findings of the law in the reader's language."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext

from hemicycle.rules.charter import Text
from hemicycle.rules.findings import Finding, Unmet

from .templatetags.house import day, moment


def text(finding: Finding) -> str:
    """The sentence of a finding; params that are findings, dates or words of the charter are put into the language."""
    params = {key: _words(value) for key, value in finding.params.items()}
    return gettext(finding.message) % params if params else gettext(finding.message)


def _words(value: object) -> object:
    if isinstance(value, Finding):
        return text(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return value[get_language() or "en"] if isinstance(value, Text) else value


def texts(error: Unmet | ValidationError) -> list[str]:
    if isinstance(error, Unmet):
        return [text(finding) for finding in error.findings]
    return [str(message) for message in error.messages]
