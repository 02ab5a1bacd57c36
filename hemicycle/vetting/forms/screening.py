"""Forms of lists, comparisons and hits."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.instruments.names.files import Unreadable
from hemicycle.instruments.names.sources.lists import FORMATS
from hemicycle.people.spoken import language_field
from hemicycle.web.forms import ActForm

from .. import actions
from ..models import Hit, ListFile, Occasion, Run, Source, Version, Who
from .base import BlindForm, text_field

#: Of what is sent, packed or not: it is held in memory. What is larger is read in on the server.
LARGEST_MB = 10


class SourceForm(ActForm):
    name = forms.CharField(label=_("Name of the list"), max_length=120)
    publisher = forms.CharField(label=_("Publisher"), max_length=120)
    link = forms.URLField(
        label=_("Page of the publisher"), max_length=300, required=False, assume_scheme="https"
    )
    renewed_every = forms.IntegerField(
        label=_("Renewed every so many days"), min_value=1, max_value=366, initial=30,
        help_text=_("When it is older, this page says so."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        source: Source = kwargs["matter"]
        if source.pk:
            known = {name: getattr(source, name) for name in self.base_fields if hasattr(source, name)}
            kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class KeepSourceForm(SourceForm):
    explanation = _("Nobody is compared with it before a version is read in and used.")

    is_persecuting = forms.BooleanField(
        label=_("The persecuting state keeps this list"), required=False,
        help_text=_(
            "What it raises is marked as such, shown to the readers, and never counts against a person. "
            "This cannot be changed later."
        ),
    )  # fmt: skip


class ReadInForm(ActForm):
    explanation = _(
        "The file is read to its end and counted. Nobody is compared with it before you say that it is used."
    )

    format = forms.ChoiceField(
        label=_("Format"), required=False, choices=[("", _("recognise it")), *((key, one.title) for key, one in FORMATS.items())],
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"), help_text=_("As the publisher gives it; a file that ends in .gz is unpacked.")
    )

    matter: Version

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("file") and not self.errors:
            self.matter.file = self._read(given["file"], given.get("format", ""))
        return given

    def _read(self, sent: Any, format: str) -> ListFile:
        """Read before the act, so that a long list holds up nobody. An error names line and column, and nothing is kept."""
        if (sent.size or 0) > LARGEST_MB << 20:
            raise forms.ValidationError(
                _(
                    "The file is larger than %(mb)s MB. Send it packed (.gz), or have it read in on the server: hemicycle screening import."
                ),
                params={"mb": LARGEST_MB},
            )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(sent.name or "list").name
            with path.open("wb") as file:
                for chunk in sent.chunks():
                    file.write(chunk)
            try:
                return actions.take_in(path, format)
            except Unreadable as error:
                why = str(error).replace(str(path), path.name)
                raise forms.ValidationError(
                    _("The list cannot be read: %(why)s"), params={"why": why}
                ) from error

    def params(self) -> dict[str, Any]:
        return {}


class UseVersionForm(ActForm):
    explanation = _(
        "Everybody in a call, and everybody who takes part, is compared with it. What readers judged stays judged while "
        "neither the entry nor the name has changed."
    )


class RunForm(ActForm):
    explanation = _(
        "The worker compares the names of the file with all lists in use. Only what is new is raised."
    )

    matter: Run

    occasion = forms.ChoiceField(
        label=_("Why"),
        choices=[(one.value, one.label) for one in (Occasion.INCIDENT, Occasion.BUREAU, Occasion.NEW_FACT)],
        widget=forms.RadioSelect,
    )

    def params(self) -> dict[str, Any]:
        return {"occasion": self.cleaned_data["occasion"], "examinations": self.matter.files}


class JudgeForm(BlindForm):
    explanation = _(
        "A name is not a person. Say whom the list means, and how you know. “The same” takes a second reader, who judges "
        "without knowing what you said."
    )

    who = forms.ChoiceField(label=_("Whom the list means"), choices=Who.choices, widget=forms.RadioSelect)
    reasons = text_field(_("Reasons"))
    language = language_field()

    def what_is_shown(self, matter: Hit) -> Any:
        return [matter.turn, matter.entry]


class AskAgainForm(ActForm):
    explanation = _("It is to be judged anew. What was said before stands beside it.")

    reasons = text_field(_("Reasons"))
    language = language_field()
