"""The forms of what two clerks do together: a ballot at the desk, and the roll that leaves the house."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.web.forms import ActForm

from .forms import LineField
from .models import Choice, DeskBallot, Right, RollEntry


class AskFileForm(ActForm):
    explanation = _(
        "The file holds the e-mail address of every voter. Another clerk decides whether it is handed out; then you two can save it, until the roll changes or the vote opens."
    )


class HandOutForm(ActForm):
    explanation = _(
        "From now on you and the clerk who asked can save the file with the address of every voter. What was saved cannot be called back: both of you answer for it."
    )


class SaveFileForm(ActForm):
    explanation = _(
        "Each saving is recorded. The link to the file then stands on this page for five minutes."
    )


class DeskForm(ActForm):
    explanation = _(
        "For a member without a device. The ballot counts only when another clerk and the member have confirmed it."
    )
    line = LineField(label=_("Member"), queryset=RollEntry.objects.none())
    choice = forms.ChoiceField(label=_("Vote"), choices=Choice.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ballot: Any = self.matter
        line = self.fields["line"]
        assert isinstance(line, forms.ModelChoiceField)
        line.queryset = ballot.vote.roll.filter(right=Right.ALWAYS, has_voted=False)

    def params(self) -> dict[str, Any]:
        ballot: Any = self.matter
        ballot.roll_entry, ballot.choice = self.cleaned_data["line"], self.cleaned_data["choice"]
        return {}


class ConfirmDeskForm(ActForm):
    explanation = _("The ballot counts from now on; the member can change it with a device until the close.")
    confirmation = forms.ChoiceField(
        label=_("How the member confirmed it"),
        choices=DeskBallot.Confirmation.choices,
        widget=forms.RadioSelect,
    )
