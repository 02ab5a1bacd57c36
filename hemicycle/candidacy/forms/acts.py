"""Forms of the other acts. Names of fields are the keyword arguments of the acts."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Person
from hemicycle.people.spoken import language_field
from hemicycle.web.forms import ActForm

from ..models import Ground
from ..procedure import CANDIDACY, CandidacyState
from .base import LONG, YES_NO, WarnedForm, moment_field


class ReasonsForm(ActForm):
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs=LONG), max_length=5000)
    language = language_field()


class WarnedReasonsForm(WarnedForm):
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs=LONG), max_length=5000)
    language = language_field()


class CorrectionForm(WarnedForm):
    """What stands beside the part that is corrected; a part may have a language of its own."""

    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs=LONG), max_length=5000)
    reasons_language = language_field(_("Language of the reasons"))


class ReturnForm(ReasonsForm):
    explanation = _(
        "The person has one chance to complete the file. The date on which it first came is kept."
    )
    reasons = forms.CharField(
        label=_("What is missing, so that the person can mend it"),
        widget=forms.Textarea(attrs=LONG),
        max_length=5000,
    )


class ProposeInadmissibleForm(ReasonsForm):
    explanation = _("About form only, never about the person. A second clerk confirms it or does not.")
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices, widget=forms.RadioSelect)
    field_order = ["ground", "reasons"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What came is not late, and what did not come has no other ground.
        came = self.matter.submitted_at is not None  # type: ignore[attr-defined]
        offered = [(code, words) for code, words in Ground.choices if (code != Ground.LATE) is came]
        self.fields["ground"].choices = offered  # type: ignore[attr-defined]
        if not came:
            self.fields["ground"].initial = Ground.LATE


class AdmissibleForm(ActForm):
    explanation = _(
        "The form is in order. This says nothing about whether the person meets the criteria. A second clerk confirms it."
    )


class ConfirmAdmissibleForm(ActForm):
    explanation = _("A first clerk found the form in order. Look at it yourself before you confirm.")


class SubmitForm(ActForm):
    explanation = _(
        "Check your answers. After sending you can still correct facts until the opinion is given."
    )


class WithdrawForm(ActForm):
    explanation = _(
        "The file is closed to everybody at once and erased after some days. If you hold a seat, your participation "
        "ends with it. This cannot be undone for this call."
    )


class ReviewForm(ReasonsForm):
    explanation = _("Decided by somebody who took no part in the decision.")
    is_admissible = forms.TypedChoiceField(
        label=_("Is the candidacy admissible?"),
        choices=YES_NO,
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    until = moment_field(label=_("If you admit it late: until when it may be sent"), required=False)
    ground = forms.CharField(
        label=_("If you admit it late: the ground, without anything that could name the person"),
        widget=forms.Textarea(attrs=LONG), max_length=1000, required=False,
    )  # fmt: skip
    field_order = ["is_admissible", "reasons", "until", "ground", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.matter.submitted_at is not None:  # type: ignore[attr-defined]
            for name in ("until", "ground"):
                del self.fields[name]


class PleaForm(WarnedForm):
    explanation = _(
        "Late admission is possible only for force majeure. Two people of the Secretariat decide."
    )
    plea = forms.CharField(
        label=_("What kept you from the deadline?"), widget=forms.Textarea(attrs=LONG), max_length=3000
    )
    language = language_field()
    notice_read = forms.BooleanField(label=_("I have read this notice."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.matter.pk is not None:  # who has a draft has read it before the first field (1.2)
            del self.fields["notice_read"]


class LateGroundForm(ActForm):
    explanation = _(
        "A second clerk confirms. The number of late admissions and their ground are made public."
    )
    ground = forms.CharField(
        label=_("Ground, without anything that could name the person"),
        widget=forms.Textarea(attrs=LONG),
        max_length=1000,
    )
    language = language_field(_("Language of the ground"))


class UntilForm(ActForm):
    until = moment_field(label=_("Until"))


class HoldForm(UntilForm):
    explanation = _("The file is not erased before that day. The person is told.")
    ground = forms.CharField(label=_("Ground"), widget=forms.Textarea(attrs=LONG), max_length=2000)
    language = language_field()
    field_order = ["ground", "language", "until"]


class AskErasureForm(ActForm):
    explanation = _(
        "The file is destroyed with its key, in every copy and backup: nobody can take that back. The other office confirms; "
        "then days pass in which either of you can stop it. The person is told."
    )
    by_request = forms.BooleanField(label=_("The person asked for it"), required=False)
    ground = forms.CharField(
        label=_("Why the file goes before its time"), widget=forms.Textarea(attrs=LONG), max_length=2000
    )
    language = language_field()


class SlateCodeForm(ActForm):
    explanation = _("Joining a slate gives no right and costs none. You can leave it again.")
    slate = forms.CharField(label=_("Reference of the slate, which its organisation gave you"), max_length=24)


class CounterStatementForm(WarnedForm):
    statement_text = forms.CharField(
        label=_("Your statement"), widget=forms.Textarea(attrs=LONG), max_length=12000
    )
    language = language_field(_("Language of the statement"))


class AgreeForm(ActForm):
    explanation = _(
        "Bodies of your people or field may then be asked to comment. You will see what they say and can answer it."
    )


class FieldsForm(ActForm):
    """A form whose fields fill the matter that the act begins; the act itself takes no argument.

    Only for an unsaved matter: the gate reads a saved one anew, and what was written on it here would be lost.
    """

    own: ClassVar[tuple[str, ...]] = ()

    def params(self) -> dict[str, Any]:
        if self.matter.pk is not None:
            raise TypeError(f"{type(self).__name__} fills a matter that begins; this one is saved")
        for name in self.own:
            setattr(self.matter, name, self.cleaned_data[name])
        return {}


class CallForm(FieldsForm):
    own = ("opens_at", "closes_at", "text_en", "text_fr", "text_ru")

    opens_at = moment_field(label=_("Opens"))
    closes_at = moment_field(label=_("Deadline"))
    text_en = forms.CharField(label=_("Text of the call in English"), widget=forms.Textarea(attrs=LONG))
    text_fr = forms.CharField(label=_("Text of the call in French"), widget=forms.Textarea(attrs=LONG))
    text_ru = forms.CharField(label=_("Text of the call in Russian"), widget=forms.Textarea(attrs=LONG))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        matter = kwargs["matter"]
        drawn = {name: getattr(matter, name) for name in self.own} if matter.pk else {}
        super().__init__(*args, initial={**drawn, **(kwargs.pop("initial", None) or {})}, **kwargs)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("opens_at") and data.get("closes_at") and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_at", _("The deadline must come after the opening."))
        return data


class OpenCallForm(CallForm):
    """Opens a call that was prepared, or one that begins here: what is changed on this page counts."""

    explanation = _("The call is public from now on. Its criteria are those in force today.")

    def params(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.own}


class ExtendForm(ActForm):
    explanation = _("The later deadline holds for everybody.")
    closes_at = moment_field(label=_("New deadline"))


class SlateForm(FieldsForm, WarnedForm):
    explanation = _("A joint slate gives no right and costs none. Each person joins it by an own act.")
    own = ("organisation", "statement", "language")

    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    statement = forms.CharField(
        label=_("Statement"), required=False, widget=forms.Textarea(attrs=LONG), max_length=12000
    )
    language = language_field(_("Language of the statement"))


class EndorsementForm(FieldsForm, WarnedForm):
    explanation = _("Name the body only. Give nothing on persons in it who could be in danger.")
    own = ("body", "statement", "language", "link", "is_of_own_people")

    body = forms.CharField(label=_("Body or organisation"), max_length=200)
    statement = forms.CharField(label=_("What it says"), widget=forms.Textarea(attrs=LONG), max_length=12000)
    language = language_field(_("Language of the statement"))
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
    is_of_own_people = forms.BooleanField(label=_("It is a body of my own people"), required=False)


class InviteForm(FieldsForm):
    explanation = _("The body learns the candidate's name, and nothing of the file.")
    own = ("body", "due_at", "invited")

    body = forms.CharField(label=_("Body or organisation"), max_length=200)
    invited = forms.CharField(label=_("Reference of the person who speaks for it"), max_length=24)
    due_at = moment_field(label=_("Until"))

    def clean_invited(self) -> Person:
        found = Person.objects.filter(reference=self.cleaned_data["invited"].strip().upper()).first()
        if found is None:
            raise forms.ValidationError(_("Nobody has this reference."))
        return found


class StateFilter(forms.Form):
    """Filter of the Secretariat's list."""

    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hidden = (CandidacyState.DRAFT, CandidacyState.WITHDRAWN, CandidacyState.ERASED)
        states = [(code, words) for code, words in CANDIDACY.states.items() if code not in hidden]
        self.fields["state"].choices = [("", _("all states")), *states]  # type: ignore[attr-defined]
