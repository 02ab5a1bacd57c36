"""Forms of the comparison of files and of the questions that it raises."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.people.spoken import language_field
from hemicycle.web.forms import ActForm

from ..models import CoordinationQuestion, Outcome
from .base import BlindForm, text_field


class ComparisonForm(ActForm):
    explanation = _(
        "The worker compares the texts of all open files of the call with each other. What files share is a question for "
        "their readers, and for nobody else. Questions that were answered stay; the others are put anew."
    )


class NoteQuestionForm(BlindForm):
    explanation = _(
        "That two files share something is no finding, and your answer has no effect by itself. What is to be put to the "
        "person you raise as an adverse point; the other readers see your answer after their own."
    )

    outcome = forms.ChoiceField(label=_("Your answer"), choices=Outcome.choices, widget=forms.RadioSelect)
    reasons = text_field(_("Reasons"))
    language = language_field()

    def what_is_shown(self, matter: CoordinationQuestion) -> Any:
        return matter.evidence
