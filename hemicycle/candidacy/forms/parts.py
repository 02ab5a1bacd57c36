"""The forms in which a person writes the own candidacy. Names of fields are those of `answers.write`."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django import forms
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Gender, Language
from hemicycle.people.spoken import language_field
from hemicycle.rules.charter import Charter
from hemicycle.rules.charter.entries import Bar, Criterion
from hemicycle.web.forms import ActForm

from .. import answers, files
from ..cleaning import BadFile
from ..models import Origin
from .base import LONG, UPLOAD_WARNING, WARNING, YES_NO, WarnedForm, day_field


def _countries() -> list[tuple[str, str]]:
    """Countries by their name in the reader's language; ISO 3166 codes, no regions."""
    names = Locale.parse(get_language() or "en").territories
    found = [(c, n) for c, n in names.items() if len(c) == 2 and c.isalpha() and c not in NO_COUNTRY]
    return [("", "—"), *sorted(found, key=lambda pair: pair[1])]


NO_COUNTRY = {"ZZ", "EU", "EZ", "UN", "QO", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


class NoticeForm(ActForm):
    """Before the first field (procedure 1.2)."""

    notice_read = forms.BooleanField(label=_("I have read this notice."))


class NamesForm(WarnedForm):
    name = forms.CharField(label=_("Name in your own script"), max_length=200)
    latin_name = forms.CharField(label=_("Name in Latin letters, as you write it"), max_length=200)
    public_name = forms.CharField(
        label=_("Public name"),
        max_length=200,
        help_text=_("Shown in public only if you sit, and only if you agree then."),
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
        self.fields["reserve_confirmed"].label = _(
            "If yes: I confirm that I belong to the group for which these seats are kept: %(group)s"
        ) % {"group": group}


class ResidenceForm(WarnedForm):
    residence = forms.ChoiceField(label=_("Country in which you live"), choices=lazy(_countries, list))
    origin = forms.MultipleChoiceField(
        label=_("Where do you come from? Choose all that apply."), choices=Origin.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class CriterionForm(WarnedForm):
    statement = forms.CharField(
        label=_("Your statement"), widget=forms.Textarea(attrs=LONG), max_length=12000
    )
    language = language_field(_("Language of the statement"))
    since = day_field(
        label=_("Since when?"),
        required=False,
        help_text=_("If you do not know the day, give the first of the month."),
    )
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
        if self.initial.get("periods"):
            self.fields["answer"].help_text = _(
                "If you answer no, the dates that you gave under your yes go."
            )


class PeriodForm(WarnedForm):
    kind = forms.ChoiceField(label=_("Kind of service or money"))
    employer = forms.CharField(label=_("Employer or payer"), max_length=200)
    from_day = day_field(label=_("First day"))
    until_day = day_field(
        label=_("Last day"), required=False, help_text=_("Leave empty if it still goes on.")
    )
    note = forms.CharField(
        label=_("Anything that should be known about it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
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
    language = forms.ChoiceField(
        label=_("Language"), choices=[*Language.choices, ("xx", _("another language"))]
    )
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
            _(
                "PDF, JPEG, PNG, WebP or plain text, at most %(megabytes)s MB. Readers get pictures of its pages, of a text the "
                "text itself. All of it is sealed: this server cannot open it by itself."
            )
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
                data["file"] = files.keep(sent, self.megabytes, files.envelope_for(self.matter))  # type: ignore[arg-type]
            except BadFile as error:
                self.add_error("file", str(error))
        return data


class UnlockForm(forms.Form):
    """The receipt phrase, so that a signed-in candidate opens the own evidence."""

    phrase = forms.CharField(
        label=_("Receipt phrase"),
        max_length=200,
        help_text=_(
            "The seven words of your receipt. They go to the server's memory for this session and are not kept."
        ),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class BlackOutForm(ActForm):
    page = forms.IntegerField(label=_("Page"), min_value=1)
    left = forms.IntegerField(label=_("From the left edge, in percent"), min_value=0, max_value=99)
    top = forms.IntegerField(label=_("From the upper edge, in percent"), min_value=0, max_value=99)
    width = forms.IntegerField(label=_("Width, in percent"), min_value=1, max_value=100)
    height = forms.IntegerField(label=_("Height, in percent"), min_value=1, max_value=100)
