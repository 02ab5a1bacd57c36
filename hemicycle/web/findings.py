"""Findings of the law in the reader's language."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from hemicycle.rules.findings import Finding, Unmet


def text(finding: Finding) -> str:
    """The sentence of a finding; params that are findings themselves are translated too."""
    params = {key: text(value) if isinstance(value, Finding) else value for key, value in finding.params.items()}
    return gettext(finding.message) % params if params else gettext(finding.message)


def texts(error: Unmet | ValidationError) -> list[str]:
    if isinstance(error, Unmet):
        return [text(finding) for finding in error.findings]
    return [str(message) for message in error.messages]


