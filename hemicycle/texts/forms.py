"""One form per act on translations, names and speech."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Language
from hemicycle.people.spoken import language_field, page_language
from hemicycle.record import law
from hemicycle.rules.charter import LANGUAGES
from hemicycle.web.forms import ActForm

from .models import LONG, Kind, Translation
from .procedure import TranslationState

AREA = forms.Textarea(attrs={"rows": 10})
FEW = forms.Textarea(attrs={"rows": 5})
KINDS: dict[str, Any] = {
    Kind.PEOPLE: _("a people"),
    Kind.INSTITUTION: _("an institution"),
    Kind.PLACE: _("a place"),
    Kind.OTHER: _("something else"),
}
NAMES: dict[str, Any] = {"en": _("Name in English"), "fr": _("Name in French"), "ru": _("Name in Russian")}
NOTES: dict[str, Any] = {
    "en": _("Note in English"),
    "fr": _("Note in French"),
    "ru": _("Note in Russian"),
}
NEVER: dict[str, Any] = {
    "en": _("Never, in English"),
    "fr": _("Never, in French"),
    "ru": _("Never, in Russian"),
}


def into(written_in: str) -> forms.ChoiceField:
    """The languages that a text is not written in; that of the page first."""
    choices = [(code, name) for code, name in Language.choices if code != written_in]
    choices.sort(key=lambda choice: choice[0] != page_language())
    return forms.ChoiceField(label=_("Language of the translation"), choices=choices)


class TranslateForm(ActForm):
    explanation = _(
        "Write the whole text. The original stays as it is and stands first. The Secretariat and the author read your draft; when "
        "another person has found it right, everybody reads it."
    )
    text = forms.CharField(
        label=_("Translation"),
        widget=AREA,
        max_length=LONG,
        help_text=_("Paragraphs, lists and *emphasis* as in the original."),
    )
    translator = forms.CharField(
        label=_("Name of the translator, for the public"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty where no name is to be read: it then says from whom the translation is."),
    )

    field_order = ("language", "text", "translator")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        translation: Any = kwargs["matter"]
        if translation.state == TranslationState.MACHINE:
            kwargs["initial"] = {"text": translation.text, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if translation.pk is None:
            self.fields["language"] = into(translation.written_in)
            self.order_fields(self.field_order)


class AskMachineForm(ActForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        translation: Translation = kwargs["matter"]
        self.fields["language"] = into(translation.written_in)


class TermForm(ActForm):
    explanation = _("Everybody reads it in the glossary, and whoever translates sees it beside the text.")
    kind = forms.ChoiceField(label=_("What is named"), choices=list(KINDS.items()), widget=forms.RadioSelect)
    own_name = forms.CharField(
        label=_("Own name"),
        max_length=200,
        required=False,
        help_text=_("As the people calls itself, or the place is called there."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        term: Any = kwargs["matter"]
        words = [f"{part}_{code}" for part in ("name", "note", "never") for code in LANGUAGES]
        known = {name: getattr(term, name) for name in ["kind", "own_name", *words]}
        kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(label=NAMES[code], max_length=200)
        for code in LANGUAGES:
            widget = forms.Textarea(attrs={"rows": 2})
            self.fields[f"note_{code}"] = forms.CharField(
                label=NOTES[code], max_length=600, required=False, widget=widget
            )
        for code in LANGUAGES:
            self.fields[f"never_{code}"] = forms.CharField(
                label=NEVER[code], max_length=300, required=False, help_text=_("What is not written instead.")
            )
        self.order_fields(["kind", *words[:3], "own_name"])

    def params(self) -> dict[str, Any]:
        given = super().params()
        return {
            "kind": given["kind"],
            "own_name": given["own_name"],
            "names": {code: given[f"name_{code}"] for code in LANGUAGES},
            "notes": {code: given[f"note_{code}"] for code in LANGUAGES},
            "never": {code: given[f"never_{code}"] for code in LANGUAGES},
        }


class SetAsideForm(ActForm):
    explanation = _(
        "At once everybody reads the ground in place of the text. The author reads your name, your words, for how long, and how "
        "to appeal to another person; the public never reads your name."
    )
    reason = forms.ChoiceField(label=_("Ground, of those in the charter"), widget=forms.RadioSelect)
    days = forms.IntegerField(label=_("For how many days"), min_value=1)
    words = forms.CharField(
        label=_("Why, to the author"),
        widget=FEW,
        max_length=LONG,
        help_text=_("Which passage it is, and what would have to change. Never on the opinion itself."),
    )
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        charter, shown = law.in_force(), get_language() or "en"
        self.fields["reason"].choices = [(row.key, row.text[shown]) for row in charter.speech_reasons]  # type: ignore[attr-defined]
        self.fields["days"].help_text = _("At most %(days)s, all times together.") % {
            "days": charter.speech.set_aside_days_at_most.value
        }


class AppealForm(ActForm):
    explanation = _(
        "Another person than who set your text aside reads it and decides. The text stays aside until then, or until its day. "
        "You can appeal once."
    )
    words = forms.CharField(label=_("Why the text should be read"), widget=FEW, max_length=LONG)
    language = language_field()


class DecideForm(ActForm):
    explanation = _("The author reads your reasons and your name. The public reads the outcome only.")
    restored = forms.TypedChoiceField(
        label=_("Decision"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("The text is restored at once")), ("no", _("The text stays aside until its day"))],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label=_("Reasons"), widget=FEW, max_length=LONG)
    language = language_field()


TRANSLATION_FORMS: dict[str, type[ActForm]] = {"translate": TranslateForm, "ask_machine": AskMachineForm}
TERM_FORMS: dict[str, type[ActForm]] = {"enter_term": TermForm, "change_term": TermForm}
SPEECH_FORMS: dict[str, type[ActForm]] = {
    "set_aside": SetAsideForm,
    "appeal": AppealForm,
    "decide_appeal": DecideForm,
}
