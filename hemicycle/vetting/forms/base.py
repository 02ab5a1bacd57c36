"""What the forms of this room share."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.people import keeping
from hemicycle.record.models import Matter
from hemicycle.rules.charter.entries import Bar, Criterion
from hemicycle.web.forms import ActForm

from .. import queries
from ..models import Examination, Verdict

LONG = {"rows": 8}
YES = "yes"
NO_VERSION = -1  # of no matter: the page is stale
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


class BlindForm(ActForm):
    """A form whose page does not tell that another reader has acted: it carries no version of the matter, but a digest of what
    is shown to be judged, and refuses when that has changed since."""

    what_is_shown: Callable[[Any], Any]  # of a matter, what the reader judges, as JSON

    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        matter = kwargs["matter"]
        now = {"seen": None, "shown": self.digest_of(matter)} if matter.pk else {}
        kwargs["initial"] = {**(kwargs.get("initial") or {}), **now}
        super().__init__(*args, **kwargs)

    def as_seen(self, matter: Matter) -> str | None:
        return ""

    def digest_of(self, matter: Any) -> str:
        text = json.dumps(self.what_is_shown(matter), sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        now = self.digest_of(self.matter)
        if given.get("shown") != now:
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data["shown"] = now
            self.data = data
            raise forms.ValidationError(
                _(
                    "What is to be judged has changed since the page was made. Look at it again; what you typed is still here."
                )
            )
        return given

    def params(self) -> dict[str, Any]:
        return {name: value for name, value in super().params().items() if name != "shown"}


class VeiledForm(ActForm):
    """A form of the candidate: the version of the matter stands in it as a keyed digest, so that nobody counts how often others
    acted on the matter before, such as how many sources were entered."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def as_seen(self, matter: Matter) -> str | None:
        if not matter.pk:
            return None
        return keeping.digest("version in a form", f"{matter.reference} {matter.version}")

    def clean_seen(self) -> int | None:
        given = self.cleaned_data["seen"]
        if not given:
            return None
        now = self.as_seen(self.matter) or ""
        return self.matter.version if constant_time_compare(given, now) else NO_VERSION


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
