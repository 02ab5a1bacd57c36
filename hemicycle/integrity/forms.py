"""The forms of interests, contacts, caller checks, and of the opening of a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Person
from hemicycle.people.spoken import language_field
from hemicycle.record import law
from hemicycle.web.forms import ActForm

from .models import Contact, Effect, Interest


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PersonField(forms.CharField):
    """A person by reference, as it stands on the person's papers: nobody is offered a list of people."""

    def clean(self, value: Any) -> Any:
        reference = str(super().clean(value)).strip().upper()
        person = Person.objects.filter(reference=reference, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("There is no person with this reference."))
        return person


class SubjectForm(ActForm):
    """A form that begins a matter about another one: its subject may come with the address of the page."""

    subject = forms.CharField(
        label=_("Matter or person, by reference"),
        max_length=24,
        help_text=_("For example LIST-..., CAND-... or P-..."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].initial = getattr(self.matter, "subject", "")

    def clean_subject(self) -> str:
        return str(self.cleaned_data["subject"]).strip().upper()


class DeclareForm(SubjectForm):
    explanation = _(
        "Your interest counts at once: in votes as the charter has it, and you take no part in assigning or discussing "
        "that file. It is published with the decision sheet, without your words."
    )

    kind = forms.ChoiceField(label=_("Kind of tie"), choices=Interest.Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In your own words"), required=False, widget=_area(), max_length=4000,
        help_text=_("Nothing about anybody inside Russia, nothing about relatives of others."),
    )  # fmt: skip
    language = language_field()


class AllegeForm(DeclareForm):
    explanation = _("It has no effect until the named office has decided. The person can read it.")

    person = PersonField(label=_("Whose interest, by reference"), max_length=24)
    field_order = ("person", "subject", "kind", "text", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True


class ReasonsForm(ActForm):
    reasons = forms.CharField(label=_("Reasons"), widget=_area(), max_length=4000)
    language = language_field()


class DecideForm(ReasonsForm):
    stands = forms.TypedChoiceField(
        label=_("Is there an interest?"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    effect = forms.ChoiceField(
        label=_("Another effect than the charter's, in this case"),
        required=False,
        choices=[("", _("as the charter has it")), *Effect.choices],
    )
    field_order = ("stands", "effect", "reasons", "language")


class CompleteForm(ActForm):
    """What a contact was; those who took part stand twice, for the house and for the public."""

    participants = forms.CharField(
        label=_("Who took part, for internal use only"), widget=_area(), max_length=4000
    )
    participants_public = forms.CharField(
        label=_("Who took part, as the register prints it"), widget=_area(), max_length=4000,
        help_text=_("Capacities rather than names. Never the name of somebody who may not be chosen."),
    )  # fmt: skip
    place = forms.CharField(label=_("Where, or by what means"), max_length=200)
    hospitality = forms.CharField(
        label=_("Hospitality, gifts, expenses: what, and who paid"), required=False, max_length=300
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("participants", "participants_public", "place", "hospitality"):
            self.fields[name].initial = getattr(self.matter, name)


class ContactForm(CompleteForm):
    explanation = _(
        "Enter every meeting, meal or call about a call for candidates or a list, on the day itself."
    )

    subject = forms.CharField(label=_("Call or list, by reference"), max_length=24)
    met_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    initiated_by = forms.ChoiceField(
        label=_("Who began it"), choices=Contact.Initiative.choices, widget=forms.RadioSelect
    )
    language = language_field()
    field_order = (
        "subject", "met_on", "participants", "participants_public", "place", "hospitality", "initiated_by", "language",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].initial = getattr(self.matter, "subject", "")

    def clean_subject(self) -> str:
        return str(self.cleaned_data["subject"]).strip().upper()


class CheckForm(ActForm):
    explanation = _(
        "Do this while the person is on the line. The person signs in, finds a code under “Caller checks” and reads it "
        "out. Then you read out yours. Discuss nothing before both are proved."
    )

    person = PersonField(label=_("With whom you speak, by reference"), max_length=24)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.matter.person_id is not None:  # type: ignore[attr-defined]
            self.fields["person"].initial = self.matter.person.reference  # type: ignore[attr-defined]


class CodeForm(ActForm):
    explanation = _("A wrong code is counted. Too many end the check.")

    code = forms.CharField(
        label=_("The code that you hear"),
        max_length=24,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class OpenFileForm(ActForm):
    """Asked once for a file in a session: why it is opened."""

    explanation = _(
        "Before you read: say why. The person whose file it is sees that your office opened it, on which day, and the "
        "reason that you choose; not your name and not your words. Your answer serves this file until you sign out."
    )

    reason = forms.ChoiceField(
        label=_("Why do you open this file?"), choices=lambda: _reasons(), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("In your own words, for the integrity officer"), required=False, widget=_area(2), max_length=1000,
        help_text=_("Needed only for another reason than those above. Nothing from the file, and no names."),
    )  # fmt: skip
    language = language_field()


def _reasons() -> list[tuple[str, str]]:
    """The charter's reasons, in the language of the page."""
    shown = (get_language() or "en")[:2]
    return [(row.key, row.text[shown]) for row in law.in_force().reading_reasons]


class DelayForm(ReasonsForm):
    explanation = _(
        "The person is not shown this opening before the day that you give. Then it is shown, and that it was put off. "
        "Your reasons are kept; they are not shown."
    )

    until = forms.DateField(
        label=_("Show it from this day on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("until", "reasons", "language")
