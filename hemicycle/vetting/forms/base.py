"""What the forms of this room share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.rules.charter.entries import Bar, Criterion

from .. import queries
from ..models import Examination, Verdict

LONG = {"rows": 8}
YES = "yes"
PROTECT = _("Write nothing about anybody inside Russia, and nothing about relatives.")
OF_CRITERION = [
    (Verdict.MET, _("met: the candidate has shown it")),
    (Verdict.NOT_MET, _("not met: it is not shown, or the contrary is")),
    (Verdict.UNCLEAR, _("unclear; this alone excludes nobody")),
]
OF_BAR = [
    (Verdict.MET, _("met: the bar does not stand in the way")),
    (Verdict.NOT_MET, _("not met: the bar is shown to apply")),
    (Verdict.UNCLEAR, _("unclear; this alone excludes nobody")),
]


def text_field(
    label: Any, *, required: bool = True, help_text: Any = PROTECT, rows: int = 8
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=widget, max_length=20000
    )


def words(row: Criterion | Bar) -> str:
    return row.text[get_language() or "en"]


def keys_of(examination: Examination) -> list[tuple[str, str]]:
    return [(row.key, words(row)) for row in queries.asked(queries.charter_of(examination))]
