"""The base of every form of an act."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django import forms

from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter


def _token() -> str:
    return uuid.uuid4().hex


class ActForm(forms.Form):
    """The form of one act; without fields it is a plain confirmation.

    `once` makes the same form, sent twice, act once. `seen` is the version of the matter that the page showed.
    `explanation` says in plain words what happens when the form is sent, and what then cannot be undone.
    """

    explanation: ClassVar[Any] = ""

    once = forms.CharField(widget=forms.HiddenInput, initial=_token, max_length=64, min_length=16)
    seen: forms.Field = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, matter: Matter, by: Actor, **kwargs: Any) -> None:
        self.matter, self.by = matter, by
        kwargs["initial"] = {"seen": self.as_seen(matter), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def as_seen(self, matter: Matter) -> str | None:
        """What stands in the form for the version of the matter; the cleaned value is the version again."""
        return str(matter.version) if matter.pk else None

    def params(self) -> dict[str, Any]:
        """The keyword arguments of the act's function."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("once", "seen")}


class NamedChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of those that have a name in the language of the page."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.shown_name)


class NamedChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several of them."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.shown_name)
