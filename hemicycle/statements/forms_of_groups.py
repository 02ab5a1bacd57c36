"""The forms of the acts on groups and on requests to join them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.rules.charter import LANGUAGES
from hemicycle.web.forms import ActForm

from .models import Declined


class FoundGroup(ActForm):
    explanation = _(
        "The group is public at once, with its name and, where they may be read, its members’ names."
    )

    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    name_fr = forms.CharField(label=_("Name in French"), max_length=200)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=200)

    def params(self) -> dict[str, Any]:
        return {"names": {language: self.cleaned_data[f"name_{language}"] for language in LANGUAGES}}


class AskToJoin(ActForm):
    explanation = _(
        "A member accepts or declines. Until then only you and the members read that you asked. That you are in a group is "
        "public, under the name that may be read of you. You can leave at any time."
    )


class AcceptMember(ActForm):
    explanation = _(
        "From then on the person reads what the group has not opened yet. Accept only somebody whom you know."
    )


class DeclineMember(ActForm):
    explanation = _(
        "Whoever asked is told that the group declined, and the reason. The record does not say it."
    )

    reason = forms.ChoiceField(label=_("Reason"), choices=Declined.choices, widget=forms.RadioSelect)


class LeaveGroup(ActForm):
    explanation = _("What you supported as a member of the group is not counted any more.")
