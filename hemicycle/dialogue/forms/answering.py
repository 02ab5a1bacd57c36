"""Forms of the acts on answers, their clock and their review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.people.spoken import language_field
from hemicycle.web.forms import ActForm

from .. import names, queries, sides
from ..models import Question
from .asking import AREA, NO_RELATIVES, PLAIN, SHORT, Choices, kinds


def writers(question: Question) -> Choices:
    """Who may write an answer, by the reference that the act takes."""
    return [
        (mandate.reference if mandate else person.reference, names.of_person(person, mandate))
        for person, mandate in sides.side_of_addressee(question)
        if person.pk != question.asker_id
    ]


class AssignForm(ActForm):
    explanation = _(
        "Who writes is shown in public with the answer. Once somebody has signed, only who no longer sits gives way to "
        "another; the other signatures stay while the text is the same."
    )

    matter: Question

    authors = forms.MultipleChoiceField(label=_("Who writes the answer"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = writers(self.matter)
        self.fields["authors"].choices = found  # type: ignore[attr-defined]
        self.fields["authors"].initial = [
            row.mandate.reference if row.mandate else row.person.reference
            for row in queries.authors(self.matter)
        ]


class AppointForm(AssignForm):
    proposed_by = forms.ChoiceField(label=_("Which participant proposed it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposed_by"].choices = [("", "—"), *writers(self.matter)]  # type: ignore[attr-defined]


class AnswerForm(ActForm):
    explanation = _(
        "Everybody who writes this answer works on the same text and signs it when it is finished. Nobody else reads it "
        "before."
    )

    matter: Question

    text = forms.CharField(label=_("Answer"), widget=AREA, max_length=20_000)
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = f"{NO_RELATIVES} {PLAIN}"
        draft = queries.draft_of(self.matter)
        if draft is not None:
            self.initial.update({"text": draft.text, "language": draft.language})


class SignForm(ActForm):
    explanation = _("You stand for this text as it is now. If anybody changes it, you are asked again.")


class ReleaseForm(ActForm):
    explanation = _(
        "Everybody reads the answer from now on. It cannot be taken back; a correction stands beside it."
    )


class HoldingForm(ActForm):
    explanation = _(
        "Once, before the time is over: say what can be said already and why more time is needed. It is public at once."
    )

    text = forms.CharField(label=_("Holding answer, with the reasons"), widget=AREA, max_length=20_000)
    language = language_field()
    days = forms.IntegerField(label=_("Working days more"), min_value=1)


class StopForm(ActForm):
    explanation = _("Nothing is due until the clock goes on. The reason is public.")

    reasons = forms.CharField(label=_("Reason, for everybody to read"), widget=SHORT, max_length=1_000)
    language = language_field()


class ExtendForm(StopForm):
    explanation = _("Before the time is over only: what is late stays late. The reason is public.")

    days = forms.IntegerField(label=_("Working days more"), min_value=1)

    field_order = ["once", "seen", "days", "reasons", "language"]


class FollowUpForm(ActForm):
    explanation = _("Once for each answer. Your question is a draft then, which you table like any other.")

    matter: Question

    kind = forms.ChoiceField(label=_("Kind of question"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("Your question"), widget=AREA, max_length=10_000)
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds(self.matter)  # type: ignore[attr-defined]
        self.fields["text"].help_text = f"{NO_RELATIVES} {PLAIN}"


class AskReviewForm(ActForm):
    explanation = _(
        "Once for each question. Somebody who neither asked nor answered decides whether the answer stands; your reasons are "
        "for both sides, the decision is public."
    )

    reasons = forms.CharField(label=_("What the answer leaves open"), widget=AREA, max_length=5_000)
    language = language_field()


class DecideReviewForm(ActForm):
    explanation = _(
        "Your decision and its reasons are public. Only a part of the question left open asks for a new answer."
    )

    matter: Question

    outcome = forms.ChoiceField(
        label=pgettext_lazy("review of an answer", "Decision"),
        widget=forms.RadioSelect,
        choices=[("stands", _("The answer stands")), ("anew", _("Others are to answer anew"))],
    )
    authors = forms.MultipleChoiceField(
        label=_("Who answers anew"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Only for a new answer, and none of those who wrote the first."),
    )
    reasons = forms.CharField(label=_("Reasons"), widget=AREA, max_length=5_000)
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrote = {
            row.mandate.reference if row.mandate else row.person.reference
            for row in queries.authors(self.matter)
        }
        found = [row for row in writers(self.matter) if row[0] not in wrote]
        self.fields["authors"].choices = found  # type: ignore[attr-defined]


class CorrectQuestionForm(ActForm):
    explanation = _(
        "The original stays and is shown first. The corrected text stands beside it, with the day and the ground."
    )

    matter: Question

    text = forms.CharField(label=_("The corrected text"), widget=AREA, max_length=20_000)
    language = language_field(_("Language of your text"))
    ground = forms.CharField(label=_("Why it is corrected"), widget=SHORT, max_length=1_000)
    ground_language = language_field(_("Language of the ground"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({"text": self.matter.text, "language": self.matter.language})


class CorrectAnswerForm(CorrectQuestionForm):
    part = forms.ChoiceField(label=_("Which answer"))

    field_order = ["once", "seen", "part", "text", "language", "ground", "ground_language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = queries.released(self.matter)
        self.fields["part"].choices = [(row.part, answer_title(row)) for row in reversed(rows)]  # type: ignore[attr-defined]
        if rows:
            self.initial.update({"text": rows[-1].text, "language": rows[-1].language})


def answer_title(answer: Any) -> Any:
    if answer.is_holding:
        return _("Holding answer")
    return _("Answer after the review") if answer.round > 1 else _("Answer")
