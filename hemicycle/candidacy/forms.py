"""Forms of the acts of this room. Names of fields are the keyword arguments of the acts."""

from __future__ import annotations

from typing import Any, ClassVar

from babel import Locale
from django import forms
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Gender, Language, Person
from hemicycle.rules.charter import Charter
from hemicycle.rules.charter.entries import Bar, Criterion
from hemicycle.web.forms import ActForm

from . import answers, files
from .models import Ground, Origin
from .procedure import CANDIDACY, CandidacyState

WARNING = _("Write nothing about anybody inside Russia, and nothing about relatives.")
UPLOAD_WARNING = _(
    "The file must show nothing about anybody inside Russia, and nothing about relatives. "
    "After sending you can black out parts of a page."
)
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
LONG = {"rows": 8}


def _day(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def _moment(**kwargs: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, **kwargs)


def _countries() -> list[tuple[str, str]]:
    """Countries by their name in the reader's language; ISO 3166 codes, no regions."""
    names = Locale.parse(get_language() or "en").territories
    found = [(c, n) for c, n in names.items() if len(c) == 2 and c.isalpha() and c not in NO_COUNTRY]
    return [("", "—"), *sorted(found, key=lambda pair: pair[1])]


NO_COUNTRY = {"ZZ", "EU", "EZ", "UN", "QO", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


class WarnedForm(ActForm):
    """Every field in which something can be written warns (procedure 1.2)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.FileField):
                field.help_text = format_lazy("{} {}", field.help_text, UPLOAD_WARNING)
            elif isinstance(field.widget, forms.TextInput | forms.Textarea) and not isinstance(field, forms.IntegerField):
                field.help_text = format_lazy("{} {}", field.help_text, WARNING)


class NoticeForm(ActForm):
    """Before the first field (procedure 1.2)."""

    notice_read = forms.BooleanField(label=_("I have read this notice."))


class NamesForm(WarnedForm):
    name = forms.CharField(label=_("Name in your own script"), max_length=200)
    latin_name = forms.CharField(label=_("Name in Latin letters, as you write it"), max_length=200)
    public_name = forms.CharField(
        label=_("Public name"), max_length=200, help_text=_("Shown in public only if you sit, and only if you agree then.")
    )
    gender = forms.ChoiceField(
        label=_("Grammatical gender, for French and Russian sentences"),
        choices=Gender.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=_("Language in which we write to you"), choices=Language.choices)


class PeopleForm(WarnedForm):
    people = forms.CharField(label=_("People, in your own words"), max_length=200, required=False)
    spoken_language = forms.CharField(label=_("Language, in your own words"), max_length=200, required=False)
    region = forms.CharField(
        label=_("Region, in your own words"), max_length=200, required=False,
        help_text=_("Where your people or community lives; not where a person lives."),
    )  # fmt: skip
    for_reserve = forms.TypedChoiceField(
        label=_("Do you stand for a reserved seat?"), choices=YES_NO, coerce=lambda value: value == "yes",
        empty_value=None, widget=forms.RadioSelect,
        help_text=_("It is your declaration. Nobody tests it, and nothing is inferred from your name or words."),
    )  # fmt: skip
    reserve_confirmed = forms.BooleanField(label=_("I confirm that this grouping is mine"), required=False)

    def __init__(self, *args: Any, charter: Charter, **kwargs: Any) -> None:
        initial = dict(kwargs.pop("initial", None) or {})
        saved = "people" in kwargs["matter"].saved
        initial["for_reserve"] = ("yes" if initial.get("for_reserve") else "no") if saved else None
        super().__init__(*args, initial=initial, **kwargs)
        group = charter.reserve.name.value[get_language() or "en"]
        self.fields["reserve_confirmed"].label = _("If yes: I confirm that I belong to this group: %(group)s") % {
            "group": group
        }


class ResidenceForm(WarnedForm):
    residence = forms.ChoiceField(label=_("Country in which you live"), choices=lazy(_countries, list))
    origin = forms.MultipleChoiceField(
        label=_("Where do you come from? Choose all that apply."), choices=Origin.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class CriterionForm(WarnedForm):
    statement = forms.CharField(label=_("Your statement"), widget=forms.Textarea(attrs=LONG), max_length=12000)
    language = forms.ChoiceField(label=_("Language of the statement"), choices=Language.choices)
    since = _day(label=_("Since when?"), required=False, help_text=_("If you do not know the day, give the first of the month."))
    declared = forms.BooleanField(label=_("I declare that this is true."), required=False)

    def __init__(self, *args: Any, criterion: Criterion, charter: Charter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = charter.candidacy.statement_words_at_most.value
        self.fields["statement"].help_text = format_lazy(
            "{} {}", _("At most %(words)s words.") % {"words": words}, WARNING
        )
        if not criterion.needs_since:
            self.fields["since"].widget = forms.HiddenInput()


class BarForm(ActForm):
    answer = forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect)

    def __init__(self, *args: Any, bar: Bar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = _("Does this apply to you?")


class PeriodForm(WarnedForm):
    kind = forms.ChoiceField(label=_("Kind of service or money"))
    employer = forms.CharField(label=_("Employer or payer"), max_length=200)
    from_day = _day(label=_("First day"))
    until_day = _day(label=_("Last day"), required=False, help_text=_("Leave empty if it still goes on."))
    note = forms.CharField(
        label=_("Anything that should be known about it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, charter: Charter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = answers.kinds(charter)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("from_day"), data.get("until_day")
        if start and end and end <= start:
            self.add_error("until_day", _("The last day must come after the first."))
        return data


class DeclarationForm(ActForm):
    is_own_act = forms.BooleanField(
        label=_("I send this candidacy myself, of my own will, and what it says is true."), required=False
    )


class EvidenceForm(WarnedForm):
    """A link or a file. A file is cleaned here, before the act and outside its transaction."""

    criterion = forms.ChoiceField(label=_("What it shows"))
    title = forms.CharField(label=_("What it is, in a few words"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=[*Language.choices, ("xx", _("another language"))])
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True, max_length=None)

    def __init__(self, *args: Any, charter: Charter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        asked = [(c.key, c.text[language]) for c in charter.criteria if c.asked]
        self.fields["criterion"].choices = [*asked, ("", _("Something else"))]  # type: ignore[attr-defined]
        self.fields["criterion"].required = False
        self.megabytes = charter.candidacy.evidence_file_megabytes.value
        self.fields["file"].help_text = format_lazy(
            "{} {}",
            _("PDF, JPEG, PNG, WebP or plain text, at most %(megabytes)s MB. Only pictures of its pages are kept.")
            % {"megabytes": self.megabytes},
            UPLOAD_WARNING,
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        sent = data.get("file")
        if not self.errors and bool(data.get("link")) == bool(sent is not None):
            self.add_error("link", _("Give a link or a file: one of the two."))
        if sent is not None and not self.errors:
            try:
                data["file"] = files.keep(sent, self.megabytes)
            except files.BadFile as error:
                self.add_error("file", str(error))
        return data


class BlackOutForm(ActForm):
    page = forms.IntegerField(label=_("Page"), min_value=1)
    left = forms.IntegerField(label=_("From the left edge, in percent"), min_value=0, max_value=99)
    top = forms.IntegerField(label=_("From the upper edge, in percent"), min_value=0, max_value=99)
    width = forms.IntegerField(label=_("Width, in percent"), min_value=1, max_value=100)
    height = forms.IntegerField(label=_("Height, in percent"), min_value=1, max_value=100)


class ReasonsForm(ActForm):
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs=LONG), max_length=5000)


class WarnedReasonsForm(WarnedForm):
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs=LONG), max_length=5000)


class ReturnForm(ReasonsForm):
    explanation = _("The person has one chance to complete the file. The date on which it first came is kept.")
    reasons = forms.CharField(
        label=_("What is missing, so that the person can mend it"), widget=forms.Textarea(attrs=LONG), max_length=5000
    )


class ProposeInadmissibleForm(ReasonsForm):
    explanation = _("About form only, never about the person. A second clerk confirms it or does not.")
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices, widget=forms.RadioSelect)
    field_order = ["ground", "reasons"]


class AdmissibleForm(ActForm):
    explanation = _("The form is in order. This says nothing about whether the person meets the criteria.")


class SubmitForm(ActForm):
    explanation = _("Check your answers. After sending you can still correct facts until the opinion is given.")


class WithdrawForm(ActForm):
    explanation = _(
        "The file is closed to everybody at once and erased after some days. This cannot be undone for this call."
    )


class ReviewForm(ReasonsForm):
    explanation = _("Decided by somebody who took no part in the decision.")
    is_admissible = forms.TypedChoiceField(
        label=_("Is the candidacy admissible?"), choices=YES_NO, coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )
    field_order = ["is_admissible", "reasons"]


class PleaForm(WarnedForm):
    explanation = _("Late admission is possible only for force majeure. Two people of the Secretariat decide.")
    plea = forms.CharField(
        label=_("What kept you from the deadline?"), widget=forms.Textarea(attrs=LONG), max_length=3000
    )


class LateGroundForm(ActForm):
    explanation = _("A second clerk confirms. The number of late admissions and their ground are made public.")
    ground = forms.CharField(
        label=_("Ground, without anything that could name the person"), widget=forms.Textarea(attrs=LONG), max_length=1000
    )


class UntilForm(ActForm):
    until = _moment(label=_("Until"))


class HoldForm(UntilForm):
    explanation = _("The file is not erased before that day. The person is told.")
    ground = forms.CharField(label=_("Ground"), widget=forms.Textarea(attrs=LONG), max_length=2000)
    field_order = ["ground", "until"]


class SlateCodeForm(ActForm):
    explanation = _("Joining a slate gives no right and costs none. You can leave it again.")
    slate = forms.CharField(label=_("Reference of the slate, which its organisation gave you"), max_length=24)


class CounterStatementForm(WarnedForm):
    statement_text = forms.CharField(label=_("Your statement"), widget=forms.Textarea(attrs=LONG), max_length=12000)
    language = forms.ChoiceField(label=_("Language of the statement"), choices=Language.choices)


class AgreeForm(ActForm):
    explanation = _(
        "Bodies of your people or field may then be asked to comment. You will see what they say and can answer it."
    )


class FieldsForm(WarnedForm):
    """A form whose fields fill the matter that the act begins; the act itself takes no argument."""

    own: ClassVar[tuple[str, ...]] = ()

    def params(self) -> dict[str, Any]:
        for name in self.own:
            setattr(self.matter, name, self.cleaned_data[name])
        return {}


class CallForm(FieldsForm):
    own = ("opens_at", "closes_at", "text_en", "text_fr", "text_ru")

    opens_at = _moment(label=_("Opens"))
    closes_at = _moment(label=_("Deadline"))
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
    explanation = _("The call is public from now on. Its criteria are those in force today.")


class ExtendForm(ActForm):
    explanation = _("The later deadline holds for everybody.")
    closes_at = _moment(label=_("New deadline"))


class SlateForm(FieldsForm):
    explanation = _("A joint slate gives no right and costs none. Each person joins it by an own act.")
    own = ("organisation", "statement", "language")

    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    statement = forms.CharField(
        label=_("Statement"), required=False, widget=forms.Textarea(attrs=LONG), max_length=12000
    )
    language = forms.ChoiceField(label=_("Language of the statement"), choices=Language.choices)


class EndorsementForm(FieldsForm):
    explanation = _("Name the body only. Give nothing on persons in it who could be in danger.")
    own = ("body", "statement", "language", "link", "is_of_own_people")

    body = forms.CharField(label=_("Body or organisation"), max_length=200)
    statement = forms.CharField(label=_("What it says"), widget=forms.Textarea(attrs=LONG), max_length=12000)
    language = forms.ChoiceField(label=_("Language of the statement"), choices=Language.choices)
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
    is_of_own_people = forms.BooleanField(label=_("It is a body of my own people"), required=False)


class InviteForm(FieldsForm):
    explanation = _("The body learns the candidate's name, and nothing of the file.")
    own = ("body", "due_at", "invited")

    body = forms.CharField(label=_("Body or organisation"), max_length=200)
    invited = forms.CharField(label=_("Reference of the person who speaks for it"), max_length=24)
    due_at = _moment(label=_("Until"))

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
        self.fields["state"].choices = [("", _("all")), *states]  # type: ignore[attr-defined]
