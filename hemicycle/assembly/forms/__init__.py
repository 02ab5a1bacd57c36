"""The forms of the host's acts. Names of fields are the keyword arguments of the acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.people import queries as people
from hemicycle.people.models import Language, Person
from hemicycle.people.spoken import language_field
from hemicycle.record import clock, law
from hemicycle.rules.charter import LANGUAGES
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import begin_url
from hemicycle.web.forms import ActForm

from .. import queries
from ..models import ActingPresidency, Body, BodySeat, Import


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody among those whom the page may name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.shown_name} ({obj.reference})"


class SeatChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.get_capacity_display()})"


class SessionForm(ActForm):
    explanation = _(
        "A session that has begun already opens at once. Participation on its list ends with its last day."
    )

    name = forms.CharField(
        label=pgettext_lazy("session", "Name"), max_length=24, help_text=_("For example 2027")
    )
    opens_on = forms.DateField(label=_("First day"), widget=date_input())
    closes_on = forms.DateField(label=_("Last day"), widget=date_input())


class PartSessionForm(ActForm):
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=20)
    from_day = forms.DateField(label=_("First day"), widget=date_input())
    until_day = forms.DateField(label=_("Last day"), widget=date_input())


class NamesForm(ActForm):
    """The three names of a body; those it has stand in the form."""

    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    name_fr = forms.CharField(label=_("Name in French"), max_length=200)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name_en", "name_fr", "name_ru"):
            self.fields[name].initial = getattr(self.matter, name)


class BodyForm(NamesForm):
    explanation = _(
        "A committee beside those that the charter names. Its votes follow the rules for committees."
    )

    code = forms.CharField(
        label=_("Code"),
        max_length=32,
        validators=[
            RegexValidator(r"\A[a-z][a-z0-9_]*\Z", _("Small Latin letters, digits and underscores."))
        ],
    )
    field_order = ("code", "name_en", "name_fr", "name_ru")


class ReplacementForm(ActForm):
    explanation = _(
        "Once another clerk has confirmed it, the person stands on the roll in the member's place for that time. Only "
        "capacities that the charter lets be represented are offered."
    )

    seat = SeatChoice(label=_("Member"), queryset=BodySeat.objects.none())
    person = PersonChoice(label=_("Who stands in"), queryset=Person.objects.none())
    from_at = forms.DateTimeField(label=_("From"), widget=moment_input(), input_formats=MOMENTS)
    until_at = forms.DateTimeField(label=_("Until"), widget=moment_input(), input_formats=MOMENTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        matter: Any = self.matter
        body: Body = matter.seat.body if matter.pk else matter.body
        votes = law.in_force().votes.of(queries.body_kind(body.code))
        seats = queries.seats_at(clock.now()).filter(body=body)
        self.fields["seat"].queryset = seats.filter(  # type: ignore[attr-defined]
            capacity__in=votes.replaced_capacities.value
        )
        person: Any = self.fields["person"]
        person.queryset = people.holders(Office.DELEGATE)
        person.choices = sorted(
            person.choices, key=lambda choice: (bool(choice[0]), str(choice[1]).casefold())
        )


class EndReplacementForm(ActForm):
    seat = SeatChoice(label=_("Member"), queryset=BodySeat.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        represented = BodySeat.objects.filter(body_id=self.matter.pk, replacements__until_at__gt=clock.now())
        self.fields["seat"].queryset = represented.distinct()  # type: ignore[attr-defined]


class DraftForm(ActForm):
    explanation = _(
        "The file is checked at once; every error is named by its line. Those whom the charter names are "
        "then consulted before the Bureau adopts."
    )

    text = forms.CharField(label=_("The charter (TOML)"), widget=forms.Textarea(attrs={"rows": 16}))
    prose_en = forms.CharField(label=_("Text in English"), widget=forms.Textarea(attrs={"rows": 10}))
    prose_fr = forms.CharField(label=_("Text in French"), widget=forms.Textarea(attrs={"rows": 10}))
    prose_ru = forms.CharField(label=_("Text in Russian"), widget=forms.Textarea(attrs={"rows": 10}))

    def params(self) -> dict[str, Any]:
        given = super().params()
        return {
            "text": given["text"].replace("\r\n", "\n"),
            "prose": {code: given[f"prose_{code}"].replace("\r\n", "\n") for code in LANGUAGES},
        }


class ConsultForm(ActForm):
    explanation = _("Your answer is recorded and stands beside the version. It does not bind the Bureau.")

    answer = forms.CharField(
        label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000
    )
    language = language_field()


class AdoptForm(ActForm):
    explanation = _(
        "A version in force is never edited. Sessions that have opened keep the version they opened with."
    )

    vote = forms.CharField(
        label=_("The Bureau's vote"),
        required=False,
        max_length=24,
    )
    source = forms.CharField(
        label=_("Or the document of its decision"),
        required=False,
        max_length=300,
        help_text=_("For example minutes"),
    )
    in_force_from = forms.DateTimeField(
        label=_("In force from"),
        required=False,
        widget=moment_input(),
        input_formats=MOMENTS,
        help_text=_("Empty: at once"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The vote must be about this version: the way to one that is begins here.
        self.fields["vote"].help_text = format_html(
            '{} <a href="{}">{}</a>',
            _("Reference of a vote of the Bureau on this version that carried."),
            begin_url("voting", "call_vote", subject=self.matter.reference),
            _("Call a vote on this version"),
        )


class ImportForm(ActForm):
    explanation = _(
        "Nothing changes yet: you see what the file would change, and another clerk puts it in force."
    )

    kind = forms.ChoiceField(label=_("What the file holds"), choices=Import.Kind.choices)
    extent = forms.ChoiceField(
        label=_("How it is meant"), choices=Import.Extent.choices, widget=forms.RadioSelect, initial="lines"
    )
    file = forms.FileField(label=_("CSV file"), required=False)
    pasted = forms.CharField(
        label=_("Or paste its lines"), required=False, widget=forms.Textarea(attrs={"rows": 8}), strip=False
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("file")) == bool((given.get("pasted") or "").strip()) and "file" not in self.errors:
            raise forms.ValidationError(_("Choose a file, or paste its lines."))
        return given

    def params(self) -> dict[str, Any]:
        given = super().params()
        file = given["file"]
        return {
            "kind": given["kind"],
            "extent": given["extent"],
            "data": file.read() if file else given["pasted"].encode(),
            "file_name": file.name if file else "",
        }


class ForumForm(ActForm):
    explanation = _(
        "Once another clerk confirms, no seat is reserved on lists proposed from that day. Who sits, stays."
    )

    forum = forms.CharField(label=_("Key of the forum's charter"), max_length=48)
    decided_on = forms.DateField(label=_("Decided on"), widget=date_input())
    source = forms.CharField(label=_("Document of the decision"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends_on = law.in_force().reserve.ends_on
        self.fields["forum"].initial = ends_on.value if ends_on else ""


class ActingForm(ActForm):
    explanation = _("The first Vice-President by precedence stands in. Another clerk confirms.")

    person = PersonChoice(label=_("Vice-President"), queryset=Person.objects.none())
    ground = forms.ChoiceField(
        label=_("Ground"), choices=ActingPresidency.Ground.choices, widget=forms.RadioSelect
    )
    until_at = forms.DateTimeField(
        label=_("Until"),
        required=False,
        widget=moment_input(),
        input_formats=MOMENTS,
        help_text=_("Empty: until it is ended"),
    )
    passed_over = forms.CharField(
        label=_("Why those before in precedence are passed over"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [seat.person_id for seat in queries.vice_presidents() if seat.person_id]
        self.fields["person"].queryset = Person.objects.filter(pk__in=keys)  # type: ignore[attr-defined]


class CorrectionForm(ActForm):
    explanation = _(
        "Another clerk publishes it. The old text stays visible with the day and the ground, unless it is a "
        "name or a text that must disappear: then it is erased."
    )

    subject = forms.CharField(label=_("Matter, by reference"), max_length=48)
    field = forms.CharField(label=_("Which of its facts"), max_length=48)
    language = forms.ChoiceField(
        label=_("Language of this text"),
        required=False,
        choices=[("", _("every language")), *Language.choices],
    )
    old_text = forms.CharField(label=_("Old text"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    new_text = forms.CharField(label=_("New text"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    ground = forms.CharField(label=_("Ground"), widget=forms.Textarea(attrs={"rows": 3}))
    drop_old_text = forms.BooleanField(label=_("The old text must disappear"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("subject", "field", "old_text"):
            self.fields[name].initial = getattr(self.matter, name)


class NewKeyForm(ActForm):
    explanation = _(
        "A new key is made now and signs nothing yet. Tell the witnesses its public line, which stands on the next page; "
        "then a second clerk lets it sign. The old key stays known for what it signed."
    )

    ground = forms.CharField(
        label=_("Why the key is changed"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("Shown to the Secretariat only. Name no person."),
    )
    language = language_field()
