"""The forms of the acts on consultations and propositions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.assembly.forms import moment_input
from hemicycle.dialogue.models import Topic
from hemicycle.dialogue.procedure import TopicState
from hemicycle.people.spoken import language_field, page_language
from hemicycle.record import law
from hemicycle.rules.charter import LANGUAGES
from hemicycle.web.forms import ActForm, NamedChoice

from . import queries
from .models import Consultation

NAMED = {"en": _("Name in English"), "fr": _("Name in French"), "ru": _("Name in Russian")}
EXPLAINED = {
    "en": _("Explanation in English"),
    "fr": _("Explanation in French"),
    "ru": _("Explanation in Russian"),
}
AREA = forms.Textarea(attrs={"rows": 4})


class PrepareForm(ActForm):
    explanation = _(
        "Nobody sees it before it is opened. What is explained here is read by everybody who answers: say what the answers are "
        "for, and what happens with the result."
    )

    matter: Consultation

    topic = NamedChoice(
        label=pgettext_lazy("dialogue", "Topic"), queryset=Topic.objects.none(), empty_label=None
    )
    closes_at = forms.DateTimeField(label=_("End of the time for answers"), widget=moment_input())
    civil_society = forms.BooleanField(
        label=_("Civil society is invited"),
        required=False,
        help_text=_("By codes on paper; each is one voice. Who has which is written nowhere."),
    )
    seeds = forms.CharField(
        label=_("First propositions, one on each line"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
        help_text=_("Short, one thought each, so that one can agree or disagree. Some for each view."),
    )
    language = language_field(_("Language of the propositions"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["topic"]
        assert isinstance(topic, forms.ModelChoiceField)
        topic.queryset = Topic.objects.filter(state=TopicState.OPEN)
        topic.initial = self.matter.topic_id
        for each in LANGUAGES:
            self.fields[f"name_{each}"] = forms.CharField(label=NAMED[each], max_length=200)
        for each in LANGUAGES:
            self.fields[f"explanation_{each}"] = forms.CharField(
                label=EXPLAINED[each], max_length=2000, widget=AREA
            )
        if not law.in_force().consultations.civil_society.value:
            del self.fields["civil_society"]
        named = [f"{kind}_{each}" for kind in ("name", "explanation") for each in LANGUAGES]
        self.order_fields(
            ["once", "seen", "topic", *named, "closes_at", "civil_society", "seeds", "language"]
        )

    def params(self) -> dict[str, Any]:
        given = super().params()
        names = {each: given.pop(f"name_{each}") for each in LANGUAGES}
        explanations = {each: given.pop(f"explanation_{each}") for each in LANGUAGES}
        return {**given, "names": names, "explanations": explanations, "seeds": given["seeds"].splitlines()}


class ExtendForm(ActForm):
    matter: Consultation

    closes_at = forms.DateTimeField(label=_("New end of the time for answers"), widget=moment_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].initial = self.matter.closes_at
        most = queries.charter_of(self.matter).consultations.extend_days_at_most.value
        self.explanation = _(  # type: ignore[misc]
            "Everybody gets the same time, once, and %(most)s days at most. The end is never moved forward."
        ) % {"most": most}


class WithdrawForm(ActForm):
    explanation = _("It was never opened: nobody but the Secretariat reads the reasons.")

    reasons = forms.CharField(label=_("Reasons"), widget=AREA, max_length=2000)
    language = language_field()


class AskWithdrawalForm(ActForm):
    explanation = _(
        "Answers are taken until another clerk confirms this. Then they are all destroyed. Once it has closed, a consultation "
        "cannot be withdrawn."
    )

    reasons = forms.CharField(label=_("Reasons, for everybody to read"), widget=AREA, max_length=2000)
    language = language_field()


class DeclineForm(ActForm):
    explanation = _("It is put to nobody. Whoever wrote it is told the reason.")

    reason = forms.ChoiceField(label=_("Reason of the rules of speech"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = page_language()
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)
        reason.choices = [(row.key, row.text[shown]) for row in law.in_force().speech_reasons]


class ProposeForm(ActForm):
    text = forms.CharField(
        label=_("Your proposition"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One thought, so that others can agree or disagree. Name no private person."),
    )
    language = language_field(_("Language of your proposition"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = law.in_force().consultations.statement_characters_at_most.value
        self.fields["text"].widget.attrs["maxlength"] = str(most)


class CodesForm(ActForm):
    number = forms.IntegerField(
        label=_("How many codes"),
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
